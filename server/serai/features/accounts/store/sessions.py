"""Where people are signed in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId
from serai.core.permissions import Role
from serai.features.accounts.decide.grants import Membership
from serai.features.accounts.decide.members import needs_second_factor
from serai.features.accounts.store.tokens import digest_of
from serai.kit.db import Conn, fetch

Stage = Literal["second_factor", "whole"]
Means = Literal["password", "passkey", "provider", "link"]
DEFAULT_ROLES = (Role.OWNER, Role.MANAGER)
"""Who must have a second factor, until an owner says otherwise."""

BEGIN = """
    INSERT INTO sessions (id, user_id, digest, stage, means, is_twofold, agent, remote, created_at, seen_at,
                          expires_at)
    VALUES (gen_random_uuid(), %(user_id)s, %(digest)s, %(stage)s, %(means)s, %(is_twofold)s, %(agent)s,
            %(remote)s, %(now)s, %(now)s, %(expires_at)s)
"""
FIND = """
    SELECT sessions.id, sessions.user_id, stage, means, is_twofold, sessions.created_at,
           users.organization_id, users.name, organizations.name AS organization,
           ARRAY(SELECT jsonb_build_object('business_id', business_id, 'role', role)
                   FROM memberships WHERE memberships.user_id = users.id) AS memberships,
           ARRAY(SELECT businesses.id FROM businesses
                  WHERE businesses.organization_id = users.organization_id
                  ORDER BY businesses.id) AS businesses,
           (SELECT second_factor_roles FROM sign_in_rules
             WHERE sign_in_rules.organization_id = users.organization_id) AS second_factor_roles,
           EXISTS (SELECT FROM authenticators
                    WHERE authenticators.user_id = users.id AND confirmed_at IS NOT NULL)
           OR EXISTS (SELECT FROM passkeys WHERE passkeys.user_id = users.id) AS has_second_factor
      FROM sessions
      JOIN users ON users.id = sessions.user_id
      JOIN organizations ON organizations.id = users.organization_id
     WHERE digest = %(digest)s AND ended_at IS NULL AND disabled_at IS NULL
       AND expires_at > %(now)s AND seen_at > %(idle_since)s
"""
SEE = """
    UPDATE sessions SET seen_at = %(now)s, remote = %(remote)s
     WHERE id = %(id)s AND seen_at < %(now)s::timestamptz - interval '1 minute'
"""
LIST = """
    SELECT id, means, agent, remote, created_at, seen_at FROM sessions
     WHERE user_id = %(user_id)s AND stage = 'whole' AND ended_at IS NULL
       AND expires_at > %(now)s AND seen_at > %(idle_since)s
     ORDER BY seen_at DESC, id
"""
END = """
    UPDATE sessions SET ended_at = %(now)s
     WHERE user_id = %(user_id)s AND ended_at IS NULL
       AND (%(id)s::uuid IS NULL OR id = %(id)s) AND id IS DISTINCT FROM %(but)s::uuid
"""


class SessionRow(Struct, frozen=True):
    id: UUID
    user_id: UUID
    stage: Stage
    means: Means
    is_twofold: bool
    """They came by the company's provider, which saw two factors of them."""
    created_at: datetime
    organization_id: UUID
    name: str
    organization: str
    memberships: tuple[Membership, ...]
    businesses: tuple[BusinessId, ...]
    """All of the company's, whether they may see them or not."""
    second_factor_roles: tuple[Role, ...] | None
    has_second_factor: bool

    @property
    def must_add_factor(self) -> bool:
        """Whether the company wants a second factor of them that they do not have."""
        if self.has_second_factor or self.is_twofold or self.means == "link":
            return False
        roles = [each.role for each in self.memberships]
        return needs_second_factor(roles, required_roles(self.second_factor_roles))


class OpenRow(Struct, frozen=True):
    """A session as its owner sees it in a list."""

    id: UUID
    means: Means
    agent: str
    remote: str
    created_at: datetime
    seen_at: datetime


class Device(Struct, frozen=True):
    """Where someone signs in from."""

    agent: str
    """What the browser calls itself; the first 300 characters."""
    remote: str
    """Its address."""


class NewSession(Struct, frozen=True, kw_only=True):
    user_id: UUID
    stage: Stage
    means: Means
    device: Device
    expires_at: datetime
    is_twofold: bool = False


def required_roles(chosen: Sequence[Role] | None) -> Sequence[Role]:
    """Who must have a second factor."""
    return DEFAULT_ROLES if chosen is None else chosen


async def begin(conn: Conn, token: str, new: NewSession, now: datetime) -> None:
    """Let whoever shows `token` in, until `new.expires_at`."""
    values = {"digest": digest_of(token), "now": now}
    names = ("user_id", "stage", "means", "is_twofold", "expires_at")
    values |= {name: getattr(new, name) for name in names}
    await conn.execute(BEGIN, values | {"agent": new.device.agent, "remote": new.device.remote})


async def find(conn: Conn, token: str, idle: timedelta, now: datetime) -> SessionRow | None:
    """The session of a token; None when it ended, was idle for too long, or its user is disabled."""
    values = {"digest": digest_of(token), "now": now, "idle_since": now - idle}
    rows = await fetch(conn, SessionRow, FIND, values)
    return rows[0] if rows else None


async def see(conn: Conn, id_: UUID, remote: str, now: datetime) -> None:
    """Remember that they were here; written once a minute."""
    await conn.execute(SEE, {"id": id_, "remote": remote, "now": now})


async def open_ones(conn: Conn, user_id: UUID, idle: timedelta, now: datetime) -> list[OpenRow]:
    """Where somebody is signed in, the latest first."""
    values = {"user_id": user_id, "now": now, "idle_since": now - idle}
    return await fetch(conn, OpenRow, LIST, values)


async def end(
    conn: Conn,
    user_id: UUID,
    now: datetime,
    *,
    id_: UUID | None = None,
    but: UUID | None = None,
) -> int:
    """End one session, or all, or all but one; returns how many."""
    values = {"user_id": user_id, "now": now, "id": id_, "but": but}
    return (await conn.execute(END, values)).rowcount
