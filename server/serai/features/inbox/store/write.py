"""What is decided about conversations and messages, as rows: one statement per kind."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from serai.core.effects import (
    AddMessageEvent,
    KeepCallPermission,
    NoteActivity,
    OpenConversation,
    OpenWindow,
    React,
    RecordCharge,
    RecordMessage,
    RefuseMessage,
    ReviseMessage,
    SendMessage,
)
from serai.core.ids import ConversationId
from serai.engine import outbox, waiting
from serai.features.inbox.store import reactions
from serai.kit.db import Conn, json_rows

OPEN = """
    INSERT INTO conversations (id, business_id, inbox_id, channel_id, contact_id, opened_at,
                               last_activity_at, status)
    SELECT DISTINCT ON (rows.conversation_id)
           rows.conversation_id, rows.business_id, channels.inbox_id, rows.channel_id,
           rows.contact_id, rows.at, rows.at, CASE WHEN rows.is_past THEN 'resolved' ELSE 'open' END
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (conversation_id uuid, business_id uuid, channel_id uuid, contact_id uuid,
                 at timestamptz, is_past boolean)
      JOIN channels ON channels.id = rows.channel_id
     ORDER BY rows.conversation_id, rows.at DESC
        ON CONFLICT (id) DO UPDATE
       SET last_activity_at = greatest(conversations.last_activity_at, excluded.last_activity_at),
           opened_at = least(conversations.opened_at, excluded.opened_at)
"""
RECORD = """
    WITH rows AS (
        SELECT * FROM jsonb_to_recordset(%(rows)s)
            AS rows (message_id uuid, business_id uuid, conversation_id uuid, contact_id uuid,
                     channel_id uuid, meta_id text, content jsonb, cause text, sent_at timestamptz,
                     at timestamptz, author text, state text, context jsonb, referral jsonb)
    ),
    kept AS (
        INSERT INTO messages (id, business_id, conversation_id, contact_id, channel_id, direction,
                              author_kind, cause, content, meta_id, sent_at, created_at, context,
                              referral)
        SELECT message_id, business_id, conversation_id, contact_id, channel_id,
               CASE WHEN author = 'native_app' THEN 'out' ELSE 'in' END, author, cause, content,
               meta_id, sent_at, at, context, referral
          FROM rows
            ON CONFLICT DO NOTHING
        RETURNING id
    )
    INSERT INTO message_events (business_id, message_id, kind, at, recorded_at)
    SELECT DISTINCT ON (message_id) business_id, message_id, state, sent_at, at
      FROM rows JOIN kept ON id = message_id
     ORDER BY message_id, sent_at
"""
REVISE = """
    INSERT INTO message_revisions (business_id, channel_id, meta_id, revision, content, is_edit, at)
    SELECT business_id, channel_id, meta_id, revision, nullif(content, 'null'::jsonb), is_edit, at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (business_id uuid, channel_id uuid, meta_id text, revision text, content jsonb,
                 is_edit boolean, at timestamptz)
        ON CONFLICT (channel_id, meta_id, revision) DO NOTHING
"""
REACT = """
    INSERT INTO reactions (business_id, channel_id, meta_id, contact_id, by_us, emoji, at)
    SELECT DISTINCT ON (channel_id, meta_id, contact_id, by_us)
           business_id, channel_id, meta_id, contact_id, by_us, emoji, at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (business_id uuid, channel_id uuid, meta_id text, contact_id uuid, by_us boolean,
                 emoji text, at timestamptz)
     ORDER BY channel_id, meta_id, contact_id, by_us, at DESC
        ON CONFLICT (channel_id, meta_id, contact_id, by_us)
        DO UPDATE SET emoji = excluded.emoji, at = excluded.at
         WHERE excluded.at >= reactions.at
