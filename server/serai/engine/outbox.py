"""What waits to be carried to Meta. Written in the transaction that decided it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from serai.core.effects import DeferSend, FinishSend, JoinContacts, RefuseMessage, SendMessage
from serai.core.files import files_in
from serai.core.ids import BusinessId, ChannelId, ContactId, MessageId
from serai.core.message import PRIORITIES
from serai.kit.db import Conn, fetch, json_rows

PUT = """
    WITH put AS (
        INSERT INTO sends (id, business_id, channel_id, conversation_id, contact_id, effect, priority,
                           created_at, needs_file, hold_until, not_before, waits_for)
        SELECT message_id, business_id, channel_id, conversation_id, contact_id, effect, priority, at,
               needs_file, hold_until,
               CASE WHEN needs_file THEN at + %(file_patience)s ELSE hold_until END,
               CASE WHEN needs_file THEN 'file' WHEN hold_until IS NOT NULL THEN 'undo' END
          FROM jsonb_to_recordset(%(rows)s)
            AS rows (message_id uuid, business_id uuid, channel_id uuid, conversation_id uuid,
                     contact_id uuid, effect jsonb, priority smallint, at timestamptz,
                     needs_file boolean, hold_until timestamptz)
         WHERE coalesce(current_setting('serai.replaying', true), '') <> 'on'
            ON CONFLICT (id) DO NOTHING
    )
    SELECT pg_notify('serai_work', 'queued')
"""
"""A replay makes no sends: what was sent, was sent. A message with a file goes when that is at Meta."""

FILE_PATIENCE = timedelta(days=1)
"""How long a message waits for its files before it is looked at again; whoever uploads them gives up."""

RELEASE = """
    UPDATE sends
       SET needs_file = false, not_before = hold_until,
           waits_for = CASE WHEN hold_until IS NOT NULL THEN 'undo' END
     WHERE id = ANY (%(ids)s) AND state = 'waiting' AND needs_file
"""
"""Not before it can no longer be undone; a time that has passed lets it go at the next claim."""

TAKE_BACK = """
    UPDATE sends
       SET state = 'undone', not_before = NULL, waits_for = NULL
     WHERE id = %(id)s AND state = 'waiting' AND attempt_count = 0 AND hold_until > %(now)s
"""
"""Against whoever claims it: the row is one or the other's."""

HOLD_FOR_FILES = """
    UPDATE sends
       SET state = 'waiting', needs_file = true, not_before = %(until)s, waits_for = 'file'
     WHERE id = ANY (%(ids)s) AND state = 'under_way'
"""
DECIDE = """
    INSERT INTO policy_decisions (business_id, message_id, stage, verdict, reason, at)
    SELECT business_id, message_id, stage, verdict, reason, at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (business_id uuid, message_id uuid, stage text, verdict text, reason text,
                 at timestamptz)
        ON CONFLICT (message_id, stage) DO NOTHING
"""
WAKE = """
    SELECT pg_notify('serai_work', 'queued')
"""
NOTE_ATTEMPTS = """
    UPDATE send_attempts
       SET ended_at = %(now)s, outcome = rows.outcome, code = rows.code
      FROM unnest(%(ids)s::uuid[], %(numbers)s::integer[], %(outcomes)s::text[], %(codes)s::integer[])
        AS rows (id, number, outcome, code)
     WHERE send_attempts.send_id = rows.id AND send_attempts.number = rows.number
       AND send_attempts.outcome IS DISTINCT FROM 'deferred'
"""
"""A status may tell that Meta sent it back before the call that Meta took it by has returned."""

POSTPONE = """
    UPDATE sends
       SET state = 'waiting', not_before = rows.not_before, waits_for = 'retry'
      FROM unnest(%(ids)s::uuid[], %(attempts)s::integer[], %(not_befores)s::timestamptz[])
        AS rows (id, attempt, not_before)
     WHERE sends.id = rows.id AND sends.state = 'under_way' AND sends.attempt_count = rows.attempt
"""
"""Only by whoever has it: a worker that was given up for dead puts nothing back."""
FINISH = """
    UPDATE sends
       SET state = rows.state, waits_for = NULL
      FROM jsonb_to_recordset(%(rows)s) AS rows (message_id uuid, state text)
     WHERE sends.id = rows.message_id
       AND NOT (sends.state = 'waiting' AND rows.state = 'done')
       AND NOT (sends.state = 'done' AND rows.state = 'unknown')
       AND coalesce(current_setting('serai.replaying', true), '') <> 'on'
"""
"""One that waits for another try is not done because the try before it was taken; and one that a status
has told of stays done, though whoever made the call did not hear of that yet."""

UNCOUNT = """
    WITH never_sent AS (
        SELECT id, channel_id, counted_on, category, coalesce(template, '') AS template
          FROM sends
         WHERE id = ANY (%(ids)s) AND state = 'under_way' AND counted_on IS NOT NULL
           AND coalesce(current_setting('serai.replaying', true), '') <> 'on'
    ),
    not_reached AS (
        DELETE FROM reached_people WHERE send_id IN (SELECT id FROM never_sent)
    )
    UPDATE daily_counts
       SET count = daily_counts.count - gone.count
      FROM (SELECT channel_id, counted_on, category, template, count(*) AS count
              FROM never_sent GROUP BY channel_id, counted_on, category, template) AS gone
     WHERE daily_counts.channel_id = gone.channel_id AND daily_counts."on" = gone.counted_on
       AND daily_counts.category = gone.category AND daily_counts.template = gone.template
"""
DEFER = """
    WITH rows AS (
        SELECT * FROM jsonb_to_recordset(%(rows)s)
            AS rows (message_id uuid, code integer, until timestamptz)
         WHERE coalesce(current_setting('serai.replaying', true), '') <> 'on'
    ),
    put_back AS (
        UPDATE sends
           SET state = 'waiting', not_before = rows.until, waits_for = 'meta'
          FROM rows
         WHERE sends.id = rows.message_id
        RETURNING sends.id, sends.attempt_count, rows.code
    )
    UPDATE send_attempts
       SET outcome = 'deferred', code = put_back.code
      FROM put_back
     WHERE send_attempts.send_id = put_back.id AND send_attempts.number = put_back.attempt_count
"""
"""Meta says that it did not deliver the message, so that another try doubles nothing."""

