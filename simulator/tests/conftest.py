"""One metasim for all tests, a fresh and frozen world for each, and a real webhook receiver."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from metasim.testing import Answer, Metasim, Receiver

NUMBER = "770012340000022"
ROSA = "15551230987"


def world(callback: str) -> dict[str, Any]:
    text = {"type": "BODY", "text": "Hi {{1}}, your order {{2}} is ready."}
    return {
        "portfolios": [{"id": "920", "messaging_limit": "TIER_2K"}],
        "apps": [
            {
                "id": "314",
                "secrets": ["new-secret", "old-secret"],
                "verify_token": "verify",
                "callback_url": callback,
            }
        ],
        "wabas": [{"id": "880", "portfolio_id": "920", "subscribed_apps": ["314"]}],
        "numbers": [
            {
                "id": NUMBER,
                "waba_id": "880",
                "display_phone_number": "+1 555-765-0001",
                "verified_name": "Acme Parcels",
            }
        ],
        "tokens": [{"token": "token", "app_id": "314", "waba_ids": ["880"]}],
        "templates": [{"id": "990", "waba_id": "880", "name": "ready", "components": [text]}],
        "people": [{"phone": ROSA, "name": "Rosa Quint"}],
    }


class Given:
    """A world to start a test from, and words for what happens in it."""

    def __init__(self, meta: Metasim, receiver: Receiver) -> None:
        self.meta = meta
        self.receiver = receiver
        self.control = meta.control
        self.number = NUMBER
        self.rosa = ROSA

    def put(self, **kinds: Any) -> None:
        self.control("PUT", "/world", kinds)

    def has(self, kind: str, **change: Any) -> None:
        self.put(**{kind: [change]})

    def call(self, method: str, path: str, body: Any = None, bearer: str = "token") -> Answer:
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return self.meta.call(method, "/v25.0" + path, body, headers)

    def post(self, bearer: str = "token", **body: Any) -> Answer:
        """A send; `to`, text and product are filled in, None leaves a member out."""
        full = {"messaging_product": "whatsapp", "to": "+" + ROSA, "type": "text", **body}
        if full["type"] == "text" and "text" not in full:
            full["text"] = {"body": "Hello"}
        full = {name: value for name, value in full.items() if value is not None}
        return self.call("POST", f"/{NUMBER}/messages", full, bearer)

    def template(self, *texts: str, name: str = "ready", **body: Any) -> Answer:
        rows = [{"type": "text", "text": text} for text in texts]
        components = [{"type": "body", "parameters": rows}] if texts else []
        language = {"code": "en_US"}
        content = {"name": name, "language": language, "components": components}
        return self.post(type="template", template=content, **body)

    def sent(self, **body: Any) -> str:
        answer = self.post(**body)
        assert answer.status == 200, answer.body
        return answer.json["messages"][0]["id"]

    def writes(self, text: str = "menu", person: str = ROSA, **more: Any) -> str:
        body = {"number": NUMBER, "type": "text", "text": {"body": text}, **more}
        wrote = self.control("POST", f"/people/{person}/messages", body)["id"]
        self.passes(0)
        return wrote

    def passes(self, seconds: float) -> None:
        self.control("POST", "/clock", {"advance_seconds": seconds})

    def statuses(self, message_id: str) -> list[str]:
        found = self.receiver.items("statuses")
        return [status["status"] for status in found if status["id"] == message_id]

    def entries(self, field: str) -> list[dict[str, Any]]:
        """Every entry with a change of this field, in the order they came."""
        bodies = [json.loads(post.body) for post in list(self.receiver.posts)]
        return [
            entry
            for body in bodies
            for entry in body["entry"]
            if any(change["field"] == field for change in entry["changes"])
        ]

    def changes(self, field: str) -> list[dict[str, Any]]:
        """The `value` of every change of this field, in the order they came."""
        found = [change for entry in self.entries(field) for change in entry["changes"]]
        return [change["value"] for change in found if change["field"] == field]

    def chat(self, person: str = ROSA) -> list[dict[str, Any]]:
        return self.control("GET", f"/people/{person}/chats/{NUMBER}")["messages"]

    def fault(self, kind: str, **more: Any) -> str:
        return self.control("POST", "/faults", {"kind": kind, **more})["id"]


@pytest.fixture(scope="session")
def meta() -> Iterator[Metasim]:
    with Metasim.start() as running:
        yield running


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running


@pytest.fixture
def given(meta: Metasim, receiver: Receiver) -> Given:
    meta.control("POST", "/reset")
    meta.control("POST", "/clock", {"freeze": True})
    meta.control("PUT", "/world", world(receiver.url))
    return Given(meta, receiver)
