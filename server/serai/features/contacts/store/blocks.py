"""Which numbers keep a person away."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

LIST = """
    SELECT channel_id, blocked_at, blocked_by
      FROM channel_blocks
     WHERE lifted_at IS NULL
       AND contact_id IN (SELECT %(contact_id)s::uuid UNION
                          SELECT id FROM contacts WHERE merged_into = %(contact_id)s)
     ORDER BY blocked_at DESC
"""


class BlockRow(Struct, frozen=True):
    channel_id: UUID
    blocked_at: datetime
    blocked_by: str


async def listed(conn: Conn, contact: UUID) -> list[BlockRow]:
    """Those that hold, the latest first."""
    return await fetch(conn, BlockRow, LIST, {"contact_id": contact})
