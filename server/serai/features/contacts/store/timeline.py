"""Everything that happened between a person and the business, over all channels, in one list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

PAGE = """
    WITH people AS (
        SELECT %(contact_id)s::uuid AS id UNION
        SELECT id FROM contacts WHERE merged_into = %(contact_id)s
    ),
    said AS (
        SELECT 'message' AS kind, messages.id::text AS id,
               coalesce(messages.sent_at, messages.created_at) AS at, messages.channel_id,
               messages.conversation_id,
               jsonb_build_object(
                   'direction', direction, 'author', author_kind, 'type', content ->> 'type',
                   'text', left(coalesce(content ->> 'body', content ->> 'caption',
                                         content ->> 'name', content ->> 'title',
                                         content ->> 'emoji', ''), 280)) AS detail
          FROM messages
         WHERE contact_id IN (SELECT id FROM people)
           AND (%(kinds)s::text[] IS NULL OR 'message' = ANY (%(kinds)s))
           AND (%(channel_id)s::uuid IS NULL OR messages.channel_id = %(channel_id)s)
           AND (%(at)s::timestamptz IS NULL OR coalesce(messages.sent_at, messages.created_at) <= %(at)s)
         ORDER BY coalesce(messages.sent_at, messages.created_at) DESC, messages.seq DESC
         LIMIT %(limit)s + 100
    ),
    entries AS (
        SELECT kind, id, at, channel_id, conversation_id, detail FROM said
        UNION ALL
        SELECT 'conversation', id::text, opened_at, channel_id, id,
               jsonb_build_object('status', status)
          FROM conversations WHERE contact_id IN (SELECT id FROM people)
        UNION ALL
        SELECT 'consent', id::text, at, NULL, NULL,
               jsonb_build_object('purpose', purpose, 'granted', granted, 'by', actor,
                                  'method', coalesce(method, 'message'))
          FROM consent_records
         WHERE business_id = %(business_id)s AND contact_id IN (SELECT id FROM people)
        UNION ALL
        SELECT 'tag', tags.id::text, tagged_at, NULL, NULL,
               jsonb_build_object('name', tags.name, 'colour', tags.colour)
          FROM contact_tags JOIN tags ON tags.id = tag_id
         WHERE contact_id = %(contact_id)s
        UNION ALL
        SELECT 'merge', contact_merges.id::text, contact_merges.at, NULL, NULL,
               jsonb_build_object('name', gone.name, 'by', contact_merges.by,
                                  'undone', contact_merges.undone_at IS NOT NULL)
          FROM contact_merges JOIN contacts AS gone ON gone.id = gone_id
         WHERE kept_id = %(contact_id)s
        UNION ALL
        SELECT 'identity', id::text, first_seen_at, NULL, NULL,
               jsonb_build_object('type', type, 'by', added_by)
          FROM contact_identities WHERE contact_id = %(contact_id)s
    )
    SELECT kind, kind || ':' || id AS id, at, channel_id, conversation_id, detail
      FROM entries
     WHERE (%(kinds)s::text[] IS NULL OR kind = ANY (%(kinds)s))
       AND (%(channel_id)s::uuid IS NULL OR channel_id = %(channel_id)s)
       AND (%(at)s::timestamptz IS NULL OR (at, kind || ':' || id) < (%(at)s, %(after)s::text))
     ORDER BY at DESC, kind || ':' || id DESC
     LIMIT %(limit)s
"""
"""Of messages no more are read than a page can hold, and some of the very moment where it begins."""


class Entry(Struct, frozen=True, kw_only=True):
    kind: str
    id: str
    at: datetime
    channel_id: UUID | None
    conversation_id: UUID | None
    detail: dict[str, Any]


class Wanted(Struct, frozen=True, kw_only=True):
    business_id: UUID
    contact_id: UUID
    kinds: Sequence[str] | None = None
    channel_id: UUID | None = None


async def page(
    conn: Conn, wanted: Wanted, after: tuple[datetime, str] | None, limit: int
) -> list[Entry]:
    """The latest first; also what happened to those that are part of the contact now."""
    at, id_ = after or (None, None)
    values = {name: getattr(wanted, name) for name in wanted.__struct_fields__}
    values |= {"at": at, "after": id_, "limit": limit}
    return await fetch(conn, Entry, PAGE, values, prepare=False)
