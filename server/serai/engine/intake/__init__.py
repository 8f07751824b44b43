"""Keep a raw delivery before anything is read from it; later split it into its items.

`Intake` is the port that the door knows. It has two adapters that pass one suite: `postgres`, where
a delivery is a row at once, and `jetstream`, where it is in a NATS stream first and `ferry` makes
it a row. From that row on nothing knows which way it came (`splitting`).
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeAlias
from uuid import UUID


class NotKept(Exception):
    """The delivery is not known to be on disk; nothing may be acknowledged."""


Done: TypeAlias = Callable[[NotKept | None], None]
"""Told once how it ended: None when what was put is on disk."""


class Intake(Protocol):
    """Where the door puts what came."""

    def put(self, app_id: UUID, body: bytes, now: datetime, done: Done) -> None:
        """Keep a delivery, which that app signed, and call `done`: at once, or when a write ended.

        The same body again is one delivery, whenever it comes.
        """
        ...

    async def keep(self, app_id: UUID, body: bytes, now: datetime) -> None:
        """The same for whoever can wait: return when it is on disk. Raises NotKept."""
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def done(problem: NotKept | None) -> None:
            if ended.done():  # whoever waited has gone
                return
            if problem is None:
                ended.set_result(None)
            else:
                ended.set_exception(problem)

        self.put(app_id, body, now, done)
        await ended
