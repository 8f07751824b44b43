"""How much is open, waits and is unread, business by business."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

COUNT = """
    SELECT businesses.id, businesses.name,
           count(*) FILTER (WHERE status = 'open') AS open,
           count(*) FILTER (WHERE status = 'open' AND handled_by = 'people'
                                  AND waiting_since IS NOT NULL) AS waiting,
           count(*) FILTER (WHERE unread_count > 0) AS unread,
           min(waiting_since) FILTER (WHERE status = 'open' AND handled_by = 'people')
               AS waiting_since
      FROM businesses
      LEFT JOIN conversations
        ON conversations.business_id = businesses.id AND status <> 'resolved'
     GROUP BY businesses.id, businesses.name
     ORDER BY businesses.name, businesses.id
"""


class BusinessCounts(Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    open: int
    waiting: int
    """Open, for people to answer, and the contact wrote last."""
    unread: int
    """Conversations with something unread, not messages."""
    waiting_since: datetime | None
    """Since when the one that waits the longest does."""


async def count(conn: Conn) -> list[BusinessCounts]:
    """For every business that the connection sees, by name."""
    return await fetch(conn, BusinessCounts, COUNT, {})
