"""Response times, counted."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

RESPONSE_TIMES = """
    WITH waits AS (
        SELECT response_times.seconds, response_times.is_first,
               CASE %(by)s::text
                    WHEN 'day' THEN to_char(asked_at AT TIME ZONE businesses.time_zone, 'YYYY-MM-DD')
                    WHEN 'business' THEN response_times.business_id::text
                    WHEN 'channel' THEN response_times.channel_id::text
                    WHEN 'agent' THEN response_times.answered_by
               END AS key,
               CASE %(by)s::text
                    WHEN 'business' THEN businesses.name
                    WHEN 'channel' THEN channels.name
                    WHEN 'agent' THEN coalesce(users.name, api_keys.name)
               END AS name
          FROM response_times
          JOIN businesses ON businesses.id = response_times.business_id
          JOIN channels ON channels.id = response_times.channel_id
          LEFT JOIN users ON users.id::text = response_times.answered_by AND %(by)s::text = 'agent'
          LEFT JOIN api_keys ON api_keys.id::text = response_times.answered_by AND %(by)s::text = 'agent'
         WHERE asked_at >= %(since)s AND asked_at < %(until)s
           AND (%(business_id)s::uuid IS NULL OR response_times.business_id = %(business_id)s)
           AND (%(channel_id)s::uuid IS NULL OR response_times.channel_id = %(channel_id)s)
    )
    SELECT key, max(name) AS name, GROUPING(key) = 1 AS is_total, count(*) AS count,
           count(*) FILTER (WHERE is_first) AS first_count,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds) AS p90,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FILTER (WHERE is_first) AS first_median,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FILTER (WHERE NOT is_first) AS next_median,
           count(*) FILTER (WHERE seconds <= %(aim)s)::float / nullif(count(*), 0) AS share_within_aim
      FROM waits
     GROUP BY ROLLUP (key)
     ORDER BY is_total DESC, key
"""
SEEN = """
    SELECT id FROM conversations WHERE id = %(conversation_id)s
"""
OF_CONVERSATION = """
    SELECT message_id, asked_at, answered_at, seconds, is_first
      FROM response_times
     WHERE conversation_id = %(conversation_id)s
     ORDER BY asked_at
     LIMIT 200
"""


class Group(Struct, frozen=True, kw_only=True):
    """Response times of one day, business, channel or agent; or of all."""

    key: str | None
    name: str | None
    is_total: bool
    count: int
    first_count: int
    median: float | None
    """Of business hours, seconds; also those below."""
    p90: float | None
    first_median: float | None
    next_median: float | None
    share_within_aim: float | None


class Wait(Struct, frozen=True):
    message_id: UUID
    asked_at: datetime
    answered_at: datetime
    seconds: float
    is_first: bool


class Wanted(Struct, frozen=True, kw_only=True):
    since: datetime
    until: datetime
    by: str
    aim: float
    business_id: UUID | None = None
    channel_id: UUID | None = None


async def response_times(conn: Conn, wanted: Wanted) -> list[Group]:
    """The total first, then each group by its key."""
    values = {name: getattr(wanted, name) for name in wanted.__struct_fields__}
    return await fetch(conn, Group, RESPONSE_TIMES, values)


async def is_seen(conn: Conn, conversation_id: UUID) -> bool:
    """Whether the connection sees such a conversation."""
    cursor = await conn.execute(SEEN, {"conversation_id": conversation_id})
    return await cursor.fetchone() is not None


async def of_conversation(conn: Conn, conversation_id: UUID) -> list[Wait]:
    """In the order in which they were asked."""
    return await fetch(conn, Wait, OF_CONVERSATION, {"conversation_id": conversation_id})
