"""Counts of requests, in stretches of time that all processes share."""

from datetime import datetime

from msgspec import Struct

from serai.kit.db import Conn, fetch

TAKE = """
    INSERT INTO request_counts (subject, began_at, count)
    VALUES (%(subject)s, %(began_at)s, %(share)s)
        ON CONFLICT (subject, began_at)
        DO UPDATE SET count = request_counts.count + excluded.count
    RETURNING count
"""
FORGET = """
    DELETE FROM request_counts WHERE began_at < %(before)s
"""


class Counted(Struct, frozen=True):
    count: int


async def take(conn: Conn, subject: str, began_at: datetime, share: int) -> int:
    """Add a share to what the subject asked since then; how much that is now."""
    values = {"subject": subject, "began_at": began_at, "share": share}
    return (await fetch(conn, Counted, TAKE, values))[0].count


async def forget(conn: Conn, before: datetime) -> None:
    """Drop what no limit looks at any more."""
    await conn.execute(FORGET, {"before": before})
