"""Rows of organizations, of what was asked once, and of what was tried."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from psycopg.types.json import Jsonb

from serai.kit.db import Conn, fetch, json_rows

ADD_ORGANIZATION = """
    INSERT INTO organizations (name) VALUES (%(name)s) RETURNING id
"""
FIRST_ORGANIZATION = """
    SELECT id FROM organizations ORDER BY created_at, id LIMIT 1
"""
FIND_ORGANIZATION = """
    SELECT id FROM organizations WHERE name = %(name)s ORDER BY created_at LIMIT 1
"""
NAMED = """
    SELECT id FROM organizations WHERE %(name)s::text IS NULL OR name = %(name)s LIMIT 2
"""
AUDIT = """
    SELECT note_audit(%(organization_id)s, %(business_id)s, %(at)s, %(actor)s, %(action)s,
                      %(subject)s, %(detail)s, %(actor_kind)s, %(actor_id)s)
"""
NOTE_SECURITY = """
    INSERT INTO security_events (at, kind, remote, count)
    SELECT %(now)s, kind, remote, count
      FROM jsonb_to_recordset(%(rows)s) AS rows (kind text, remote text, count integer)
"""
BEGIN_REQUEST = """
    INSERT INTO idempotent_requests (actor_id, key, digest)
    VALUES (%(actor_id)s, %(key)s, %(digest)s)
        ON CONFLICT (actor_id, key) DO UPDATE SET created_at = now()
         WHERE idempotent_requests.status IS NULL
           AND idempotent_requests.digest = excluded.digest
           AND idempotent_requests.created_at < now() - interval '1 minute'
    RETURNING digest
"""
FIND_REQUEST = """
    SELECT digest, status, answer FROM idempotent_requests
     WHERE actor_id = %(actor_id)s AND key = %(key)s
"""
END_REQUEST = """
    UPDATE idempotent_requests SET status = %(status)s, answer = %(answer)s
     WHERE actor_id = %(actor_id)s AND key = %(key)s
"""
DROP_REQUEST = """
    DELETE FROM idempotent_requests WHERE actor_id = %(actor_id)s AND key = %(key)s
"""


class RequestRow(Struct, frozen=True):
    digest: bytes
    status: int | None
    answer: object


class Id(Struct, frozen=True):
    id: UUID


class Audited(Struct, frozen=True, kw_only=True):
    """Who did what, when, to what."""

    at: datetime
    actor: str
    action: str
    subject: str = ""
    organization_id: UUID | None = None
    business_id: UUID | None = None
    actor_kind: str | None = None
    """user, key, command, meta or unknown; None: of whoever asks."""
    actor_id: UUID | None = None
    detail: dict[str, object] = {}
    """Never a phone number, an address or a secret in clear."""


async def organization(conn: Conn, name: str) -> UUID:
    """The organization of that name, made if there is none."""
    rows = await fetch(conn, Id, FIND_ORGANIZATION, {"name": name})
    return (rows or await fetch(conn, Id, ADD_ORGANIZATION, {"name": name}))[0].id


async def named(conn: Conn, name: str | None) -> UUID | None:
    """The organization of that name, or the only one there is; None if that does not tell which."""
    rows = await fetch(conn, Id, NAMED, {"name": name})
    return rows[0].id if len(rows) == 1 else None


async def only_organization(conn: Conn, name: str) -> UUID:
    """The company of this installation, whatever it is called; made with this name if there is none."""
    rows = await fetch(conn, Id, FIRST_ORGANIZATION, {})
    return rows[0].id if rows else await organization(conn, name)


async def audit(conn: Conn, entry: Audited) -> None:
    """Leave an entry for what changes no watched row: a sign-in, a handshake, a refused try.

    Changes of rows and requests of those signed in leave theirs by themselves (see `app.audit`).
    """
    values = {name: getattr(entry, name) for name in entry.__struct_fields__}
    await conn.execute(AUDIT, values | {"detail": Jsonb(entry.detail)})


async def note_security(conn: Conn, counts: dict[tuple[str, str], int], now: datetime) -> None:
    """Keep how often something was tried, by (kind, remote address)."""
    rows = [{"kind": kind, "remote": remote, "count": n} for (kind, remote), n in counts.items()]
    await conn.execute(NOTE_SECURITY, {"rows": json_rows(rows), "now": now})


async def begin_request(conn: Conn, actor_id: UUID, key: str, digest: bytes) -> RequestRow | None:
    """Claim an idempotency key; None if it is ours now, else the request that has it."""
    values = {"actor_id": actor_id, "key": key, "digest": digest}
    cursor = await conn.execute(BEGIN_REQUEST, values)
    if cursor.rowcount:
        return None
    [row] = await fetch(conn, RequestRow, FIND_REQUEST, values)
    return row


async def end_request(conn: Conn, actor_id: UUID, key: str, status: int, answer: object) -> None:
    """Keep the answer for whoever asks the same again; a failed request may be tried again."""
    values = {"actor_id": actor_id, "key": key, "status": status, "answer": Jsonb(answer)}
    await conn.execute(END_REQUEST if status < 400 else DROP_REQUEST, values)
