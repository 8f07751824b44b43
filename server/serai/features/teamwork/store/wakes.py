"""Conversations that were put off to a time."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

DUE = """
    SELECT id, business_id, snoozed_until
      FROM conversations
     WHERE status = 'snoozed' AND snoozed_until <= %(now)s
     ORDER BY snoozed_until
     LIMIT %(limit)s
"""


class DueRow(Struct, frozen=True):
    id: UUID
    business_id: UUID
    snoozed_until: datetime


async def due(conn: Conn, now: datetime, limit: int) -> list[DueRow]:
    """Whose time has come. The event's key lets only one worker wake each."""
    return await fetch(conn, DueRow, DUE, {"now": now, "limit": limit})
