"""How often somebody guessed wrong, so that all processes make them wait alike.

A guess is counted before it is looked at: guesses side by side cannot slip past the count.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from serai.features.accounts.decide.waits import Attempts, Guessed, failures_now, wait
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

MOST_LETTERS = 3
LETTERS_IN = timedelta(hours=1)
"""So many letters with a link go to one address in this time, whoever asks; ours."""

MEET = """
    INSERT INTO sign_in_attempts (subject, failure_count, last_at, waits_until)
    VALUES (%(subject)s, 0, %(now)s, %(now)s)
        ON CONFLICT (subject) DO NOTHING
"""
HOLD = """
    SELECT failure_count, last_at, waits_until FROM sign_in_attempts
     WHERE subject = %(subject)s
       FOR UPDATE
"""
COUNT = """
    UPDATE sign_in_attempts
       SET failure_count = %(failure_count)s, last_at = %(now)s, waits_until = %(waits_until)s
     WHERE subject = %(subject)s
"""
FORGIVE = """
    UPDATE sign_in_attempts SET failure_count = failure_count - 1, waits_until = %(now)s
     WHERE subject = %(subject)s AND failure_count > 0
"""
LETTER = """
    INSERT INTO sign_in_attempts AS known (subject, failure_count, last_at, waits_until)
    VALUES (%(subject)s, 1, %(now)s, %(now)s)
        ON CONFLICT (subject) DO UPDATE
       SET failure_count = CASE WHEN known.last_at <= %(before)s THEN 1
                                ELSE least(known.failure_count, %(most)s) + 1 END,
           last_at = CASE WHEN known.last_at <= %(before)s THEN %(now)s ELSE known.last_at END
    RETURNING failure_count
"""
FORGET = """
    DELETE FROM sign_in_attempts WHERE subject = %(subject)s
"""


class Count(Struct, frozen=True):
    failure_count: int


def subject_of(vault: Vault, guessed: Guessed, at: str) -> bytes:
    """What stands for an account or an address; it cannot be read back."""
    return vault.index.of(f"{guessed.value}:{at}", "sign-in-attempts")


async def begin(conn: Conn, subject: bytes, guessed: Guessed, now: datetime) -> timedelta | None:
    """Count a guess as wrong until it proves right; how long to wait instead, if it is too early."""
    await conn.execute(MEET, {"subject": subject, "now": now})
    async with conn.transaction():
        [known] = await fetch(conn, Attempts, HOLD, {"subject": subject})
        if known.waits_until > now:
            return known.waits_until - now
        failures = failures_now(known, now) + 1
        waits_until = now + wait(failures, guessed)
        values = {"subject": subject, "now": now, "waits_until": waits_until}
        await conn.execute(COUNT, values | {"failure_count": failures})
    return None


async def may_write(conn: Conn, vault: Vault, email: str, now: datetime) -> bool:
    """Count a letter that somebody wants sent to an address; False if it had enough in this hour."""
    subject = vault.index.of(f"letter:{email}", "sign-in-attempts")
    values = {"subject": subject, "now": now, "before": now - LETTERS_IN, "most": MOST_LETTERS}
    [row] = await fetch(conn, Count, LETTER, values)
    return row.failure_count <= MOST_LETTERS


async def forgive(conn: Conn, subject: bytes, now: datetime) -> None:
    """The last guess was right, but others from there may not have been."""
    await conn.execute(FORGIVE, {"subject": subject, "now": now})


async def forget(conn: Conn, subject: bytes) -> None:
    """The guess was right, and it was theirs."""
    await conn.execute(FORGET, {"subject": subject})
