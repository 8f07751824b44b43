"""The whole product as real processes beside a pretend Meta."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
import psycopg
import pytest
from psycopg.rows import dict_row
from serai.app.demo import world
from serai.app.demo.processes import Child, wait_for
from serai.app.demo.seed import seed
from serai.kit.secrets import BlindIndex, KeyRing, Vault
from tests.ports import free_port
from tests.stories import nursery
from tests.stories.leaks import ensure_clean

KEYS = "story:" + "A" * 43 + "="
INDEX_KEY = "B" * 42 + "A="
AMAL, BEN = "12125550141", "12125550142"
SCHOOL, CAFE, INVESTMENT, SHOP = (number.id for number in world.NUMBERS)
PATIENCE_SECONDS = 60.0
OFTEN = "1000000"
"""What waits asks again and again; the tests of limits set their own."""


def until(check: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> Any:
    """What `check` gives, as soon as it gives something; fails with what it gave last."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = check()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {check()!r}")


class Stack:
    """metasim, server and workers on one database, each a process."""

    def __init__(self, url: str, folder: Path, key: str) -> None:
        self.url = url
        self.folder = folder
        self.port, self.metasim_port = free_port(), free_port()
        self.metasim = f"http://127.0.0.1:{self.metasim_port}/_sim"
        self.api = f"http://127.0.0.1:{self.port}/api/v1"
        self.children: dict[str, Child] = {}
        self.http = httpx2.Client(timeout=60)
        self.key = key
        self.env: dict[str, str] = {
            **os.environ,
            "SERAI_DATABASE_URL": url,
            "SERAI_KEYS": KEYS,
            "SERAI_INDEX_KEY": INDEX_KEY,
            "SERAI_PORT": str(self.port),
            "SERAI_DRAIN_SECONDS": "0",
            "SERAI_GRAPH_URL": f"http://127.0.0.1:{self.metasim_port}",
            "SERAI_CLOCK": "meta",
            "SERAI_SEND_TIMEOUT_SECONDS": "5",
            "SERAI_KEY_LIMIT": OFTEN,
            "SERAI_STRANGER_LIMIT": OFTEN,
            "SERAI_MEDIA_FOLDER": str(folder / "media"),
        }

    def start(self) -> None:
        self._child("metasim", ["metasim", "serve", "--port", str(self.metasim_port)])
        self.serve()
        wait_for(self.children["metasim"], f"{self.metasim}/health")
        callback = f"http://127.0.0.1:{self.port}/webhooks/meta"
        self.tell("PUT", "/world", world.world(callback))
        self.tell("POST", f"/apps/{world.APP}/subscribe", {})

    def serve(self) -> None:
        self._child("server", ["serai", "serve"])
        wait_for(self.children["server"], f"http://127.0.0.1:{self.port}/health/ready")

    def worker(self, name: str = "worker") -> None:
        self._child(name, ["serai", "work"])

    def kill(self, name: str) -> None:
        """As a power cut would: no chance to tidy up."""
        child = self.children.pop(name)
        with suppress(ProcessLookupError):  # it has ended by itself
            os.kill(child.pid, signal.SIGKILL)
        child.stop()

    def stop(self, name: str) -> None:
        self.children.pop(name).stop()

    def end(self) -> None:
        for name in list(self.children):
            self.kill(name)
        self.http.close()

    def _child(self, name: str, command: list[str]) -> None:
        self.children[name] = nursery.Nursed(name, command, self.env, self.folder / f"{name}.log")

    def tell(self, method: str, path: str, body: Any = None) -> Any:
        """Pull a string of the pretend Meta."""
        answer = self.http.request(method, self.metasim + path, json=body)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def write(self, person: str, number: str, text: str, **more: Any) -> str:
        body = {"number": number, "type": "text", "text": {"body": text}, **more}
        return self.tell("POST", f"/people/{person}/messages", body)["id"]

    def chat(self, person: str, number: str) -> list[dict[str, Any]]:
        return self.tell("GET", f"/people/{person}/chats/{number}")["messages"]

    def answers(self, person: str, number: str) -> list[dict[str, Any]]:
        """What the business wrote."""
        return [each for each in self.chat(person, number) if each["direction"] == "out"]

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        """Use the product's API."""
        authorization = {"Authorization": f"Bearer {self.key}"}
        return self.http.request(
            method, self.api + path, json=body, headers=authorization | headers
        )

    def rows(self, sql: str) -> list[dict[str, Any]]:
        with psycopg.connect(self.url, options="-c search_path=serai") as conn:
            return conn.cursor(row_factory=dict_row).execute(sql.encode()).fetchall()

    def execute(self, sql: str) -> None:
        with psycopg.connect(self.url, options="-c search_path=serai") as conn:
            conn.execute(sql.encode())

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """A `serai` command, to its end."""
        return nursery.run(["serai", *arguments], self.env, self.folder)

    def command(self, *arguments: str) -> str:
        """What a `serai` command that goes well prints."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def logs(self) -> str:
        return "".join(path.read_text("utf-8") for path in self.folder.glob("*.log"))


def come_in(stack: Stack, said: str) -> None:
    """Be the first owner, by the link that doctor told."""
    [token] = re.findall(r"#token=(\S+)", said)
    owner = {
        "token": token,
        "company": "Harbour Trading",
        "name": "Nour Haddad",
        "email": "nour@example.com",
        "password": "a long way to the harbour",
    }
    origin = stack.api.removesuffix("/api/v1")
    answer = stack.ask("POST", "/first-run", owner, Origin=origin)
    assert answer.status_code == 200, answer.text


@contextmanager
def standing(db_url: str, **settings: str) -> Generator[Stack]:
    """metasim and the server, with settings of one's own."""
    folder = Path(tempfile.mkdtemp(prefix="serai-story-"))
    vault = Vault(KeyRing.parse(KEYS), BlindIndex.parse(INDEX_KEY))
    with ThreadPoolExecutor(
        1
    ) as aside:  # the browser tests leave an event loop running in this thread
        key = aside.submit(asyncio.run, seed(db_url, vault)).result()
    stack = Stack(db_url, folder, key)
    stack.env |= settings
    try:
        stack.start()
        yield stack
        stack.end()
        ensure_clean(folder)
    finally:
        stack.end()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def stack(db_url: str) -> Iterator[Stack]:
    """metasim and the server; tests start workers when they want them."""
    with standing(db_url) as stack:
        yield stack


@pytest.fixture
def working(stack: Stack) -> Stack:
    """The same, with one worker."""
    stack.worker()
    return stack
