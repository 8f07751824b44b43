"""The one clock of the simulator: it can be read, frozen and moved forward, and wakes what is due.

Everything that waits is a `Due` row of plain text, so that a snapshot can hold it.
"""

import asyncio
import heapq
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import formatdate

import msgspec

log = logging.getLogger("metasim.clock")

SETTLE_BEFORE_STEPS_OF = 1.0
"""Seconds: webhooks under way may finish before the clock jumps further than this."""


class Due(msgspec.Struct, order=True, frozen=True, array_like=True):
    """Something that waits for a time."""

    at: float
    """Unix seconds of this clock."""
    order: int
    """Rows of the same time run in the order they were made."""
    kind: str
    """Names the handler, see `Clock.on`."""
    args: tuple[str, ...]


def from_iso(text: str) -> float:
    """Unix seconds of an ISO time; one without an offset is UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def to_iso(at: float) -> str:
    """ISO time in UTC with milliseconds, ending in Z."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Clock:
    """Runs with real time from any start, or stands still; never goes back."""

    def __init__(self, now: float | None = None) -> None:
        self.frozen = False
        self._stepping = False
        self._base: float = time.time() if now is None else now
        self._since = time.monotonic()
        self.version = 0
        """Grows when somebody freezes or moves the clock."""
        self._order = 0
        self._waiting: list[Due] = []
        self._handlers: dict[str, Callable[..., None]] = {}
        self._alarm: asyncio.TimerHandle | None = None
        self._alarm_at = 0.0
        self._moving = asyncio.Lock()
        self._header = (0, b"")

    def now(self) -> float:
        """Unix seconds."""
        if self.frozen or self._stepping:
            return self._base
        return self._base + time.monotonic() - self._since

    def date_header(self) -> bytes:
        """This second as an HTTP `Date` value."""
        second = int(self.now())
        if self._header[0] != second:
            self._header = (second, formatdate(second, usegmt=True).encode())
        return self._header[1]

    def on(self, kind: str, handler: Callable[..., None]) -> None:
        """Give rows of this kind to this handler, which gets their args."""
        self._handlers[kind] = handler

    def schedule(self, at: float, kind: str, *args: str) -> None:
        """Wake the handler of this kind at this time, or at once when it has passed."""
        self._order += 1
        heapq.heappush(self._waiting, Due(at, self._order, kind, args))
        self.arm()

    def waiting(self) -> list[Due]:
        """All that waits, in no order; for snapshots."""
        return list(self._waiting)

    def restore(self, now: float, frozen: bool, waiting: list[Due]) -> None:
        """Go on from a snapshot: the time it was made at, and what waited then."""
        self._base, self._since, self.frozen = now, time.monotonic(), frozen
        self._waiting = sorted(waiting)
        self._order = max((due.order for due in waiting), default=0)

    def forget(self) -> None:
        """Drop all that waits."""
        self._waiting.clear()

    def freeze(self, frozen: bool) -> None:
        """Stop the clock at this moment, or let it run on from where it stands."""
        self._base, self._since = self.now(), time.monotonic()
        self.frozen = frozen
        self.version += 1
        self._disarm()
        self.arm()

    async def move_to(self, target: float, settle: Callable[[], Awaitable[None]]) -> None:
        """Move forward; what becomes due on the way happens at its own time, in order.

        `settle` lets webhooks that are under way be answered before the next step. A target that
        has passed meanwhile is now.
        """
        async with self._moving:
            self._base, self._stepping = self.now(), True
            target = max(target, self._base)
            self.version += 1
            try:
                await self._step_to(target, settle)
            finally:
                self._base, self._since, self._stepping = target, time.monotonic(), False
                self._disarm()
                self.arm()

    async def _step_to(self, target: float, settle: Callable[[], Awaitable[None]]) -> None:
        while True:
            soon = min(target, self._base + SETTLE_BEFORE_STEPS_OF)
            if not self._waiting or self._waiting[0].at > soon:
                await settle()  # which may have put new rows on the clock
                if not self._waiting or self._waiting[0].at > target:
                    return
            self._base = max(self._base, self._waiting[0].at)
            self._run(heapq.heappop(self._waiting))

    def arm(self) -> None:
        """Set the alarm for the next row; a frozen clock only wakes for what is due already."""
        if self._stepping or not self._waiting:
            return
        at = self._waiting[0].at
        if self._alarm is not None and self._alarm_at <= at:
            return
        wait = at - self.now()
        if self.frozen and wait > 0:
            return
        self._disarm()
        self._alarm_at = at
        self._alarm = asyncio.get_running_loop().call_later(max(wait, 0), self._wake)

    def _disarm(self) -> None:
        """An alarm rings in real time: it is wrong as soon as the clock was moved or stopped."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _wake(self) -> None:
        self._alarm = None
        if self._stepping:
            return
        now = self.now()
        while self._waiting and self._waiting[0].at <= now:
            self._run(heapq.heappop(self._waiting))
        self.arm()

    def _run(self, due: Due) -> None:
        try:
            self._handlers[due.kind](*due.args)
        except Exception:
            # One broken row must not keep the others from their time.
            log.exception("due_row_failed kind=%s", due.kind)
