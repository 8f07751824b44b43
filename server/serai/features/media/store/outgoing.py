"""Files that messages need at Meta: which, what of it is there, and what waits for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from serai.core.effects import ForgetUpload, SendMessage
from serai.core.files import files_in
from serai.core.ids import MessageId
from serai.features.media.model import UPLOAD_LIVES, Uploading
from serai.kit.db import Conn, fetch, json_rows

NEED = """
    INSERT INTO media_needs (send_id, file_id, channel_id, business_id)
    SELECT DISTINCT send_id, file_id, channel_id, business_id
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (send_id uuid, file_id uuid, channel_id uuid, business_id uuid)
     WHERE coalesce(current_setting('serai.replaying', true), '') <> 'on'
        ON CONFLICT (send_id, file_id) DO NOTHING
"""
WAKE = """
    SELECT pg_notify('serai_work', 'files')
"""
CLAIM = """
    WITH wanted AS (
        SELECT DISTINCT media_needs.channel_id, files.blob_id, media_needs.business_id
          FROM sends
          JOIN media_needs ON media_needs.send_id = sends.id
          JOIN files ON files.id = media_needs.file_id AND files.state = 'ready'
          JOIN channels ON channels.id = media_needs.channel_id AND channels.state = 'active'
          LEFT JOIN media_uploads AS known
            ON known.channel_id = media_needs.channel_id AND known.blob_id = files.blob_id
         WHERE sends.state = 'waiting' AND sends.needs_file
           AND (known.meta_id IS NULL OR known.uploaded_at < %(fresh_since)s)
           AND (known.due_at IS NULL OR known.due_at <= %(now)s)
         ORDER BY media_needs.channel_id, files.blob_id
         LIMIT %(limit)s
    ),
    claimed AS (
        INSERT INTO media_uploads (channel_id, blob_id, business_id, attempt_count, due_at)
        SELECT channel_id, blob_id, business_id, 1, %(until)s FROM wanted
            ON CONFLICT (channel_id, blob_id)
            DO UPDATE SET attempt_count = media_uploads.attempt_count + 1, due_at = excluded.due_at,
                          meta_id = NULL
             WHERE (media_uploads.meta_id IS NULL OR media_uploads.uploaded_at < %(fresh_since)s)
               AND (media_uploads.due_at IS NULL OR media_uploads.due_at <= %(now)s)
        RETURNING *
    )
    SELECT claimed.channel_id, channels.meta_id AS number, channels.token, claimed.business_id,
           claimed.blob_id, blobs.sha256, blobs.mime_type, claimed.attempt_count,
           coalesce((SELECT name FROM files WHERE files.blob_id = blobs.id LIMIT 1), 'file') AS name
      FROM claimed
      JOIN channels ON channels.id = claimed.channel_id
      JOIN blobs ON blobs.id = claimed.blob_id
"""
"""One worker gets each: the second finds the row leased."""

DONE = """
    UPDATE media_uploads
       SET meta_id = %(meta_id)s, uploaded_at = %(now)s, attempt_count = 0, due_at = NULL
     WHERE channel_id = %(channel_id)s AND blob_id = %(blob_id)s
"""
POSTPONE = """
    UPDATE media_uploads SET due_at = %(due_at)s
     WHERE channel_id = %(channel_id)s AND blob_id = %(blob_id)s
"""
DROP = """
    DELETE FROM media_uploads WHERE channel_id = %(channel_id)s AND blob_id = %(blob_id)s
"""
WAITING_FOR = """
    SELECT DISTINCT sends.id
      FROM sends
      JOIN media_needs ON media_needs.send_id = sends.id
      JOIN files ON files.id = media_needs.file_id
     WHERE sends.state = 'waiting' AND sends.needs_file
       AND media_needs.channel_id = %(channel_id)s AND files.blob_id = %(blob_id)s
