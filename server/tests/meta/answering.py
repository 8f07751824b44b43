"""A server on this machine that gives prepared answers as Meta would, and keeps what it was asked."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from serai.meta.client import Graph


class Meta:
    """Answers in turn, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str], Any]] = []
        self.answers: list[tuple[int, Any]] = []
        self.headers: dict[str, str] = {}
        self.before_answering: Callable[[], Awaitable[object]] | None = None

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.json() if request.can_read_body else None
        self.asked.append((request.method, dict(request.query), body))
        if self.before_answering is not None:
            await self.before_answering()
        status, found = self.answers.pop(0)
        return web.json_response(found, status=status, headers=self.headers)


@asynccontextmanager
async def talking_to(meta: Meta) -> AsyncGenerator[Graph]:
    """The real client, connected to it."""
    app = web.Application()
    app.router.add_route("*", "/v25.0/{path:.*}", meta.answer)
    async with TestServer(app) as server, Graph(str(server.make_url("")), "v25.0", 5) as graph:
        yield graph
