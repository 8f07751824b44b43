"""Asking Meta sooner than was planned."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from serai.engine import due
from serai.kit.db import Conn

WAKE = """
    SELECT pg_notify('serai_work', '')
"""


async def soon(conn: Conn, kinds: Sequence[str], subject: tuple[UUID, UUID], now: datetime) -> None:
    """Make jobs of these kinds about (channel, business) due now."""
    channel, business = subject
    for kind in kinds:
        await due.schedule(conn, kind, [(channel, business, now)])
    await conn.execute(WAKE)
