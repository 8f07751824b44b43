"""Loops beside each other that rest until there is something to do.

Those of one name do the same work. A call wakes one of them that rests, at once if none of them has
begun lately, else when what came meanwhile has gathered; whoever takes a full hand sends for the next.
So a message that comes alone costs one look, those that come one after the other share some, and a
rush has all loops at work.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from itertools import cycle
from typing import TypeAlias

from prometheus_client import Gauge, Histogram

from serai.kit.db import PASSING
from serai.kit.log import logger
from serai.kit.meters import failed

BEAT_SECONDS = 1.0
"""Within which every name is called once: how long a lost call goes unnoticed."""
GATHER_SECONDS = 0.03
"""Between two turns of one name that is called again and again, unless hands are full: a turn costs as
much for ten messages as for one."""
FULL = 8
"""Of anything at once: there may well be more, for others to take."""
SHORTEST_GAP, LONGEST_GAP = 0.1, 5.0
"""Seconds after a turn that failed for a passing reason."""

TURN = Histogram("serai_loop_seconds", "Turns of the worker's loops.", ["loop"])
TURNED = Gauge("serai_loop_turned_at", "When a loop last ended a turn; Unix time.", ["loop"])
Work: TypeAlias = tuple[str, Callable[[], Awaitable[int]]]
"""A loop's name, and one turn of it: how much it did. After a turn that did nothing it rests."""

log = logger("serai.worker")


class Loop:
    """One of them: it rests, is called, or is at work (and may be called again meanwhile)."""

    def __init__(self, name: str, turn: Callable[[], Awaitable[int]]) -> None:
        self.name, self.turn = name, turn
        self.called = asyncio.Event()
        self.rests = False


class Loops:
    """All loops of a process. `stop()` lets what is under way end, then `run()` returns."""

    def __init__(self, stopping: asyncio.Event) -> None:
        self._stopping = stopping
        self._loops: list[Loop] = []
        self._by_name: dict[str, list[Loop]] = {}
        self._opens: dict[str, float] = {}
        self._gathering: set[str] = set()
        self._random = random.Random()  # noqa: S311 — spreads load, guards nothing

    async def run(self, works: Sequence[Work]) -> None:
        """Until `stop()`. Raises what a turn raises, unless it is known to pass."""
        self._loops = [Loop(name, turn) for name, turn in works]
        for loop in self._loops:
            self._by_name.setdefault(loop.name, []).append(loop)
        async with asyncio.TaskGroup() as tasks:
            beat = tasks.create_task(self._beat())
            await asyncio.wait([tasks.create_task(self._go(loop)) for loop in self._loops])
            beat.cancel()

    def stop(self) -> None:
        self._stopping.set()
        for loop in self._loops:
            loop.called.set()

    def call(self, *names: str) -> None:
        """One of each of these names, of every name if none is given: now, or when enough has gathered."""
        now = asyncio.get_running_loop().time()
        for name in names or self._by_name:
            if name in self._gathering:
                continue
            left = self._opens.get(name, now) - now
            if left <= 0:
                self._wake(name)
            else:
                self._gathering.add(name)
                asyncio.get_running_loop().call_later(left, self._gathered, name)

    def hurry(self, *names: str) -> None:
        """One of each of these names, now: there is more than whoever calls could take."""
        for name in names:
            self._wake(name)

    def _gathered(self, name: str) -> None:
        self._gathering.discard(name)
        self._wake(name)

    def _wake(self, name: str) -> None:
        """One that rests; if none does, each looks again when its turn ends. Who was called and has not
        begun will see whatever there is, so nobody else need come."""
        loops = self._by_name.get(name, ())
        resting = [loop for loop in loops if loop.rests]
        if any(loop.called.is_set() for loop in resting):
            return
        for loop in resting[:1] or loops:
            loop.called.set()

    async def _beat(self) -> None:
        """A name at a time, so that they do not all ask the database at once."""
        for name in cycle(list(self._by_name)):
            await rest(self._stopping, BEAT_SECONDS / len(self._by_name))
            if self._stopping.is_set():
                return
            self.call(name)

    async def _go(self, loop: Loop) -> None:
        gap, took, turned = SHORTEST_GAP, TURN.labels(loop.name), TURNED.labels(loop.name)
        while not self._stopping.is_set():
            loop.called.clear()
            self._opens[loop.name] = asyncio.get_running_loop().time() + GATHER_SECONDS
            try:
                with took.time():
                    done = await loop.turn()
            except PASSING as error:
                log.warning("database_trouble", error=type(error).__name__)
                await rest(self._stopping, gap * (0.5 + self._random.random()))
                gap = min(gap * 2, LONGEST_GAP)
                continue
            except Exception as error:
                failed(f"worker.{loop.name}", error)
                raise
            turned.set_to_current_time()
            gap = SHORTEST_GAP
            if done < FULL:
                await self._rest(loop, may_be_more=done > 0)

    async def _rest(self, loop: Loop, *, may_be_more: bool) -> None:
        """Until it is called; where there was something there may be more by then."""
        loop.rests = True
        if may_be_more:
            self.call(loop.name)
        await loop.called.wait()
        loop.rests = False


async def rest(until: asyncio.Event, seconds: float) -> None:
    """Until the event, at most so long."""
    try:
        await asyncio.wait_for(until.wait(), seconds)
    except TimeoutError:
        return
