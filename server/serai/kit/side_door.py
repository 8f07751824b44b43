"""A small HTTP server beside the product, for whoever watches it: a few paths, read only.

It answers in any process, the worker too, on a port of its own that stays inside the network.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple, TypeAlias

from serai.kit.log import logger

PATIENCE_SECONDS = 5.0
LONGEST_HEAD = 8192
REASONS = {200: "OK", 404: "Not Found", 405: "Method Not Allowed", 503: "Service Unavailable"}

log = logger("serai.side_door")


class Said(NamedTuple):
    status: int
    content_type: str
    body: bytes


Asked: TypeAlias = Callable[[], Awaitable[Said]]


class SideDoor:
    """Use as `async with SideDoor(host, port, {"/metrics": …}) as door`; `port` 0 takes a free one."""

    def __init__(self, host: str, port: int | None, paths: Mapping[str, Asked]) -> None:
        self._host = host
        self.port = port
        """None: it stays shut."""
        self._paths = paths
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> "SideDoor":
        if self.port is not None:
            self._server = await asyncio.start_server(
                self._meet, self._host, self.port, limit=LONGEST_HEAD
            )
            self.port = self._server.sockets[0].getsockname()[1]
            log.info("side_door_open", port=self.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(_written(await self._answer(head)))
                await writer.drain()
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # whoever asked is gone, or never asked for anything
        finally:
            writer.close()

    async def _answer(self, head: bytes) -> Said:
        method, path, *_ = [*head.split(b"\r\n", 1)[0].decode("latin-1").split(" "), ""]
        asked = self._paths.get(path.split("?", 1)[0])
        if asked is None:
            return Said(404, "text/plain", b"Nothing is here.\n")
        if method not in {"GET", "HEAD"}:
            return Said(405, "text/plain", b"Only GET.\n")
        said = await asked()
        return said if method == "GET" else said._replace(body=b"")


def _written(said: Said) -> bytes:
    head = (
        f"HTTP/1.1 {said.status} {REASONS[said.status]}\r\n"
        f"Content-Type: {said.content_type}\r\nContent-Length: {len(said.body)}\r\n"
        "Connection: close\r\nX-Content-Type-Options: nosniff\r\n\r\n"
    )
    return head.encode() + said.body
