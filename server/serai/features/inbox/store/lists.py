"""Pages of conversations, as people see them."""

from datetime import datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

_page: LiteralString = """
    WITH page AS (
        SELECT conversations.id, -sort- AS sort_at
          FROM conversations
         WHERE (%(id)s::uuid IS NULL OR conversations.id = %(id)s)
           AND (%(business_id)s::uuid IS NULL OR business_id = %(business_id)s)
           AND (%(status)s::text IS NULL OR status = %(status)s)
           AND (%(assignee_id)s::uuid IS NULL OR assignee_id = %(assignee_id)s)
           AND (NOT %(unassigned)s OR assignee_id IS NULL)
           AND (%(team_id)s::uuid IS NULL OR team_id = %(team_id)s)
           AND (%(channel_id)s::uuid IS NULL OR channel_id = %(channel_id)s)
           AND (NOT %(unread)s OR unread_count > 0)
           AND (%(tag_id)s::uuid IS NULL
                OR EXISTS (SELECT FROM conversation_tags
                            WHERE conversation_id = conversations.id AND tag_id = %(tag_id)s))
           AND (%(mentioned_id)s::uuid IS NULL
                OR conversations.id IN (SELECT conversation_id FROM mentions
                                         WHERE user_id = %(mentioned_id)s))
           AND (%(after_at)s::timestamptz IS NULL
                OR (-sort-, conversations.id) -beyond- (%(after_at)s, %(after_id)s::uuid))
         ORDER BY -sort- -direction-, conversations.id -direction-
         LIMIT %(limit)s
    )
"""
"""Which ones, before anything is looked up about them."""

_found: LiteralString = """
    WITH page AS (
        SELECT id, sort_at
          FROM find_conversations(%(patterns)s::text[], %(lookup)s, %(business_id)s::uuid, %(status)s::text,
                                  %(assignee_id)s::uuid, %(unassigned)s, %(team_id)s::uuid,
                                  %(channel_id)s::uuid, %(unread)s, %(tag_id)s::uuid, %(mentioned_id)s::uuid,
                                  %(sort)s, %(after_at)s::timestamptz, %(after_id)s::uuid, %(limit)s)
    )
"""
"""The same where words must fit."""

_shown: LiteralString = """
    SELECT conversations.id, conversations.business_id, conversations.channel_id,
           conversations.contact_id, contacts.name AS contact_name, page.sort_at,
           (SELECT sealed FROM contact_identities
             WHERE contact_id = conversations.contact_id AND type = 'phone'
             ORDER BY first_seen_at DESC LIMIT 1) AS phone,
           (SELECT sealed FROM contact_identities
             WHERE contact_id = conversations.contact_id AND type = 'username'
             LIMIT 1) AS username,
           conversations.status, conversations.handled_by, conversations.team_id,
           coalesce(teams.name, conversations.team) AS team,
           conversations.assignee_id, users.name AS assignee_name, conversations.snoozed_until,
           conversations.opened_at,
           conversations.waiting_since, conversations.unread_count, conversations.needs_attention,
           conversations.last_activity_at, messaging_windows.closes_at AS window_closes_at,
           (SELECT kind FROM channels WHERE channels.id = conversations.channel_id) AS channel_kind,
           (SELECT closes_at FROM messaging_windows AS free
             WHERE free.channel_id = conversations.channel_id
               AND free.contact_id = conversations.contact_id
               AND free.kind = 'free_entry') AS free_until,
           coalesce((SELECT answer_within_minutes FROM queues
                      WHERE queues.business_id = conversations.business_id), 15)
               AS answer_within_minutes,
           ARRAY(SELECT jsonb_build_object('id', tags.id, 'name', tags.name, 'colour', tags.colour)
                   FROM conversation_tags
                   JOIN tags ON tags.id = conversation_tags.tag_id
                  WHERE conversation_tags.conversation_id = conversations.id
                  ORDER BY lower(tags.name)) AS tags,
           last.content AS last_content, last.author_kind AS last_author_kind, last.at AS last_at,
           CASE WHEN last.id IS NOT NULL THEN
                message_state(ARRAY(SELECT kind FROM message_events WHERE message_id = last.id))
           END AS last_state
      FROM page
      JOIN conversations ON conversations.id = page.id
      JOIN contacts ON contacts.id = conversations.contact_id
      LEFT JOIN teams ON teams.id = conversations.team_id
      LEFT JOIN users ON users.id = conversations.assignee_id
      LEFT JOIN messaging_windows
        ON messaging_windows.channel_id = conversations.channel_id
       AND messaging_windows.contact_id = conversations.contact_id
       AND messaging_windows.kind = 'service'
      LEFT JOIN LATERAL (
           SELECT id, author_kind, coalesce(sent_at, created_at) AS at,
                  CASE WHEN revised.at IS NULL THEN messages.content ELSE revised.content END AS content
             FROM messages
             LEFT JOIN LATERAL (
                  SELECT message_revisions.content, message_revisions.at
                    FROM message_revisions
                   WHERE message_revisions.channel_id = messages.channel_id
                     AND message_revisions.meta_id = messages.meta_id
                   ORDER BY message_revisions.at DESC, (message_revisions.content IS NULL) DESC, seq DESC
                   LIMIT 1) AS revised ON true
            WHERE messages.conversation_id = conversations.id
              AND (messages.direction = 'in' OR messages.content ->> 'type' <> 'reaction')
              AND messages.undone_at IS NULL
            ORDER BY coalesce(sent_at, created_at) DESC, seq DESC
            LIMIT 1) AS last ON true
     ORDER BY page.sort_at -direction-, conversations.id -direction-
"""
Sort = Literal["newest", "oldest", "waiting"]
_by_activity: LiteralString = "conversations.last_activity_at"
_by_waiting: LiteralString = (
    "coalesce(conversations.waiting_since, conversations.last_activity_at + interval '1000 years')"
)
"""Those that wait, the longest first; then the rest."""


