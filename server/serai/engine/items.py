"""Handle what came in: in order within a lane, lanes beside each other, over any number of workers.

A lane is held by an advisory lock of the transaction that works on it, so a worker that dies lets
go of it with everything it had not committed.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from serai.core.events import AnyEvent, MessageReceived
from serai.engine import traces
from serai.engine.handle import Handled, handle
from serai.engine.intake import held
from serai.engine.intake.arriving import NOBODY
from serai.engine.intake.sealing import item_context
from serai.engine.wiring import Wiring
from serai.kit.db import PASSING, Conn, fetch
from serai.kit.log import logger
from serai.kit.secrets import CannotOpen, Vault

WAITS = """
    SELECT (SELECT true FROM webhook_deliveries WHERE state = 'kept' ORDER BY id LIMIT 1) AS kept,
           (SELECT true FROM inbound_items WHERE state = 'pending'
             ORDER BY lane, delivery_id, position LIMIT 1) AS pending
"""
"""The order keeps to the indexes of what waits, and from looking through all that does not."""

HOLD_LANES = """
    WITH busy AS MATERIALIZED (
        SELECT lane
          FROM generate_series(0, %(lanes)s - 1) AS lane
         WHERE EXISTS (SELECT FROM inbound_items WHERE state = 'pending' AND inbound_items.lane = lane.lane)
         ORDER BY (lane + %(start)s) %% %(lanes)s
    )
    SELECT lane FROM busy WHERE pg_try_advisory_xact_lock(70020, lane) LIMIT %(most)s
"""
PENDING = """
    SELECT delivery_id, position, event
      FROM inbound_items
     WHERE state = 'pending' AND lane = ANY (%(held)s)
     ORDER BY delivery_id, position
     LIMIT %(limit)s
"""
"""Apart from HOLD_LANES: a statement sees the database as it was when the statement began."""

FINISH = """
    DELETE FROM inbound_items
     USING unnest(%(delivery_ids)s::bigint[], %(positions)s::integer[])
        AS rows (delivery_id, position)
     WHERE inbound_items.delivery_id = rows.delivery_id AND inbound_items.position = rows.position
"""
"""The delivery is kept and says that it was split: what was handled is in the event log."""

SET_ASIDE = """
    UPDATE inbound_items
       SET state = 'quarantined', reason = rows.reason
      FROM unnest(%(delivery_ids)s::bigint[], %(positions)s::integer[], %(reasons)s::text[])
        AS rows (delivery_id, position, reason)
     WHERE inbound_items.delivery_id = rows.delivery_id AND inbound_items.position = rows.position
"""
RELEASE = """
    UPDATE inbound_items
       SET state = 'pending', reason = NULL
     WHERE state = 'quarantined' AND event IS NOT NULL
"""
RELEASE_WHOLE = """
    UPDATE webhook_deliveries
       SET state = 'kept', reason = NULL
     WHERE state = 'quarantined' AND app_id <> %(nobody)s
