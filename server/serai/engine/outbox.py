"""What waits to be carried to Meta. Written in the transaction that decided it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from serai.core.effects import FinishSend, RefuseMessage, SendMessage
from serai.core.ids import BusinessId, ChannelId, ContactId, MessageId
from serai.core.message import PRIORITIES
from serai.kit.db import Conn, fetch, json_rows

PUT = """
    INSERT INTO sends (id, business_id, channel_id, conversation_id, contact_id, effect, priority,
                       created_at)
    SELECT message_id, business_id, channel_id, conversation_id, contact_id, effect, priority, at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (message_id uuid, business_id uuid, channel_id uuid, conversation_id uuid,
                 contact_id uuid, effect jsonb, priority smallint, at timestamptz)
     WHERE coalesce(current_setting('serai.replaying', true), '') <> 'on'
        ON CONFLICT (id) DO NOTHING
"""
"""A replay makes no sends: what was sent, was sent."""

DECIDE = """
    INSERT INTO policy_decisions (business_id, message_id, stage, verdict, reason, at)
    SELECT business_id, message_id, stage, verdict, reason, at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (business_id uuid, message_id uuid, stage text, verdict text, reason text,
                 at timestamptz)
        ON CONFLICT (message_id, stage) DO NOTHING
"""
WAKE = """
    SELECT pg_notify('serai_work', '')
"""
ADD_PACES = """
    INSERT INTO paces (channel_id, business_id, tokens, filled_at)
    SELECT id, business_id, 0, %(now)s FROM channels
     WHERE NOT EXISTS (SELECT FROM paces WHERE paces.channel_id = channels.id)
        ON CONFLICT (channel_id) DO NOTHING
"""
HOLD_PACES = """
    SELECT paces.channel_id, channels.messages_per_second, paces.tokens, paces.filled_at
      FROM paces
      JOIN channels ON channels.id = paces.channel_id
     WHERE channels.state = 'active'
       AND EXISTS (SELECT FROM sends
                    WHERE sends.channel_id = channels.id AND sends.state = 'waiting'
                      AND (sends.not_before IS NULL OR sends.not_before <= %(now)s))
       FOR UPDATE OF paces SKIP LOCKED
"""
CLAIM = """
    WITH chosen AS (
        SELECT picked.id
          FROM unnest(%(channel_ids)s::uuid[], %(counts)s::integer[]) AS allowed (channel_id, count)
         CROSS JOIN LATERAL (
               SELECT sends.id
                 FROM sends
                WHERE sends.channel_id = allowed.channel_id
                  AND sends.state = 'waiting'
                  AND (sends.not_before IS NULL OR sends.not_before <= %(now)s)
                  AND NOT EXISTS (SELECT FROM sends AS other
                                   WHERE other.contact_id = sends.contact_id
                                     AND other.state = 'under_way')
                ORDER BY sends.priority, sends.created_at, sends.id
                LIMIT allowed.count
                  FOR UPDATE SKIP LOCKED
               ) AS picked
    ),
    claimed AS (
        UPDATE sends
           SET state = 'under_way', claimed_at = %(now)s, attempt_count = attempt_count + 1
         WHERE id IN (SELECT id FROM chosen)
        RETURNING *
    ),
    attempts AS (
        INSERT INTO send_attempts (send_id, number, business_id, started_at)
        SELECT id, attempt_count, business_id, %(now)s FROM claimed
    )
    SELECT id AS message_id, business_id, channel_id, contact_id, effect,
           attempt_count AS attempt, created_at
      FROM claimed
     ORDER BY created_at, id
"""
"""One message at a time per person keeps a conversation's order; the attempt is written before the
call, so that a crash leaves a trace."""

SPEND = """
    UPDATE paces
       SET tokens = rows.tokens, filled_at = %(now)s
      FROM unnest(%(channel_ids)s::uuid[], %(tokens)s::double precision[]) AS rows (channel_id, tokens)
     WHERE paces.channel_id = rows.channel_id
