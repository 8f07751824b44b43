"""Keep a raw delivery before anything is read from it; later split it into its items.

Requests that arrive while one commit is under way share the next: durable, yet one commit for many.
"""

import asyncio
import hashlib
import zlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from serai.kit.db import Conn, Pool, fetch
from serai.kit.secrets import Vault
from serai.meta import webhooks
from serai.meta.whatsapp.item import Item

KEEP = """
    WITH kept AS (
        INSERT INTO webhook_deliveries (app_id, received_at, digest, body)
        SELECT %(app_id)s, %(at)s, digest, body
          FROM unnest(%(digests)b::bytea[], %(bodies)b::bytea[]) AS rows (digest, body)
            ON CONFLICT (digest) DO NOTHING
    )
    SELECT pg_notify('serai_work', '')
"""
"""One statement, one round trip, one commit; workers are woken by the same commit."""

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

MOST_AT_ONCE = 500
"""Deliveries in one commit; ours."""
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


class NotKept(Exception):
    """The database did not take the delivery; nothing may be acknowledged."""


class Keeper:
    """Keeps deliveries of many requests with one statement and one commit."""

    def __init__(self, pool: Pool, vault: Vault) -> None:
        self._pool = pool
        self._vault = vault
        self._waiting: list[tuple[UUID, datetime, bytes, asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def keep(self, app_id: UUID, body: bytes, now: datetime) -> None:
        """Return when the delivery is on disk. Raises NotKept."""
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((app_id, now, body, done))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write())
        await done

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            try:
                await self._write_batch(batch)
            except Exception as error:
                for *_, done in batch:
                    if not done.done():
                        done.set_exception(NotKept(type(error).__name__))
            else:
                for *_, done in batch:
                    if not done.done():
                        done.set_result(None)

    async def _write_batch(
        self, batch: Sequence[tuple[UUID, datetime, bytes, "asyncio.Future[None]"]]
    ) -> None:
        by_app: dict[UUID, list[bytes]] = {}
        for app_id, _, body, _ in batch:
            by_app.setdefault(app_id, []).append(body)
        async with self._pool.connection() as conn:
            for app_id, bodies in by_app.items():
                await keep(conn, self._vault, app_id, bodies, batch[0][1])


async def keep(
    conn: Conn, vault: Vault, app_id: UUID, bodies: Sequence[bytes], now: datetime
) -> None:
    """Write bodies that one app signed; one that is there already is left alone."""
    digests = [hashlib.sha256(body).digest() for body in bodies]
    pairs = zip(bodies, digests, strict=True)
    sealed = [vault.ring.seal(body, _delivery(digest)) for body, digest in pairs]
    await conn.execute(KEEP, {"app_id": app_id, "at": now, "digests": digests, "bodies": sealed})


async def split(conn: Conn, vault: Vault, lanes: int, limit: int) -> int:
    """Turn up to `limit` kept deliveries into items; returns how many. One worker at a time."""
    async with conn.transaction():
        [lock] = await fetch(conn, Held, HOLD_SPLITTING, {})
        if not lock.held:
            return 0
        kept = await fetch(conn, Kept, KEPT, {"limit": limit})
        if kept:
            await _add(conn, vault, [_read(vault, delivery) for delivery in kept], lanes)
    return len(kept)


def opened(vault: Vault, delivery: Kept) -> bytes:
    """The body as it was received."""
    return vault.ring.open(delivery.body, _delivery(delivery.digest))


def item_context(delivery_id: int, position: int) -> bytes:
    """What an item's sealed event is bound to."""
    return f"item:{delivery_id}:{position}".encode()


def _delivery(digest: bytes) -> bytes:
    return b"delivery:" + digest


def _read(vault: Vault, delivery: Kept) -> Split:
    try:
        return Split(delivery.id, tuple(webhooks.read(opened(vault, delivery))))
    except webhooks.Unreadable as error:
        return Split(delivery.id, problem=str(error))


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
