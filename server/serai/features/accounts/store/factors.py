"""Passwords, authenticator apps and recovery codes, as they are kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.features.accounts.decide.codes import matching_step, recovery_form
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

PUT_PASSWORD = """
    INSERT INTO passwords (user_id, hash, changed_at) VALUES (%(user_id)s, %(hash)s, %(now)s)
        ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at
"""
REHASH = """
    UPDATE passwords SET hash = %(hash)s WHERE user_id = %(user_id)s
"""
PASSWORD = """
    SELECT hash, changed_at FROM passwords WHERE user_id = %(user_id)s
"""
OFFER = """
    INSERT INTO authenticators (user_id, secret, created_at) VALUES (%(user_id)s, %(secret)b, %(now)s)
        ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at,
                                            last_step = 0
         WHERE authenticators.confirmed_at IS NULL
"""
AUTHENTICATOR = """
    SELECT secret, last_step, confirmed_at FROM authenticators WHERE user_id = %(user_id)s
"""
USE_STEP = """
    UPDATE authenticators SET last_step = %(step)s, confirmed_at = coalesce(confirmed_at, %(now)s)
     WHERE user_id = %(user_id)s AND last_step < %(step)s
"""
FORGET_AUTHENTICATOR = """
    DELETE FROM authenticators WHERE user_id = %(user_id)s
"""
CLEAR_RECOVERY = """
    DELETE FROM recovery_codes WHERE user_id = %(user_id)s
"""
ADD_RECOVERY = """
    INSERT INTO recovery_codes (user_id, digest)
    SELECT %(user_id)s, digest FROM unnest(%(digests)s::bytea[]) AS digests (digest)
"""
USE_RECOVERY = """
    UPDATE recovery_codes SET used_at = %(now)s
     WHERE user_id = %(user_id)s AND digest = %(digest)s AND used_at IS NULL
"""
HELD = """
    SELECT (SELECT changed_at FROM passwords WHERE user_id = %(user_id)s) AS password_changed_at,
           (SELECT confirmed_at FROM authenticators WHERE user_id = %(user_id)s) AS authenticator_at,
           (SELECT count(*) FROM recovery_codes WHERE user_id = %(user_id)s AND used_at IS NULL)
               AS recovery_count,
           (SELECT count(*) FROM passkeys WHERE user_id = %(user_id)s) AS passkey_count
"""


class PasswordRow(Struct, frozen=True):
    hash: str
    changed_at: datetime


class AuthenticatorRow(Struct, frozen=True):
    secret: bytes
    last_step: int
    confirmed_at: datetime | None


class Held(Struct, frozen=True):
    """What somebody can prove themselves with."""

    password_changed_at: datetime | None
    authenticator_at: datetime | None
    recovery_count: int
    passkey_count: int

    @property
    def has_second_factor(self) -> bool:
        return self.authenticator_at is not None or self.passkey_count > 0


async def put_password(conn: Conn, user_id: UUID, hash_: str, now: datetime) -> None:
    await conn.execute(PUT_PASSWORD, {"user_id": user_id, "hash": hash_, "now": now})


async def rehash(conn: Conn, user_id: UUID, hash_: str) -> None:
    """The same password, hashed with today's parameters."""
    await conn.execute(REHASH, {"user_id": user_id, "hash": hash_})


async def password(conn: Conn, user_id: UUID) -> PasswordRow | None:
    rows = await fetch(conn, PasswordRow, PASSWORD, {"user_id": user_id})
    return rows[0] if rows else None


async def offer(conn: Conn, vault: Vault, user_id: UUID, secret: str, now: datetime) -> bool:
    """Remember a secret that they shall put into their app; False if they have one that works."""
    sealed = vault.ring.seal(secret.encode(), secret_context(user_id))
    values = {"user_id": user_id, "secret": sealed, "now": now}
    return bool((await conn.execute(OFFER, values)).rowcount)


async def use_code(conn: Conn, vault: Vault, user_id: UUID, code: str, now: datetime) -> bool:
    """Whether the code of their app is right and was not used; from now on it was."""
    rows = await fetch(conn, AuthenticatorRow, AUTHENTICATOR, {"user_id": user_id})
    if not rows:
        return False
    secret = vault.ring.open(rows[0].secret, secret_context(user_id)).decode()
    step = matching_step(secret, code, now, rows[0].last_step)
    if step is None:
        return False
    values = {"user_id": user_id, "step": step, "now": now}
    return bool((await conn.execute(USE_STEP, values)).rowcount)


async def forget_authenticator(conn: Conn, user_id: UUID) -> None:
    await conn.execute(FORGET_AUTHENTICATOR, {"user_id": user_id})


async def put_recovery_codes(conn: Conn, vault: Vault, user_id: UUID, codes: Sequence[str]) -> None:
    """These codes, and none of those before."""
    await conn.execute(CLEAR_RECOVERY, {"user_id": user_id})
    digests = [_recovery_digest(vault, user_id, code) for code in codes]
    await conn.execute(ADD_RECOVERY, {"user_id": user_id, "digests": digests})


async def clear_recovery_codes(conn: Conn, user_id: UUID) -> None:
    await conn.execute(CLEAR_RECOVERY, {"user_id": user_id})


async def use_recovery_code(
    conn: Conn, vault: Vault, user_id: UUID, code: str, now: datetime
) -> bool:
    """Whether it is one of theirs that was not used; from now on it was."""
    digest = _recovery_digest(vault, user_id, code)
    values = {"user_id": user_id, "digest": digest, "now": now}
    return bool((await conn.execute(USE_RECOVERY, values)).rowcount)


async def held(conn: Conn, user_id: UUID) -> Held:
    [row] = await fetch(conn, Held, HELD, {"user_id": user_id})
    return row


def secret_context(user_id: UUID) -> bytes:
    """What an authenticator's secret is bound to."""
    return f"authenticator:{user_id}".encode()


def _recovery_digest(vault: Vault, user_id: UUID, code: str) -> bytes:
    return vault.index.of(f"{user_id}:{recovery_form(code)}", "recovery-code")