"""
KEEP_PERMISSIONS = """
    INSERT INTO call_permissions (business_id, channel_id, contact_id, granted, expires_at, at)
    SELECT DISTINCT ON (channel_id, contact_id)
           business_id, channel_id, contact_id, granted, expires_at, at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (business_id uuid, channel_id uuid, contact_id uuid, granted boolean,
                 expires_at timestamptz, at timestamptz)
     ORDER BY channel_id, contact_id, at DESC
        ON CONFLICT (channel_id, contact_id)
        DO UPDATE SET granted = excluded.granted, expires_at = excluded.expires_at, at = excluded.at
         WHERE excluded.at >= call_permissions.at
"""
OPEN_WINDOWS = """
    INSERT INTO messaging_windows (business_id, channel_id, contact_id, kind, opened_by, opened_at,
                                   closes_at)
    SELECT DISTINCT ON (channel_id, contact_id, kind)
           business_id, channel_id, contact_id, kind, opened_by, opened_at, closes_at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (business_id uuid, channel_id uuid, contact_id uuid, kind text, opened_by uuid,
                 opened_at timestamptz, closes_at timestamptz)
     ORDER BY channel_id, contact_id, kind, closes_at DESC, opened_by
        ON CONFLICT (channel_id, contact_id, kind)
        DO UPDATE SET opened_by = excluded.opened_by, opened_at = excluded.opened_at,
                      closes_at = excluded.closes_at
         WHERE excluded.closes_at > messaging_windows.closes_at
           AND (excluded.kind <> 'free_entry' OR excluded.opened_at >= messaging_windows.closes_at)
"""
"""A later message of the person renews the service window; a later answer of ours does not make a
free entry point last longer."""

CHARGE = """
    INSERT INTO message_charges (message_id, business_id, category, tariff, model, billable, at)
    SELECT DISTINCT ON (message_id) message_id, business_id, category, tariff, model, billable, at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (message_id uuid, business_id uuid, category text, tariff text, model text,
                 billable boolean, at timestamptz)
     ORDER BY message_id, at
        ON CONFLICT (message_id) DO NOTHING
"""
ADD_OUTGOING = """
    WITH rows AS (
        SELECT * FROM jsonb_to_recordset(%(rows)s)
            AS rows (message_id uuid, business_id uuid, conversation_id uuid, contact_id uuid,
                     channel_id uuid, author text, content jsonb, cause text, reason text,
                     words text,
                     at timestamptz, reply_to text, author_id uuid,
                     resend_of uuid)
    ),
    kept AS (
        INSERT INTO messages (id, business_id, conversation_id, contact_id, channel_id, direction,
                              author_kind, cause, content, created_at, context, author_id,
                              resend_of)
        SELECT message_id, business_id, conversation_id, contact_id, channel_id, 'out', author,
               cause, content, at,
               CASE WHEN reply_to IS NOT NULL THEN jsonb_build_object('reply_to', reply_to) END,
               author_id, resend_of
          FROM rows
    )
    INSERT INTO message_events (business_id, message_id, kind, at, recorded_at, detail)
    SELECT business_id, message_id, CASE WHEN reason IS NULL THEN 'queued' ELSE 'refused' END,
           at, at, CASE WHEN reason IS NOT NULL THEN jsonb_build_object('reason', reason, 'words', words) END
      FROM rows
"""
HOLD = """
    SELECT id FROM messages WHERE id = ANY (%(ids)s) ORDER BY id FOR UPDATE
"""
"""Those that are given a name, in one order, and before anything that refers to them: two workers that
hear of the same messages at once would otherwise wait for each other."""

ADD_EVENTS = """
    INSERT INTO message_events (business_id, message_id, kind, at, recorded_at, detail)
    SELECT business_id, message_id, kind, at, recorded_at, detail
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (business_id uuid, message_id uuid, kind text, at timestamptz,
                 recorded_at timestamptz, detail jsonb)
     ORDER BY message_id, kind
        ON CONFLICT (message_id, kind) DO NOTHING
