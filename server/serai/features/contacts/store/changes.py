"""What a job changes of many contacts, written down as it does, and taken back: that and nothing else."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

TAG = """
    WITH done AS (
        INSERT INTO contact_tags (business_id, contact_id, tag_id, tagged_at)
        SELECT contacts.business_id, contacts.id, tags.id, %(now)s
          FROM contacts JOIN tags ON tags.business_id = contacts.business_id
         WHERE contacts.id = ANY (%(contact_ids)s) AND tags.id = ANY (%(tag_ids)s::uuid[])
            ON CONFLICT DO NOTHING
        RETURNING business_id, contact_id, tag_id
    )
    INSERT INTO contact_job_changes (job_id, business_id, contact_id, tag_id)
    SELECT %(job_id)s, business_id, contact_id, tag_id FROM done
"""
UNTAG = """
    WITH done AS (
        DELETE FROM contact_tags
         WHERE contact_id = ANY (%(contact_ids)s) AND tag_id = ANY (%(tag_ids)s::uuid[])
        RETURNING business_id, contact_id, tag_id, tagged_at
    )
    INSERT INTO contact_job_changes (job_id, business_id, contact_id, tag_id, tagged_at)
    SELECT %(job_id)s, business_id, contact_id, tag_id, tagged_at FROM done
"""
ARCHIVE = """
    WITH done AS (
        UPDATE contacts SET archived_at = %(now)s
         WHERE id = ANY (%(contact_ids)s) AND archived_at IS NULL AND merged_into IS NULL
        RETURNING business_id, id
    )
    INSERT INTO contact_job_changes (job_id, business_id, contact_id)
    SELECT %(job_id)s, business_id, id FROM done
"""
TAKE = """
    WITH next AS (
        SELECT DISTINCT contact_id FROM contact_job_changes
         WHERE job_id = %(job_id)s ORDER BY contact_id LIMIT %(limit)s
    )
    DELETE FROM contact_job_changes
     WHERE job_id = %(job_id)s AND contact_id IN (SELECT contact_id FROM next)
    RETURNING contact_id, tag_id, tagged_at
"""
UNDO_TAG = """
    DELETE FROM contact_tags
     USING unnest(%(contact_ids)s::uuid[], %(tag_ids)s::uuid[]) AS rows (contact_id, tag_id)
     WHERE contact_tags.contact_id = rows.contact_id AND contact_tags.tag_id = rows.tag_id
"""
UNDO_UNTAG = """
    INSERT INTO contact_tags (business_id, contact_id, tag_id, tagged_at)
    SELECT contacts.business_id, contacts.id, tags.id, rows.tagged_at
      FROM unnest(%(contact_ids)s::uuid[], %(tag_ids)s::uuid[], %(tagged_ats)s::timestamptz[])
        AS rows (contact_id, tag_id, tagged_at)
      JOIN contacts ON contacts.id = rows.contact_id
      JOIN tags ON tags.id = rows.tag_id AND tags.business_id = contacts.business_id
        ON CONFLICT DO NOTHING
"""
UNDO_ARCHIVE = """
    UPDATE contacts SET archived_at = NULL
     WHERE id = ANY (%(contact_ids)s) AND merged_into IS NULL
"""
DO: dict[str, LiteralString] = {"tag": TAG, "untag": UNTAG, "archive": ARCHIVE}
UNDO: dict[str, LiteralString] = {"tag": UNDO_TAG, "untag": UNDO_UNTAG, "archive": UNDO_ARCHIVE}


COUNT = """
    SELECT count(DISTINCT contact_id) AS count FROM contact_job_changes WHERE job_id = %(job_id)s
"""
FORGET = """
    DELETE FROM contact_job_changes WHERE job_id = %(job_id)s
"""


class Count(Struct, frozen=True):
    count: int


class Change(Struct, frozen=True):
    contact_id: UUID
    tag_id: UUID | None
    tagged_at: datetime | None


class Job(Struct, frozen=True):
    id: UUID
    kind: str
    """tag, untag or archive."""
    tag_ids: Sequence[str] = ()


async def do(conn: Conn, job: Job, contacts: Sequence[UUID], now: datetime) -> int:
    """Change each of these, and note what was not so already; returns how much that was.

    Those of other businesses are left out.
    """
    values = {"contact_ids": list(contacts), "tag_ids": list(job.tag_ids), "now": now}
    done = await conn.execute(DO[job.kind], values | {"job_id": job.id})
    return done.rowcount


async def undo(conn: Conn, job: Job, limit: int) -> int:
    """Take back what it changed of the next ones; returns of how many.

    A tag or person that is gone meanwhile stays gone.
    """
    changes = await fetch(conn, Change, TAKE, {"job_id": job.id, "limit": limit})
    values = {
        "contact_ids": [each.contact_id for each in changes],
        "tag_ids": [each.tag_id for each in changes],
        "tagged_ats": [each.tagged_at for each in changes],
    }
    await conn.execute(UNDO[job.kind], values)
    return len({each.contact_id for each in changes})


async def count(conn: Conn, job_id: UUID) -> int:
    """Of how many people something can be taken back."""
    [row] = await fetch(conn, Count, COUNT, {"job_id": job_id})
    return row.count


async def forget(conn: Conn, job_id: UUID) -> None:
    """It cannot be taken back any more."""
    await conn.execute(FORGET, {"job_id": job_id})
