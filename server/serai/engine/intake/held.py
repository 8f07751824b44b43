"""What waits for a key: set aside until a process has it on its ring again, then handled like the rest."""

from collections.abc import Sequence
from typing import LiteralString

from msgspec import Struct

from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

KEY_MISSING = "key_missing"
"""Why it was set aside."""
CHANGED = "does not open, though its key is there: it was changed"
SLICE = 200
WAKE = """
    SELECT pg_notify('serai_work', '')
"""
DELIVERIES = """
    SELECT id, 0 AS position, body AS sealed
      FROM webhook_deliveries
     WHERE state = 'quarantined' AND reason = 'key_missing' AND id > %(after)s
     ORDER BY id
     LIMIT %(limit)s
"""
ITEMS = """
    SELECT delivery_id AS id, position, event AS sealed
      FROM inbound_items
     WHERE state = 'quarantined' AND reason = 'key_missing'
       AND (delivery_id, position) > (%(after)s, %(position)s)
     ORDER BY delivery_id, position
     LIMIT %(limit)s
"""
LET_IN_DELIVERIES = """
    UPDATE webhook_deliveries SET state = 'kept', reason = NULL
      FROM unnest(%(ids)s::bigint[], %(positions)s::integer[]) AS rows (id, position)
     WHERE webhook_deliveries.id = rows.id AND state = 'quarantined' AND reason = 'key_missing'
"""
LET_IN_ITEMS = """
    UPDATE inbound_items SET state = 'pending', reason = NULL
      FROM unnest(%(ids)s::bigint[], %(positions)s::integer[]) AS rows (id, position)
     WHERE inbound_items.delivery_id = rows.id AND inbound_items.position = rows.position
       AND state = 'quarantined' AND reason = 'key_missing'
"""


class Waiting(Struct, frozen=True):
    id: int
    position: int
    sealed: bytes


def why(vault: Vault, sealed: bytes) -> str:
    """The reason to set aside what does not open."""
    return CHANGED if vault.ring.has_key_of(sealed) else KEY_MISSING


async def let_in(conn: Conn, vault: Vault) -> int:
    """Give what waits for a key of this ring back to be read; returns how many."""
    places: Sequence[tuple[LiteralString, LiteralString]] = (
        (DELIVERIES, LET_IN_DELIVERIES),
        (ITEMS, LET_IN_ITEMS),
    )
    count = sum([await _let_in(conn, vault, read, write) for read, write in places])
    if count:
        await conn.execute(WAKE)
    return count


async def _let_in(conn: Conn, vault: Vault, read: LiteralString, write: LiteralString) -> int:
    count, last = 0, Waiting(0, 0, b"")
    while True:
        values = {"after": last.id, "position": last.position, "limit": SLICE}
        waiting = await fetch(conn, Waiting, read, values)
        opens = [each for each in waiting if vault.ring.has_key_of(each.sealed)]
        if opens:
            found = {
                "ids": [each.id for each in opens],
                "positions": [each.position for each in opens],
            }
            await conn.execute(write, found)
        if not waiting:
            return count
        count, last = count + len(opens), waiting[-1]
