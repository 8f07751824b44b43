"""Whose a conversation is, and until when it is out of sight."""

from collections.abc import Sequence

from serai.core.effects import AssignConversation, SnoozeConversation
from serai.kit.db import Conn, json_rows

ASSIGN = """
    UPDATE conversations
       SET assignee_id = rows.assignee_id,
           (team_id, team) = (SELECT teams.id, name FROM teams
                               WHERE teams.business_id = conversations.business_id
                                 AND teams.id = rows.team_id),
           assigned_at = CASE WHEN rows.assignee_id IS NOT NULL THEN rows.at END
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (conversation_id uuid, assignee_id uuid, team_id uuid, at timestamptz)
     WHERE conversations.id = rows.conversation_id
"""
SNOOZE = """
    UPDATE conversations
       SET snoozed_until = rows.until
      FROM jsonb_to_recordset(%(rows)s) AS rows (conversation_id uuid, until timestamptz)
     WHERE conversations.id = rows.conversation_id
"""


async def assign(conn: Conn, effects: Sequence[AssignConversation]) -> None:
    """The latest about each counts."""
    latest = {effect.conversation_id: effect for effect in effects}
    rows = sorted(latest.values(), key=lambda effect: effect.conversation_id)
    await conn.execute(ASSIGN, {"rows": json_rows(rows)})


async def snooze(conn: Conn, effects: Sequence[SnoozeConversation]) -> None:
    """The latest about each counts."""
    latest = {effect.conversation_id: effect for effect in effects}
    rows = sorted(latest.values(), key=lambda effect: effect.conversation_id)
    await conn.execute(SNOOZE, {"rows": json_rows(rows)})
