"""Conversations and messages of two contacts that are one person, and back."""

from collections.abc import Sequence

from serai.core.effects import JoinContacts, PartContacts
from serai.kit.db import Conn, json_rows

END_SECOND = """
    UPDATE conversations AS older
       SET status = 'resolved'
      FROM jsonb_to_recordset(%(rows)s) AS rows (kept_id uuid, gone_id uuid)
      JOIN conversations AS newer
        ON newer.contact_id IN (rows.kept_id, rows.gone_id) AND newer.status <> 'resolved'
     WHERE older.contact_id IN (rows.kept_id, rows.gone_id) AND older.status <> 'resolved'
       AND older.contact_id <> newer.contact_id AND older.inbox_id = newer.inbox_id
       AND (older.last_activity_at, older.id) < (newer.last_activity_at, newer.id)
"""
"""One person has one open conversation in an inbox: the one where something happened last."""

CONVERSATIONS = """
    UPDATE conversations
       SET contact_id = rows.kept_id, merged_from = coalesce(merged_from, rows.gone_id)
      FROM jsonb_to_recordset(%(rows)s) AS rows (kept_id uuid, gone_id uuid)
     WHERE conversations.contact_id = rows.gone_id
"""
MESSAGES = """
    UPDATE messages
       SET contact_id = rows.kept_id
      FROM jsonb_to_recordset(%(rows)s) AS rows (kept_id uuid, gone_id uuid)
     WHERE messages.contact_id = rows.gone_id
"""
REACTIONS = """
    UPDATE reactions
       SET contact_id = rows.kept_id
      FROM jsonb_to_recordset(%(rows)s) AS rows (kept_id uuid, gone_id uuid)
     WHERE reactions.contact_id = rows.gone_id
       AND NOT EXISTS (SELECT FROM reactions AS theirs
                        WHERE theirs.channel_id = reactions.channel_id
                          AND theirs.meta_id = reactions.meta_id
                          AND theirs.by_us = reactions.by_us AND theirs.contact_id = rows.kept_id)
"""
WINDOWS = """
    INSERT INTO messaging_windows (business_id, channel_id, contact_id, kind, opened_by, opened_at,
                                   closes_at)
    SELECT theirs.business_id, theirs.channel_id, rows.kept_id, theirs.kind, theirs.opened_by,
           theirs.opened_at, theirs.closes_at
      FROM jsonb_to_recordset(%(rows)s) AS rows (kept_id uuid, gone_id uuid)
      JOIN messaging_windows AS theirs ON theirs.contact_id = rows.gone_id
        ON CONFLICT (channel_id, contact_id, kind)
        DO UPDATE SET opened_by = excluded.opened_by, opened_at = excluded.opened_at,
                      closes_at = excluded.closes_at
         WHERE excluded.closes_at > messaging_windows.closes_at
"""
PERMISSIONS = """
    INSERT INTO call_permissions (business_id, channel_id, contact_id, granted, expires_at, at)
    SELECT theirs.business_id, theirs.channel_id, rows.kept_id, theirs.granted, theirs.expires_at,
           theirs.at
      FROM jsonb_to_recordset(%(rows)s) AS rows (kept_id uuid, gone_id uuid)
      JOIN call_permissions AS theirs ON theirs.contact_id = rows.gone_id
        ON CONFLICT (channel_id, contact_id)
        DO UPDATE SET granted = call_permissions.granted AND excluded.granted
"""
BACK = """
    UPDATE conversations
       SET contact_id = rows.gone_id, merged_from = NULL
      FROM jsonb_to_recordset(%(rows)s) AS rows (kept_id uuid, gone_id uuid)
     WHERE conversations.contact_id = rows.kept_id AND conversations.merged_from = rows.gone_id
"""
MESSAGES_BACK = """
    UPDATE messages
       SET contact_id = rows.gone_id
      FROM jsonb_to_recordset(%(rows)s) AS rows (kept_id uuid, gone_id uuid)
      JOIN conversations ON conversations.contact_id = rows.gone_id
     WHERE messages.conversation_id = conversations.id AND messages.contact_id = rows.kept_id
"""


async def join(conn: Conn, effects: Sequence[JoinContacts]) -> None:
    """What was said with one was said with the other."""
    rows = {"rows": json_rows(effects)}
    for statement in (END_SECOND, CONVERSATIONS, MESSAGES, REACTIONS, WINDOWS, PERMISSIONS):
        await conn.execute(statement, rows)


async def part(conn: Conn, effects: Sequence[PartContacts]) -> None:
    """The conversations that were theirs, with what was said in them since."""
    rows = {"rows": json_rows(effects)}
    for statement in (BACK, MESSAGES_BACK):
        await conn.execute(statement, rows)
