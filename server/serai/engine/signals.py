"""Tell a person's phone that we have read, or that someone writes. A courtesy: it never delays a
message, is tried a few times and then forgotten.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from msgspec import Struct

from serai.core.events import SendingStopped
from serai.core.ids import ChannelId, ContactId, ConversationId, MessageId, MetaId
from serai.engine.dispatch import Carrier
from serai.engine.handle import handle
from serai.engine.wiring import Address
from serai.kit.db import Conn, fetch
from serai.kit.errors import Upstream
from serai.kit.log import logger
from serai.meta.codes.table import code
from serai.meta.errors import Rejected, Unauthorised
from serai.meta.kind import Signal as Told

Kind: TypeAlias = Literal["read", "typing"]

OLDEST = timedelta(days=30)
"""Source: WhatsApp Cloud API, "Mark messages as read": a message of the last 30 days."""
TYPING_SHOWS = timedelta(seconds=25)
"""Source: WhatsApp Cloud API, "Typing indicators": gone after 25 seconds, or with the answer."""
TYPING_AGAIN = timedelta(seconds=10)
"""Ours: asked again sooner, it still shows."""
LOST_AFTER = timedelta(seconds=60)
"""A call that was begun this long ago has died with its worker; both kinds may be told twice."""
GAPS = (timedelta(seconds=5), timedelta(seconds=30))
"""Between tries; after the last it is given up."""

ASK = """
    INSERT INTO signals (message_id, kind, business_id, channel_id, asked_at)
    SELECT latest.id, %(kind)s, latest.business_id, latest.channel_id, %(now)s
      FROM (SELECT id, business_id, channel_id, coalesce(sent_at, created_at) AS at
              FROM messages
             WHERE conversation_id = %(conversation_id)s AND direction = 'in' AND meta_id IS NOT NULL
             ORDER BY coalesce(sent_at, created_at) DESC, id DESC
             LIMIT 1) AS latest
      JOIN channels ON channels.id = latest.channel_id AND channels.state = 'active'
     WHERE latest.at > %(oldest)s
        ON CONFLICT (message_id, kind)
        DO UPDATE SET state = 'waiting', asked_at = excluded.asked_at, attempt_count = 0,
                      not_before = NULL
         WHERE signals.kind = 'typing' AND signals.state IN ('done', 'given_up')
           AND signals.asked_at <= %(again)s
    RETURNING message_id, pg_notify('serai_work', 'asked')::text AS told
"""
CLAIM = """
    WITH claimed AS (
        UPDATE signals
           SET state = 'under_way', claimed_at = %(now)s, attempt_count = attempt_count + 1
         WHERE (message_id, kind) IN (
                   SELECT message_id, kind FROM signals
                    WHERE ((signals.state = 'waiting'
                            AND (not_before IS NULL OR not_before <= %(now)s))
                           OR (signals.state = 'under_way' AND claimed_at < %(lost)s))
                      AND EXISTS (SELECT FROM channels WHERE channels.id = signals.channel_id
                                     AND channels.state = 'active')
                    ORDER BY asked_at
                    LIMIT %(limit)s
                      FOR UPDATE SKIP LOCKED)
        RETURNING message_id, kind, channel_id, asked_at, attempt_count
    )
    SELECT claimed.message_id, claimed.kind, claimed.channel_id, claimed.asked_at,
           claimed.attempt_count AS attempt, messages.contact_id, messages.meta_id
      FROM claimed
      JOIN messages ON messages.id = claimed.message_id
"""
SETTLE = """
    UPDATE signals
       SET state = rows.state, not_before = rows.not_before
      FROM unnest(%(message_ids)s::uuid[], %(kinds)s::text[], %(states)s::text[],
                  %(not_befores)s::timestamptz[]) AS rows (message_id, kind, state, not_before)
     WHERE signals.message_id = rows.message_id AND signals.kind = rows.kind
       AND signals.state = 'under_way'
"""

log = logger("serai.signals")


class Asked(Struct, frozen=True):
    message_id: MessageId


class Signal(Struct, frozen=True, kw_only=True):
    message_id: MessageId
    kind: Kind
    channel_id: ChannelId
    contact_id: ContactId
    meta_id: MetaId
    asked_at: datetime
    attempt: int
    """Counts from 1."""


class Settled(Struct, frozen=True):
    """How one try ended."""

    signal: Signal
    state: str
    not_before: datetime | None = None
    stopped: SendingStopped | None = None


async def ask(
    conn: Conn, conversation_id: ConversationId, kind: Kind, now: datetime
) -> MessageId | None:
    """Queue it for the latest message of the person; None if there is nothing to tell."""
    values = {
        "conversation_id": conversation_id,
        "kind": kind,
        "now": now,
        "oldest": now - OLDEST,
        "again": now - TYPING_AGAIN,
    }
    rows = await fetch(conn, Asked, ASK, values)
    return rows[0].message_id if rows else None


async def carry(carrier: Carrier, limit: int) -> int:
    """Tell Meta what waits, outside any transaction; returns how many were taken."""
    now = carrier.now()
    async with carrier.pool.connection() as conn:
        values = {"now": now, "lost": now - LOST_AFTER, "limit": limit}
        signals = await fetch(conn, Signal, CLAIM, values)
        if not signals:
            return 0
        addresses = await carrier.wiring.find_addresses(
            conn,
            carrier.wiring.vault,
            [(each.message_id, each.channel_id, each.contact_id) for each in signals],
        )
    settled = await asyncio.gather(
        *(_tell(carrier, each, addresses.get(each.message_id)) for each in signals)
    )
    async with carrier.pool.connection() as conn, conn.transaction():
        await _settle(conn, settled)
        stopped = [each.stopped for each in settled if each.stopped is not None]
        if stopped:
            await handle(conn, carrier.wiring, stopped, carrier.now())
    return len(signals)


async def _tell(carrier: Carrier, signal: Signal, address: Address | None) -> Settled:
    is_over = signal.kind == "typing" and carrier.now() - signal.asked_at > TYPING_SHOWS
    if address is None or is_over:
        return Settled(signal, "given_up")
    if address.kind.signal is None:
        return Settled(signal, "given_up")
    told = Told(message=signal.meta_id, who=address.who, types=signal.kind == "typing")
    try:
        await carrier.graph.call(address.kind.signal(told), address.token)
    except Upstream as error:
        return _after(signal, error, carrier.now())
    return Settled(signal, "done")


def _after(signal: Signal, error: Upstream, now: datetime) -> Settled:
    if isinstance(error, Unauthorised):
        return Settled(signal, "given_up", stopped=_stopped(signal, error, now))
    is_final = isinstance(error, Rejected) or signal.attempt > len(GAPS)
    log.info("signal_not_told", kind=signal.kind, error=type(error).__name__, is_final=is_final)
    if is_final:
        return Settled(signal, "given_up")
    return Settled(signal, "waiting", now + GAPS[signal.attempt - 1])


def _stopped(signal: Signal, error: Unauthorised, now: datetime) -> SendingStopped:
    """What stops a signal would stop every message of the number."""
    return SendingStopped(
        key=f"{signal.message_id}:{signal.kind}:stopped:{now.isoformat()}",
        at=now,
        message_id=signal.message_id,
        code=error.code,
        reason=code(error.code).words,
    )


async def _settle(conn: Conn, settled: Sequence[Settled]) -> None:
    values = {
        "message_ids": [each.signal.message_id for each in settled],
        "kinds": [each.signal.kind for each in settled],
        "states": [each.state for each in settled],
        "not_befores": [each.not_before for each in settled],
    }
    await conn.execute(SETTLE, values)
