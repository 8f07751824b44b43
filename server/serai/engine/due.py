"""Everything that waits for a time is a row; it is claimed once, by compare-and-set."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from msgspec import Struct

from serai.core.effects import WatchUnknown
from serai.core.events import Event, UnknownFlagged
from serai.core.ids import BusinessId, MessageId
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
                WHERE kind = 'unknown_send' AND done_at IS NULL AND due_at <= %(now)s
                ORDER BY due_at
                LIMIT %(limit)s
                  FOR UPDATE SKIP LOCKED)
    RETURNING kind, subject
"""
FOR_CHANNELS = """
    INSERT INTO due_rows (kind, subject, business_id, due_at)
    SELECT %(kind)s, id, business_id, %(now)s FROM channels
     WHERE NOT EXISTS (SELECT FROM due_rows
                        WHERE due_rows.kind = %(kind)s AND due_rows.subject = channels.id)
        ON CONFLICT (kind, subject) DO NOTHING
"""
LEASE = """
    UPDATE due_rows
       SET due_at = %(until)s
     WHERE (kind, subject) IN (
               SELECT kind, subject FROM due_rows
                WHERE kind = %(kind)s AND done_at IS NULL AND due_at <= %(now)s
                ORDER BY due_at
                LIMIT %(limit)s
                  FOR UPDATE SKIP LOCKED)
    RETURNING kind, subject, business_id
"""
SCHEDULE = """
    INSERT INTO due_rows (kind, subject, business_id, due_at)
    SELECT %(kind)s, subject, business_id, due_at
      FROM unnest(%(subjects)s::uuid[], %(business_ids)s::uuid[], %(due_ats)s::timestamptz[])
        AS rows (subject, business_id, due_at)
     ORDER BY subject
        ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at, done_at = NULL
"""
RENEW = """
    UPDATE due_rows
       SET due_at = rows.due_at
      FROM unnest(%(subjects)s::uuid[], %(business_ids)s::uuid[], %(due_ats)s::timestamptz[])
        AS rows (subject, business_id, due_at)
     WHERE due_rows.kind = %(kind)s AND due_rows.subject = rows.subject
       AND due_rows.due_at = %(until)s
"""
HASTEN = """
    INSERT INTO due_rows (kind, subject, business_id, due_at)
    SELECT %(kind)s, subject, business_id, due_at
      FROM unnest(%(subjects)s::uuid[], %(business_ids)s::uuid[], %(due_ats)s::timestamptz[])
        AS rows (subject, business_id, due_at)
     WHERE coalesce(current_setting('serai.replaying', true), '') <> 'on'
     ORDER BY subject
        ON CONFLICT (kind, subject)
        DO UPDATE SET due_at = CASE WHEN due_rows.done_at IS NULL
                                    THEN least(due_rows.due_at, excluded.due_at)
                                    ELSE excluded.due_at END,
                      done_at = NULL
"""
FINISH = """
    UPDATE due_rows SET done_at = %(now)s WHERE kind = %(kind)s AND subject = %(subject)s
"""


Planned: TypeAlias = tuple[UUID, UUID, datetime]
"""Subject, business and when."""


class Due(Struct, frozen=True):
    kind: str
    subject: UUID


class Job(Struct, frozen=True):
    """One row of a schedule: what a job of its kind is to be done about."""

    kind: str
    subject: UUID
    business_id: BusinessId


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


async def for_channels(conn: Conn, kind: str, now: datetime) -> None:
    """Give each channel that has none a row of this kind, due now."""
    await conn.execute(FOR_CHANNELS, {"kind": kind, "now": now})


async def lease(conn: Conn, kind: str, now: datetime, until: datetime, limit: int) -> list[Job]:
    """Take up to `limit` jobs that are due; nobody else gets them before `until`.

    `schedule` each anew when it is done. One whose worker dies is due again at `until`.
    """
    values = {"kind": kind, "now": now, "until": until, "limit": limit}
    return await fetch(conn, Job, LEASE, values)


async def schedule(conn: Conn, kind: str, jobs: Sequence[Planned]) -> None:
    """The next time of these jobs, in place of any other."""
    await conn.execute(SCHEDULE, _planned(kind, jobs))


async def renew(conn: Conn, kind: str, jobs: Sequence[Planned], until: datetime) -> None:
    """The next time of jobs that were leased `until` then; one that was hastened meanwhile stays."""
    await conn.execute(RENEW, _planned(kind, jobs) | {"until": until})


async def hasten(conn: Conn, kind: str, jobs: Sequence[Planned]) -> None:
    """These jobs are due then, unless they are due before."""
    await conn.execute(HASTEN, _planned(kind, jobs))


async def finish(conn: Conn, kind: str, subject: UUID, now: datetime) -> None:
    """There is nothing more to do about it."""
    await conn.execute(FINISH, {"kind": kind, "subject": subject, "now": now})


def _planned(kind: str, jobs: Sequence[Planned]) -> dict[str, object]:
    return {
        "kind": kind,
        "subjects": [subject for subject, _, _ in jobs],
        "business_ids": [business for _, business, _ in jobs],
        "due_ats": [at for _, _, at in jobs],
    }
