"""Webhooks past the application: over real connections to a real server, kept in a real database."""

import asyncio
import threading
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager

import psycopg
import pytest
import uvicorn
from serai.app.door import Bounds, Door
from serai.app.express import Webhook, speaking
from serai.engine.intake.postgres import Keeper
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, Conn, pool
from tests.given import VAULT, a_business, a_channel, change, delivery, rows, signature, text_item

ENDS = b"Connection: close\r\n"


class Served:
    """A server that speaks to a door; `by_request` counts what came the ordinary way."""

    def __init__(self, url: str) -> None:
        self.by_request = 0
        self.leaves = False
        self._pool = pool(url, ENGINE, 2)
        self.door = Door(self._pool, VAULT, Clock(), Keeper(self._pool, VAULT), Bounds(100_000))
        config = uvicorn.Config(
            self._app,
            port=0,
            http=speaking(self.door, lambda: self.leaves),
            interface="asgi3",
            lifespan="off",
            log_config=None,
            server_header=False,
            timeout_keep_alive=1,
        )
        self.server = uvicorn.Server(config)

    @property
    def port(self) -> int:
        return self.server.servers[0].sockets[0].getsockname()[1]

    async def _app(self, scope: dict[str, object], receive: object, send: object) -> None:
        self.by_request += 1
        await self.door(scope, receive, send)  # pyright: ignore

    async def run(self) -> None:
        async with self._pool:
            await self.server.serve()


@contextmanager
def running(served: Served) -> Generator[Served]:
    thread = threading.Thread(target=lambda: asyncio.run(served.run()), daemon=True)
    thread.start()
    while not served.server.started:
        thread.join(0.02)
    yield served
    served.server.should_exit = True
    thread.join(20)


@pytest.fixture
async def served(conn: Conn, db_url: str) -> AsyncIterator[Served]:
    await a_channel(conn, await a_business(conn))
    with running(Served(db_url)) as served:
        await said(served, webhook(0, ENDS))  # whoever comes first has the secrets read
        served.by_request = 0
        yield served


def webhook(n: int, more: bytes = b"", signed: str | None = None) -> bytes:
    body = delivery(change(messages=[text_item(f"question {n}")]))
    lines = [
        b"POST /webhooks/meta HTTP/1.1",
        b"Host: serai.test",
        b"Content-Type: application/json",
        b"X-Hub-Signature-256: " + (signed or signature(body)).encode(),
        b"Content-Length: %d" % len(body),
    ]
    return b"\r\n".join(lines) + b"\r\n" + more + b"\r\n" + body


async def said(served: Served, *pieces: bytes, pause: float = 0.0) -> bytes:
    """All that the server says until it hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(pause)
    answer = await asyncio.wait_for(reader.read(), 30)
    writer.close()
    return answer


async def kept(conn: Conn) -> int:
    return (await rows(conn, "SELECT count(*) AS n FROM webhook_deliveries"))[0]["n"]


async def test_a_webhook_that_comes_whole_is_kept_past_the_application(served: Served, conn: Conn):
    answer = await said(served, webhook(1))
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b"\r\n\r\nOK")
    assert b"date: " in answer
    assert (served.by_request, await kept(conn)) == (0, 2)


async def test_one_in_pieces_or_with_an_odd_head_is_kept_all_the_same(served: Served, conn: Conn):
    whole = webhook(1)
    for at in (1, 30, 200, len(whole) - 1):
        answer = await said(served, whole[:at], whole[at:], pause=0.1)
        assert answer.startswith(b"HTTP/1.1 200 OK")
    assert (await said(served, webhook(2, ENDS))).startswith(b"HTTP/1.1 200 OK")
    assert (served.by_request, await kept(conn)) == (5, 3)


async def test_what_is_not_signed_gets_no_shorter_way(served: Served, conn: Conn):
    bad = "sha256=" + "0" * 64
    assert (await said(served, webhook(1, signed=bad))).startswith(b"HTTP/1.1 403")
    twice = b"X-Hub-Signature-256: " + bad.encode() + b"\r\n"
    await said(served, webhook(2, twice))
    smuggled = webhook(3, b"Content-Length: 5\r\n")
    assert (await said(served, smuggled)).startswith(b"HTTP/1.1 400")
    assert served.by_request == 2
    assert await kept(conn) <= 2


async def test_many_on_one_line_are_answered_in_their_order(served: Served, conn: Conn):
    together = webhook(1) + webhook(2)
    page = b"PUT /webhooks/meta HTTP/1.1\r\nHost: serai.test\r\n\r\n"
    pieces = [webhook(3), webhook(4), together, page, webhook(5), page, webhook(6, ENDS)]
    for pause in (0.0, 0.1):
        answer = await said(served, *pieces, pause=pause)
        answers = [part[:3] for part in answer.split(b"HTTP/1.1 ")[1:]]
        assert answers == [b"200"] * 4 + [b"405", b"200", b"405", b"200"]
    assert await kept(conn) == 7


async def test_whoever_says_nothing_more_is_left_in_time(served: Served):
    began = asyncio.get_running_loop().time()
    assert await said(served, webhook(1), webhook(2), pause=0.3)
    assert asyncio.get_running_loop().time() - began > 1


async def test_a_server_that_leaves_says_so_with_every_answer(served: Served, conn: Conn):
    served.leaves = True
    await said(served, webhook(1, ENDS))
    assert (served.by_request, await kept(conn)) == (1, 2)


async def test_what_could_not_be_written_is_not_acknowledged(conn: Conn, db_url: str):
    await a_channel(conn, await a_business(conn))
    with running(Served(db_url)) as served:
        assert (await said(served, webhook(0, ENDS))).startswith(b"HTTP/1.1 200")
        with psycopg.connect(db_url, autocommit=True) as owner:
            owner.execute("REVOKE INSERT ON serai.webhook_deliveries FROM PUBLIC, serai_engine")
        answer = await said(served, webhook(1), webhook(2), pause=0.1)
        assert answer.count(b"HTTP/1.1 503") == 2
        assert answer.endswith(b"Try again")


def test_only_one_plain_and_whole_webhook_is_read():
    whole = webhook(1)
    found = Webhook.read(whole)
    assert found is not None
    assert found.body.startswith(b'{"object"')
    for other in (
        whole[:-1],
        whole + b"POST",
        whole + whole,
        whole.replace(b"POST", b"PUT"),
        whole.replace(b"/meta HTTP", b"/meta/x HTTP"),
        whole.replace(b"HTTP/1.1", b"HTTP/1.0"),
        webhook(1, b"Expect: 100-continue\r\n"),
        webhook(1, b"Connection: Upgrade\r\nUpgrade: websocket\r\n"),
        webhook(1, b"Transfer-Encoding: chunked\r\n"),
        b"",
    ):
        assert Webhook.read(other) is None
