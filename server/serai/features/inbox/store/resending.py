"""A message that did not arrive, as what sending it again needs to know of it."""

from typing import Any
from uuid import UUID

from msgspec import Struct

from serai.core.message import Purpose
from serai.kit.db import Conn, fetch

HOLD = """
    SELECT id FROM messages WHERE id = %(id)s FOR UPDATE
"""
"""So that two people who press at once do not both send it."""

READ = """
    SELECT messages.id, messages.business_id, messages.conversation_id, messages.contact_id,
           messages.channel_id, channels.meta_id AS channel, messages.direction, messages.content,
           messages.context ->> 'reply_to' AS reply_to,
           sends.effect ->> 'purpose' AS purpose,
           message_state(ARRAY(SELECT kind FROM message_events
                                WHERE message_id = messages.id)) AS state,
           EXISTS (SELECT FROM messages AS later
                    WHERE later.resend_of = messages.id AND later.undone_at IS NULL
                      AND message_state(ARRAY(SELECT kind FROM message_events
                                               WHERE message_id = later.id))
                          NOT IN ('failed', 'refused')) AS was_resent
      FROM messages
      JOIN channels ON channels.id = messages.channel_id
      LEFT JOIN sends ON sends.id = messages.id
     WHERE messages.id = %(id)s
"""


class Unsent(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: UUID
    conversation_id: UUID
    contact_id: UUID
    channel_id: UUID
    channel: str
    """Meta's id of the number."""
    direction: str
    content: dict[str, Any]
    reply_to: str | None
    purpose: Purpose | None
    """None: policy refused it at once."""
    state: str
    was_resent: bool
    """Another try of it is under way, or has arrived."""


async def unsent(conn: Conn, id_: UUID) -> Unsent | None:
    """The message, held against others until the transaction ends."""
    await conn.execute(HOLD, {"id": id_})
    rows = await fetch(conn, Unsent, READ, {"id": id_})
    return rows[0] if rows else None
