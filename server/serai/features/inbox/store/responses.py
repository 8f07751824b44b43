"""Answers that ended a wait, and messages that were taken back, with which the wait goes on."""

from collections.abc import Sequence

from serai.core.effects import RecordResponse, UndoMessage
from serai.kit.db import Conn, json_rows

RECORD = """
    INSERT INTO response_times (message_id, business_id, conversation_id, channel_id, answered_by,
                                asked_at, answered_at, seconds, is_first)
    SELECT message_id, business_id, conversation_id, channel_id, answered_by, asked_at, answered_at,
           seconds, is_first
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (message_id uuid, business_id uuid, conversation_id uuid, channel_id uuid,
                 answered_by text, asked_at timestamptz, answered_at timestamptz,
                 seconds double precision, is_first boolean)
        ON CONFLICT (message_id) DO NOTHING
"""
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
        DELETE FROM response_times
         USING jsonb_to_recordset(%(rows)s) AS rows (message_id uuid)
         WHERE response_times.message_id = rows.message_id
        RETURNING conversation_id, asked_at, is_first
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

WIPE = """
    DELETE FROM response_times
"""


async def record(conn: Conn, effects: Sequence[RecordResponse]) -> None:
    await conn.execute(RECORD, {"rows": json_rows(effects)})


async def undo(conn: Conn, effects: Sequence[UndoMessage]) -> None:
    """Mark these messages as never sent, and let those who waited wait on."""
    await conn.execute(MARK_UNDONE, {"rows": json_rows(effects)})
    await conn.execute(WAIT_ON, {"rows": json_rows(effects)})
