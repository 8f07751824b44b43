"""Read kept deliveries into items, one event each, and give each item its lane."""

import zlib
from collections.abc import Sequence
from time import time_ns

import msgspec
from msgspec import Struct

from serai.engine import traces
from serai.engine.intake import held
from serai.engine.intake.sealing import item_context, opened
from serai.kit import tracing
from serai.kit.db import Conn, fetch
from serai.kit.log import logger
from serai.kit.secrets import CannotOpen, Vault
from serai.meta import webhooks
from serai.meta.item import Item

HOLD_SPLITTING = """
    SELECT pg_try_advisory_xact_lock(70010) AS held
"""
KEPT = """
    SELECT id, digest, body FROM webhook_deliveries WHERE state = 'kept' ORDER BY id LIMIT %(limit)s
"""
ADD_ITEMS = """
    INSERT INTO inbound_items (delivery_id, position, lane, state, reason, event)
    SELECT * FROM unnest(%(delivery_ids)s::bigint[], %(positions)s::integer[],
                         %(lanes)s::smallint[], %(states)s::text[], %(reasons)s::text[],
                         %(events)b::bytea[])
        ON CONFLICT (delivery_id, position) DO NOTHING
"""
MARK_SPLIT = """
    UPDATE webhook_deliveries
       SET state = rows.state, reason = rows.reason
      FROM unnest(%(ids)s::bigint[], %(states)s::text[], %(reasons)s::text[])
        AS rows (id, state, reason)
     WHERE webhook_deliveries.id = rows.id
"""

log = logger("serai.splitting")

ENCODER = msgspec.msgpack.Encoder()


class Kept(Struct, frozen=True):
    id: int
    digest: bytes
    body: bytes


class Split(Struct, frozen=True):
    """One delivery, read."""

    id: int
    items: tuple[Item, ...] = ()
    problem: str | None = None


class Held(Struct, frozen=True):
    held: bool


async def split(conn: Conn, vault: Vault, lanes: int, limit: int) -> int:
    """Turn up to `limit` kept deliveries into items; returns how many. One worker at a time."""
    began = time_ns()
    async with conn.transaction():
        [lock] = await fetch(conn, Held, HOLD_SPLITTING, {})
        if not lock.held:
            return 0
        kept = await fetch(conn, Kept, KEPT, {"limit": limit}, binary=True)
        if kept:
            await _add(conn, vault, [_read(vault, delivery) for delivery in kept], lanes)
    if kept and tracing.is_on():
        traces.split([delivery.digest for delivery in kept], began)
    return len(kept)


def _read(vault: Vault, delivery: Kept) -> Split:
    try:
        return Split(
            delivery.id, tuple(webhooks.read(opened(vault, delivery.digest, delivery.body)))
        )
    except webhooks.Unreadable as error:
        return Split(delivery.id, problem=str(error))
    except CannotOpen:
        log.error("delivery_not_opened", delivery_id=delivery.id)
        return Split(delivery.id, problem=held.why(vault, delivery.body))


async def _add(conn: Conn, vault: Vault, deliveries: Sequence[Split], lanes: int) -> None:
    rows = [
        (delivery.id, position, item)
        for delivery in deliveries
        for position, item in enumerate(delivery.items)
    ]
    if rows:
        await conn.execute(
            ADD_ITEMS,
            {
                "delivery_ids": [id_ for id_, _, _ in rows],
                "positions": [position for _, position, _ in rows],
                "lanes": [zlib.crc32(item.lane_key.encode()) % lanes for _, _, item in rows],
                "states": [
                    "quarantined" if item.event is None else "pending" for _, _, item in rows
                ],
                "reasons": [item.problem for _, _, item in rows],
                "events": [
                    None
                    if item.event is None
                    else vault.ring.seal(ENCODER.encode(item.event), item_context(id_, position))
                    for id_, position, item in rows
                ],
            },
        )
    await conn.execute(
        MARK_SPLIT,
        {
            "ids": [delivery.id for delivery in deliveries],
            "states": ["quarantined" if delivery.problem else "split" for delivery in deliveries],
            "reasons": [delivery.problem for delivery in deliveries],
        },
    )
