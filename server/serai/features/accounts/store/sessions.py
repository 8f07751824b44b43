"""Where people are signed in."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId
from serai.features.accounts.decide.grants import Membership
from serai.kit.db import Conn, fetch

Stage = Literal["second_factor", "whole"]
Means = Literal["password", "passkey", "provider", "link"]

BEGIN = """
    INSERT INTO sessions (id, user_id, digest, stage, means, agent, remote, created_at, seen_at, expires_at)
    VALUES (%(id)s, %(user_id)s, %(digest)s, %(stage)s, %(means)s, %(agent)s, %(remote)s, %(now)s,
            %(now)s, %(expires_at)s)
"""
FIND = """
    SELECT sessions.id, sessions.user_id, stage, means, users.organization_id, users.name,
           organizations.name AS organization,
           ARRAY(SELECT jsonb_build_object('business_id', business_id, 'role', role)
                   FROM memberships WHERE memberships.user_id = users.id) AS memberships,
           ARRAY(SELECT businesses.id FROM businesses
                  WHERE businesses.organization_id = users.organization_id
                  ORDER BY businesses.id) AS businesses
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


class SessionRow(Struct, frozen=True):
    id: UUID
    user_id: UUID
    stage: Stage
    means: Means
    organization_id: UUID
    name: str
    organization: str
    memberships: tuple[Membership, ...]
    businesses: tuple[BusinessId, ...]
    """All of the company's, whether they may see them or not."""


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


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> bytes:
    """What is kept of a token; it has too many bits to be guessed from this."""
    return hashlib.sha256(token.encode()).digest()


async def begin(conn: Conn, id_: UUID, token: str, new: NewSession, now: datetime) -> None:
    """Let whoever shows `token` in, until `new.expires_at`."""
    values = {"id": id_, "digest": digest_of(token), "now": now}
    values |= {name: getattr(new, name) for name in ("user_id", "stage", "means", "expires_at")}
    await conn.execute(BEGIN, values | {"agent": new.device.agent, "remote": new.device.remote})


async def find(conn: Conn, token: str, idle: timedelta, now: datetime) -> SessionRow | None:
    """The session of a token; None when it ended, was idle for too long, or its user is disabled."""
    values = {"digest": digest_of(token), "now": now, "idle_since": now - idle}
    rows = await fetch(conn, SessionRow, FIND, values)
    return rows[0] if rows else None


async def see(conn: Conn, id_: UUID, remote: str, now: datetime) -> None:
    """Remember that they were here; written once a minute."""
    await conn.execute(SEE, {"id": id_, "remote": remote, "now": now})
