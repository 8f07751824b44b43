"""Messages that another one refers to: what a reply quotes, what a reaction is for."""

from uuid import UUID

from msgspec import Struct

from serai.core.ids import MetaId
from serai.kit.db import Conn, fetch

QUOTABLE = """
    SELECT contact_id, channel_id, meta_id FROM messages WHERE id = %(id)s
"""


class Quotable(Struct, frozen=True):
    contact_id: UUID
    channel_id: UUID
    meta_id: MetaId | None
    """None as long as Meta has not taken it."""


async def quotable(conn: Conn, message_id: UUID) -> Quotable | None:
    """Whose chat the message is in, and by what Meta knows it; None if there is no such message."""
    rows = await fetch(conn, Quotable, QUOTABLE, {"id": message_id})
    return rows[0] if rows else None
