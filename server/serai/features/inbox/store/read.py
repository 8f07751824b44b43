"""Pages of conversations and messages, as people see them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

LIST = """
    SELECT conversations.id, conversations.business_id, conversations.channel_id,
           conversations.contact_id, contacts.name AS contact_name,
           (SELECT sealed FROM contact_identities
             WHERE contact_id = conversations.contact_id AND type = 'phone'
             ORDER BY first_seen_at DESC LIMIT 1) AS phone,
           conversations.status, conversations.handled_by, conversations.team,
           conversations.waiting_since, conversations.unread_count, conversations.needs_attention,
           conversations.last_activity_at, messaging_windows.closes_at AS window_closes_at,
           last.content AS last_content, last.author_kind AS last_author_kind, last.at AS last_at,
           CASE WHEN last.id IS NOT NULL THEN
                message_state(ARRAY(SELECT kind FROM message_events WHERE message_id = last.id))
           END AS last_state
      FROM conversations
      JOIN contacts ON contacts.id = conversations.contact_id
      LEFT JOIN messaging_windows
        ON messaging_windows.channel_id = conversations.channel_id
       AND messaging_windows.contact_id = conversations.contact_id
       AND messaging_windows.kind = 'service'
      LEFT JOIN LATERAL (
           SELECT id, content, author_kind, coalesce(sent_at, created_at) AS at
             FROM messages
            WHERE messages.conversation_id = conversations.id
            ORDER BY coalesce(sent_at, created_at) DESC, id DESC
            LIMIT 1) AS last ON true
     WHERE (%(id)s::uuid IS NULL OR conversations.id = %(id)s)
       AND (%(business_id)s::uuid IS NULL OR conversations.business_id = %(business_id)s)
       AND (%(status)s::text IS NULL OR conversations.status = %(status)s)
       AND (%(q)s::text IS NULL OR contacts.name ILIKE %(q)s
            OR EXISTS (SELECT FROM contact_identities
                        WHERE contact_id = contacts.id AND lookup = %(lookup)s)
            OR EXISTS (SELECT FROM messages
                        WHERE messages.conversation_id = conversations.id
                          AND messages.content ->> 'body' ILIKE %(q)s))
       AND (%(after_at)s::timestamptz IS NULL
            OR (conversations.last_activity_at, conversations.id) < (%(after_at)s, %(after_id)s::uuid))
     ORDER BY conversations.last_activity_at DESC, conversations.id DESC
     LIMIT %(limit)s
"""
MESSAGES = """
    SELECT messages.id, messages.business_id, messages.conversation_id, direction, author_kind,
           content, sent_at, created_at, facts.events,
           message_state(facts.kinds) AS state
      FROM messages
     CROSS JOIN LATERAL (
           SELECT array_agg(kind) AS kinds,
                  jsonb_agg(jsonb_build_object('kind', kind, 'at', at, 'detail', detail)
                            ORDER BY at, recorded_at) AS events
             FROM message_events
            WHERE message_events.message_id = messages.id) AS facts
     WHERE (%(id)s::uuid IS NULL OR messages.id = %(id)s)
       AND (%(conversation_id)s::uuid IS NULL OR messages.conversation_id = %(conversation_id)s)
       AND (%(after_at)s::timestamptz IS NULL
            OR (coalesce(sent_at, created_at), messages.id) < (%(after_at)s, %(after_id)s::uuid))
     ORDER BY coalesce(sent_at, created_at) DESC, messages.id DESC
     LIMIT %(limit)s
"""
ROUTE = """
    SELECT conversations.id, conversations.business_id, conversations.contact_id,
           channels.id AS channel_id, channels.meta_id, conversations.status
      FROM conversations
      JOIN channels ON channels.id = conversations.channel_id
     WHERE conversations.id = %(id)s
"""


class ConversationRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: UUID
    channel_id: UUID
    contact_id: UUID
    contact_name: str | None
    phone: bytes | None
    status: str
    handled_by: str
    team: str | None
    waiting_since: datetime | None
    unread_count: int
    needs_attention: bool
    last_activity_at: datetime
    window_closes_at: datetime | None
    last_content: dict[str, Any] | None
    last_author_kind: str | None
    last_at: datetime | None
    last_state: str | None


class Fact(Struct, frozen=True):
    kind: str
    at: datetime
    detail: dict[str, Any] | None = None


class MessageRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: UUID
    conversation_id: UUID
    direction: str
    author_kind: str
    content: dict[str, Any]
    sent_at: datetime | None
    created_at: datetime
    events: tuple[Fact, ...]
    state: str

    @property
    def at(self) -> datetime:
        """What the conversation is ordered by: the provider's time, until then ours."""
        return self.sent_at or self.created_at


class Route(Struct, frozen=True):
    """Where an answer in a conversation goes."""

    id: UUID
    business_id: UUID
    contact_id: UUID
    channel_id: UUID
    meta_id: str
    status: str


class Filter(Struct, frozen=True, kw_only=True):
    id: UUID | None = None
    business_id: UUID | None = None
    status: str | None = None
    q: str | None = None
    """Part of a name or of a text."""
    lookup: bytes | None = None
    """Blind index of a phone number, to find its owner."""
    after_at: datetime | None = None
    after_id: UUID | None = None
    limit: int = 50


async def conversations(conn: Conn, wanted: Filter) -> list[ConversationRow]:
    """Those that the connection may see, the latest activity first."""
    values = {name: getattr(wanted, name) for name in wanted.__struct_fields__}
    return await fetch(conn, ConversationRow, LIST, values)


async def messages(
    conn: Conn,
    *,
    id_: UUID | None = None,
    conversation_id: UUID | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[MessageRow]:
    """By the provider's time, newest first."""
    at, after_id = after or (None, None)
    return await fetch(
        conn,
        MessageRow,
        MESSAGES,
        {
            "id": id_,
            "conversation_id": conversation_id,
            "after_at": at,
            "after_id": after_id,
            "limit": limit,
        },
    )


async def route(conn: Conn, conversation_id: UUID) -> Route | None:
    rows = await fetch(conn, Route, ROUTE, {"id": conversation_id})
    return rows[0] if rows else None
