"""Keep a raw delivery before anything is read from it; later split it into its items.

`Intake` is the port that the door knows. It has two adapters that pass one suite: `postgres`, where
a delivery is a row at once, and `jetstream`, where it is in a NATS stream first and `ferry` makes
it a row. From that row on nothing knows which way it came (`splitting`).
"""

from datetime import datetime
from typing import Protocol
from uuid import UUID


class NotKept(Exception):
    """The delivery is not known to be on disk; nothing may be acknowledged."""


class Intake(Protocol):
    """Where the door puts what came."""

    async def keep(self, app_id: UUID, body: bytes, now: datetime) -> None:
        """Return when the delivery, which that app signed, is on disk. Raises NotKept.

        The same body again is one delivery, whenever it comes.
        """
        ...
