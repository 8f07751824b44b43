"""The demo's colleagues: one of each role, and a link that signs in its owner.

The link may be followed again and again, for the phone page's frame and every new tab follow it. That
is safe here: it is only taken where SERAI_DEMO is set, and there only from the same machine; it opens
a database of invented people; each start of the demo makes a new one. What an installation gives its
people works once.
"""

import secrets
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from serai.app.demo import world
from serai.core.permissions import Role
from serai.features.accounts.decide.grants import Membership
from serai.features.accounts.store import companies, factors, people, rules, tokens
from serai.features.accounts.store.people import NewUser
from serai.kit import passwords
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, Conn, connect
from serai.kit.secrets import Vault

COLLEAGUES = (
    (Role.OWNER, "Nour Haddad"),
    (Role.MANAGER, "Tomás Vega"),
    (Role.AGENT, "Aisha Karimi"),
    (Role.ANALYST, "Lena Brandt"),
    (Role.AUDITOR, "Idris Bello"),
)


class Entrance(NamedTuple):
    """How to come into a demo."""

    password: str
    """Of all its people; made by chance for each demo."""
    link: str
    """The token of the owner's link."""


def email_of(role: Role) -> str:
    return f"{role}@demo.example"


async def settle(database_url: str, vault: Vault, password: str) -> Entrance:
    """Make the people if they are not there, with this password, and a new link. Safe to repeat."""
    now = Clock().now()
    hash_ = await passwords.hashed(password)
    link = tokens.new_token()
    async with await connect(database_url, ENGINE) as conn, conn.transaction():
        organization = await companies.organization(conn, world.ORGANIZATION)
        await rules.put(conn, organization, [])
        ids = [await _somebody(conn, vault, _new(organization, *each), now) for each in COLLEAGUES]
        for id_ in ids:
            await factors.put_password(conn, id_, hash_, now)
        await tokens.forget(conn, "demo")
        await tokens.add(conn, "demo", link, now, ids[0])
    return Entrance(password, link)


def password_in(path: Path) -> str | None:
    """The password that an earlier start made."""
    return path.read_text().strip() if path.exists() else None


def new_password() -> str:
    return f"serai-{secrets.token_hex(6)}"


def _new(organization: UUID, role: Role, name: str) -> NewUser:
    return NewUser(
        organization_id=organization,
        name=name,
        email=email_of(role),
        memberships=[Membership(None, role)],
    )


async def _somebody(conn: Conn, vault: Vault, new: NewUser, now: datetime) -> UUID:
    made = await people.add(conn, vault, new, now)
    if made is not None:
        return made
    known = await people.by_email(conn, vault, new.email)
    assert known is not None  # noqa: S101 — their address is taken
    return known.id
