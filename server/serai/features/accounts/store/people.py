"""People of a company: their names, sealed addresses and roles."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from psycopg.types.json import Jsonb

from serai.core.ids import BusinessId, derived
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
BY_EMAIL = """
    SELECT users.id, users.organization_id, users.name, email_sealed, language, hash AS password_hash,
           organizations.name AS organization
      FROM users
      JOIN organizations ON organizations.id = users.organization_id
      LEFT JOIN passwords ON passwords.user_id = users.id
     WHERE email_lookup = %(lookup)s AND disabled_at IS NULL
"""
BY_ID = """
    SELECT users.id, users.organization_id, users.name, email_sealed, language, hash AS password_hash,
           organizations.name AS organization
      FROM users
      JOIN organizations ON organizations.id = users.organization_id
      LEFT JOIN passwords ON passwords.user_id = users.id
     WHERE users.id = %(id)s AND disabled_at IS NULL
"""
ANYBODY = """
    SELECT EXISTS (SELECT FROM users) AS is_there
"""
NAME = """
    SELECT name FROM users WHERE id = %(id)s
"""
IS_KNOWN = """
    SELECT EXISTS (SELECT FROM users WHERE email_lookup = %(lookup)s) AS is_there
"""
CHANGE_SELF = """
    UPDATE users SET name = coalesce(%(name)s, name),
                     language = CASE WHEN %(has_language)s THEN %(language)s ELSE language END,
                     preferences = jsonb_strip_nulls(preferences || %(preferences)s)
     WHERE id = %(id)s
"""
SELF = """
    SELECT email_sealed, language, preferences FROM users WHERE id = %(id)s
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


PREFERENCES = frozenset({"theme", "density"})
"""How the pages look to somebody, wherever they are signed in."""


class NewUser(Struct, frozen=True, kw_only=True):
    organization_id: UUID
    name: str
    email: str
    memberships: Sequence[Membership]
    language: str | None = None


class AccountRow(Struct, frozen=True):
    """Somebody who may sign in."""

    id: UUID
    organization_id: UUID
    name: str
    email_sealed: bytes
    language: str | None
    password_hash: str | None
    """None: they have never chosen one."""
    organization: str


class SelfRow(Struct, frozen=True):
    email_sealed: bytes
    language: str | None
    preferences: dict[str, str]


class NameRow(Struct, frozen=True):
    name: str


class Flag(Struct, frozen=True):
    is_there: bool


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


async def add(conn: Conn, vault: Vault, new: NewUser, now: datetime) -> UUID | None:
    """Add somebody with their roles; None if the address is taken."""
    email = email_form(new.email)
    lookup = email_lookup(vault, email)
    id_ = derived("user", lookup.hex())
    cursor = await conn.execute(
        ADD,
        {
            "id": id_,
            "organization_id": new.organization_id,
            "name": new.name.strip(),
            "lookup": lookup,
            "sealed": vault.ring.seal(email.encode(), email_context(id_)),
            "language": new.language,
            "now": now,
        },
    )
    if not cursor.rowcount:
        return None
    await set_memberships(conn, id_, new.organization_id, new.memberships, now)
    return id_


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


async def by_email(conn: Conn, vault: Vault, email: str) -> AccountRow | None:
    """None also for those who are disabled."""
    rows = await fetch(conn, AccountRow, BY_EMAIL, {"lookup": email_lookup(vault, email)})
    return rows[0] if rows else None


async def by_id(conn: Conn, id_: UUID) -> AccountRow | None:
    """None also for those who are disabled."""
    rows = await fetch(conn, AccountRow, BY_ID, {"id": id_})
    return rows[0] if rows else None


async def name_of(conn: Conn, id_: UUID) -> str:
    [row] = await fetch(conn, NameRow, NAME, {"id": id_})
    return row.name


async def is_anybody_there(conn: Conn) -> bool:
    """Whether the installation has people; without, its first one comes in by a set-up link."""
    [row] = await fetch(conn, Flag, ANYBODY, {})
    return row.is_there


async def is_known(conn: Conn, vault: Vault, email: str) -> bool:
    """Whether an address has an account, of any company, disabled or not."""
    [row] = await fetch(conn, Flag, IS_KNOWN, {"lookup": email_lookup(vault, email)})
    return row.is_there


async def of_self(conn: Conn, id_: UUID) -> SelfRow:
    [row] = await fetch(conn, SelfRow, SELF, {"id": id_})
    return row


async def change_self(conn: Conn, id_: UUID, changes: Mapping[str, str | None]) -> None:
    """Change what is named of name, language, theme and density; None: as if it was never chosen."""
    own = {name: value for name, value in changes.items() if name in PREFERENCES}
    values = {
        "id": id_,
        "name": changes.get("name"),
        "has_language": "language" in changes,
        "language": changes.get("language"),
        "preferences": Jsonb(own),
    }
    await conn.execute(CHANGE_SELF, values)
