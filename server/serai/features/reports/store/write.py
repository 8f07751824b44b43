"""Answers that ended a wait."""

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
FORGET = """
    DELETE FROM response_times
     USING jsonb_to_recordset(%(rows)s) AS rows (message_id uuid)
     WHERE response_times.message_id = rows.message_id
"""
WIPE = """
    DELETE FROM response_times
"""


async def record(conn: Conn, effects: Sequence[RecordResponse]) -> None:
    await conn.execute(RECORD, {"rows": json_rows(effects)})


async def forget(conn: Conn, effects: Sequence[UndoMessage]) -> None:
    """These messages were taken back, so they answered nobody."""
    await conn.execute(FORGET, {"rows": json_rows(effects)})


async def wipe(conn: Conn) -> None:
    """Empty the table before a replay fills it again."""
    await conn.execute(WIPE)
