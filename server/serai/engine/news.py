"""Tells browsers at once what is no event of the log: presence, counts, how far a job is.

    await news.tell(conn, [News(kind="presence", business_id=…, data={"conversation_id": …})])

Told when the transaction commits, to whoever is at a page at that moment and may see it. It is
not kept: a browser that was away asks anew for what it shows, so news is a hint to look again,
never the only place where a fact is. It holds ids and numbers, never what people wrote.

In a page: `useNews('presence', (news) => …)` from `@/shared/live/live`.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from msgspec import Struct

from serai.core.permissions import Permission
from serai.kit.db import Conn

TELL = """
    SELECT pg_notify('serai_news', told) FROM unnest(%(news)s::text[]) AS told
"""
MOST_BYTES = 7900
"""Of one piece of news. Source: PostgreSQL, NOTIFY: a payload must be shorter than 8000 bytes."""


class News(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing to tell. Without `business_id` and `user_ids` it would be for nobody."""

    kind: str
    """The name of the browser's event: lower case, such as `presence`, `counts` or `job`."""
    business_id: UUID | None = None
    """For those who see this business."""
    user_ids: tuple[UUID, ...] = ()
    """For these people (or keys) only; with `business_id`, those of them who see it."""
    needs: Permission | None = None
    """And who may do this there."""
    data: Mapping[str, str | int | bool | None] = {}
    """What the browser gets beside `business_id`."""


async def tell(conn: Conn, news: Sequence[News]) -> None:
    """Tell all of these when the transaction commits. Raises ValueError if one is too long."""
    if not news:
        return
    told = [msgspec.json.encode(each).decode() for each in news]
    if any(len(each.encode()) > MOST_BYTES for each in told):
        raise ValueError("News is longer than PostgreSQL carries; tell less and let pages ask.")
    await conn.execute(TELL, {"news": told})
