"""A courtesy that fails is tried a few times and then forgotten."""

import json
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from serai.app.wiring import REPLAY_WIPES
from serai.core.ids import ConversationId
from serai.engine import signals
from serai.engine.dispatch import Carrier
from serai.engine.replay import replay
from serai.kit.db import ENGINE, Conn, pool
from serai.meta.client import Graph
from tests.given import (
    NOON,
    NUMBER,
    WIRING,
    a_business,
    a_channel,
    change,
    deliver,
    delivery,
    rows,
    text_item,
)

OK = (200, {"success": True})
THROTTLED = (429, {"error": {"code": 130429, "message": "too fast"}})
EXPIRED = (401, {"error": {"code": 190, "message": "the token has expired"}})
UNKNOWN_MESSAGE = (400, {"error": {"code": 131009, "message": "unknown message"}})


class Meta(BaseHTTPRequestHandler):
    """Answers what it was told to answer, and remembers what it was asked."""

    answers: ClassVar[list[tuple[int, Any]]] = []
    asked: ClassVar[list[tuple[str, Any]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.path, json.loads(body)))
        status, answer = self.answers.pop(0)
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the library's name
        """Nothing to say."""


class Now:
    """A clock that shows what the test says."""

    at = NOON

    def __call__(self):
        return self.at


@pytest.fixture
def meta() -> Iterator[str]:
    Meta.answers, Meta.asked = [], []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Meta)
    with ThreadPoolExecutor(1) as aside:
        aside.submit(server.serve_forever)
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()


@pytest.fixture
async def carrier(db_url: str, conn: Conn, meta: str) -> AsyncIterator[Carrier]:
    await a_channel(conn, await a_business(conn))
    for number in (1, 2):
        item = text_item("hello", id_=f"wamid.{number}", at=int(NOON.timestamp()) + number)
        await deliver(conn, delivery(change(messages=[item])), now=NOON + timedelta(seconds=number))
    connections = pool(db_url, ENGINE, 2)
    async with connections, Graph(meta, "v25.0", 5) as graph:
        yield Carrier(connections, graph, WIRING, Now(), lambda: 0.5)


async def ask(conn: Conn, kind: signals.Kind, at: Any = NOON) -> Any:
    [talk] = await rows(conn, "SELECT id FROM conversations")
    return await signals.ask(conn, ConversationId(talk["id"]), kind, at)


async def states(conn: Conn) -> list[tuple[str, str, int]]:
    found = await rows(conn, "SELECT kind, state, attempt_count FROM signals ORDER BY kind")
    return [(row["kind"], row["state"], row["attempt_count"]) for row in found]


def later(carrier: Carrier, seconds: float) -> None:
    carrier.now.at += timedelta(seconds=seconds)  # pyright: ignore


async def test_only_the_latest_message_is_told_of_and_once(carrier: Carrier, conn: Conn):
    Meta.answers = [OK, OK]
    await ask(conn, "read")
    await ask(conn, "read")
    assert await signals.carry(carrier, 10) == 1
    await ask(conn, "read")
    assert await signals.carry(carrier, 10) == 0
    await ask(conn, "typing")
    assert await signals.carry(carrier, 10) == 1

    told = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.2"}
    path = f"/v25.0/{NUMBER}/messages"
    assert Meta.asked == [(path, told), (path, told | {"typing_indicator": {"type": "text"}})]
    assert await states(conn) == [("read", "done", 1), ("typing", "done", 1)]


async def test_a_throttled_one_is_tried_three_times_with_growing_gaps(carrier: Carrier, conn: Conn):
    Meta.answers = [THROTTLED] * 3
    await ask(conn, "read")
    for gap in (4.9, 0.2, 29.8, 0.3, 3600):
        await signals.carry(carrier, 10)
        later(carrier, gap)
    assert len(Meta.asked) == 3
    assert await states(conn) == [("read", "given_up", 3)]


async def test_one_that_meta_refuses_is_given_up_at_once(carrier: Carrier, conn: Conn):
    Meta.answers = [UNKNOWN_MESSAGE]
    await ask(conn, "read")
    await signals.carry(carrier, 10)
    assert await states(conn) == [("read", "given_up", 1)]


async def test_a_token_that_is_over_pauses_the_number(carrier: Carrier, conn: Conn):
    Meta.answers = [EXPIRED]
    await ask(conn, "read")
    await signals.carry(carrier, 10)
    assert await states(conn) == [("read", "given_up", 1)]
    [channel] = await rows(conn, "SELECT state FROM channels")
    assert channel["state"] == "paused"


async def test_typing_that_still_shows_is_not_told_again(carrier: Carrier, conn: Conn):
    Meta.answers = [OK, OK]
    for seconds in (0, 9, 2):
        later(carrier, seconds)
        await ask(conn, "typing", carrier.now())
        await signals.carry(carrier, 10)
    assert len(Meta.asked) == 2


async def test_typing_of_half_a_minute_ago_is_not_shown(carrier: Carrier, conn: Conn):
    await ask(conn, "typing")
    later(carrier, 26)
    await signals.carry(carrier, 10)
    assert Meta.asked == []
    assert await states(conn) == [("typing", "given_up", 1)]


async def test_one_whose_worker_died_is_told_by_another(carrier: Carrier, conn: Conn):
    Meta.answers = [OK]
    await ask(conn, "read")
    await conn.execute(
        "UPDATE signals SET state = 'under_way', claimed_at = %s, attempt_count = 1", (NOON,)
    )
    assert await signals.carry(carrier, 10) == 0
    later(carrier, 61)
    assert await signals.carry(carrier, 10) == 1
    assert await states(conn) == [("read", "done", 2)]


async def test_a_paused_number_keeps_silent_until_it_is_back(carrier: Carrier, conn: Conn):
    Meta.answers = [OK]
    await ask(conn, "read")
    await conn.execute("UPDATE channels SET state = 'paused'")
    assert await signals.carry(carrier, 10) == 0
    await conn.execute("UPDATE channels SET state = 'active'")
    assert await signals.carry(carrier, 10) == 1


async def test_a_replay_leaves_what_was_told_as_it_was(carrier: Carrier, conn: Conn):
    Meta.answers = [OK]
    await ask(conn, "read")
    await signals.carry(carrier, 10)
    await replay(conn, WIRING, REPLAY_WIPES)
    assert await states(conn) == [("read", "done", 1)]
