"""Secrets that work once: links to set up or to choose a password, and challenges."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

Purpose = Literal["set_up", "reset", "demo", "add_passkey", "passkey", "provider"]
LIVES: dict[Purpose, timedelta] = {
    "set_up": timedelta(hours=24),
    "reset": timedelta(hours=1),
    "demo": timedelta(days=365),
    "add_passkey": timedelta(minutes=10),
    "passkey": timedelta(minutes=10),
    "provider": timedelta(minutes=10),
}
"""How long each can be used; a demo's link lives as long as the demo's data."""

ADD = """
    INSERT INTO one_time_tokens (digest, purpose, user_id, body, expires_at)
    VALUES (%(digest)s, %(purpose)s, %(user_id)s, %(body)b, %(expires_at)s)
"""
LOOK = """
    SELECT user_id, body FROM one_time_tokens
     WHERE digest = %(digest)s AND purpose = %(purpose)s AND expires_at > %(now)s
"""
TAKE = """
    DELETE FROM one_time_tokens
     WHERE digest = %(digest)s AND purpose = %(purpose)s AND expires_at > %(now)s
    RETURNING user_id, body
"""
FORGET = """
    DELETE FROM one_time_tokens
     WHERE purpose = %(purpose)s AND (%(user_id)s::uuid IS NULL OR user_id = %(user_id)s)
"""


class TokenRow(Struct, frozen=True):
    user_id: UUID | None
    body: bytes | None


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> bytes:
    """What is kept of a token; it has too many bits to be guessed from this."""
    return hashlib.sha256(token.encode()).digest()


async def add(
    conn: Conn, purpose: Purpose, token: str, now: datetime, user_id: UUID | None = None
) -> None:
    """Let `token` be used for `purpose`, while it lives."""
    await conn.execute(ADD, _row(purpose, token, now) | {"user_id": user_id, "body": None})


async def add_sealed(conn: Conn, vault: Vault, token: str, body: bytes, now: datetime) -> None:
    """The same for a sign-in elsewhere, with what must be remembered until it comes back."""
    sealed = vault.ring.seal(body, b"token:" + digest_of(token))
    await conn.execute(ADD, _row("provider", token, now) | {"user_id": None, "body": sealed})


async def look(conn: Conn, purpose: Purpose, token: str, now: datetime) -> TokenRow | None:
    """Whose it is, without using it up."""
    values = {"digest": digest_of(token), "purpose": purpose, "now": now}
    rows = await fetch(conn, TokenRow, LOOK, values)
    return rows[0] if rows else None


async def take(conn: Conn, purpose: Purpose, token: str, now: datetime) -> TokenRow | None:
    """Use it up; None if it was used, is unknown, or is too old."""
    values = {"digest": digest_of(token), "purpose": purpose, "now": now}
    rows = await fetch(conn, TokenRow, TAKE, values)
    return rows[0] if rows else None


async def take_sealed(conn: Conn, vault: Vault, token: str, now: datetime) -> bytes | None:
    """What was remembered for a sign-in elsewhere; once."""
    row = await take(conn, "provider", token, now)
    if row is None or row.body is None:
        return None
    return vault.ring.open(row.body, b"token:" + digest_of(token))


async def forget(conn: Conn, purpose: Purpose, user_id: UUID | None = None) -> None:
    """All that were given for this; with `user_id`, to them alone."""
    await conn.execute(FORGET, {"purpose": purpose, "user_id": user_id})


def _row(purpose: Purpose, token: str, now: datetime) -> dict[str, object]:
    return {"digest": digest_of(token), "purpose": purpose, "expires_at": now + LIVES[purpose]}
