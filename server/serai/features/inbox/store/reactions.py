"""Our own reactions: they count from the moment that Meta takes them."""

from collections.abc import Sequence

from serai.core.effects import AddMessageEvent
from serai.kit.db import Conn

KEEP_OURS = """
    INSERT INTO reactions (business_id, channel_id, meta_id, contact_id, by_us, emoji, at)
    SELECT DISTINCT ON (channel_id, content ->> 'target', contact_id)
           business_id, channel_id, content ->> 'target', contact_id, true, content ->> 'emoji',
           created_at
      FROM messages
     WHERE id = ANY (%(ids)s) AND direction = 'out' AND content ->> 'type' = 'reaction'
     ORDER BY channel_id, content ->> 'target', contact_id, created_at DESC
        ON CONFLICT (channel_id, meta_id, contact_id, by_us)
        DO UPDATE SET emoji = excluded.emoji, at = excluded.at
         WHERE excluded.at >= reactions.at
"""
DROP_OURS = """
    UPDATE reactions
       SET emoji = NULL
      FROM messages
     WHERE messages.id = ANY (%(ids)s) AND messages.direction = 'out'
       AND messages.content ->> 'type' = 'reaction'
       AND reactions.channel_id = messages.channel_id
       AND reactions.meta_id = messages.content ->> 'target'
       AND reactions.contact_id = messages.contact_id
       AND reactions.by_us AND reactions.at = messages.created_at
"""


async def keep_ours(conn: Conn, effects: Sequence[AddMessageEvent]) -> None:
    """Of the messages that Meta took or let fail later, those that are reactions.

    Source: WhatsApp Cloud API, "Reaction messages": a target that is gone fails by status, 131009.
    """
    taken = [effect.message_id for effect in effects if effect.kind == "accepted"]
    lost = [effect.message_id for effect in effects if effect.kind == "failed"]
    if taken:
        await conn.execute(KEEP_OURS, {"ids": taken})
    if lost:
        await conn.execute(DROP_OURS, {"ids": lost})
