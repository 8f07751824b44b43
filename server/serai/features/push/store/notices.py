"""Rows of news for browsers: read from the event log, taken once, and what became of each."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.permissions import ROLES, Permission
from serai.features.push.model import Notice, Outcome
from serai.kit.db import Conn, fetch, json_rows

BEGIN = """
    INSERT INTO push_cursor (seq) SELECT coalesce(max(seq), 0) FROM events
        ON CONFLICT (sole) DO NOTHING
"""
CURSOR = """
    SELECT seq FROM push_cursor FOR UPDATE SKIP LOCKED
"""
NEXT = """
    SELECT coalesce(max(seq), %(seq)s) AS seq
      FROM (SELECT seq FROM events WHERE seq > %(seq)s ORDER BY seq LIMIT %(limit)s) AS next
"""
MOVE = """
    UPDATE push_cursor SET seq = %(seq)s
"""
MESSAGES = """
    INSERT INTO push_notices (device_id, subject, kind, business_id, conversation_id, due_at, created_at)
    SELECT push_devices.id, messages.id::text, wanted.kind, messages.business_id,
           messages.conversation_id, %(due_at)s, %(now)s
      FROM events
      JOIN messages ON messages.id = events.message_id
      JOIN conversations ON conversations.id = messages.conversation_id
      JOIN businesses ON businesses.id = messages.business_id
      JOIN memberships ON memberships.role = ANY (%(roles)s)
       AND memberships.organization_id = businesses.organization_id
       AND (memberships.business_id IS NULL OR memberships.business_id = businesses.id)
      JOIN users ON users.id = memberships.user_id AND users.disabled_at IS NULL
      JOIN push_devices ON push_devices.user_id = users.id
       AND push_devices.created_at < events.decided_at
      LEFT JOIN push_choices ON push_choices.user_id = users.id
     CROSS JOIN LATERAL (
           SELECT CASE WHEN conversations.assignee_id IS NULL THEN 'unassigned' ELSE 'mine' END
                  AS kind) AS wanted
     WHERE events.seq > %(after)s AND events.seq <= %(until)s
       AND events.kind = 'MessageReceived' AND messages.direction = 'in'
       AND messages.content ->> 'type' <> 'reaction'
       AND conversations.handled_by = 'people' AND conversations.unread_count > 0
       AND (conversations.assignee_id IS NULL OR conversations.assignee_id = users.id)
       AND (conversations.assignee_id IS NOT NULL OR conversations.team_id IS NULL
            OR NOT EXISTS (SELECT FROM team_members WHERE team_id = conversations.team_id)
            OR EXISTS (SELECT FROM team_members
                        WHERE team_id = conversations.team_id AND user_id = users.id))
       AND (push_choices.kinds IS NULL OR wanted.kind = ANY (push_choices.kinds))
        ON CONFLICT (device_id, subject) DO NOTHING
"""
"""What a person wrote: for whoever has the conversation, else for its team, else for all who answer."""

GIVEN = """
    INSERT INTO push_notices (device_id, subject, kind, business_id, conversation_id, due_at, created_at)
    SELECT push_devices.id, given.id::text, 'assigned', given.business_id, given.conversation_id,
           %(due_at)s, %(now)s
      FROM events
      JOIN conversation_lines AS given ON given.conversation_id = events.conversation_id
       AND given.at = events.at AND given.kind = 'assigned'
      JOIN conversations ON conversations.id = events.conversation_id
      JOIN push_devices ON push_devices.user_id = conversations.assignee_id
       AND push_devices.created_at < events.decided_at
      LEFT JOIN push_choices ON push_choices.user_id = push_devices.user_id
     WHERE events.seq > %(after)s AND events.seq <= %(until)s
       AND events.kind = 'ConversationAssigned'
       AND given.actor_id IS DISTINCT FROM conversations.assignee_id
       AND (push_choices.kinds IS NULL OR 'assigned' = ANY (push_choices.kinds))
        ON CONFLICT (device_id, subject) DO NOTHING
