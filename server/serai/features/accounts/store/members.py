"""Who works for a company, and what becomes of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.features.accounts.decide.grants import Membership
from serai.features.accounts.store.people import email_lookup
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

LIST = """
    SELECT users.id, users.name, email_sealed, users.created_at, disabled_at,
           ARRAY(SELECT jsonb_build_object('business_id', business_id, 'role', role)
                   FROM memberships WHERE memberships.user_id = users.id
                  ORDER BY business_id NULLS FIRST) AS memberships,
           (SELECT max(seen_at) FROM sessions WHERE sessions.user_id = users.id) AS seen_at,
           EXISTS (SELECT FROM authenticators
                    WHERE authenticators.user_id = users.id AND confirmed_at IS NOT NULL)
           OR EXISTS (SELECT FROM passkeys WHERE passkeys.user_id = users.id) AS has_second_factor
      FROM users
     WHERE organization_id = %(organization_id)s AND (%(id)s::uuid IS NULL OR users.id = %(id)s)
     ORDER BY disabled_at IS NOT NULL, lower(users.name), users.id
"""
HOLD_OWNERS = """
    SELECT users.id
      FROM memberships
      JOIN users ON users.id = memberships.user_id
     WHERE memberships.organization_id = %(organization_id)s AND role = 'owner' AND disabled_at IS NULL
       FOR UPDATE OF users
"""
BY_EMAIL = """
    SELECT id, organization_id FROM users WHERE email_lookup = %(lookup)s
"""
DISABLE = """
    UPDATE users SET disabled_at = %(now)s WHERE id = %(id)s AND disabled_at IS NULL
"""
ENABLE = """
    UPDATE users SET disabled_at = NULL WHERE id = %(id)s
"""


class MemberRow(Struct, frozen=True):
    id: UUID
    name: str
    email_sealed: bytes
    created_at: datetime
    disabled_at: datetime | None
    memberships: tuple[Membership, ...]
    seen_at: datetime | None
    has_second_factor: bool


class PlaceRow(Struct, frozen=True):
    id: UUID
    organization_id: UUID


class OwnerRow(Struct, frozen=True):
    id: UUID


async def members(conn: Conn, organization_id: UUID, id_: UUID | None = None) -> list[MemberRow]:
    """By name; those who are disabled last."""
    return await fetch(conn, MemberRow, LIST, {"organization_id": organization_id, "id": id_})


async def by_email(conn: Conn, vault: Vault, email: str) -> PlaceRow | None:
    """Whose address it is and where they work; also of those who are disabled."""
    rows = await fetch(conn, PlaceRow, BY_EMAIL, {"lookup": email_lookup(vault, email)})
    return rows[0] if rows else None


async def hold_owners(conn: Conn, organization_id: UUID) -> Sequence[UUID]:
    """Who owns the company; until this transaction ends nobody else changes that."""
    rows = await fetch(conn, OwnerRow, HOLD_OWNERS, {"organization_id": organization_id})
    return [row.id for row in rows]


async def disable(conn: Conn, id_: UUID, now: datetime) -> None:
    await conn.execute(DISABLE, {"id": id_, "now": now})


async def enable(conn: Conn, id_: UUID) -> None:
    await conn.execute(ENABLE, {"id": id_})