def _list(page: LiteralString, sort: LiteralString, direction: LiteralString) -> LiteralString:
    beyond = "<" if direction == "DESC" else ">"
    return (
        (page + _shown.removeprefix("\n"))
        .replace("-sort-", sort)
        .replace("-direction-", direction)
        .replace("-beyond-", beyond)
    )


_orders: dict[Sort, tuple[LiteralString, LiteralString]] = {
    "newest": (_by_activity, "DESC"),
    "oldest": (_by_activity, "ASC"),
    "waiting": (_by_waiting, "ASC"),
}
ALL: dict[Sort, LiteralString] = {sort: _list(_page, *order) for sort, order in _orders.items()}
FOUND: dict[Sort, LiteralString] = {sort: _list(_found, *order) for sort, order in _orders.items()}


class TagRow(Struct, frozen=True):
    id: UUID
    name: str
    colour: str


class ConversationRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: UUID
    channel_id: UUID
    contact_id: UUID
    contact_name: str | None
    phone: bytes | None
    username: bytes | None
    status: str
    handled_by: str
    team: str | None
    team_id: UUID | None
    assignee_id: UUID | None
    assignee_name: str | None
    snoozed_until: datetime | None
    opened_at: datetime
    waiting_since: datetime | None
    answer_within_minutes: int
    unread_count: int
    needs_attention: bool
    last_activity_at: datetime
    free_until: datetime | None
    """End of a free entry point, now or long ago."""
    window_closes_at: datetime | None
    channel_kind: str
    tags: tuple[TagRow, ...]
    last_content: dict[str, Any] | None
    last_author_kind: str | None
    last_at: datetime | None
    last_state: str | None
    sort_at: datetime
    """What the list is ordered by."""


class Filter(Struct, frozen=True, kw_only=True):
    """All that is given must fit."""

    id: UUID | None = None
    business_id: UUID | None = None
    status: str | None = None
    assignee_id: UUID | None = None
    unassigned: bool = False
    team_id: UUID | None = None
    channel_id: UUID | None = None
    tag_id: UUID | None = None
    unread: bool = False
    mentioned_id: UUID | None = None
    """Where this person was mentioned."""
    patterns: list[str] | None = None
    """For LIKE, folded: all must fit a name, or all a text."""
    lookup: bytes | None = None
    """Blind index of a phone number, to find its owner beside them."""
    after_at: datetime | None = None
    after_id: UUID | None = None
    limit: int = 50


async def conversations(conn: Conn, wanted: Filter, sort: Sort = "newest") -> list[ConversationRow]:
    """Those that the connection may see: by latest activity, or the longest waiting first."""
    values = {name: getattr(wanted, name) for name in wanted.__struct_fields__}
    statements = ALL if wanted.patterns is None else FOUND
    return await fetch(conn, ConversationRow, statements[sort], values | {"sort": sort})
