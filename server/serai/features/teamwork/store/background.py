"""What to know of a person before answering: what was before, what they filled in, how long they wait."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

EARLIER = """
    SELECT earlier.id, earlier.status, earlier.opened_at, earlier.last_activity_at,
           users.name AS assignee_name, channels.kind AS channel_kind,
           (SELECT count(*) FROM messages WHERE messages.conversation_id = earlier.id)
               AS message_count
      FROM conversations AS asked
      JOIN conversations AS earlier
        ON earlier.contact_id = asked.contact_id AND earlier.id <> asked.id
      JOIN channels ON channels.id = earlier.channel_id
      LEFT JOIN users ON users.id = earlier.assignee_id
     WHERE asked.id = %(conversation_id)s
     ORDER BY earlier.opened_at DESC
     LIMIT 50
"""
COLLECTED = """
    SELECT messages.id AS message_id, coalesce(sent_at, created_at) AS at,
           content ->> 'type' AS kind, content ->> 'title' AS title,
           content -> 'values' AS values
      FROM conversations AS asked
      JOIN messages ON messages.contact_id = asked.contact_id
     WHERE asked.id = %(conversation_id)s AND messages.direction = 'in'
       AND content ->> 'type' IN ('choice', 'flow_reply')
     ORDER BY coalesce(sent_at, created_at) DESC
     LIMIT 20
"""
RESPONSE_TIMES = """
    SELECT min(seconds) FILTER (WHERE is_first) AS first_seconds,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median_seconds,
           count(*) AS count
      FROM response_times
     WHERE conversation_id = %(conversation_id)s
"""


class EarlierRow(Struct, frozen=True, kw_only=True):
    id: UUID
    status: str
    opened_at: datetime
    last_activity_at: datetime
    assignee_name: str | None
    channel_kind: str
    message_count: int


class CollectedRow(Struct, frozen=True, kw_only=True):
    """What they tapped or filled in."""

    message_id: UUID
    at: datetime
    kind: str
    title: str | None
    values: dict[str, Any] | None


class TimesRow(Struct, frozen=True):
    first_seconds: float | None
    median_seconds: float | None
    count: int


async def earlier(conn: Conn, conversation_id: UUID) -> list[EarlierRow]:
    """The person's other conversations, the latest first; at most 50."""
    return await fetch(conn, EarlierRow, EARLIER, {"conversation_id": conversation_id})


async def collected(conn: Conn, conversation_id: UUID) -> list[CollectedRow]:
    """What the person tapped and filled in, the latest first; at most 20."""
    return await fetch(conn, CollectedRow, COLLECTED, {"conversation_id": conversation_id})


async def response_times(conn: Conn, conversation_id: UUID) -> TimesRow:
    """Of business hours, from their first unanswered message to the answer of a person of ours."""
    [row] = await fetch(conn, TimesRow, RESPONSE_TIMES, {"conversation_id": conversation_id})
    return row