"""
NOTE_ATTEMPTS = """
    UPDATE send_attempts
       SET ended_at = %(now)s, outcome = rows.outcome, code = rows.code
      FROM unnest(%(ids)s::uuid[], %(numbers)s::integer[], %(outcomes)s::text[], %(codes)s::integer[])
        AS rows (id, number, outcome, code)
     WHERE send_attempts.send_id = rows.id AND send_attempts.number = rows.number
"""
POSTPONE = """
    UPDATE sends
       SET state = 'waiting', not_before = rows.not_before
      FROM unnest(%(ids)s::uuid[], %(not_befores)s::timestamptz[]) AS rows (id, not_before)
     WHERE sends.id = rows.id AND sends.state = 'under_way'
"""
FINISH = """
    UPDATE sends
       SET state = rows.state
      FROM jsonb_to_recordset(%(rows)s) AS rows (message_id uuid, state text)
     WHERE sends.id = rows.message_id
       AND coalesce(current_setting('serai.replaying', true), '') <> 'on'
"""
STALE = """
    SELECT id AS message_id, business_id, channel_id, contact_id, effect,
           attempt_count AS attempt, created_at
      FROM sends
     WHERE state = 'under_way' AND claimed_at < %(before)s
     LIMIT %(limit)s
       FOR UPDATE SKIP LOCKED
"""

FILL_SHARE = 0.9
BURST_SHARE = 0.1
"""Of the number's rate: what fills the bucket each second, and what it holds. Together they never
exceed the rate in any second. Source of the rate: WhatsApp Cloud API, throughput, 80 a second."""


class Parcel(Struct, frozen=True):
    message_id: MessageId
    business_id: BusinessId
    channel_id: ChannelId
    contact_id: ContactId
    effect: SendMessage
    attempt: int
    """Counts from 1."""
    created_at: datetime


class Pace(Struct, frozen=True):
    channel_id: ChannelId
    messages_per_second: int
    tokens: float
    filled_at: datetime


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
            "at": effect.at,
            "stage": "commit",
            "verdict": "allow",
        }
        for effect in effects
    ]
    await conn.execute(DECIDE, {"rows": json_rows(rows)})
    await conn.execute(PUT, {"rows": json_rows(rows)})
    await conn.execute(WAKE)


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


async def claim(conn: Conn, now: datetime, limit: int) -> list[Parcel]:
    """Take what is due and within each number's pace, people's replies first.

    No other worker gets the same ones. Call it in a transaction of its own.
    """
    await conn.execute(ADD_PACES, {"now": now})
    paces = [_filled(pace, now) for pace in await fetch(conn, Pace, HOLD_PACES, {"now": now})]
    if not paces:
        return []
    counts = [min(int(pace.tokens), limit) for pace in paces]
    channels = [pace.channel_id for pace in paces]
    parcels = await fetch(
        conn, Parcel, CLAIM, {"channel_ids": channels, "counts": counts, "now": now}
    )
    taken = [parcel.channel_id for parcel in parcels]
    left = [pace.tokens - taken.count(pace.channel_id) for pace in paces]
    await conn.execute(SPEND, {"channel_ids": channels, "tokens": left, "now": now})
    return parcels


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
    ids = [parcel.message_id for parcel, _ in parcels]
    await conn.execute(POSTPONE, {"ids": ids, "not_befores": [at for _, at in parcels]})


async def finish(conn: Conn, effects: Sequence[FinishSend]) -> None:
    await conn.execute(FINISH, {"rows": json_rows(effects)})


async def stale(conn: Conn, before: datetime, limit: int) -> list[Parcel]:
    """Sends claimed before `before` and never ended: their worker died in the middle."""
    return await fetch(conn, Parcel, STALE, {"before": before, "limit": limit})


def _filled(pace: Pace, now: datetime) -> Pace:
    rate = pace.messages_per_second
    seconds = max(timedelta(), now - pace.filled_at).total_seconds()
    most = max(1.0, rate * BURST_SHARE)
    tokens = min(most, pace.tokens + seconds * rate * FILL_SHARE)
    return Pace(pace.channel_id, rate, tokens, now)
