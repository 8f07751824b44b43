"""Messages that were taken back: as if they had never been written, so that a wait goes on."""

from collections.abc import Sequence

from serai.core.effects import UndoMessage
from serai.kit.db import Conn, json_rows

MARK_UNDONE = """
    WITH rows AS (
        SELECT * FROM jsonb_to_recordset(%(rows)s)
            AS rows (message_id uuid, business_id uuid, at timestamptz)
    ),
    marked AS (
        UPDATE messages SET undone_at = rows.at FROM rows WHERE messages.id = rows.message_id
    )
    INSERT INTO message_events (business_id, message_id, kind, at, recorded_at)
    SELECT business_id, message_id, 'undone', at, at FROM rows
        ON CONFLICT (message_id, kind) DO NOTHING
"""
WAIT_ON = """
    WITH gone AS (
        SELECT conversation_id, asked_at, is_first
          FROM response_times
          JOIN jsonb_to_recordset(%(rows)s) AS rows (message_id uuid) USING (message_id)
    )
    UPDATE conversations
       SET waiting_since = least(gone.asked_at, conversations.waiting_since),
           answered_at = CASE WHEN gone.is_first THEN NULL ELSE conversations.answered_at END
      FROM gone
     WHERE conversations.id = gone.conversation_id
       AND NOT EXISTS (SELECT FROM messages AS other
                        WHERE other.conversation_id = gone.conversation_id
                          AND coalesce(other.sent_at, other.created_at) >= gone.asked_at
                          AND other.author_kind IN ('agent', 'native_app')
                          AND other.undone_at IS NULL)
"""
"""Whoever was answered by the message alone waits again, since they first asked."""


async def undo(conn: Conn, effects: Sequence[UndoMessage]) -> None:
    """Mark these messages as never sent, and let those who waited wait on."""
    await conn.execute(MARK_UNDONE, {"rows": json_rows(effects)})
    await conn.execute(WAIT_ON, {"rows": json_rows(effects)})
