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

GIVE_BACK = """
    UPDATE conversations
       SET assignee_id = NULL, assigned_at = NULL
      FROM jsonb_to_recordset(%(rows)s) AS rows (message_id uuid)
      JOIN messages ON messages.id = rows.message_id
      JOIN conversation_lines AS taken
        ON taken.conversation_id = messages.conversation_id AND taken.kind = 'assigned'
       AND taken.detail ->> 'message_id' = rows.message_id::text
     WHERE conversations.id = messages.conversation_id
       AND conversations.assignee_id = taken.actor_id
       AND NOT EXISTS (SELECT FROM conversation_lines AS later
                        WHERE later.conversation_id = taken.conversation_id
                          AND later.kind = 'assigned' AND later.at > taken.at)
"""
"""Whoever has a conversation because of the message alone has it no more."""
RETURN = """
    UPDATE conversations
       SET handled_by = 'automation'
      FROM jsonb_to_recordset(%(rows)s) AS rows (message_id uuid)
      JOIN messages ON messages.id = rows.message_id
      JOIN conversation_lines AS taken
        ON taken.conversation_id = messages.conversation_id
       AND taken.detail ->> 'message_id' = rows.message_id::text
       AND (taken.kind = 'handed_over' OR taken.detail ? 'was_automatic')
     WHERE conversations.id = messages.conversation_id
       AND NOT EXISTS (SELECT FROM conversation_lines AS later
                        WHERE later.conversation_id = taken.conversation_id
                          AND later.kind IN ('assigned', 'handed_over', 'returned')
                          AND later.at > taken.at)
       AND NOT EXISTS (SELECT FROM messages AS other
                        WHERE other.conversation_id = taken.conversation_id
                          AND other.created_at >= taken.at AND other.id <> rows.message_id
                          AND other.author_kind IN ('agent', 'native_app')
                          AND other.undone_at IS NULL)
"""
"""Automatic answers that the message alone silenced go on."""


async def undo(conn: Conn, effects: Sequence[UndoMessage]) -> None:
    """Mark these messages as never sent, let those who waited wait on, and give back what was taken."""
    for statement in (MARK_UNDONE, WAIT_ON, GIVE_BACK, RETURN):
        await conn.execute(statement, {"rows": json_rows(effects)})
