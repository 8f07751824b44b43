"""Whether a colleague has just answered."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

JUST = timedelta(seconds=5)
"""So shortly after a colleague's answer another one needs a second look."""
HOLD = """
    SELECT id FROM contacts
     WHERE id = (SELECT contact_id FROM conversations WHERE conversations.id = %(conversation_id)s)
       FOR UPDATE
"""
LATEST = """
    SELECT users.name, messages.created_at AS at
      FROM messages
      JOIN users ON users.id = messages.author_id
     WHERE conversation_id = %(conversation_id)s AND direction = 'out'
       AND messages.author_id <> %(me)s AND messages.created_at > %(since)s
       AND undone_at IS NULL
     ORDER BY messages.created_at DESC
     LIMIT 1
"""


class Answered(Struct, frozen=True):
    name: str
    at: datetime


async def just_answered(
    conn: Conn, conversation_id: UUID, me: UUID, now: datetime
) -> Answered | None:
    """A colleague's answer of the last seconds. Whoever answers at the same time waits here."""
    await conn.execute(HOLD, {"conversation_id": conversation_id})
    values = {"conversation_id": conversation_id, "me": me, "since": now - JUST}
    rows = await fetch(conn, Answered, LATEST, values)
    return rows[0] if rows else None
