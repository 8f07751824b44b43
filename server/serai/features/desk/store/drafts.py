"""What somebody began to write; of each person one draft in a conversation, the last one counts."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

KEEP = """
    INSERT INTO drafts (business_id, conversation_id, author_id, text, reply_to, updated_at)
    SELECT business_id, id, %(author_id)s, %(text)s,
           (SELECT messages.id FROM messages
             WHERE messages.id = %(reply_to)s AND messages.conversation_id = conversations.id),
           %(now)s
      FROM conversations
     WHERE id = %(conversation_id)s
        ON CONFLICT (author_id, conversation_id)
        DO UPDATE SET text = excluded.text, reply_to = excluded.reply_to,
                      updated_at = excluded.updated_at
"""
DROP = """
    DELETE FROM drafts WHERE author_id = %(author_id)s AND conversation_id = %(conversation_id)s
"""
LIST = """
    SELECT conversation_id, text, reply_to, updated_at
      FROM drafts
     WHERE author_id = %(author_id)s
     ORDER BY updated_at DESC
     LIMIT 500
"""


class DraftRow(Struct, frozen=True):
    conversation_id: UUID
    text: str
    reply_to: UUID | None
    updated_at: datetime


async def keep(
    conn: Conn, author: UUID, conversation: UUID, text: str, reply_to: UUID | None, now: datetime
) -> bool:
    """In place of the one before; False for a conversation that may not be seen: it keeps none."""
    values = {"author_id": author, "conversation_id": conversation, "text": text, "now": now}
    cursor = await conn.execute(KEEP, values | {"reply_to": reply_to})
    return cursor.rowcount > 0


async def drop(conn: Conn, author: UUID, conversation: UUID) -> None:
    await conn.execute(DROP, {"author_id": author, "conversation_id": conversation})


async def drafts(conn: Conn, author: UUID) -> list[DraftRow]:
    """The latest first, up to 500."""
    return await fetch(conn, DraftRow, LIST, {"author_id": author})