"""
MENTIONED = """
    INSERT INTO push_notices (device_id, subject, kind, business_id, conversation_id, due_at, created_at)
    SELECT push_devices.id, mentions.note_id::text, 'mention', mentions.business_id,
           mentions.conversation_id, %(due_at)s, %(now)s
      FROM events
      JOIN mentions ON mentions.conversation_id = events.conversation_id AND mentions.at = events.at
      JOIN notes ON notes.id = mentions.note_id AND notes.author_id <> mentions.user_id
      JOIN push_devices ON push_devices.user_id = mentions.user_id
       AND push_devices.created_at < events.decided_at
      LEFT JOIN push_choices ON push_choices.user_id = push_devices.user_id
     WHERE events.seq > %(after)s AND events.seq <= %(until)s
       AND events.kind = 'NoteWritten' AND mentions.read_at IS NULL
       AND (push_choices.kinds IS NULL OR 'mention' = ANY (push_choices.kinds))
        ON CONFLICT (device_id, subject) DO NOTHING
"""
TEST = """
    INSERT INTO push_notices (device_id, subject, kind, due_at, created_at)
    SELECT id, %(subject)s, 'test', %(now)s, %(now)s FROM push_devices WHERE user_id = %(user_id)s
        ON CONFLICT (device_id, subject) DO NOTHING
"""
TAKE = """
    UPDATE push_notices
       SET taken_at = %(now)s, tries = tries + 1
     WHERE (device_id, subject) IN (
               SELECT device_id, subject FROM push_notices
                WHERE taken_at IS NULL AND due_at <= %(now)s
                ORDER BY due_at
                LIMIT %(limit)s
                  FOR UPDATE SKIP LOCKED)
    RETURNING device_id, subject
"""
LOOK = """
    SELECT push_notices.device_id, push_notices.subject, push_notices.kind, push_notices.tries,
           push_devices.user_id, push_devices.sealed, push_devices.endpoint_digest AS digest,
           jsonb_strip_nulls(jsonb_build_object(
               'kinds', push_choices.kinds, 'private', push_choices.private,
               'quiet_days', push_choices.quiet_days, 'quiet_from', push_choices.quiet_from,
               'quiet_to', push_choices.quiet_to, 'time_zone', push_choices.time_zone,
               'urgent_passes', push_choices.urgent_passes)) AS choices,
           businesses.name AS business, push_notices.conversation_id, contacts.name AS contact,
           coalesce(conversations.unread_count, 0) AS unread_count,
           CASE push_notices.kind
                WHEN 'assigned' THEN conversations.assignee_id IS DISTINCT FROM push_devices.user_id
                                     OR conversations.status = 'resolved'
                WHEN 'mention' THEN EXISTS (SELECT FROM mentions
                                             WHERE note_id::text = push_notices.subject
                                               AND user_id = push_devices.user_id
                                               AND read_at IS NOT NULL)
                WHEN 'test' THEN false
                ELSE conversations.unread_count = 0 OR conversations.status = 'resolved'
           END AS is_over,
           (SELECT coalesce(content ->> 'body', content ->> 'caption', content ->> 'title')
              FROM messages
             WHERE messages.conversation_id = push_notices.conversation_id AND direction = 'in'
               AND content ->> 'type' <> 'reaction'
             ORDER BY coalesce(sent_at, messages.created_at) DESC, messages.id DESC
             LIMIT 1) AS said,
           push_notices.created_at,
           coalesce(nullif(users.language, 'browser'), push_devices.language) AS language
      FROM jsonb_to_recordset(%(rows)s) AS taken (device_id uuid, subject text)
      JOIN push_notices ON push_notices.device_id = taken.device_id
       AND push_notices.subject = taken.subject
      JOIN push_devices ON push_devices.id = push_notices.device_id
      JOIN users ON users.id = push_devices.user_id
      LEFT JOIN push_choices ON push_choices.user_id = push_devices.user_id
      LEFT JOIN businesses ON businesses.id = push_notices.business_id
      LEFT JOIN conversations ON conversations.id = push_notices.conversation_id
      LEFT JOIN contacts ON contacts.id = conversations.contact_id
     ORDER BY push_notices.created_at, push_notices.subject
