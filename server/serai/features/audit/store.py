"""Entries of the audit log, and whether their chain holds."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from serai.kit.db import Conn, fetch

NOTE_UNLESS_NOTED = """
    SELECT audit_request()
"""
FIND = """
    SELECT number, at, actor_kind, actor_id, actor, action, subject, business_id, request_id, remote,
           detail, changes, encode(hash, 'hex') AS hash
      FROM audit_entries
     WHERE number < coalesce(%(before)s::bigint, 9223372036854775807)
       AND organization_id = %(organization_id)s
       AND (%(business_id)s::uuid IS NULL OR business_id = %(business_id)s)
       AND (%(actor_id)s::uuid IS NULL OR actor_id = %(actor_id)s)
       AND (%(who)s::text IS NULL OR strpos(lower(actor), lower(%(who)s)) > 0)
       AND (%(action)s::text IS NULL OR strpos(action, %(action)s) > 0)
       AND (%(subject)s::text IS NULL OR strpos(subject, %(subject)s) > 0
            OR EXISTS (SELECT FROM jsonb_array_elements(changes) AS change
                        WHERE change->>'table' = %(subject)s OR change->>'id' = %(subject)s))
       AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
       AND (%(until)s::timestamptz IS NULL OR at < %(until)s)
     ORDER BY number DESC
     LIMIT %(limit)s
"""
VERIFY = """
    SELECT entries, number, hash, broken_at
      FROM verify_audit(%(organization_id)s, %(number)s, %(hash)s, %(many)s)
"""
PEOPLE = """
    SELECT actor_kind, actor_id, (array_agg(actor ORDER BY number DESC))[1] AS actor
      FROM audit_entries
     WHERE organization_id = %(organization_id)s AND actor_id IS NOT NULL
     GROUP BY actor_kind, actor_id
     ORDER BY actor
     LIMIT 500
"""


class Filter(Struct, frozen=True, kw_only=True):
    """Which entries; None takes all."""

    organization_id: UUID
    business_id: UUID | None = None
    actor_id: UUID | None = None
    who: str | None = None
    """A part of the name of whoever did it."""
    action: str | None = None
    subject: str | None = None
    """A part of the address, or a table or the id of a row that was changed."""
    since: datetime | None = None
    until: datetime | None = None
    """Exclusive."""


class EntryRow(Struct, frozen=True, kw_only=True):
    number: int
    at: datetime
    actor_kind: str
    actor_id: UUID | None
    actor: str
    action: str
    subject: str
    business_id: UUID | None
    request_id: str | None
    remote: str | None
    detail: dict[str, Any]
    changes: list[dict[str, Any]]
    hash: str


class Actor(Struct, frozen=True):
    actor_kind: str
    actor_id: UUID
    actor: str


class Walked(Struct, frozen=True, kw_only=True):
    """How far a chain was looked at, from its first entry on."""

    entries: int = 0
    number: int = 0
    """Of the last entry that was looked at; 0 before the first."""
    hash: bytes = b""
    broken_at: int | None = None
    """The first entry that was changed, or before which one was removed."""
    is_over: bool = False


class Piece(Struct, frozen=True):
    entries: int
    number: int
    hash: bytes
    broken_at: int | None


async def note_unless_noted(conn: Conn) -> None:
    """Leave an entry for a request that left none while it ran."""
    await conn.execute(NOTE_UNLESS_NOTED)


async def find(
    conn: Conn, wanted: Filter, before: int | None = None, limit: int = 50
) -> list[EntryRow]:
    """The newest first, from before the entry of that number."""
    values = msgspec.structs.asdict(wanted) | {"before": before, "limit": limit}
    return await fetch(conn, EntryRow, FIND, values)


async def verify(conn: Conn, organization_id: UUID, so_far: Walked, many: int) -> Walked:
    """Look at the next `many` entries of a company's chain, and at its end once that is reached."""
    values = {"organization_id": organization_id, "number": so_far.number, "hash": so_far.hash}
    [piece] = await fetch(conn, Piece, VERIFY, values | {"many": many})
    return Walked(
        entries=so_far.entries + piece.entries,
        number=piece.number,
        hash=piece.hash,
        broken_at=so_far.broken_at if so_far.broken_at is not None else piece.broken_at,
        is_over=piece.entries < many,
    )


async def people(conn: Conn, organization_id: UUID) -> list[Actor]:
    """Everybody who is named in the log, by name."""
    return await fetch(conn, Actor, PEOPLE, {"organization_id": organization_id})
