"""What was done to conversations, notes and tags: written once, from effects."""

from collections.abc import Sequence

from serai.core.effects import AddLine, TagConversation, UndoMessage, WriteNote
from serai.engine import news
from serai.engine.news import News
from serai.kit.db import Conn, json_rows

ADD = """
    INSERT INTO conversation_lines (id, business_id, conversation_id, kind, at, actor_kind, actor_id,
                                    detail)
    SELECT line_id, business_id, conversation_id, kind, at, actor_kind, actor_id, detail
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (line_id uuid, business_id uuid, conversation_id uuid, kind text, at timestamptz,
                 actor_kind text, actor_id uuid, detail jsonb)
        ON CONFLICT (id) DO NOTHING
"""
WRITE_NOTES = """
    INSERT INTO notes (id, business_id, conversation_id, author_id, body, at)
    SELECT note_id, business_id, conversation_id, author_id, body, at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (note_id uuid, business_id uuid, conversation_id uuid, author_id uuid, body text,
                 at timestamptz)
        ON CONFLICT (id) DO NOTHING
"""
MENTION = """
    INSERT INTO mentions (business_id, note_id, conversation_id, user_id, at)
    SELECT business_id, note_id, conversation_id, user_id::uuid, at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (business_id uuid, note_id uuid, conversation_id uuid, mentions jsonb,
                 at timestamptz)
     CROSS JOIN LATERAL jsonb_array_elements_text(mentions) AS mentioned (user_id)
        ON CONFLICT (note_id, user_id) DO NOTHING
"""
"""Who has read one keeps it read through a replay."""

UNTAG = """
    WITH left_with AS (
        SELECT DISTINCT conversation_tags.conversation_id, conversation_tags.tag_id,
               ARRAY(SELECT given FROM unnest(given_as) AS given
                      WHERE NOT rows.removed ? given::text
                        AND NOT EXISTS (
                            SELECT FROM tag_merges
                             WHERE gone_id = given
                               AND (merged_at <= rows.at AND rows.removed ? into_id::text
                                    OR kept_since <= rows.at AND rows.removed ? kept_id::text))
                    ) AS given_as
          FROM jsonb_to_recordset(%(rows)s)
            AS rows (conversation_id uuid, removed jsonb, at timestamptz)
          JOIN conversation_tags USING (conversation_id)
         WHERE rows.removed <> '[]'
    ),
    changed AS (
        UPDATE conversation_tags SET given_as = left_with.given_as
          FROM left_with
         WHERE conversation_tags.conversation_id = left_with.conversation_id
           AND conversation_tags.tag_id = left_with.tag_id
           AND left_with.given_as <> '{}' AND conversation_tags.given_as <> left_with.given_as
    )
    DELETE FROM conversation_tags
     USING left_with
     WHERE conversation_tags.conversation_id = left_with.conversation_id
       AND conversation_tags.tag_id = left_with.tag_id AND left_with.given_as = '{}'
"""
"""What was given as two tags, made one since, is there as long as one of the two is."""

TAG = """
    INSERT INTO conversation_tags (business_id, conversation_id, tag_id, tagged_at, given_as)
    SELECT rows.business_id, conversation_id, tags.id, min(at), array_agg(DISTINCT given.id)
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (business_id uuid, conversation_id uuid, added jsonb, at timestamptz)
     CROSS JOIN LATERAL (
           SELECT each::uuid AS id FROM jsonb_array_elements_text(added) AS each) AS given
      LEFT JOIN tag_merges ON gone_id = given.id AND tag_merges.business_id = rows.business_id
      JOIN tags ON tags.business_id = rows.business_id AND tags.id = coalesce(kept_id, given.id)
     GROUP BY rows.business_id, conversation_id, tags.id
        ON CONFLICT (conversation_id, tag_id)
        DO UPDATE SET given_as = conversation_tags.given_as || excluded.given_as
         WHERE NOT conversation_tags.given_as @> excluded.given_as
"""
FORGET = """
    DELETE FROM conversation_lines
     USING jsonb_to_recordset(%(rows)s) AS rows (message_id uuid)
      JOIN messages ON messages.id = rows.message_id
     WHERE conversation_lines.conversation_id = messages.conversation_id
       AND conversation_lines.detail ->> 'message_id' = rows.message_id::text
"""
WIPE_LINES = """
    DELETE FROM conversation_lines
"""
WIPE_NOTES = """
    DELETE FROM notes
"""
WIPE_TAGS = """
    DELETE FROM conversation_tags
"""


async def add(conn: Conn, effects: Sequence[AddLine]) -> None:
    await conn.execute(ADD, {"rows": json_rows(effects)})


async def write_notes(conn: Conn, effects: Sequence[WriteNote]) -> None:
    """Keep each, and tell those who are mentioned, wherever in Serai they are."""
    await conn.execute(WRITE_NOTES, {"rows": json_rows(effects)})
    await conn.execute(MENTION, {"rows": json_rows(effects)})
    await news.tell(conn, [_mention(effect) for effect in effects if effect.mentions])


async def tag(conn: Conn, effects: Sequence[TagConversation]) -> None:
    """A tag that was deleted meanwhile is left out; one that was merged is the one it became."""
    await conn.execute(UNTAG, {"rows": json_rows(effects)})
    await conn.execute(TAG, {"rows": json_rows(effects)})


async def forget(conn: Conn, effects: Sequence[UndoMessage]) -> None:
    """These messages were taken back, so what they did to a conversation was not done."""
    await conn.execute(FORGET, {"rows": json_rows(effects)})


async def wipe(conn: Conn) -> None:
    """Empty the tables before a replay fills them again; what people have read stays."""
    for statement in (WIPE_LINES, WIPE_NOTES, WIPE_TAGS):
        await conn.execute(statement)


def _mention(effect: WriteNote) -> News:
    return News(
        kind="mention",
        business_id=effect.business_id,
        user_ids=effect.mentions,
        data={"conversation_id": str(effect.conversation_id)},
    )
