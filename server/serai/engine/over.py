"""What the engine needs no more, removed a slice at a time.

The event log is never touched: it is what conversations are rebuilt from.
"""

from datetime import datetime
from typing import LiteralString

from serai.kit.db import Conn

TIDYING = """
    SELECT set_config('serai.tidying', 'on', true)
"""
DELIVERIES = """
    WITH oldest AS MATERIALIZED (
        SELECT id, received_at
          FROM webhook_deliveries
         WHERE state = 'split'
           AND NOT EXISTS (SELECT FROM inbound_items
                            WHERE delivery_id = webhook_deliveries.id
                              AND inbound_items.state <> 'done')
         ORDER BY id
         LIMIT %(limit)s),
    gone AS MATERIALIZED (SELECT id FROM oldest WHERE received_at < %(before)s),
    items AS (DELETE FROM inbound_items WHERE delivery_id IN (SELECT id FROM gone))
    DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM gone)
"""
"""Looks at one slice of the oldest and no further, however many there are."""

UNREADABLE = """
    DELETE FROM webhook_deliveries
     WHERE id IN (SELECT id FROM webhook_deliveries
                   WHERE state = 'quarantined' AND received_at < %(before)s
                   ORDER BY id
                   LIMIT %(limit)s)
"""
UNHANDLED = """
    DELETE FROM inbound_items
     WHERE (delivery_id, position) IN (
               SELECT delivery_id, position
                 FROM inbound_items
                 JOIN webhook_deliveries ON webhook_deliveries.id = delivery_id
                WHERE inbound_items.state = 'quarantined' AND received_at < %(before)s
                ORDER BY delivery_id
                LIMIT %(limit)s)
"""
SIGNALS = """
    DELETE FROM signals
     WHERE (message_id, kind) IN (
               SELECT message_id, kind FROM signals
                WHERE state IN ('done', 'given_up') AND asked_at < %(before)s
                LIMIT %(limit)s
                  FOR UPDATE SKIP LOCKED)
"""
TRACES = """
    DELETE FROM trace_contexts
     WHERE message_id IN (SELECT message_id FROM trace_contexts
                           WHERE at < %(before)s
                           ORDER BY at
                           LIMIT %(limit)s)
"""
DUE_ROWS = """
    DELETE FROM due_rows
     WHERE (kind, subject) IN (
               SELECT kind, subject FROM due_rows
                WHERE done_at < %(before)s AND kind = 'unknown_send'
                LIMIT %(limit)s
                  FOR UPDATE SKIP LOCKED)
"""
"""Those of other kinds are one for each number, and say that it was looked at."""


async def deliveries(conn: Conn, before: datetime, limit: int) -> int:
    """Those that were read and handled wholly."""
    return await _remove(conn, DELIVERIES, before, limit)


async def unreadable(conn: Conn, before: datetime, limit: int) -> int:
    return await _remove(conn, UNREADABLE, before, limit)


async def unhandled(conn: Conn, before: datetime, limit: int) -> int:
    """Items that were set aside; their delivery may go then."""
    return await _remove(conn, UNHANDLED, before, limit)


async def signals(conn: Conn, before: datetime, limit: int) -> int:
    return await _remove(conn, SIGNALS, before, limit)


async def due_rows(conn: Conn, before: datetime, limit: int) -> int:
    return await _remove(conn, DUE_ROWS, before, limit)


async def _remove(conn: Conn, statement: LiteralString, before: datetime, limit: int) -> int:
    async with conn.transaction():
        await conn.execute(TIDYING)
        cursor = await conn.execute(statement, {"before": before, "limit": limit})
    return cursor.rowcount


async def traces(conn: Conn, before: datetime, limit: int) -> int:
    """To which traces messages belong that were queued before that."""
    return (await conn.execute(TRACES, {"before": before, "limit": limit})).rowcount
