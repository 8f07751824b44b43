"""One metasim and one webhook server for all tests of clients; a fresh frozen world for each."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import metasim.media
import pytest
from fastapi import FastAPI
from metasim.testing import FileServer, Metasim

from e2e.clients import client as clients
from e2e.clients.hearing import Ears

SAMPLES = Path(metasim.media.__file__).parent / "samples"
MIMES = {
    "image.jpg": "image/jpeg",
    "video.mp4": "video/mp4",
    "voice.ogg": "audio/ogg; codecs=opus",
    "audio.mp3": "audio/mpeg",
    "document.pdf": "application/pdf",
    "sticker.webp": "image/webp",
}


@pytest.fixture(scope="session")
def sim() -> Iterator[Metasim]:
    with Metasim.start() as running:
        yield running


@pytest.fixture(scope="session")
def ears(sim: Metasim) -> Iterator[Ears]:
    """A pywa client that hears webhooks."""
    hearing: list[Ears] = []

    def build(app: FastAPI) -> None:
        wa = clients.client(
            sim,
            server=app,
            webhook_endpoint="/webhook",
            verify_token=clients.VERIFY,
            app_id=clients.APP,
            app_secret=clients.SECRET,
            skip_duplicate_updates=False,
        )
        hearing.append(Ears(wa))

    with clients.served(build) as url:
        hearing[0].url = f"{url}/webhook"
        yield hearing[0]


@pytest.fixture
def given(sim: Metasim, ears: Ears, caplog: pytest.LogCaptureFixture) -> Iterator["Given"]:
    sim.control("POST", "/reset")
    sim.control("POST", "/clock", {"freeze": True})
    ears.heard.clear()
    sim.control("PUT", "/world", clients.world(ears.url, ears.fields))
    yield Given(sim, ears)
    broken = [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR]
    assert broken == []


@pytest.fixture
def wa(ears: Ears) -> Any:
    return ears.wa


@pytest.fixture(scope="session")
def files() -> Iterator[str]:
    """Where links can point to."""
    known = {f"/{name}": (mime, (SAMPLES / name).read_bytes()) for name, mime in MIMES.items()}
    with FileServer(known) as server:
        yield server.url


class Given:
    """The strings of the pretend Meta, for one customer."""

    def __init__(self, sim: Metasim, ears: Ears) -> None:
        self.sim = sim
        self.ears = ears
        self.control = sim.control

    def has(self, kind: str, **change: Any) -> None:
        self.control("PUT", "/world", {kind: [change]})

    def passes(self, seconds: float) -> None:
        self.control("POST", "/clock", {"advance_seconds": seconds})

    def act(self, name: str, **body: Any) -> Any:
        """The customer does something."""
        path = f"/people/{clients.ROSA}/{name}"
        answer = self.control("POST", path, {"number": clients.NUMBER, **body})
        self.passes(0)
        return answer

    def writes(self, kind: str = "text", **more: Any) -> str:
        body = {"type": kind, **more}
        if kind == "text" and "text" not in more:
            body["text"] = {"body": "hello"}
        return self.act("messages", **body)["id"]

    def chat(self) -> list[Any]:
        return self.control("GET", f"/people/{clients.ROSA}/chats/{clients.NUMBER}")["messages"]

    def statuses(self, message_id: str) -> list[str]:
        self.passes(5)
        found = self.control("GET", "/deliveries?payload=1")["deliveries"]
        return [each for delivery in found for each in _statuses(delivery["payload"], message_id)]


def _statuses(payload: str, message_id: str) -> list[str]:
    changes = [each for entry in json.loads(payload)["entry"] for each in entry["changes"]]
    rows = [row for change in changes for row in change["value"].get("statuses", [])]
    return [row["status"] for row in rows if row["id"] == message_id]
