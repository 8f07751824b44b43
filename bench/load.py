"""Requests at a set pace, whether answers come or not: delays count from when each was due.

A client that waits for an answer before it asks again hides what waited; this one does not.
"""

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from typing import cast

import uvloop
from msgspec import Struct

LINES = 64
BATCH_SECONDS = 0.001
"""Between two looks at what is due."""
PATIENCE_SECONDS = 60.0
"""For the last answers."""


class Took(Struct, frozen=True):
    """Delays in seconds, in order of size; `rate` in answers a second."""

    began: float
    """Unix time: request n was due `n / rate asked for` seconds later."""
    delays: list[float]
    rate: float
    refused: int

    def ms(self, share: float) -> float:
        """The delay, in milliseconds, within which this share was answered."""
        return within(self.delays, share)


def within(delays: list[float], share: float) -> float:
    """Of seconds in order of size, the one that this share does not exceed; in milliseconds."""
    return round(delays[min(len(delays) - 1, int(len(delays) * share))] * 1000, 1)


def drive(port: int, requests: Iterator[bytes], count: int, rate: float | None) -> Took:
    """Send `count` requests, `rate` a second; None: each line as soon as it was answered."""
    return uvloop.run(_Load(port, requests, count, rate).run())


class _Line(asyncio.Protocol):
    """One connection with one request at a time; answers are small."""

    def __init__(self, load: "_Load") -> None:
        self._load = load
        self.due = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's are none by inheritance
        self._load.free.append(self)

    def data_received(self, data: bytes) -> None:
        self._load.answered(self, data)

    def ask(self, request: bytes, due: float) -> None:
        self.due = due
        self._transport.write(request)


class _Load:
    def __init__(
        self, port: int, requests: Iterator[bytes], count: int, rate: float | None
    ) -> None:
        self._port, self._requests, self._count, self._rate = port, requests, count, rate
        self.free: deque[_Line] = deque()
        self._delays: list[float] = []
        self._refused = 0
        self._sent = 0

    async def run(self) -> Took:
        loop = asyncio.get_running_loop()
        for _ in range(LINES):
            await loop.create_connection(lambda: _Line(self), "127.0.0.1", self._port)
        began, began_at = time.perf_counter(), time.time()
        until = began + PATIENCE_SECONDS + (self._count / self._rate if self._rate else 0)
        while len(self._delays) < self._count and time.perf_counter() < until:
            self._send(began)
            await asyncio.sleep(BATCH_SECONDS)
        seconds = time.perf_counter() - began
        assert self._delays, "nothing was answered"
        return Took(began_at, sorted(self._delays), len(self._delays) / seconds, self._refused)

    def _send(self, began: float) -> None:
        now = time.perf_counter()
        while self.free and self._sent < self._count:
            due = now if self._rate is None else began + self._sent / self._rate
            if due > now:
                return
            self._sent += 1
            self.free.popleft().ask(next(self._requests), due)

    def answered(self, line: _Line, data: bytes) -> None:
        now = time.perf_counter()
        if not data.startswith(b"HTTP/"):
            return  # the body, after a head that came alone
        now = time.perf_counter()
        self._delays.append(now - line.due)
        self._refused += not data.startswith(b"HTTP/1.1 2")
        self.free.append(line)
        if self._rate is None:
            self._send(now)
