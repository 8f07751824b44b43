"""Who looks at a conversation, or writes in it, now."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from serai.engine import news
from serai.engine.news import News
from serai.kit.db import Conn, fetch

LASTS = timedelta(seconds=45)
"""A page says every 20 seconds that it is there; so long after the last time it is not."""
TYPING_LASTS = timedelta(seconds=8)
"""A page says while keys are pressed, every few seconds."""
COME = """
    INSERT INTO presence (business_id, conversation_id, user_id, page, until, typing_until)
    SELECT business_id, id, %(user_id)s, %(page)s, %(until)s, %(typing_until)s
      FROM conversations WHERE id = %(conversation_id)s
        ON CONFLICT (conversation_id, user_id, page)
        DO UPDATE SET until = excluded.until, typing_until = excluded.typing_until
"""
LEAVE = """
    DELETE FROM presence
     WHERE conversation_id = %(conversation_id)s AND user_id = %(user_id)s AND page = %(page)s
"""
HERE = """
    SELECT user_id, users.name, max(until) AS until,
           max(typing_until) FILTER (WHERE typing_until > %(now)s) AS typing_until
      FROM presence
      JOIN users ON users.id = presence.user_id
     WHERE conversation_id = %(conversation_id)s AND until > %(now)s
     GROUP BY user_id, users.name
     ORDER BY lower(users.name), user_id
"""
TIDY = """
    DELETE FROM presence WHERE until < %(now)s
"""


class Here(Struct, frozen=True):
    user_id: UUID
    name: str
    until: datetime
    typing_until: datetime | None
    """None: they do not write now."""


class Place(Struct, frozen=True):
    """Where somebody has a conversation before them."""

    conversation_id: UUID
    user_id: UUID
    page: str
    """One of their tabs."""


async def come(conn: Conn, place: Place, now: datetime, *, is_typing: bool) -> None:
    """Somebody is there, and perhaps writes; a while after the last word of it they are not."""
    values = _values(place) | {
        "until": now + LASTS,
        "typing_until": now + TYPING_LASTS if is_typing else None,
    }
    await conn.execute(COME, values)


async def leave(conn: Conn, place: Place) -> None:
    """This page shows it no more; another of theirs still may."""
    await conn.execute(LEAVE, _values(place))


async def here(conn: Conn, conversation_id: UUID, now: datetime) -> list[Here]:
    return await fetch(conn, Here, HERE, {"conversation_id": conversation_id, "now": now})


async def tell(conn: Conn, business_id: UUID, conversation_id: UUID) -> None:
    """Pages that show the conversation look again at who is there."""
    data = {"conversation_id": str(conversation_id)}
    await news.tell(conn, [News(kind="presence", business_id=business_id, data=data)])


async def tidy(conn: Conn, now: datetime) -> None:
    """Forget those who left without a word."""
    await conn.execute(TIDY, {"now": now})


def _values(place: Place) -> dict[str, object]:
    return {name: getattr(place, name) for name in place.__struct_fields__}