"""
COMPLETE = """
    SELECT sends.id
      FROM sends
      JOIN media_needs ON media_needs.send_id = sends.id
      JOIN files ON files.id = media_needs.file_id
      LEFT JOIN media_uploads
        ON media_uploads.channel_id = media_needs.channel_id AND media_uploads.blob_id = files.blob_id
       AND media_uploads.uploaded_at >= %(fresh_since)s
     WHERE sends.state = 'waiting' AND sends.needs_file
     GROUP BY sends.id
    HAVING bool_and(media_uploads.meta_id IS NOT NULL)
     LIMIT 500
"""
AT_META = """
    SELECT media_needs.send_id AS message_id, media_needs.file_id, media_uploads.meta_id
      FROM media_needs
      JOIN files ON files.id = media_needs.file_id
      JOIN media_uploads
        ON media_uploads.channel_id = media_needs.channel_id AND media_uploads.blob_id = files.blob_id
     WHERE media_needs.send_id = ANY (%(ids)s) AND media_uploads.meta_id IS NOT NULL
"""
FORGET = """
    DELETE FROM media_uploads
     USING media_needs
      JOIN files ON files.id = media_needs.file_id
     WHERE media_uploads.channel_id = media_needs.channel_id
       AND media_uploads.blob_id = files.blob_id
       AND media_needs.send_id = ANY (%(ids)s)
"""


class AtMeta(Struct, frozen=True):
    message_id: MessageId
    file_id: UUID
    meta_id: str


class Id(Struct, frozen=True):
    id: MessageId


async def need(conn: Conn, effects: Sequence[SendMessage]) -> None:
    """Note which of our files each message needs."""
    rows = [
        {
            "send_id": effect.message_id,
            "file_id": file.id,
            "channel_id": effect.channel_id,
            "business_id": effect.business_id,
        }
        for effect in effects
        for file in files_in(effect.content)
        if file.id is not None
    ]
    if rows:
        await conn.execute(NEED, {"rows": json_rows(rows)})
        await conn.execute(WAKE)


async def claim(conn: Conn, now: datetime, lease: timedelta, limit: int) -> list[Uploading]:
    """Blobs that waiting messages need at Meta; nobody else gets them while the lease lasts."""
    values = {"now": now, "until": now + lease, "fresh_since": now - UPLOAD_LIVES, "limit": limit}
    return await fetch(conn, Uploading, CLAIM, values)


async def done(conn: Conn, upload: Uploading, meta_id: str, now: datetime) -> None:
    values = {"channel_id": upload.channel_id, "blob_id": upload.blob_id}
    await conn.execute(DONE, values | {"meta_id": meta_id, "now": now})


async def postpone(conn: Conn, upload: Uploading, due_at: datetime) -> None:
    values = {"channel_id": upload.channel_id, "blob_id": upload.blob_id}
    await conn.execute(POSTPONE, values | {"due_at": due_at})


async def drop(conn: Conn, upload: Uploading) -> list[MessageId]:
    """Forget the wish; returns the messages that cannot go without it."""
    values = {"channel_id": upload.channel_id, "blob_id": upload.blob_id}
    rows = await fetch(conn, Id, WAITING_FOR, values)
    await conn.execute(DROP, values)
    return [row.id for row in rows]


async def complete(conn: Conn, now: datetime) -> list[MessageId]:
    """Messages that wait for files, all of which are at Meta now."""
    rows = await fetch(conn, Id, COMPLETE, {"fresh_since": now - UPLOAD_LIVES})
    return [row.id for row in rows]


async def at_meta(conn: Conn, messages: Sequence[MessageId]) -> dict[MessageId, dict[UUID, str]]:
    """Meta's id of each file of these messages, by ours."""
    found: dict[MessageId, dict[UUID, str]] = {}
    if not messages:
        return found
    for row in await fetch(conn, AtMeta, AT_META, {"ids": list(messages)}):
        found.setdefault(row.message_id, {})[row.file_id] = row.meta_id
    return found


async def forget(conn: Conn, effects: Sequence[ForgetUpload]) -> None:
    """Meta has lost the files of these messages: the next to need one uploads it anew."""
    await conn.execute(FORGET, {"ids": [effect.message_id for effect in effects]})
