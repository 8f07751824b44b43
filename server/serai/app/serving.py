"""`serai serve` as a process that can be replaced while people use it.

Told to end by SIGTERM it leaves in three steps: readiness says 503 and every answer asks to close its
connection, while all goes on (`drain_seconds`, for a proxy to notice); then it takes no new connections
and live streams end, so that browsers come back elsewhere; then what is under way is answered.
Ctrl-C, or a second SIGTERM, begins with the last step.
"""

import asyncio
import os
import signal
import socket
import time
from collections.abc import Callable, MutableMapping
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serai.app.door import Door

FIRST_HANDED_ON = 3
"""Source: systemd, sd_listen_fds(3): the first socket that is passed to a process."""
LINGER_SECONDS = 0.5
"""For whoever has a connection already and is just saying what they want."""
READY = ("/health/ready", "/health/door")
GOING = b'{"status":"leaving"}'


class Leaving:
    """In front of an application: says that this process is about to end."""

    def __init__(self, app: ASGIApp, door: Door, let_go: Callable[[], None]) -> None:
        self.app = app
        self.door = door
        self.is_on = False
        self.let_go = let_go
        """Ends what would go on for ever."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self.is_on or scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"] in READY:
            await _say(_closing(send))
        else:
            await self.app(scope, receive, _closing(send))


class Server(uvicorn.Server):
    """Leaves politely."""

    def __init__(self, config: uvicorn.Config, front: Leaving, drain_seconds: float) -> None:
        super().__init__(config)
        self._front = front
        self._drain_seconds = drain_seconds
        self._leave_at: float | None = None
        """By the machine's steady clock."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if sig == signal.SIGTERM and self._leave_at is None:
            self._front.is_on = True
            self._leave_at = time.monotonic() + self._drain_seconds
        else:
            super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        is_time = self._leave_at is not None and time.monotonic() >= self._leave_at
        return await super().on_tick(counter) or is_time

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._front.is_on = True
        for server in self.servers:
            server.close()
        self._front.let_go()
        if not self.should_exit:
            await asyncio.sleep(LINGER_SECONDS)
        await super().shutdown(sockets)


def handed_on(env: MutableMapping[str, str]) -> socket.socket | None:
    """The listening socket that whoever started us keeps open, so that nobody is refused meanwhile."""
    if env.get("LISTEN_PID") != str(os.getpid()) or env.get("LISTEN_FDS") != "1":
        return None
    return socket.socket(fileno=FIRST_HANDED_ON)


def _closing(send: Send) -> Send:
    async def close(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: list[Any] = [*message.get("headers", []), (b"connection", b"close")]
            message = {**message, "headers": headers}
        await send(message)

    return close


async def _say(send: Send) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(GOING))]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": GOING})
