"""Rows of organizations, businesses and keys."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from psycopg.types.json import Jsonb

from serai.core.hours import Hours, HoursException, Interval
from serai.core.ids import BusinessId
from serai.kit.db import Conn, fetch, json_rows

ADD_ORGANIZATION = """
    INSERT INTO organizations (name) VALUES (%(name)s) RETURNING id
"""
FIND_ORGANIZATION = """
    SELECT id FROM organizations WHERE name = %(name)s ORDER BY created_at LIMIT 1
"""
ADD_BUSINESS = """
    INSERT INTO businesses (id, organization_id, key, name, sector, time_zone, language, always_human,
                            team, welcome, away, acknowledgement, pack_key, pack_version)
    VALUES (%(id)s, %(organization_id)s, %(key)s, %(name)s, %(sector)s, %(time_zone)s, %(language)s,
            %(always_human)s, %(team)s, %(welcome)s, %(away)s, %(acknowledgement)s, %(pack_key)s,
            %(pack_version)s)
        ON CONFLICT (organization_id, key)
        DO UPDATE SET welcome = excluded.welcome, away = excluded.away,
                      acknowledgement = excluded.acknowledgement, pack_version = excluded.pack_version
    RETURNING id
"""
ADD_INBOX = """
    INSERT INTO inboxes (business_id, name) VALUES (%(business_id)s, 'Inbox')
        ON CONFLICT (business_id, name) DO UPDATE SET name = excluded.name
    RETURNING id
"""
LIST = """
    SELECT id, key, name, sector, time_zone, language, always_human, team,
           ARRAY(SELECT jsonb_build_object('weekday', weekday, 'opens', opens, 'closes', closes)
                   FROM business_hours WHERE business_id = businesses.id
                  ORDER BY weekday, opens) AS weekly,
           ARRAY(SELECT jsonb_build_object('on', "on", 'name', name, 'opens', opens, 'closes', closes)
                   FROM hours_exceptions WHERE business_id = businesses.id
                  ORDER BY position) AS exceptions
      FROM businesses
     WHERE (%(id)s::uuid IS NULL OR id = %(id)s)
       AND (%(after_name)s::text IS NULL OR (name, id) > (%(after_name)s, %(after_id)s::uuid))
     ORDER BY name, id
     LIMIT %(limit)s
"""
CHANGE = """
    UPDATE businesses
       SET name = coalesce(%(name)s, name), time_zone = coalesce(%(time_zone)s, time_zone),
           language = coalesce(%(language)s, language)
     WHERE id = %(id)s
"""
CLEAR_HOURS = """
    DELETE FROM business_hours WHERE business_id = %(business_id)s
"""
CLEAR_EXCEPTIONS = """
    DELETE FROM hours_exceptions WHERE business_id = %(business_id)s
"""
ADD_HOURS = """
    INSERT INTO business_hours (business_id, weekday, opens, closes)
    SELECT %(business_id)s, weekday, opens, closes
      FROM jsonb_to_recordset(%(rows)s) AS rows (weekday smallint, opens text, closes text)
"""
ADD_EXCEPTIONS = """
    INSERT INTO hours_exceptions (business_id, position, "on", name, opens, closes)
    SELECT %(business_id)s, row_number() OVER (ORDER BY "on", opens), "on", name, opens, closes
      FROM jsonb_to_recordset(%(rows)s) AS rows ("on" date, name text, opens text, closes text)
"""
ADD_KEY = """
    INSERT INTO api_keys (organization_id, business_ids, name, digest, scopes)
    VALUES (%(organization_id)s, %(business_ids)s, %(name)s, %(digest)s, %(scopes)s)
    RETURNING id
