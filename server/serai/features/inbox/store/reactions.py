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


async def keep_ours(conn: Conn, effects: Sequence[AddMessageEvent]) -> None:
    """Of the messages that Meta has just taken, those that are reactions."""
    ids = [effect.message_id for effect in effects if effect.kind == "accepted"]
    if ids:
        await conn.execute(KEEP_OURS, {"ids": ids})
