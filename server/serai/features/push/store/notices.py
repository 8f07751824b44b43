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
    SELECT push_devices.id, messages.id::text, 'unassigned', messages.business_id,
           messages.conversation_id, %(due_at)s, %(now)s
      FROM events
      JOIN messages ON messages.id = events.message_id
      JOIN conversations ON conversations.id = messages.conversation_id
      JOIN memberships ON memberships.role = ANY (%(roles)s)
       AND (memberships.business_id = messages.business_id
            OR (memberships.business_id IS NULL
                AND memberships.organization_id = (SELECT organization_id FROM businesses
                                                    WHERE businesses.id = messages.business_id)))
      JOIN users ON users.id = memberships.user_id AND users.disabled_at IS NULL
      JOIN push_devices ON push_devices.user_id = users.id
       AND push_devices.created_at < events.decided_at
      LEFT JOIN push_choices ON push_choices.user_id = users.id
     WHERE events.seq > %(after)s AND events.seq <= %(until)s
       AND events.kind = 'MessageReceived' AND messages.direction = 'in'
       AND messages.content ->> 'type' <> 'reaction'
       AND conversations.handled_by = 'people' AND conversations.unread_count > 0
       AND (push_choices.kinds IS NULL OR 'unassigned' = ANY (push_choices.kinds))
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
           push_notices.kind IN ('mine', 'unassigned')
               AND (conversations.unread_count = 0 OR conversations.status = 'resolved') AS is_over,
           (SELECT coalesce(content ->> 'body', content ->> 'caption', content ->> 'title')
              FROM messages
             WHERE messages.conversation_id = push_notices.conversation_id AND direction = 'in'
               AND content ->> 'type' <> 'reaction'
             ORDER BY coalesce(sent_at, messages.created_at) DESC, messages.id DESC
             LIMIT 1) AS said,
           push_notices.created_at
      FROM jsonb_to_recordset(%(rows)s) AS taken (device_id uuid, subject text)
      JOIN push_notices ON push_notices.device_id = taken.device_id
       AND push_notices.subject = taken.subject
      JOIN push_devices ON push_devices.id = push_notices.device_id
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
    DELETE FROM push_notices WHERE created_at < %(before)s
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
    await conn.execute(MESSAGES, values | {"now": now, "due_at": due_at})
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


async def forget(conn: Conn, before: datetime) -> None:
    """Drop rows that are so old that nothing asks for them."""
    await conn.execute(FORGET, {"before": before})