"""
NAME = """
    WITH rows AS (
        SELECT message_id, max(meta_id) AS meta_id,
               min(at) FILTER (WHERE kind = 'accepted' OR kind = 'sent') AS at
          FROM jsonb_to_recordset(%(rows)s)
            AS rows (message_id uuid, kind text, meta_id text, at timestamptz)
         WHERE meta_id IS NOT NULL
         GROUP BY message_id
    )
    UPDATE messages
       SET meta_id = rows.meta_id,
           sent_at = coalesce(messages.sent_at, CASE WHEN rows.at IS NOT NULL
                                                     THEN greatest(rows.at, messages.created_at) END)
      FROM rows
     WHERE messages.id = rows.message_id AND messages.id = ANY (%(ids)s) AND messages.direction = 'out'
       AND (messages.meta_id IS NULL OR (messages.sent_at IS NULL AND rows.at IS NOT NULL)
            OR (messages.meta_id <> rows.meta_id
                AND EXISTS (SELECT FROM message_events WHERE message_events.kind = 'deferred'
                               AND message_events.message_id = messages.id)))
"""
"""A message that Meta sent back has a new id there each time that it is tried."""

NOTE = """
    UPDATE conversations
       SET last_activity_at = greatest(conversations.last_activity_at, rows.at),
           unread_count = CASE WHEN rows.reads THEN 0 ELSE conversations.unread_count END + rows.unread,
           status = coalesce(rows.status, conversations.status),
           handled_by = coalesce(rows.handled_by, conversations.handled_by),
           snoozed_until = CASE WHEN rows.status IS NULL THEN conversations.snoozed_until END,
           team = coalesce(rows.team, conversations.team),
           team_id = coalesce((SELECT teams.id FROM teams
                                WHERE teams.business_id = conversations.business_id
                                  AND lower(teams.name) = lower(rows.team)), conversations.team_id),
           waiting_since = CASE WHEN rows.stops_waiting THEN rows.waiting_since
                                ELSE coalesce(rows.waiting_since, conversations.waiting_since) END,
           answered_at = coalesce(rows.answered_at, conversations.answered_at),
           acknowledged_at = coalesce(rows.acknowledged_at, conversations.acknowledged_at),
           away_at = coalesce(rows.away_at, conversations.away_at),
           needs_attention = coalesce(rows.needs_attention, conversations.needs_attention)
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (conversation_id uuid, at timestamptz, reads boolean, unread integer, status text,
                 handled_by text, team text, stops_waiting boolean, waiting_since timestamptz,
                 answered_at timestamptz, acknowledged_at timestamptz, away_at timestamptz,
                 needs_attention boolean)
     WHERE conversations.id = rows.conversation_id AND conversations.id = ANY (%(ids)s)
"""
"""The ids once more: where the table has grown since it was last counted, all of it was read to join it."""
WIPE_REVISIONS = """
    DELETE FROM message_revisions
"""
WIPE_REACTIONS = """
    DELETE FROM reactions
"""
WIPE_PERMISSIONS = """
    DELETE FROM call_permissions
"""
WIPE_CHARGES = """
    DELETE FROM message_charges
"""
WIPE_WINDOWS = """
    DELETE FROM messaging_windows
"""
WIPE_EVENTS = """
    DELETE FROM message_events
"""
WIPE_MESSAGES = """
    DELETE FROM messages
"""
WIPE_CONVERSATIONS = """
    DELETE FROM conversations
