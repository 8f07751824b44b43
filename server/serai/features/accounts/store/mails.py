"""Letters on their way: sealed while they wait, wiped when they are gone."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct

from serai.core.ids import derived
from serai.features.accounts.decide.letters import Letter
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

WISH = "reset_wish"
"""No letter yet, but the wish for one."""
LONGEST_TRIES = 8
"""Then it is given up: the links in it are dead by then."""

PUT = """
    INSERT INTO mails (id, kind, letter, created_at, due_at)
    VALUES (%(id)s, %(kind)s, %(letter)b, %(now)s, %(now)s)
        ON CONFLICT (id) DO NOTHING
"""
CLAIM = """
    UPDATE mails SET attempt_count = attempt_count + 1,
                     due_at = %(now)s::timestamptz + interval '1 minute' * power(2, attempt_count)
     WHERE id IN (SELECT id FROM mails
                   WHERE sent_at IS NULL AND failed_at IS NULL AND due_at <= %(now)s
                   ORDER BY due_at
                   LIMIT %(limit)s
                     FOR UPDATE SKIP LOCKED)
    RETURNING id, kind, letter, attempt_count
"""
SENT = """
    UPDATE mails SET sent_at = %(now)s, letter = '' WHERE id = %(id)s
"""
GIVE_UP = """
    UPDATE mails SET failed_at = %(now)s, letter = '' WHERE id = %(id)s
"""
WAITING = """
    SELECT count(*) AS waiting_count, min(created_at) AS oldest_at FROM mails
     WHERE sent_at IS NULL AND failed_at IS NULL
"""


class MailRow(Struct, frozen=True):
    id: UUID
    kind: str
    letter: bytes
    attempt_count: int


class Wish(Struct, frozen=True, kw_only=True):
    """Somebody says that they forgot the password of the account with this address."""

    email: str
    """As addresses are compared."""
    remote: str
    browser_language: str | None
    address: str
    """Where the link leads, without its path."""


class Waiting(Struct, frozen=True):
    waiting_count: int
    oldest_at: datetime | None

    def is_stuck(self, now: datetime) -> bool:
        """Whether a letter has waited for longer than a few tries take."""
        return self.oldest_at is not None and now - self.oldest_at > timedelta(minutes=10)


async def put(conn: Conn, vault: Vault, kind: str, letter: Letter, now: datetime) -> None:
    """Let a letter go out when this transaction ends well."""
    id_ = derived("mail", kind, now.isoformat(), vault.index.of(letter.text, "mail").hex())
    sealed = vault.ring.seal(msgspec.json.encode(letter), _context(id_))
    await conn.execute(PUT, {"id": id_, "kind": kind, "letter": sealed, "now": now})


async def wish(conn: Conn, vault: Vault, asked: Wish, now: datetime) -> None:
    """Let it be looked into when this transaction ends well."""
    id_ = derived("wish", asked.email, now.isoformat())
    sealed = vault.ring.seal(msgspec.json.encode(asked), _context(id_))
    await conn.execute(PUT, {"id": id_, "kind": WISH, "letter": sealed, "now": now})


def opened_wish(vault: Vault, row: MailRow) -> Wish:
    """Raises CannotOpen."""
    return msgspec.json.decode(vault.ring.open(row.letter, _context(row.id)), type=Wish)


async def claim(conn: Conn, now: datetime, limit: int) -> list[MailRow]:
    """Those that are due; each is due again later, should whoever took it die."""
    return await fetch(conn, MailRow, CLAIM, {"now": now, "limit": limit})


def opened(vault: Vault, row: MailRow) -> Letter:
    """Raises CannotOpen."""
    return msgspec.json.decode(vault.ring.open(row.letter, _context(row.id)), type=Letter)


async def sent(conn: Conn, row: MailRow, now: datetime) -> None:
    await conn.execute(SENT, {"id": row.id, "now": now})


async def give_up(conn: Conn, row: MailRow, now: datetime) -> None:
    await conn.execute(GIVE_UP, {"id": row.id, "now": now})


async def waiting(conn: Conn) -> Waiting:
    [row] = await fetch(conn, Waiting, WAITING, {})
    return row


def _context(id_: UUID) -> bytes:
    return f"mail:{id_}".encode()
