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
    DELETE FROM conversation_tags
     USING jsonb_to_recordset(%(rows)s) AS rows (conversation_id uuid, removed jsonb)
     WHERE conversation_tags.conversation_id = rows.conversation_id
       AND (rows.removed ? conversation_tags.tag_id::text
            OR EXISTS (SELECT FROM tag_merges
                        WHERE tag_merges.kept_id = conversation_tags.tag_id
                          AND rows.removed ? tag_merges.gone_id::text))
"""
TAG = """
    INSERT INTO conversation_tags (business_id, conversation_id, tag_id, tagged_at)
    SELECT rows.business_id, conversation_id, tags.id, at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (business_id uuid, conversation_id uuid, added jsonb, at timestamptz)
      JOIN tags ON tags.business_id = rows.business_id
       AND (rows.added ? tags.id::text
            OR EXISTS (SELECT FROM tag_merges
                        WHERE tag_merges.kept_id = tags.id AND rows.added ? tag_merges.gone_id::text))
        ON CONFLICT (conversation_id, tag_id) DO NOTHING
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
