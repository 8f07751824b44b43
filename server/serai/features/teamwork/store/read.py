"""Lines, notes, counts and people, as pages show them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId
from serai.kit.db import Conn, fetch

CONVERSATION = """
    SELECT conversations.id, conversations.business_id, status, handled_by, assignee_id, team_id,
           always_human
      FROM conversations
      JOIN businesses ON businesses.id = conversations.business_id
     WHERE conversations.id = ANY (%(ids)s)
"""
LINES = """
    WITH shown AS (
        SELECT earlier.id FROM conversations AS asked
          JOIN conversations AS earlier
            ON earlier.id = asked.id
            OR (%(earlier)s AND earlier.contact_id = asked.contact_id
                AND earlier.opened_at < asked.opened_at)
         WHERE asked.id = %(conversation_id)s
    ),
    told AS (
        SELECT id, business_id, conversation_id, kind, at, actor_kind, actor_id, detail,
               NULL AS body, '{}'::uuid[] AS mentions
          FROM conversation_lines
         WHERE conversation_id IN (SELECT id FROM shown)
         UNION ALL
        SELECT id, business_id, conversation_id, 'note', at, 'user', author_id, '{}', body,
               ARRAY(SELECT user_id FROM mentions WHERE note_id = notes.id ORDER BY user_id)
          FROM notes
         WHERE conversation_id IN (SELECT id FROM shown)
    )
    SELECT told.id, told.conversation_id, told.kind, told.at, told.actor_kind, told.actor_id,
           coalesce(users.name, api_keys.name) AS actor_name, told.body, told.detail,
           (SELECT coalesce(jsonb_object_agg(id, name), '{}') FROM (
                SELECT id, name FROM users
                 WHERE id::text IN (told.detail ->> 'assignee_id', told.detail ->> 'had_assignee_id')
                    OR id = ANY (told.mentions)
                 UNION ALL
                SELECT id, name FROM teams
                 WHERE id::text IN (told.detail ->> 'team_id', told.detail ->> 'had_team_id')
                 UNION ALL
                SELECT id, name FROM tags WHERE told.detail -> 'tag_ids' ? id::text) AS known)
               AS names
      FROM told
      LEFT JOIN users ON users.id = told.actor_id
      LEFT JOIN api_keys ON api_keys.id = told.actor_id
     WHERE (%(after_at)s::timestamptz IS NULL
            OR (told.at, told.id) < (%(after_at)s, %(after_id)s::uuid))
     ORDER BY told.at DESC, told.id DESC
     LIMIT %(limit)s
"""
COUNTS = """
    WITH active AS (
        SELECT id, status, assignee_id, team_id, unread_count FROM conversations
         WHERE status <> 'resolved'
           AND (%(business_id)s::uuid IS NULL OR business_id = %(business_id)s)
    )
    SELECT count(*) FILTER (WHERE status = 'open') AS open,
           count(*) FILTER (WHERE status = 'open' AND assignee_id = %(me)s) AS mine,
           count(*) FILTER (WHERE status = 'open' AND assignee_id IS NULL) AS unassigned,
           count(*) FILTER (WHERE status = 'pending') AS pending,
           count(*) FILTER (WHERE status = 'snoozed') AS snoozed,
           count(*) FILTER (WHERE status = 'open' AND unread_count > 0) AS unread,
           count(*) FILTER (WHERE status = 'open' AND assignee_id = %(me)s AND unread_count > 0)
               AS mine_unread,
           (SELECT count(DISTINCT mentions.conversation_id) FROM mentions
              JOIN conversations ON conversations.id = mentions.conversation_id
             WHERE mentions.user_id = %(me)s AND read_at IS NULL
               AND (%(business_id)s::uuid IS NULL OR mentions.business_id = %(business_id)s))
               AS mentions,
           (SELECT coalesce(jsonb_object_agg(team_id, count), '{}') FROM (
                SELECT team_id, count(*) FROM active
                 WHERE status = 'open' AND team_id IS NOT NULL GROUP BY team_id) AS by_team) AS teams
      FROM active
