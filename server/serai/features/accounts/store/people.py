"""People of a company: their names, sealed addresses and roles."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId
from serai.core.permissions import Role
from serai.features.accounts.decide.grants import Membership
from serai.kit.db import Conn, fetch, json_rows
from serai.kit.secrets import Vault

ADD = """
    INSERT INTO users (id, organization_id, name, email_lookup, email_sealed, language, created_at)
    VALUES (%(id)s, %(organization_id)s, %(name)s, %(lookup)s, %(sealed)b, %(language)s, %(now)s)
        ON CONFLICT (email_lookup) DO NOTHING
"""
CLEAR_MEMBERSHIPS = """
    DELETE FROM memberships WHERE user_id = %(user_id)s
"""
ADD_MEMBERSHIPS = """
    INSERT INTO memberships (user_id, organization_id, business_id, role, created_at)
    SELECT %(user_id)s, %(organization_id)s, business_id, role, %(now)s
      FROM jsonb_to_recordset(%(rows)s) AS rows (business_id uuid, role text)
"""
COLLEAGUES = """
    SELECT users.id, users.name, array_agg(role) AS roles
      FROM businesses
      JOIN users ON users.organization_id = businesses.organization_id
      JOIN memberships ON memberships.user_id = users.id
       AND (memberships.business_id IS NULL OR memberships.business_id = businesses.id)
     WHERE businesses.id = %(business_id)s AND disabled_at IS NULL
     GROUP BY users.id, users.name
     ORDER BY lower(users.name), users.id
"""


class NewUser(Struct, frozen=True, kw_only=True):
    id: UUID
    organization_id: UUID
    name: str
    email: str
    memberships: Sequence[Membership]
    language: str | None = None


class ColleagueRow(Struct, frozen=True):
    id: UUID
    name: str
    roles: tuple[Role, ...]


def email_form(email: str) -> str:
    """How an address is compared: nobody means two people by Ada@ and ada@."""
    return email.strip().lower()


def email_lookup(vault: Vault, email: str) -> bytes:
    return vault.index.of(email_form(email), "user-email")


def email_context(user_id: UUID) -> bytes:
    """What a sealed address is bound to."""
    return f"email:{user_id}".encode()


def opened_email(vault: Vault, sealed: bytes, user_id: UUID) -> str:
    """The address. Raises CannotOpen."""
    return vault.ring.open(sealed, email_context(user_id)).decode()


async def add(conn: Conn, vault: Vault, new: NewUser, now: datetime) -> bool:
    """Add somebody with their roles; False if the address is taken."""
    email = email_form(new.email)
    cursor = await conn.execute(
        ADD,
        {
            "id": new.id,
            "organization_id": new.organization_id,
            "name": new.name.strip(),
            "lookup": email_lookup(vault, email),
            "sealed": vault.ring.seal(email.encode(), email_context(new.id)),
            "language": new.language,
            "now": now,
        },
    )
    if not cursor.rowcount:
        return False
    await set_memberships(conn, new.id, new.organization_id, new.memberships, now)
    return True


async def set_memberships(
    conn: Conn,
    user_id: UUID,
    organization_id: UUID,
    memberships: Sequence[Membership],
    now: datetime,
) -> None:
    """Replace somebody's roles."""
    values = {"user_id": user_id, "organization_id": organization_id, "now": now}
    await conn.execute(CLEAR_MEMBERSHIPS, values)
    await conn.execute(ADD_MEMBERSHIPS, values | {"rows": json_rows(memberships)})


async def colleagues(conn: Conn, business_id: BusinessId) -> list[ColleagueRow]:
    """Who works at a business and is not disabled, by name."""
    return await fetch(conn, ColleagueRow, COLLEAGUES, {"business_id": business_id})
