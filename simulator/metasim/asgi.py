"""HTTP in: a raw ASGI application, lean because every send of a load test passes here."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from metasim import pages
from metasim.control import door as control
from metasim.graph import door as graph
from metasim.graph.request import Answer, Request, json_answer
from metasim.sim import Sim

log = logging.getLogger("metasim")

Scope: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[dict[str, Any]]]
Send: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]

LARGEST_BODY = 110_000_000
"""Bytes; more is answered 413. The largest document has 100 MB."""
HEARTBEAT = 15.0
"""Real seconds between comments on the stream."""


class TooLarge(Exception):
    """The body has more than `LARGEST_BODY` bytes."""


class Application:
    """Routes by the first part of the path: control, phone page, Graph API."""

    def __init__(
        self, sim: Sim, start: Callable[[], Awaitable[None]], stop: Callable[[], Awaitable[None]]
    ) -> None:
        self._sim = sim
        self._start = start
        self._stop = stop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/_sim/stream" and scope["method"] == "GET":
            await self._stream(receive, send)
            return
        try:
            answer = await self._answer(await _request(scope, receive))
        except TooLarge:
            answer = json_answer({"error": {"message": "The body is too large."}}, 413)
        except Exception:
            log.exception("request_failed")
            answer = json_answer({"error": {"message": "metasim failed; see its log."}}, 500)
        if answer.hang_up:
            await _hang_up(scope, receive)
            return
        await send(
            {
                "type": "http.response.start",
                "status": answer.status,
                "headers": self._headers(answer),
            }
        )
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, request: Request) -> Answer:
        if request.path.startswith("/_sim/"):
            return await control.answer(self._sim, request)
        if page := pages.find(request):
            return page
        return await graph.answer(self._sim, request)

    def _headers(self, answer: Answer) -> list[tuple[bytes, bytes]]:
        headers = [
            (b"content-type", answer.kind),
            (b"content-length", b"%d" % len(answer.body)),
            (b"date", self._sim.clock.date_header()),
        ]
        if answer.headers or answer.kind.startswith(b"application/json"):
            return headers + answer.headers
        return headers + pages.HEADERS

    async def _stream(self, receive: Receive, send: Send) -> None:
        headers = [
            (b"content-type", b"text/event-stream; charset=utf-8"),
            (b"cache-control", b"no-store"),
            (b"date", self._sim.clock.date_header()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        queue = self._sim.stream.open()
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await send({"type": "http.response.body", "body": b": hello\n\n", "more_body": True})
            while not gone.done() and not self._sim.stream.ended:
                await send(
                    {
                        "type": "http.response.body",
                        "body": await _next(queue, gone),
                        "more_body": True,
                    }
                )
            await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()
            self._sim.stream.close(queue)


async def _request(scope: Scope, receive: Receive) -> Request:
    pieces: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        more = message.get("more_body", False)
        if size > LARGEST_BODY:
            raise TooLarge
    raw_query: bytes = scope["query_string"]
    query = (
        dict(parse_qsl(raw_query.decode("latin-1"), keep_blank_values=True)) if raw_query else {}
    )
    return Request(scope["method"], scope["path"], query, dict(scope["headers"]), b"".join(pieces))


async def _next(queue: asyncio.Queue[bytes], gone: asyncio.Future[None]) -> bytes:
    """The next event, or a comment when nothing happened for a while."""
    getting = asyncio.ensure_future(queue.get())
    done, _ = await asyncio.wait(
        {getting, gone}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED
    )
    if getting in done:
        return getting.result()
    getting.cancel()
    return b": still here\n\n"


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _hang_up(scope: Scope, receive: Receive) -> None:
    """Close the connection under the caller, who gets no answer at all."""
    scope["state"]["transport"].close()
    await _gone(receive)
