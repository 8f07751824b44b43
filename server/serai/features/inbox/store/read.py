"""Pages of messages, as people see them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from serai.core.content import Context, Referral
from serai.kit.db import Conn, fetch

MESSAGES = """
    SELECT messages.id, messages.business_id, messages.conversation_id, messages.channel_id,
           messages.direction,
           messages.author_kind, messages.sent_at, messages.created_at, messages.context,
           messages.referral, messages.meta_id, messages.seq, messages.resend_of,
           messages.author_id,
           (SELECT name FROM users WHERE users.id = messages.author_id) AS author_name,
           facts.events, sends.waits_for,
           sends.not_before AS waits_until,
           message_state(facts.kinds) AS state,
           CASE WHEN revised.at IS NULL THEN messages.content ELSE revised.content END AS content,
           CASE WHEN revised.is_edit AND revised.content IS NOT NULL THEN revised.at END AS edited_at,
           CASE WHEN revised.is_edit AND revised.content IS NULL THEN revised.at END AS deleted_at,
           CASE WHEN revised.at IS NULL OR revised.content IS NOT NULL THEN ARRAY(
                SELECT jsonb_build_object(
                           'id', files.id, 'state', files.state, 'reason', files.reason,
                           'name', files.name,
                           'mime_type', coalesce(blobs.mime_type, files.claimed_type),
                           'size', size_bytes, 'duration', duration_seconds, 'width', width,
                           'height', height, 'has_thumbnail', coalesce(has_thumbnail, false))
                  FROM (SELECT (coalesce(revised.content, messages.content) #>> '{file,id}')::uuid
                         UNION
                        SELECT file_id FROM media_needs WHERE send_id = messages.id
                         UNION
                        SELECT brought.id FROM files AS brought
                         WHERE brought.channel_id = messages.channel_id
                           AND brought.message_meta_id = messages.meta_id) AS own (id)
                  JOIN files ON files.id = own.id
                  LEFT JOIN blobs ON blobs.id = files.blob_id
                 ORDER BY files.id)
                ELSE '{}' END AS files,
           ARRAY(SELECT jsonb_build_object('emoji', emoji, 'by_us', by_us, 'at', reactions.at)
                   FROM reactions
                  WHERE reactions.channel_id = messages.channel_id
                    AND reactions.meta_id = messages.meta_id AND emoji IS NOT NULL
                  ORDER BY reactions.at) AS reactions,
           quoted.id AS quoted_id,
           CASE WHEN NOT EXISTS (
                     SELECT FROM message_revisions AS gone
                      WHERE gone.channel_id = quoted.channel_id AND gone.meta_id = quoted.meta_id
                        AND gone.content IS NULL)
                THEN quoted.content END AS quoted_content,
           quoted.author_kind AS quoted_author_kind
      FROM messages
      LEFT JOIN sends ON sends.id = messages.id AND sends.state = 'waiting'
      LEFT JOIN LATERAL (
           SELECT message_revisions.content, message_revisions.at, is_edit
             FROM message_revisions
            WHERE message_revisions.channel_id = messages.channel_id
              AND message_revisions.meta_id = messages.meta_id
            ORDER BY message_revisions.at DESC, (message_revisions.content IS NULL) DESC, seq DESC
            LIMIT 1) AS revised ON true
      LEFT JOIN LATERAL (
           SELECT said.id, said.channel_id, said.meta_id, said.content, said.author_kind
             FROM messages AS said
            WHERE said.channel_id = messages.channel_id
              AND said.meta_id = messages.context ->> 'reply_to'
            LIMIT 1) AS quoted ON true
     CROSS JOIN LATERAL (
           SELECT array_agg(kind) AS kinds,
                  jsonb_agg(jsonb_build_object('kind', kind, 'at', at, 'detail', detail)
                            ORDER BY at, recorded_at) AS events
             FROM message_events
            WHERE message_events.message_id = messages.id) AS facts
     WHERE (%(id)s::uuid IS NULL OR messages.id = %(id)s)
       AND (%(id)s::uuid IS NOT NULL OR messages.undone_at IS NULL)
       AND (%(conversation_id)s::uuid IS NULL OR messages.conversation_id = %(conversation_id)s)
       AND (%(contact_id)s::uuid IS NULL OR messages.contact_id = %(contact_id)s)
       AND (%(up_to)s::uuid IS NULL OR messages.conversation_id = %(up_to)s
            OR messages.conversation_id IN (
                SELECT earlier.id FROM conversations AS earlier
                  JOIN conversations AS later
                    ON later.id = %(up_to)s AND later.contact_id = earlier.contact_id
                 WHERE earlier.opened_at < later.opened_at))
       AND (%(id)s::uuid IS NOT NULL OR messages.direction = 'in'
            OR messages.content ->> 'type' <> 'reaction'
            OR message_state(facts.kinds) IN ('refused', 'failed', 'unknown'))
       AND (%(after_at)s::timestamptz IS NULL
            OR (coalesce(messages.sent_at, messages.created_at), messages.seq)
               < (%(after_at)s, %(after_seq)s::bigint))
     ORDER BY coalesce(messages.sent_at, messages.created_at) DESC, messages.seq DESC
     LIMIT %(limit)s
"""
"""A reaction of ours hangs on the message that it is for; in a list it stands only if it failed.

What a message quotes is looked for by itself: joined, all messages of the business were read for a page.
"""

REVISIONS = """
    SELECT coalesce(messages.sent_at, messages.created_at) AS at, messages.content, '' AS revision
      FROM messages
     WHERE messages.id = %(id)s
     UNION ALL
    SELECT message_revisions.at, message_revisions.content, revision
      FROM messages
      JOIN message_revisions
        ON message_revisions.channel_id = messages.channel_id
       AND message_revisions.meta_id = messages.meta_id AND is_edit
     WHERE messages.id = %(id)s
     ORDER BY at, revision
"""
ROUTE = """
    SELECT conversations.id, conversations.business_id, conversations.contact_id,
           channels.id AS channel_id, channels.kind AS channel_kind, channels.meta_id,
           conversations.status
      FROM conversations
      JOIN channels ON channels.id = conversations.channel_id
     WHERE conversations.id = %(id)s
"""


class Fact(Struct, frozen=True):
    kind: str
    at: datetime
    detail: dict[str, Any] | None = None


class ReactionRow(Struct, frozen=True):
    emoji: str
    by_us: bool
    at: datetime


class FileRow(Struct, frozen=True, kw_only=True):
    """One file of a message."""

    id: UUID
    state: str
    reason: str | None
    name: str | None
    mime_type: str | None
    size: int | None
    """Bytes; None until they are here."""
    duration: float | None
    width: int | None
    height: int | None
    has_thumbnail: bool


class RevisionRow(Struct, frozen=True):
    """What a message said from a time on; nothing once it was taken back."""

    at: datetime
    content: dict[str, Any] | None


class MessageRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: UUID
    conversation_id: UUID
    channel_id: UUID
    direction: str
    author_kind: str
    content: dict[str, Any] | None
    """None when it was taken back."""
    sent_at: datetime | None
    created_at: datetime
    events: tuple[Fact, ...]
    state: str
    meta_id: str | None
    seq: int
    author_id: UUID | None
    author_name: str | None
    """Of a person of ours who wrote it."""
    context: Context | None
    referral: Referral | None
    edited_at: datetime | None
    deleted_at: datetime | None
    files: tuple[FileRow, ...]
    reactions: tuple[ReactionRow, ...]
    quoted_id: UUID | None
    quoted_content: dict[str, Any] | None
    quoted_author_kind: str | None
    waits_for: str | None
    """Of a message that is held back: see core.waits."""
    waits_until: datetime | None
    resend_of: UUID | None

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
    channel_kind: str
    meta_id: str
    status: str


async def messages(
    conn: Conn,
    *,
    id_: UUID | None = None,
    conversation_id: UUID | None = None,
    contact_id: UUID | None = None,
    after: tuple[datetime, int] | None = None,
    limit: int = 50,
) -> list[MessageRow]:
    """By the provider's time, newest first; within a second in the order in which they came."""
    which = {"id": id_, "conversation_id": conversation_id, "contact_id": contact_id, "up_to": None}
    return await _messages(conn, which, after, limit)


async def messages_up_to(
    conn: Conn, route: "Route", after: tuple[datetime, int] | None, limit: int
) -> list[MessageRow]:
    """Of a conversation and of those that its person began before it, in the same order."""
    which = {"id": None, "conversation_id": None, "contact_id": route.contact_id, "up_to": route.id}
    return await _messages(conn, which, after, limit)


async def _messages(
    conn: Conn, which: dict[str, UUID | None], after: tuple[datetime, int] | None, limit: int
) -> list[MessageRow]:
    at, after_seq = after or (None, None)
    values = {**which, "after_at": at, "after_seq": after_seq, "limit": limit}
    return await fetch(conn, MessageRow, MESSAGES, values)


async def revisions(conn: Conn, message_id: UUID) -> list[RevisionRow]:
    """What a message said at first and after each change, in that order."""
    return await fetch(conn, RevisionRow, REVISIONS, {"id": message_id})


async def route(conn: Conn, conversation_id: UUID) -> Route | None:
    rows = await fetch(conn, Route, ROUTE, {"id": conversation_id})
    return rows[0] if rows else None
