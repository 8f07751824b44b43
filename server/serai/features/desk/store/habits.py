"""How somebody likes to answer."""

from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

READ = """
    SELECT undo_seconds, enter_sends FROM habits WHERE author_id = %(author_id)s
"""
KEEP = """
    INSERT INTO habits (author_id, undo_seconds, enter_sends)
    VALUES (%(author_id)s, %(undo_seconds)s, %(enter_sends)s)
        ON CONFLICT (author_id)
        DO UPDATE SET undo_seconds = excluded.undo_seconds, enter_sends = excluded.enter_sends
"""


class Habits(Struct, frozen=True):
    undo_seconds: int = 5
    """How long a message waits so that it can be undone; 0 to 10."""
    enter_sends: bool = True
    """Else Enter starts a new line, and it takes Ctrl or ⌘ to send."""


async def habits(conn: Conn, author: UUID) -> Habits:
    rows = await fetch(conn, Habits, READ, {"author_id": author})
    return rows[0] if rows else Habits()


async def keep(conn: Conn, author: UUID, wanted: Habits) -> None:
    values = {"undo_seconds": wanted.undo_seconds, "enter_sends": wanted.enter_sends}
    await conn.execute(KEEP, values | {"author_id": author})