"""
"""Never what came through a stream without the seal of a door of ours."""

DECODER = msgspec.msgpack.Decoder(AnyEvent)

log = logger("serai.items")


class Waiting(Struct, frozen=True):
    """What there is to do."""

    kept: bool | None
    """Deliveries to split."""
    pending: bool | None
    """Items to handle."""


class Lane(Struct, frozen=True):
    lane: int


class Pending(Struct, frozen=True):
    delivery_id: int
    position: int
    event: bytes


class Share(Struct, frozen=True, kw_only=True):
    """How much a worker takes at once."""

    lanes: int
    """In all; the same for every worker."""
    start: int
    """Which lane to try first, so that workers do not all begin with the same one."""
    most: int
    """Lanes at once."""
    limit: int
    """Items at once."""


async def waiting(conn: Conn) -> Waiting:
    """Asked at the least cost."""
    [row] = await fetch(conn, Waiting, WAITS, {})
    return row


async def work(conn: Conn, wiring: Wiring, share: Share, now: datetime) -> int:
    """Handle the next items; returns how many. A poison item is set aside alone."""
    try:
        return await _work(conn, wiring, share, now)
    except PASSING:
        raise
    except Exception as error:
        log.warning("batch_failed", error=type(error).__name__)
    alone = msgspec.structs.replace(share, most=1, limit=1)
    return sum([await _work_alone(conn, wiring, alone, now) for _ in range(share.limit)])


async def release_quarantined(conn: Conn) -> int:
    """Give what was set aside another try, say after an upgrade; returns how many."""
    async with conn.transaction():
        whole = await conn.execute(RELEASE_WHOLE, {"nobody": NOBODY})
        items = await conn.execute(RELEASE)
    return whole.rowcount + items.rowcount


async def _work(conn: Conn, wiring: Wiring, share: Share, now: datetime) -> int:
    async with conn.transaction():
        pending = await _claim(conn, share)
        if not pending:
            return 0
        events = [_event(wiring.vault, item) for item in pending]
        async with traces.handling(conn, [item.delivery_id for item in pending], events):
            handled = await handle(conn, wiring, events, now)
        await _finish(conn, pending, [_reason(event, handled) for event in events])
    return len(pending)


async def _work_alone(conn: Conn, wiring: Wiring, share: Share, now: datetime) -> int:
    """One item; if it cannot be handled it is quarantined, with the kind of error as reason."""
    async with conn.transaction():
        pending = await _claim(conn, share)
        if not pending:
            return 0
        try:
            async with conn.transaction():
                events = [_event(wiring.vault, item) for item in pending]
                async with traces.handling(conn, [item.delivery_id for item in pending], events):
                    handled = await handle(conn, wiring, events, now)
        except PASSING:
            raise
        except Exception as error:
            log.error(
                "item_quarantined", delivery_id=pending[0].delivery_id, error=type(error).__name__
            )
            await _finish(conn, pending, [_trouble(wiring.vault, pending[0], error)])
        else:
            await _finish(conn, pending, [_reason(event, handled) for event in events])
    return 1


async def _claim(conn: Conn, share: Share) -> list[Pending]:
    held = await fetch(
        conn,
        Lane,
        HOLD_LANES,
        {"lanes": share.lanes, "start": share.start, "most": share.most},
    )
    if not held:
        return []
    lanes = [row.lane for row in held]
    return await fetch(conn, Pending, PENDING, {"held": lanes, "limit": share.limit}, binary=True)


async def _finish(conn: Conn, pending: Sequence[Pending], reasons: Sequence[str | None]) -> None:
    pairs = list(zip(pending, reasons, strict=True))
    done = [item for item, reason in pairs if reason is None]
    aside = [(item, reason) for item, reason in pairs if reason is not None]
    if done:
        await conn.execute(
            FINISH,
            {
                "delivery_ids": [item.delivery_id for item in done],
                "positions": [item.position for item in done],
            },
        )
    if aside:
        await conn.execute(
            SET_ASIDE,
            {
                "delivery_ids": [item.delivery_id for item, _ in aside],
                "positions": [item.position for item, _ in aside],
                "reasons": [reason for _, reason in aside],
            },
        )


def _reason(event: AnyEvent, handled: Handled) -> str | None:
    """Why an item is set aside: it came for a number that is not connected here."""
    is_for_nobody = event.key in handled.strangers and isinstance(event, MessageReceived)
    return "unknown_receiver" if is_for_nobody else None


def _trouble(vault: Vault, item: Pending, error: Exception) -> str:
    """Why an item is set aside: for a bug, the kind of error."""
    if isinstance(error, CannotOpen):
        return held.why(vault, item.event)
    return f"{type(error).__name__} while handling"


def _event(vault: Vault, item: Pending) -> AnyEvent:
    context = item_context(item.delivery_id, item.position)
    return DECODER.decode(vault.ring.open(item.event, context))