"""
LATER = """
    UPDATE push_notices
       SET taken_at = NULL, due_at = rows.due_at
      FROM jsonb_to_recordset(%(rows)s) AS rows (device_id uuid, subject text, due_at timestamptz)
     WHERE push_notices.device_id = rows.device_id AND push_notices.subject = rows.subject
"""
END = """
    UPDATE push_notices
       SET outcome = rows.outcome
      FROM jsonb_to_recordset(%(rows)s) AS rows (device_id uuid, subject text, outcome text)
     WHERE push_notices.device_id = rows.device_id AND push_notices.subject = rows.subject
"""
REACHED = """
    UPDATE push_devices SET reached_at = %(now)s WHERE id = ANY (%(ids)s)
"""
DROP = """
    DELETE FROM push_devices WHERE id = ANY (%(ids)s)
"""
FORGET = """
    DELETE FROM push_notices
     WHERE (device_id, subject) IN (SELECT device_id, subject FROM push_notices
                                     WHERE created_at < %(before)s
                                     LIMIT %(limit)s
                                       FOR UPDATE SKIP LOCKED)
"""
ANSWERING = sorted(role for role, may in ROLES.items() if Permission.CONVERSATIONS_ANSWER in may)
OVERLAP = 200
"""Log entries looked at again: workers commit beside each other, so numbers do not appear in order."""
MOST_EVENTS = 2000


class Taken(Struct, frozen=True):
    device_id: UUID
    subject: str


class Later(Struct, frozen=True):
    device_id: UUID
    subject: str
    due_at: datetime


class Ended(Struct, frozen=True):
    device_id: UUID
    subject: str
    outcome: Outcome


class _Seq(Struct, frozen=True):
    seq: int


async def read_log(conn: Conn, now: datetime, due_at: datetime) -> int:
    """Make rows of what the log says since the last time; returns how many entries were new."""
    found = await fetch(conn, _Seq, CURSOR, {})
    if not found:
        await conn.execute(BEGIN)
        return 0
    after = found[0].seq
    [until] = await fetch(conn, _Seq, NEXT, {"seq": after, "limit": MOST_EVENTS})
    values = {"after": max(0, after - OVERLAP), "until": until.seq, "roles": ANSWERING}
    for collect in (MESSAGES, GIVEN, MENTIONED):
        await conn.execute(collect, values | {"now": now, "due_at": due_at})
    if until.seq > after:
        await conn.execute(MOVE, {"seq": until.seq})
    return until.seq - after


async def test(conn: Conn, user_id: UUID, subject: str, now: datetime) -> int:
    """One for each of their devices; returns how many."""
    cursor = await conn.execute(TEST, {"user_id": user_id, "subject": subject, "now": now})
    return cursor.rowcount


async def take(conn: Conn, now: datetime, limit: int) -> list[Notice]:
    """What is due; nobody gets it again unless it is put off with `later`."""
    taken = await fetch(conn, Taken, TAKE, {"now": now, "limit": limit})
    return await fetch(conn, Notice, LOOK, {"rows": json_rows(taken)}) if taken else []


async def later(conn: Conn, rows: Sequence[Later]) -> None:
    await conn.execute(LATER, {"rows": json_rows(rows)})


async def end(conn: Conn, rows: Sequence[Ended], now: datetime) -> None:
    """What became of each; browsers that are gone are forgotten."""
    await conn.execute(END, {"rows": json_rows(rows)})
    reached = list({row.device_id for row in rows if row.outcome == "told"})
    gone = list({row.device_id for row in rows if row.outcome == "gone"})
    await conn.execute(REACHED, {"ids": reached, "now": now})
    await conn.execute(DROP, {"ids": gone})


async def forget(conn: Conn, before: datetime, limit: int) -> int:
    """Drop rows that are so old that nothing asks for them; returns how many."""
    return (await conn.execute(FORGET, {"before": before, "limit": limit})).rowcount
