"""Which numbers send marketing by Meta's own route for it, because its terms were accepted."""

from uuid import UUID

from msgspec import Struct

from serai.core.ids import ChannelId
from serai.kit.db import Conn, fetch

CHOOSE = """
    UPDATE channels SET uses_marketing_route = %(is_used)s WHERE id = %(id)s RETURNING id
"""
FIND = """
    SELECT id FROM channels WHERE meta_id = %(meta_id)s
"""


class Id(Struct, frozen=True):
    id: ChannelId


async def choose(conn: Conn, channel: UUID, *, is_used: bool) -> bool:
    """From now on; whether there is such a channel."""
    return bool(await fetch(conn, Id, CHOOSE, {"id": channel, "is_used": is_used}))


async def of_number(conn: Conn, meta_id: str) -> ChannelId | None:
    """The channel of a phone number id."""
    rows = await fetch(conn, Id, FIND, {"meta_id": meta_id})
    return rows[0].id if rows else None