STALE = """
    SELECT id AS message_id, business_id, channel_id, contact_id, effect,
           attempt_count AS attempt, created_at
      FROM sends
     WHERE state = 'under_way' AND claimed_at < %(before)s
     LIMIT %(limit)s
       FOR UPDATE SKIP LOCKED
"""

NEVER_SENT = frozenset({"refused", "failed"})
"""How a send ends that Meta did not take."""

HAND_OVER = """
    UPDATE sends
       SET contact_id = rows.kept_id
      FROM jsonb_to_recordset(%(rows)s) AS rows (kept_id uuid, gone_id uuid)
     WHERE sends.contact_id = rows.gone_id AND sends.state = 'waiting'
"""


class Parcel(Struct, frozen=True):
    message_id: MessageId
    business_id: BusinessId
    channel_id: ChannelId
    contact_id: ContactId
    effect: SendMessage
    attempt: int
    """Counts from 1."""
    created_at: datetime
    retries: int | None = None
    """The company's own limit of tries after the first; None: none."""


class Attempted(Struct, frozen=True):
    """How one call ended."""

    parcel: Parcel
    outcome: str
    code: int | None = None


async def put(conn: Conn, effects: Sequence[SendMessage]) -> None:
    """Queue what policy allows, with the decision that allows it."""
    rows = [
        {
            "message_id": effect.message_id,
            "business_id": effect.business_id,
            "channel_id": effect.channel_id,
            "conversation_id": effect.conversation_id,
            "contact_id": effect.contact_id,
            "effect": effect,
            "priority": PRIORITIES[effect.author],
            "needs_file": any(file.id is not None for file in files_in(effect.content)),
            "at": effect.at,
            "hold_until": effect.hold_until,
            "stage": "commit",
            "verdict": "allow",
        }
        for effect in effects
    ]
    await conn.execute(DECIDE, {"rows": json_rows(rows)})
    await conn.execute(PUT, {"rows": json_rows(rows), "file_patience": FILE_PATIENCE})


async def release(conn: Conn, messages: Sequence[MessageId]) -> None:
    """The files of these messages are at Meta: let them go."""
    await conn.execute(RELEASE, {"ids": list(messages)})
    await conn.execute(WAKE)


async def take_back(conn: Conn, message: MessageId, now: datetime) -> bool:
    """Keep a message from leaving; False if it may have left. Handle MessageUndone with it."""
    cursor = await conn.execute(TAKE_BACK, {"id": message, "now": now})
    return cursor.rowcount == 1


async def hold_for_files(conn: Conn, messages: Sequence[MessageId], now: datetime) -> None:
    """Back into the queue until their files are at Meta, which has lost them."""
    if messages:
        values = {"ids": list(messages), "until": now + FILE_PATIENCE}
        await conn.execute(HOLD_FOR_FILES, values)


async def note_refusals(conn: Conn, effects: Sequence[RefuseMessage], stage: str) -> None:
    """Keep why policy refused these messages."""
    rows = [
        {
            "business_id": effect.business_id,
            "message_id": effect.message_id,
            "stage": stage,
            "verdict": "refuse",
            "reason": effect.reason,
            "at": effect.at,
        }
        for effect in effects
    ]
    await conn.execute(DECIDE, {"rows": json_rows(rows)})


async def note_attempts(conn: Conn, attempted: Sequence[Attempted], now: datetime) -> None:
    """Keep how the calls ended."""
    await conn.execute(
        NOTE_ATTEMPTS,
        {
            "ids": [each.parcel.message_id for each in attempted],
            "numbers": [each.parcel.attempt for each in attempted],
            "outcomes": [each.outcome for each in attempted],
            "codes": [each.code for each in attempted],
            "now": now,
        },
    )


async def postpone(conn: Conn, parcels: Sequence[tuple[Parcel, datetime]]) -> None:
    """Back into the queue, not before the given time."""
    values = {
        "ids": [parcel.message_id for parcel, _ in parcels],
        "attempts": [parcel.attempt for parcel, _ in parcels],
        "not_befores": [at for _, at in parcels],
    }
    await conn.execute(POSTPONE, values)


async def defer(conn: Conn, effects: Sequence[DeferSend]) -> None:
    """Back into the queue, to be tried again at the time that each says."""
    await conn.execute(DEFER, {"rows": json_rows(effects)})


async def finish(conn: Conn, effects: Sequence[FinishSend]) -> None:
    """Nothing more is carried for these; what never went out no longer counts against any limit."""
    ids = [effect.message_id for effect in effects if effect.state in NEVER_SENT]
    if ids:
        await conn.execute(UNCOUNT, {"ids": ids})
    await conn.execute(FINISH, {"rows": json_rows(effects)})


async def stale(conn: Conn, before: datetime, limit: int) -> list[Parcel]:
    """Sends claimed before `before` and never ended: their worker died in the middle."""
    return await fetch(conn, Parcel, STALE, {"before": before, "limit": limit})


async def hand_over(conn: Conn, effects: Sequence[JoinContacts]) -> None:
    """What waits for one contact waits for the other."""
    await conn.execute(HAND_OVER, {"rows": json_rows(effects)})
