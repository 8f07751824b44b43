"""Everything that happened between a person and the business, over all channels, in one list."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

PEOPLE: LiteralString = """WITH people AS (
        SELECT %(contact_id)s::uuid AS id UNION
        SELECT id FROM contacts WHERE merged_into = %(contact_id)s
    ),
"""
WANTED: LiteralString = """    SELECT kind, kind || ':' || id AS id, at, channel_id, conversation_id, detail
      FROM entries
     WHERE (%(kinds)s::text[] IS NULL OR kind = ANY (%(kinds)s))
       AND (%(channel_id)s::uuid IS NULL OR channel_id = %(channel_id)s)
       AND (%(at)s::timestamptz IS NULL
            OR (at, (kind || ':' || id) COLLATE "C") < (%(at)s, %(after)s::text))
     ORDER BY at DESC, (kind || ':' || id) COLLATE "C" DESC
     LIMIT %(limit)s
"""
SAID = (
    "\n    "  # noqa: S608 — all are constants
    + PEOPLE
    + """
    entries AS (
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
           AND (%(channel_id)s::uuid IS NULL OR messages.channel_id = %(channel_id)s)
           AND (%(at)s::timestamptz IS NULL OR coalesce(messages.sent_at, messages.created_at) <= %(at)s)
         ORDER BY coalesce(messages.sent_at, messages.created_at) DESC, messages.seq DESC
         LIMIT %(limit)s + 100
    )"""
    + WANTED
)
"""No more are read than a page can hold, and some of the very moment where it begins."""

DONE = (
    "\n    "  # noqa: S608 — all are constants
    + PEOPLE
    + """
    theirs AS (
        SELECT id, channel_id, status, opened_at FROM conversations
         WHERE contact_id IN (SELECT id FROM people)
    ),
    entries AS (
        SELECT 'conversation' AS kind, id::text AS id, opened_at AS at, channel_id,
               id AS conversation_id, jsonb_build_object('status', status) AS detail
          FROM theirs
        UNION ALL
        SELECT 'work', lines.id::text, at, theirs.channel_id, theirs.id,
               jsonb_build_object(
                   'what', lines.kind, 'by', coalesce(users.name, api_keys.name),
                   'by_kind', actor_kind, 'until', detail ->> 'until',
                   'to', coalesce((SELECT name FROM users WHERE id::text = detail ->> 'assignee_id'),
                                  (SELECT name FROM teams WHERE id::text = detail ->> 'team_id')),
                   'tags', (SELECT string_agg(name, ', ' ORDER BY lower(name)) FROM tags
                             WHERE detail -> 'tag_ids' ? id::text))
          FROM theirs JOIN conversation_lines AS lines ON lines.conversation_id = theirs.id
          LEFT JOIN users ON users.id = actor_id
          LEFT JOIN api_keys ON api_keys.id = actor_id
        UNION ALL
        SELECT 'note', notes.id::text, at, theirs.channel_id, theirs.id,
               jsonb_build_object('text', left(body, 280),
                                  'by', coalesce(users.name, api_keys.name))
          FROM theirs JOIN notes ON notes.conversation_id = theirs.id
          LEFT JOIN users ON users.id = author_id
          LEFT JOIN api_keys ON api_keys.id = author_id
    )"""
    + WANTED
)
"""Conversations, what colleagues did in them, and what they noted."""

KNOWN = (
    "\n    "  # noqa: S608 — all are constants
    + PEOPLE
    + """
    entries AS (
        SELECT 'consent' AS kind, id::text AS id, at, NULL::uuid AS channel_id,
               NULL::uuid AS conversation_id,
               jsonb_build_object('purpose', purpose, 'granted', granted, 'by', actor,
                                  'method', coalesce(method, 'message')) AS detail
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
        UNION ALL
        SELECT 'block', id || changed.word, changed.at, channel_id, NULL,
               jsonb_build_object('lifted', changed.word = '/lifted', 'by', changed.by)
          FROM channel_blocks CROSS JOIN LATERAL (
               VALUES ('', blocked_at, blocked_by), ('/lifted', lifted_at, lifted_by)
               ) AS changed (word, at, by)
         WHERE contact_id IN (SELECT id FROM people) AND changed.at IS NOT NULL
    )"""
    + WANTED
)
"""What became known of them, and was decided about them."""

KINDS: Mapping[LiteralString, tuple[str, ...]] = {
    SAID: ("message",),
    DONE: ("conversation", "work", "note"),
    KNOWN: ("consent", "tag", "merge", "identity", "block"),
}


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
    found: list[Entry] = []
    for statement, kinds in KINDS.items():
        if wanted.kinds is None or set(kinds) & set(wanted.kinds):
            found += await fetch(conn, Entry, statement, values, prepare=False)
    found.sort(key=lambda entry: (entry.at, entry.id), reverse=True)
    return found[:limit]
