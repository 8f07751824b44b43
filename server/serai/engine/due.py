"""Everything that waits for a time is a row; it is claimed once, by compare-and-set."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.effects import WatchUnknown
from serai.core.events import Event, UnknownFlagged
from serai.core.ids import MessageId
from serai.kit.db import Conn, fetch, json_rows

ADD = """
    INSERT INTO due_rows (kind, subject, business_id, due_at)
    SELECT 'unknown_send', message_id, business_id, due_at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (message_id uuid, business_id uuid, due_at timestamptz)
     WHERE coalesce(current_setting('serai.replaying', true), '') <> 'on'
        ON CONFLICT (kind, subject) DO NOTHING
"""
CLAIM = """
    UPDATE due_rows
       SET done_at = %(now)s
     WHERE (kind, subject) IN (
               SELECT kind, subject FROM due_rows
                WHERE done_at IS NULL AND due_at <= %(now)s
                ORDER BY due_at
                LIMIT %(limit)s
                  FOR UPDATE SKIP LOCKED)
    RETURNING kind, subject
"""


class Due(Struct, frozen=True):
    kind: str
    subject: UUID


async def watch(conn: Conn, effects: Sequence[WatchUnknown]) -> None:
    """Look at each message again at its time."""
    await conn.execute(ADD, {"rows": json_rows(effects)})


async def claim(conn: Conn, now: datetime, limit: int) -> list[Event]:
    """What has come due, as events. Handle them in the same transaction."""
    rows = await fetch(conn, Due, CLAIM, {"now": now, "limit": limit})
    return [
        UnknownFlagged(key=f"{row.subject}:flagged", at=now, message_id=MessageId(row.subject))
        for row in rows
    ]