"""
FIND_KEY = """
    SELECT api_keys.id, api_keys.organization_id, organizations.name AS organization,
           api_keys.name, scopes, business_ids IS NULL AS whole,
           ARRAY(SELECT businesses.id FROM businesses
                  WHERE businesses.organization_id = api_keys.organization_id
                    AND (business_ids IS NULL OR businesses.id = ANY (business_ids))
                  ORDER BY businesses.id) AS businesses
      FROM api_keys
      JOIN organizations ON organizations.id = api_keys.organization_id
     WHERE digest = %(digest)s AND revoked_at IS NULL
"""
USE_KEY = """
    UPDATE api_keys SET used_at = %(now)s
     WHERE id = %(id)s AND (used_at IS NULL OR used_at < %(now)s::timestamptz - interval '1 minute')
"""
AUDIT = """
    INSERT INTO audit_entries (organization_id, business_id, at, actor, action, subject, detail)
    VALUES (%(organization_id)s, %(business_id)s, %(at)s, %(actor)s, %(action)s, %(subject)s, %(detail)s)
"""
NOTE_SECURITY = """
    INSERT INTO security_events (at, kind, remote, count)
    SELECT %(now)s, kind, remote, count
      FROM jsonb_to_recordset(%(rows)s) AS rows (kind text, remote text, count integer)
"""
BEGIN_REQUEST = """
    INSERT INTO idempotent_requests (api_key_id, key, digest)
    VALUES (%(api_key_id)s, %(key)s, %(digest)s)
        ON CONFLICT (api_key_id, key) DO UPDATE SET created_at = now()
         WHERE idempotent_requests.status IS NULL
           AND idempotent_requests.digest = excluded.digest
           AND idempotent_requests.created_at < now() - interval '1 minute'
    RETURNING digest
"""
FIND_REQUEST = """
    SELECT digest, status, answer FROM idempotent_requests
     WHERE api_key_id = %(api_key_id)s AND key = %(key)s
"""
END_REQUEST = """
    UPDATE idempotent_requests SET status = %(status)s, answer = %(answer)s
     WHERE api_key_id = %(api_key_id)s AND key = %(key)s
"""
DROP_REQUEST = """
    DELETE FROM idempotent_requests WHERE api_key_id = %(api_key_id)s AND key = %(key)s
"""


class NewBusiness(Struct, frozen=True, kw_only=True):
    id: BusinessId
    organization_id: UUID
    key: str
    name: str
    sector: str
    time_zone: str
    language: str = "en"
    always_human: bool = False
    team: str | None = None
    welcome: str | None = None
    away: str | None = None
    acknowledgement: str | None = None
    pack_key: str | None = None
    pack_version: int | None = None


class BusinessRow(Struct, frozen=True, kw_only=True):
    id: BusinessId
    key: str
    name: str
    sector: str
    time_zone: str
    language: str
    always_human: bool
    team: str | None
    weekly: tuple[Interval, ...]
    exceptions: tuple[HoursException, ...]

    @property
    def hours(self) -> Hours:
        return Hours(time_zone=self.time_zone, weekly=self.weekly, exceptions=self.exceptions)


class KeyRow(Struct, frozen=True):
    id: UUID
    organization_id: UUID
    organization: str
    name: str
    scopes: frozenset[str]
    whole: bool
    """It opens the whole company, not only some of its businesses."""
    businesses: tuple[BusinessId, ...]


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
    detail: dict[str, object] = {}


async def organization(conn: Conn, name: str) -> UUID:
    """The organization of that name, made if there is none."""
    rows = await fetch(conn, Id, FIND_ORGANIZATION, {"name": name})
    return (rows or await fetch(conn, Id, ADD_ORGANIZATION, {"name": name}))[0].id


async def add_business(conn: Conn, business: NewBusiness) -> BusinessId:
    """Make it, or bring the texts of the one with the same key up to date; with its inbox."""
    values = {name: getattr(business, name) for name in business.__struct_fields__}
    [row] = await fetch(conn, Id, ADD_BUSINESS, values)
    await conn.execute(ADD_INBOX, {"business_id": row.id})
    return BusinessId(row.id)


async def inbox(conn: Conn, business: BusinessId) -> UUID:
    [row] = await fetch(conn, Id, ADD_INBOX, {"business_id": business})
    return row.id


async def list_businesses(
    conn: Conn, *, id_: UUID | None = None, after: tuple[str, UUID] | None = None, limit: int = 100
) -> list[BusinessRow]:
    """Those that the connection may see, by name."""
    name, after_id = after or (None, None)
    return await fetch(
        conn,
        BusinessRow,
        LIST,
        {"id": id_, "after_name": name, "after_id": after_id, "limit": limit},
    )


async def change_business(conn: Conn, id_: UUID, values: dict[str, str | None]) -> None:
    await conn.execute(
        CHANGE, {"id": id_, "name": None, "time_zone": None, "language": None} | values
    )


async def set_hours(
    conn: Conn,
    business: BusinessId,
    weekly: Sequence[Interval],
    exceptions: Sequence[HoursException],
) -> None:
    """Replace the business's hours and exceptions."""
    await conn.execute(CLEAR_HOURS, {"business_id": business})
    await conn.execute(CLEAR_EXCEPTIONS, {"business_id": business})
    await conn.execute(ADD_HOURS, {"business_id": business, "rows": json_rows(weekly)})
    await conn.execute(ADD_EXCEPTIONS, {"business_id": business, "rows": json_rows(exceptions)})


