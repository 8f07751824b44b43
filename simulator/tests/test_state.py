"""A snapshot file: metasim goes on where it was, also in what was under way."""

from pathlib import Path
from typing import Any

import pytest
from metasim.testing import Metasim, Receiver

WORLD: dict[str, Any] = {
    "wabas": [{"id": "880", "subscribed_apps": ["314"]}],
    "numbers": [{"id": "77", "waba_id": "880", "display_phone_number": "+1 555 765 0001"}],
    "tokens": [{"token": "token", "app_id": "314", "waba_ids": ["880"]}],
    "people": [{"phone": "15551230987"}],
}


def test_after_a_restart_windows_statuses_and_retries_go_on(tmp_path: Path):
    state = ["--state", str(tmp_path / "state.json"), "--now", "2026-09-01T08:00:00Z"]
    with Receiver() as receiver:
        receiver.answers = [503]
        with Metasim.start(state) as meta:
            meta.control("POST", "/clock", {"freeze": True})
            apps = [{"id": "314", "callback_url": receiver.url}]
            meta.control("PUT", "/world", {**WORLD, "apps": apps})
            text = {"number": "77", "type": "text", "text": {"body": "menu"}}
            meta.control("POST", "/people/15551230987/messages", text)
            meta.control("POST", "/clock", {"advance_seconds": 1})
            send(meta)
        with Metasim.start(state) as meta:
            assert meta.control("GET", "/clock")["frozen"] is True
            meta.control("POST", "/clock", {"advance_seconds": 60})
            chat = meta.control("GET", "/people/15551230987/chats/77")["messages"]

        assert [(line["text"], line["status"]) for line in chat] == [
            ("menu", "delivered"),
            ("Hello", "read"),
        ]
        assert len(receiver.items("messages")) == 2
        assert [each["status"] for each in receiver.items("statuses")][-1] == "read"
        assert receiver.items("statuses")[0]["pricing"]["type"] == "free_customer_service"


def send(meta: Metasim) -> None:
    body = {"messaging_product": "whatsapp", "to": "15551230987", "text": {"body": "Hello"}}
    answer = meta.call("POST", "/v25.0/77/messages", body, {"Authorization": "Bearer token"})
    assert answer.status == 200


def test_a_file_that_is_no_snapshot_is_not_overwritten(tmp_path: Path):
    file = tmp_path / "notes.json"
    file.write_text('{"shopping": ["milk"]}')

    with pytest.raises(RuntimeError):
        Metasim.start(["--state", str(file)])

    assert file.read_text() == '{"shopping": ["milk"]}'
