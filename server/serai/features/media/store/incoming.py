"""Files that came in: they wait, are fetched, and settle."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from serai.core.effects import FetchFile
from serai.core.files import Reason
from serai.core.ids import MessageId
from serai.features.media.model import Blob, Wanted
from serai.kit.db import Conn, fetch, json_rows

WAIT = """
    INSERT INTO files (id, business_id, channel_id, message_meta_id, meta_id, url, claimed_type,
                       claimed_sha256, name, state, due_at, told_at, created_at)
    SELECT file_id, business_id, channel_id, message, meta_id, url, mime_type, decode(sha256, 'hex'),
           name, 'waiting', at, told_at, at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (file_id uuid, business_id uuid, channel_id uuid, message text, meta_id text, url text,
                 mime_type text, sha256 text, name text, told_at timestamptz, at timestamptz)
        ON CONFLICT (id) DO NOTHING
"""
CLAIM = """
    WITH chosen AS (
        SELECT files.id
          FROM files
         WHERE state = 'waiting' AND due_at <= %(now)s
         ORDER BY due_at
         LIMIT %(limit)s
           FOR UPDATE SKIP LOCKED
    )
    UPDATE files
       SET due_at = %(until)s, attempt_count = attempt_count + 1
      FROM chosen, channels
     WHERE files.id = chosen.id AND channels.id = files.channel_id
    RETURNING files.id, files.business_id, files.channel_id, channels.meta_id AS number,
              channels.token, files.message_meta_id, files.meta_id, files.url, files.claimed_type,
              files.claimed_sha256, files.attempt_count, files.told_at, files.created_at
"""
POSTPONE = """
    UPDATE files SET due_at = %(due_at)s, url = NULL WHERE id = %(id)s AND state = 'waiting'
"""
FAIL = """
    UPDATE files
       SET state = 'failed', reason = %(reason)s, due_at = NULL, url = NULL
     WHERE id = %(id)s AND state = 'waiting'
"""
SETTLE = """
    UPDATE files
       SET state = %(state)s, blob_id = %(blob_id)s, due_at = NULL, url = NULL
     WHERE id = %(id)s AND state = 'waiting'
"""
MESSAGE_OF = """
    SELECT messages.id
      FROM files
      JOIN messages ON messages.channel_id = files.channel_id AND messages.meta_id = files.message_meta_id
     WHERE files.id = %(id)s
"""


class Id(Struct, frozen=True):
    id: UUID


async def wait(conn: Conn, effects: Sequence[FetchFile]) -> None:
    """Let each file wait to be fetched; one that was told of before stays as it is."""
    await conn.execute(WAIT, {"rows": json_rows(effects)})


async def claim(conn: Conn, now: datetime, lease: timedelta, limit: int) -> list[Wanted]:
    """Take files that are due; nobody else gets them while the lease lasts."""
    values = {"now": now, "until": now + lease, "limit": limit}
    return await fetch(conn, Wanted, CLAIM, values)


async def postpone(conn: Conn, file: UUID, due_at: datetime) -> None:
    """Another try later, with an address of its own."""
    await conn.execute(POSTPONE, {"id": file, "due_at": due_at})


async def fail(conn: Conn, file: UUID, reason: Reason) -> None:
    await conn.execute(FAIL, {"id": file, "reason": reason})


async def settle(conn: Conn, file: UUID, blob: Blob) -> None:
    """The file is here; its blob has a row already."""
    state = "infected" if blob.is_infected else "ready"
    await conn.execute(SETTLE, {"id": file, "state": state, "blob_id": blob.id})


async def message_of(conn: Conn, file: UUID) -> MessageId | None:
    """The message that brought it, if that is kept."""
    rows = await fetch(conn, Id, MESSAGE_OF, {"id": file})
    return MessageId(rows[0].id) if rows else None
