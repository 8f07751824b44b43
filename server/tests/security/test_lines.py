"""Clients that hold a line without asking anything: real connections to a real server."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from serai.app import patience
from serai.app.patience import Patient

pytestmark = [pytest.mark.anyio, pytest.mark.promise("SEC-16")]
HELLO = b"GET / HTTP/1.1\r\nHost: serai.test\r\n"


async def app(scope: dict[str, object], _: object, send: object) -> None:
    if scope["type"] == "http":
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]}
        )  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b"ok"})  # type: ignore[operator]


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(patience, "HEAD_SECONDS", 1.0)
    config = uvicorn.Config(
        app,
        port=0,
        http=Patient,
        lifespan="off",
        log_config=None,
        server_header=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join(20)


async def said(port: int, *pieces: bytes) -> bytes:
    """All that the server says until it hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        return await asyncio.wait_for(reader.read(), 30)
    except ConnectionError:
        return b""
    finally:
        writer.close()


async def test_whoever_does_not_end_a_head_is_not_waited_for(port: int):
    for begun in (b"", b"G", HELLO, HELLO + b"X-Slow: a"):
        assert await said(port, begun) == b""


async def test_a_head_without_end_is_refused(port: int):
    large = [b"X-%d: %s\r\n" % (n, b"x" * 1000) for n in range(200)]
    assert not (await said(port, HELLO, *large)).startswith(b"HTTP/1.1 200")
    one = HELLO + b"X-Large: " + b"x" * 200_000
    assert not (await said(port, one)).startswith(b"HTTP/1.1 200")


async def test_whoever_asks_in_time_is_answered_again_and_again(port: int):
    asked = HELLO + b"\r\n"
    answer = await said(port, asked, asked, HELLO + b"Connection: close\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200 OK") == 3
    assert b"server:" not in answer.lower()


async def test_what_is_no_request_or_two_in_one_is_refused(port: int):
    """Request smuggling: a length that is said twice, or in two ways."""
    for head in (
        b"NONSENSE\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 3\r\n\r\nabc",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX\x00: a\r\n\r\n",
    ):
        assert not (await said(port, head)).startswith(b"HTTP/1.1 200"), head
