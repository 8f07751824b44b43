"""API keys: what they open, until when, and when they were last used."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId
from serai.kit.db import Conn, fetch

ADD = """
    INSERT INTO api_keys (organization_id, business_ids, name, digest, scopes, hint, created_by, expires_at)
    VALUES (%(organization_id)s, %(business_ids)s, %(name)s, %(digest)s, %(scopes)s, %(hint)s,
            %(created_by)s, %(expires_at)s)
    RETURNING id
"""
FIND = """
    SELECT api_keys.id, api_keys.organization_id, organizations.name AS organization,
           api_keys.name, scopes, business_ids IS NULL AS whole,
           ARRAY(SELECT businesses.id FROM businesses
                  WHERE businesses.organization_id = api_keys.organization_id
                    AND (business_ids IS NULL OR businesses.id = ANY (business_ids))
                  ORDER BY businesses.id) AS businesses
      FROM api_keys
      JOIN organizations ON organizations.id = api_keys.organization_id
     WHERE (digest = %(digest)s OR (previous_digest = %(digest)s AND previous_until > %(now)s))
       AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > %(now)s)
"""
USE = """
    UPDATE api_keys SET used_at = %(now)s, used_from = %(remote)s
     WHERE id = %(id)s
       AND (used_at IS NULL OR used_from IS DISTINCT FROM %(remote)s
            OR used_at < %(now)s::timestamptz - interval '1 minute')
"""
LIST = """
    SELECT id, name, hint, scopes, business_ids, created_at, created_by, expires_at, used_at,
           used_from, revoked_at, CASE WHEN previous_until > %(now)s THEN previous_until END AS previous_until
      FROM api_keys
     WHERE (%(id)s::uuid IS NULL OR id = %(id)s)
     ORDER BY revoked_at DESC NULLS FIRST, created_at DESC, id
     LIMIT 500
"""
ROTATE = """
    UPDATE api_keys
       SET previous_digest = digest, previous_until = %(until)s, digest = %(digest)s, hint = %(hint)s
     WHERE id = %(id)s
"""
REVOKE = """
    UPDATE api_keys SET revoked_at = %(now)s, previous_digest = NULL, previous_until = NULL
     WHERE id = %(id)s
"""
BUSINESSES = """
    SELECT id FROM businesses WHERE id = ANY (%(ids)s::uuid[])
"""


class NewKey(Struct, frozen=True):
    organization_id: UUID
    name: str
    scopes: tuple[str, ...]
    business_ids: tuple[BusinessId, ...] | None = None
    """None: every business, also those that come later, and the company itself."""
    expires_at: datetime | None = None
    created_by: str = ""


class KeyRow(Struct, frozen=True):
    """A key that opens, as the door needs it."""

    id: UUID
    organization_id: UUID
    organization: str
    name: str
    scopes: frozenset[str]
    whole: bool
    """It opens the whole company, not only some of its businesses."""
    businesses: tuple[BusinessId, ...]


class ListedKey(Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    hint: str
    scopes: list[str]
    business_ids: list[UUID] | None
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    used_at: datetime | None
    used_from: str | None
    revoked_at: datetime | None
    previous_until: datetime | None


class Id(Struct, frozen=True):
    id: UUID


def new_secret() -> str:
    """An API key: 256 random bits, recognisable as ours."""
    return f"serai_{secrets.token_urlsafe(32)}"


def digest_of(secret: str) -> bytes:
    """What is kept of an API key."""
    return hashlib.sha256(secret.encode()).digest()


def hint_of(secret: str) -> str:
    """What is shown of it ever after: enough to know it again, too little to use it."""
    return secret[:10]


async def add(conn: Conn, new: NewKey, secret: str) -> UUID:
    """Let whoever holds `secret` in."""
    values = {
        "organization_id": new.organization_id,
        "business_ids": None if new.business_ids is None else list(new.business_ids),
        "name": new.name,
        "digest": digest_of(secret),
        "scopes": list(new.scopes),
        "hint": hint_of(secret),
        "created_by": new.created_by,
        "expires_at": new.expires_at,
    }
    return (await fetch(conn, Id, ADD, values))[0].id


async def find(conn: Conn, secret: str, remote: str, now: datetime) -> KeyRow | None:
    """Whose key it is, and what it opens; None if it is unknown, revoked or has ended.

    Keeps when it was used and from where, at most once a minute for one address.
    """
    rows = await fetch(conn, KeyRow, FIND, {"digest": digest_of(secret), "now": now})
    if not rows:
        return None
    await conn.execute(USE, {"id": rows[0].id, "now": now, "remote": remote})
    return rows[0]


async def listed(conn: Conn, now: datetime, id_: UUID | None = None) -> list[ListedKey]:
    """The company's keys: those that open, the newest first, then those that were revoked."""
    return await fetch(conn, ListedKey, LIST, {"id": id_, "now": now})


async def rotate(conn: Conn, id_: UUID, secret: str, until: datetime) -> None:
    """Give the key a new secret; the old one opens until then."""
    values = {"id": id_, "digest": digest_of(secret), "hint": hint_of(secret), "until": until}
    await conn.execute(ROTATE, values)


async def revoke(conn: Conn, id_: UUID, now: datetime) -> None:
    await conn.execute(REVOKE, {"id": id_, "now": now})


async def known_businesses(conn: Conn, ids: list[UUID]) -> set[UUID]:
    """Those of them that the connection sees."""
    return {row.id for row in await fetch(conn, Id, BUSINESSES, {"ids": ids})}
