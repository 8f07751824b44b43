"""Rebuild every derived row from the event log; nothing is sent, nothing is decided anew."""

from collections.abc import Awaitable, Callable

from serai.core.events import MessageReceived
from serai.engine import log
from serai.engine.commit import commit
from serai.engine.wiring import Wiring
from serai.kit.db import Conn

BEGIN = """
    SELECT set_config('serai.replaying', 'on', true)
"""
DEFER = """
    SET CONSTRAINTS ALL DEFERRED
"""
CHUNK = 500
"""Events of one round; the whole replay is one transaction."""


async def replay(
    conn: Conn, wiring: Wiring, wipes: tuple[Callable[[Conn], Awaitable[None]], ...]
) -> int:
    """Empty the derived tables with `wipes`, then write them again from the log.

    Returns how many events were replayed. All in one transaction: on any error nothing changed.
    """
    count, seq = 0, 0
    async with conn.transaction():
        await conn.execute(BEGIN)
        await conn.execute(DEFER)
        for wipe in wipes:
            await wipe(conn)
        while entries := await log.after(conn, wiring.vault, seq, CHUNK):
            for past in entries:
                await _repeat(conn, wiring, past)
                seq, count = past.seq, count + 1
    return count


async def _repeat(conn: Conn, wiring: Wiring, past: log.Past) -> None:
    """One at a time: a later event may need the rows of the one before it."""
    event = past.decided.event
    if isinstance(event, MessageReceived):
        await wiring.meet(conn, wiring.vault, [event], past.decided_at)
    await commit(conn, wiring, past.decided.effects)