"""
READ_MENTIONS = """
    UPDATE mentions SET read_at = %(now)s
     WHERE conversation_id = %(conversation_id)s AND user_id = %(me)s AND read_at IS NULL
"""
MAY_ANSWER = """
    SELECT DISTINCT users.id AS user_id, businesses.id AS business_id
      FROM businesses
      JOIN memberships ON memberships.organization_id = businesses.organization_id
       AND (memberships.business_id IS NULL OR memberships.business_id = businesses.id)
       AND memberships.role = ANY (%(roles)s)
      JOIN users ON users.id = memberships.user_id AND disabled_at IS NULL
     WHERE businesses.id = ANY (%(business_ids)s) AND users.id = ANY (%(user_ids)s)
"""
TEAMS_OF = """
    SELECT id FROM teams WHERE id = %(id)s AND business_id = %(business_id)s
"""
TAGS = """
    SELECT id FROM tags WHERE id = ANY (%(ids)s) AND business_id = ANY (%(businesses)s)
"""


class ConversationRow(Struct, frozen=True):
    id: UUID
    business_id: BusinessId
    status: str
    handled_by: str
    assignee_id: UUID | None
    team_id: UUID | None
    always_human: bool


class LineRow(Struct, frozen=True, kw_only=True):
    """What was done to a conversation, or a note in it."""

    id: UUID
    conversation_id: UUID
    kind: str
    at: datetime
    actor_kind: str
    actor_id: UUID | None
    actor_name: str | None
    body: str | None
    detail: dict[str, Any]
    names: dict[UUID, str]
    """Of the people, teams and tags that it speaks of; those that are no more are left out."""


class CountsRow(Struct, frozen=True, kw_only=True):
    open: int
    mine: int
    unassigned: int
    pending: int
    snoozed: int
    unread: int
    mine_unread: int
    mentions: int
    teams: dict[UUID, int]


class Answerer(Struct, frozen=True):
    user_id: UUID
    business_id: BusinessId


class Id(Struct, frozen=True):
    id: UUID


async def conversations(conn: Conn, ids: list[UUID]) -> list[ConversationRow]:
    """Those that the connection may see."""
    return await fetch(conn, ConversationRow, CONVERSATION, {"ids": ids})


async def lines(
    conn: Conn,
    conversation_id: UUID,
    after: tuple[datetime, UUID] | None,
    limit: int,
    *,
    earlier: bool,
) -> list[LineRow]:
    """The newest first; `earlier`: also of the person's conversations before."""
    at, id_ = after or (None, None)
    values = {"conversation_id": conversation_id, "earlier": earlier, "limit": limit}
    return await fetch(conn, LineRow, LINES, values | {"after_at": at, "after_id": id_})


async def counts(conn: Conn, me: UUID, business_id: UUID | None) -> CountsRow:
    [row] = await fetch(conn, CountsRow, COUNTS, {"me": me, "business_id": business_id})
    return row


async def read_mentions(conn: Conn, conversation_id: UUID, me: UUID, now: datetime) -> None:
    """This person has seen where they were mentioned in it."""
    values = {"conversation_id": conversation_id, "me": me, "now": now}
    await conn.execute(READ_MENTIONS, values)


async def may_answer(
    conn: Conn, business_ids: list[BusinessId], user_ids: list[UUID], roles: Sequence[str]
) -> set[tuple[UUID, BusinessId]]:
    """Who of these may answer where."""
    values = {"business_ids": business_ids, "user_ids": user_ids, "roles": list(roles)}
    rows = await fetch(conn, Answerer, MAY_ANSWER, values)
    return {(row.user_id, row.business_id) for row in rows}


async def has_team(conn: Conn, business_id: BusinessId, team_id: UUID) -> bool:
    values = {"id": team_id, "business_id": business_id}
    return bool(await fetch(conn, Id, TEAMS_OF, values))


async def are_tags_of(conn: Conn, businesses: Sequence[UUID], ids: Sequence[UUID]) -> bool:
    """Whether each of these is a tag of one of these businesses."""
    cursor = await conn.execute(TAGS, {"ids": list(ids), "businesses": list(businesses)})
    return cursor.rowcount == len(set(ids))
