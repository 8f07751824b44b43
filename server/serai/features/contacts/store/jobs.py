"""Things done to many contacts, as rows: what was asked for, how far it is, and its file's sealed parts."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from psycopg.types.json import Jsonb

from serai.core.ids import BusinessId
from serai.features.contacts.decide.sheet import Row
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

ADD = """
    INSERT INTO contact_jobs (id, business_id, kind, state, by, created_at, total_count, plan)
    VALUES (%(id)s, %(business_id)s, %(kind)s, %(state)s, %(by)s, %(now)s, %(total_count)s, %(plan)s)
"""
LIST = """
    SELECT id, business_id, kind, state, by, created_at, ended_at, done_count, total_count, plan, counts,
           position, reason
      FROM contact_jobs
     WHERE (%(id)s::uuid IS NULL OR id = %(id)s)
       AND (%(business_id)s::uuid IS NULL OR business_id = %(business_id)s)
     ORDER BY created_at DESC
     LIMIT 50
"""
HOLD = """
    SELECT id FROM contact_jobs
     WHERE id = %(id)s AND state IS DISTINCT FROM %(unless)s::text FOR UPDATE
"""
CHANGE = """
    UPDATE contact_jobs
       SET state = coalesce(%(state)s, state), plan = coalesce(%(plan)s, plan),
           counts = coalesce(%(counts)s, counts), position = coalesce(%(position)s, position),
           done_count = coalesce(%(done_count)s, done_count),
           total_count = coalesce(%(total_count)s, total_count),
           reason = coalesce(%(reason)s, reason), ended_at = coalesce(%(ended_at)s, ended_at)
     WHERE id = %(id)s
"""
PUT_PARTS = """
    INSERT INTO contact_job_parts (job_id, business_id, number, sealed)
    SELECT %(id)s, %(business_id)s, number, sealed
      FROM unnest(%(numbers)s::integer[], %(sealed)b::bytea[]) AS rows (number, sealed)
        ON CONFLICT (job_id, number) DO UPDATE SET sealed = excluded.sealed
"""
PARTS = """
    SELECT number, sealed FROM contact_job_parts
     WHERE job_id = %(id)s AND number >= %(first)s AND (%(done)s::boolean OR done_at IS NULL)
     ORDER BY number LIMIT %(limit)s
"""
DROP_PARTS = """
    DELETE FROM contact_job_parts WHERE job_id = %(id)s
"""
DONE = """
    UPDATE contact_job_parts SET done_at = %(now)s WHERE job_id = %(id)s AND number = %(number)s
"""


KEPT = timedelta(days=7)
"""Files, and what it takes to undo a change, after a job ended."""


class JobRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: BusinessId
    kind: str
    state: str
    by: str
    created_at: datetime
    ended_at: datetime | None
    done_count: int
    total_count: int
    plan: dict[str, Any]
    counts: dict[str, int]
    position: UUID | None
    reason: str | None


class PartRow(Struct, frozen=True):
    number: int
    sealed: bytes


class Part(Struct, frozen=True):
    """Some hundred rows of a table: their cells and, once they were looked at, what became of each."""

    first: int
    """Number of the first row, the heads being row 1."""
    rows: list[list[str]]
    verdicts: list[tuple[str, str]] = []
    """Verdict, and why, of each."""
    read: list[Row | None] = []
    """What each says; None of those that cannot be read."""


async def add(conn: Conn, job: JobRow) -> None:
    names = ("id", "business_id", "kind", "state", "by", "total_count")
    values = {name: getattr(job, name) for name in names}
    await conn.execute(ADD, values | {"now": job.created_at, "plan": Jsonb(job.plan)})


async def listed(conn: Conn, business: UUID | None = None) -> list[JobRow]:
    """The last fifty, the latest first."""
    return await fetch(conn, JobRow, LIST, {"id": None, "business_id": business})


async def find(
    conn: Conn, id_: UUID, *, hold: bool = False, unless: str | None = None
) -> JobRow | None:
    """With `hold` nobody else changes it until the transaction ends; `unless` it is in that state."""
    if hold:
        await conn.execute(HOLD, {"id": id_, "unless": unless})
    rows = await fetch(conn, JobRow, LIST, {"id": id_, "business_id": None})
    return rows[0] if rows else None


async def change(conn: Conn, id_: UUID, **changes: Any) -> None:
    """Set the columns that are named."""
    names = (
        "state",
        "plan",
        "counts",
        "position",
        "done_count",
        "total_count",
        "reason",
        "ended_at",
    )
    values: Mapping[str, Any] = {name: changes.get(name) for name in names}
    packed = {name: Jsonb(values[name]) for name in ("plan", "counts") if values[name] is not None}
    await conn.execute(CHANGE, {**values, **packed, "id": id_})


async def put_parts(
    conn: Conn, vault: Vault, job: tuple[UUID, UUID], parts: Sequence[tuple[int, Part]]
) -> None:
    """Job and business; each part by its number."""
    id_, business = job
    sealed = [
        vault.ring.seal(msgspec.msgpack.encode(part), _context(id_, number))
        for number, part in parts
    ]
    numbers = [number for number, _ in parts]
    values = {"id": id_, "business_id": business, "numbers": numbers, "sealed": sealed}
    await conn.execute(PUT_PARTS, values)


async def parts(
    conn: Conn, vault: Vault, id_: UUID, first: int, limit: int, *, done: bool = True
) -> list[tuple[int, Part]]:
    """From a number on; without those that are done unless `done`."""
    values = {"id": id_, "first": first, "limit": limit, "done": done}
    rows = await fetch(conn, PartRow, PARTS, values)
    return [
        (
            row.number,
            msgspec.msgpack.decode(
                vault.ring.open(row.sealed, _context(id_, row.number)), type=Part
            ),
        )
        for row in rows
    ]


async def drop_parts(conn: Conn, id_: UUID) -> None:
    """Delete the file."""
    await conn.execute(DROP_PARTS, {"id": id_})


async def part_done(conn: Conn, id_: UUID, number: int, now: datetime) -> None:
    await conn.execute(DONE, {"id": id_, "number": number, "now": now})


def _context(job: UUID, number: int) -> bytes:
    return f"contact-job:{job}:{number}".encode()
