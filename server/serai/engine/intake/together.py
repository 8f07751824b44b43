"""One write for many: calls that come while a write is under way share the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from serai.engine.intake import NotKept

Thing = TypeVar("Thing")

MOST_AT_ONCE = 500
"""Deliveries in one write; ours."""


class Together(Generic[Thing]):
    """Writes in the order of the calls, one write at a time."""

    def __init__(self, write: Callable[[Sequence[Thing]], Awaitable[None]]) -> None:
        self._write = write
        self._waiting: list[tuple[Thing, asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def add(self, thing: Thing) -> None:
        """Return when the write that has `thing` is done. Raises NotKept if it failed."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((thing, done))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write_all())
        await done

    async def _write_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            try:
                await self._write([thing for thing, _ in batch])
            except NotKept as problem:
                _settle(batch, problem)
            except Exception as error:
                _settle(batch, NotKept(type(error).__name__))
            else:
                _settle(batch, None)


def _settle(batch: Sequence[tuple[object, asyncio.Future[None]]], problem: NotKept | None) -> None:
    for _, done in batch:
        if done.done():  # whoever asked has gone
            continue
        if problem is None:
            done.set_result(None)
        else:
            done.set_exception(problem)