def new_key() -> str:
    """An API key: 256 random bits, recognisable as ours."""
    return f"serai_{secrets.token_urlsafe(32)}"


def digest_of(key: str) -> bytes:
    """What is kept of an API key."""
    return hashlib.sha256(key.encode()).digest()


async def add_key(
    conn: Conn,
    organization_id: UUID,
    name: str,
    key: str,
    scopes: Sequence[str],
    business_ids: Sequence[BusinessId] | None = None,
) -> UUID:
    """Let whoever holds `key` in; without `business_ids`, to every business."""
    [row] = await fetch(
        conn,
        Id,
        ADD_KEY,
        {
            "organization_id": organization_id,
            "business_ids": None if business_ids is None else list(business_ids),
            "name": name,
            "digest": digest_of(key),
            "scopes": list(scopes),
        },
    )
    return row.id


async def find_key(conn: Conn, key: str, now: datetime) -> KeyRow | None:
    """Whose key it is, and what it opens; None if it is unknown or revoked."""
    rows = await fetch(conn, KeyRow, FIND_KEY, {"digest": digest_of(key)})
    if not rows:
        return None
    await conn.execute(USE_KEY, {"id": rows[0].id, "now": now})
    return rows[0]


async def audit(conn: Conn, entry: Audited) -> None:
    values = {name: getattr(entry, name) for name in entry.__struct_fields__}
    await conn.execute(AUDIT, values | {"detail": Jsonb(entry.detail)})


async def note_security(conn: Conn, counts: dict[tuple[str, str], int], now: datetime) -> None:
    """Keep how often something was tried, by (kind, remote address)."""
    rows = [{"kind": kind, "remote": remote, "count": n} for (kind, remote), n in counts.items()]
    await conn.execute(NOTE_SECURITY, {"rows": json_rows(rows), "now": now})


async def begin_request(conn: Conn, key_id: UUID, key: str, digest: bytes) -> RequestRow | None:
    """Claim an idempotency key; None if it is ours now, else the request that has it."""
    values = {"api_key_id": key_id, "key": key, "digest": digest}
    cursor = await conn.execute(BEGIN_REQUEST, values)
    if cursor.rowcount:
        return None
    [row] = await fetch(conn, RequestRow, FIND_REQUEST, values)
    return row


async def end_request(conn: Conn, key_id: UUID, key: str, status: int, answer: object) -> None:
    """Keep the answer for whoever asks the same again; a failed request may be tried again."""
    values = {"api_key_id": key_id, "key": key, "status": status, "answer": Jsonb(answer)}
    await conn.execute(END_REQUEST if status < 400 else DROP_REQUEST, values)