"""


WIPES = (
    WIPE_REVISIONS, WIPE_REACTIONS, WIPE_PERMISSIONS, WIPE_CHARGES, WIPE_WINDOWS,
    WIPE_EVENTS, WIPE_MESSAGES, WIPE_CONVERSATIONS,
)  # fmt: skip


class Noted(Struct, kw_only=True):
    """All that one batch notes about one conversation, the later winning."""

    conversation_id: ConversationId
    at: datetime | None = None
    reads: bool = False
    unread: int = 0
    status: str | None = None
    handled_by: str | None = None
    team: str | None = None
    stops_waiting: bool = False
    waiting_since: datetime | None = None
    answered_at: datetime | None = None
    acknowledged_at: datetime | None = None
    away_at: datetime | None = None
    needs_attention: bool | None = None


async def open_conversations(conn: Conn, effects: Sequence[OpenConversation]) -> None:
    await conn.execute(OPEN, {"rows": json_rows(effects)})


async def record(conn: Conn, effects: Sequence[RecordMessage]) -> None:
    await conn.execute(RECORD, {"rows": json_rows(effects)})


async def revise(conn: Conn, effects: Sequence[ReviseMessage]) -> None:
    await conn.execute(REVISE, {"rows": json_rows(effects)})


async def react(conn: Conn, effects: Sequence[React]) -> None:
    await conn.execute(REACT, {"rows": json_rows(effects)})


async def keep_permissions(conn: Conn, effects: Sequence[KeepCallPermission]) -> None:
    await conn.execute(KEEP_PERMISSIONS, {"rows": json_rows(effects)})


async def open_windows(conn: Conn, effects: Sequence[OpenWindow]) -> None:
    await conn.execute(OPEN_WINDOWS, {"rows": json_rows(effects)})
    await waiting.answered(conn, [(effect.channel_id, effect.contact_id) for effect in effects])


async def charge(conn: Conn, effects: Sequence[RecordCharge]) -> None:
    await conn.execute(CHARGE, {"rows": json_rows(effects)})


async def queue(conn: Conn, effects: Sequence[SendMessage]) -> None:
    """Each becomes a message that agents see and a parcel that `dispatch` will carry."""
    await conn.execute(ADD_OUTGOING, {"rows": json_rows(effects)})
    await outbox.put(conn, effects)


async def refuse(conn: Conn, effects: Sequence[RefuseMessage]) -> None:
    await conn.execute(ADD_OUTGOING, {"rows": json_rows(effects)})
    await outbox.note_refusals(conn, effects, "commit")


async def add_events(conn: Conn, effects: Sequence[AddMessageEvent]) -> None:
    naming = [effect for effect in effects if effect.meta_id is not None]
    ids = sorted({effect.message_id for effect in naming})
    if naming:
        await conn.execute(HOLD, {"ids": ids})
    await conn.execute(ADD_EVENTS, {"rows": json_rows(effects)})
    if naming:
        await conn.execute(NAME, {"ids": ids, "rows": json_rows(naming)})
    await reactions.keep_ours(conn, effects)


async def note(conn: Conn, effects: Sequence[NoteActivity]) -> None:
    noted: dict[ConversationId, Noted] = {}
    for effect in effects:
        row = noted.setdefault(
            effect.conversation_id, Noted(conversation_id=effect.conversation_id)
        )
        _fold(row, effect)
    rows = sorted(noted.values(), key=lambda row: row.conversation_id)
    ids = [row.conversation_id for row in rows]
    await conn.execute(NOTE, {"rows": json_rows(rows), "ids": ids})


async def wipe(conn: Conn) -> None:
    """Empty the tables before a replay fills them again."""
    for statement in WIPES:
        await conn.execute(statement)


LATER_WINS = (
    "status", "handled_by", "team", "waiting_since", "answered_at", "acknowledged_at", "away_at",
    "needs_attention",
)  # fmt: skip


def _fold(row: Noted, effect: NoteActivity) -> None:
    if effect.at is not None:
        row.at = max(effect.at, row.at or effect.at)
    if effect.unread < 0:
        row.reads, row.unread = True, 0
    else:
        row.unread += effect.unread
    if effect.stops_waiting:
        row.stops_waiting, row.waiting_since = True, None
    for name in LATER_WINS:
        value = getattr(effect, name)
        if value is not None:
            setattr(row, name, value)
