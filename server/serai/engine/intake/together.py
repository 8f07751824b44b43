"""One write for many: what comes while a write is under way shares the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from serai.engine.intake import Done, NotKept

Thing = TypeVar("Thing")

MOST_AT_ONCE = 500
"""Deliveries in one write; ours."""


class Together(Generic[Thing]):
    """Writes in the order of the calls, one write at a time."""

    def __init__(self, write: Callable[[Sequence[Thing]], Awaitable[None]]) -> None:
        self._write = write
        self._waiting: list[tuple[Thing, Done]] = []
        self._task: asyncio.Task[None] | None = None

    def put(self, thing: Thing, done: Done) -> None:
        """Call `done` when the write that has `thing` ended."""
        self._waiting.append((thing, done))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write_all())

    async def _write_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            problem = await self._problem([thing for thing, _ in batch])
            for _, done in batch:
                done(problem)

    async def _problem(self, things: Sequence[Thing]) -> NotKept | None:
        try:
            await self._write(things)
        except NotKept as problem:
            return problem
        except Exception as error:
            return NotKept(type(error).__name__)
        return None
