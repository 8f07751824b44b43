"""Under which names the company's own provider knows people."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

FIND = """
    SELECT user_id FROM provider_identities WHERE issuer = %(issuer)s AND subject = %(subject)s
"""
OF_USER = """
    SELECT user_id FROM provider_identities WHERE issuer = %(issuer)s AND user_id = %(user_id)s
"""
LINK = """
    INSERT INTO provider_identities (issuer, subject, user_id, linked_at)
    VALUES (%(issuer)s, %(subject)s, %(user_id)s, %(now)s)
        ON CONFLICT (issuer, subject) DO NOTHING
"""
FORGET = """
    DELETE FROM provider_identities WHERE user_id = %(user_id)s
"""


class OwnerRow(Struct, frozen=True):
    user_id: UUID


async def find(conn: Conn, issuer: str, subject: str) -> UUID | None:
    """Whose it is."""
    rows = await fetch(conn, OwnerRow, FIND, {"issuer": issuer, "subject": subject})
    return rows[0].user_id if rows else None


async def has_one(conn: Conn, issuer: str, user_id: UUID) -> bool:
    """Whether the provider knows this person already."""
    return bool(await fetch(conn, OwnerRow, OF_USER, {"issuer": issuer, "user_id": user_id}))


async def link(conn: Conn, issuer: str, subject: str, user_id: UUID, now: datetime) -> bool:
    """From now on who comes by this name is them; False if somebody was faster."""
    values = {"issuer": issuer, "subject": subject, "user_id": user_id, "now": now}
    return bool((await conn.execute(LINK, values)).rowcount)


async def forget(conn: Conn, user_id: UUID) -> None:
    """Their next sign-in there is their first again."""
    await conn.execute(FORGET, {"user_id": user_id})
