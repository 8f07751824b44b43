"""What a person sees of numbers: how each is, what it did last, what went wrong last."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId, ChannelId
from serai.kit.db import Conn, fetch

CARDS = """
    SELECT channels.id, channels.business_id, channels.kind, channels.name, channels.meta_id,
           channels.display_phone_number, channels.account_id, channels.state,
           channels.paused_reason, channels.paused_by, channels.messages_per_second,
           channels.created_at, channels.uses_marketing_route, channels.portfolio_id,
           channels.messaging_limit, channels.restrictions, channels.token_expires_at,
           coalesce(facts.number, '{}') AS number, coalesce(facts.account, '{}') AS account,
           facts.read_at,
           (SELECT max(created_at) FROM messages
             WHERE channel_id = channels.id AND direction = 'in') AS last_received_at,
           (SELECT max(created_at) FROM messages
             WHERE channel_id = channels.id AND direction = 'out') AS last_sent_at,
           (SELECT count(*) FROM sends
             WHERE channel_id = channels.id AND state = 'waiting') AS waiting_count,
           EXISTS (SELECT FROM channel_notices
                    WHERE channel_id = channels.id AND level = 'critical' AND ended_at IS NULL)
               AS has_critical,
           error.words AS error_words, error.next_step AS error_next_step, error.at AS error_at
      FROM channels
      LEFT JOIN channel_facts AS facts ON facts.channel_id = channels.id
      LEFT JOIN LATERAL (SELECT words, next_step, at FROM channel_notices
                          WHERE channel_id = channels.id AND level = 'critical'
                          ORDER BY at DESC LIMIT 1) AS error ON true
     WHERE (%(id)s::uuid IS NULL OR channels.id = %(id)s)
       AND (%(after)s::uuid IS NULL OR channels.id > %(after)s)
     ORDER BY channels.id
     LIMIT %(limit)s
"""


class Card(Struct, frozen=True, kw_only=True):
    id: ChannelId
    business_id: BusinessId
    kind: str
    name: str
    meta_id: str
    display_phone_number: str
    account_id: str
    state: str
    paused_reason: str | None
    paused_by: str | None
    messages_per_second: int
    created_at: datetime
    uses_marketing_route: bool
    portfolio_id: str | None
    messaging_limit: int | None
    restrictions: dict[str, datetime | None]
    token_expires_at: datetime | None
    number: dict[str, Any]
    """In Meta's own names."""
    account: dict[str, Any]
    read_at: datetime | None
    last_received_at: datetime | None
    last_sent_at: datetime | None
    waiting_count: int
    has_critical: bool
    error_words: str | None
    error_next_step: str | None
    error_at: datetime | None


async def cards(
    conn: Conn, *, id_: UUID | None = None, after: UUID | None = None, limit: int = 100
) -> list[Card]:
    """Those that the connection may see, in the order of their ids."""
    return await fetch(conn, Card, CARDS, {"id": id_, "after": after, "limit": limit})
