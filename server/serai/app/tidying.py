"""What is kept for how long, and its removal: every day, in slices that nobody notices."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from prometheus_client import Counter

from serai.engine import chores, over
from serai.features.accounts.store import over as entrance
from serai.features.push import jobs as push
from serai.features.push.store import notices
from serai.kit.db import Conn, Pool
from serai.kit.log import logger
from serai.kit.settings import Settings

DAILY = timedelta(days=1)
SLICE = 1000
"""Rows in one transaction: some ten milliseconds, and no lock that anybody waits for."""
PAUSE_SECONDS = 0.05
"""Between slices, so that who answers people comes first."""
SWEEP_EVERY = timedelta(minutes=10)
LEASE = timedelta(minutes=10)
"""How long a slice may take before its worker counts as dead."""
SIGNALS_KEPT_FOR = timedelta(days=35)
"""Meta takes none for messages that are older than 30 days."""
TRACES_KEPT_FOR = timedelta(days=2)
"""A send that waits for longer begins a trace that nobody looks at in one piece."""
DUE_ROWS_KEPT_FOR = timedelta(days=90)
REQUESTS_KEPT_FOR = timedelta(days=7)
"""Whoever repeats a request does so within minutes; a week covers a weekend of trouble."""
SECURITY_KEPT_FOR = timedelta(days=400)
"""A year and a month: long enough to compare with the year before."""
TIDIED = Counter("serai_tidied_rows", "Rows removed because their time was over.", ["chore"])

log = logger("serai.tidying")

Remove = Callable[[Conn, datetime, int], Awaitable[int]]


class Chore(NamedTuple):
    """Rows of one kind that are older than `keep` are removed, `every` so often."""

    name: str
    keep: timedelta
    remove: Remove
    """Before when, and at most how many; returns how many went."""
    every: timedelta = DAILY


def plan(settings: Settings) -> Sequence[Chore]:
    """All of them. What is not here is kept: conversations, contacts, files, the event log, audit."""
    read = timedelta(days=settings.keep_deliveries_days)
    aside = timedelta(days=settings.keep_set_aside_days)
    return (
        Chore("deliveries", read, over.deliveries),
        Chore("unreadable_deliveries", aside, over.unreadable),
        Chore("unhandled_items", aside, over.unhandled),
        Chore("signals", SIGNALS_KEPT_FOR, over.signals),
        Chore("due_rows", DUE_ROWS_KEPT_FOR, over.due_rows),
        Chore("traces", TRACES_KEPT_FOR, over.traces),
        Chore("requests", REQUESTS_KEPT_FOR, entrance.requests),
        Chore("security_events", SECURITY_KEPT_FOR, entrance.security_events),
        Chore("sign_in", timedelta(), entrance.sweep, SWEEP_EVERY),
        Chore("notifications", push.KEPT_FOR, notices.forget),
    )


async def tidy(pool: Pool, chosen: Sequence[Chore], now: Callable[[], datetime]) -> bool:
    """Do one chore that is due to its end; False if none is."""
    by_name = {chore.name: chore for chore in chosen}
    until = now() + LEASE
    async with pool.connection() as conn:
        await chores.add(conn, list(by_name), now())
        taken = await chores.take(conn, list(by_name), now(), until)
    if taken is None:
        return False
    chore, total, gone = by_name[taken.name], 0, SLICE
    while gone >= SLICE:
        async with pool.connection() as conn:
            gone = await chore.remove(conn, now() - chore.keep, SLICE)
            longer = now() + LEASE
            if not await chores.hold(conn, chore.name, until, longer, gone):
                return True  # it took so long that somebody else is at it
        until, total = longer, total + gone
        TIDIED.labels(chore.name).inc(gone)
        await asyncio.sleep(PAUSE_SECONDS if gone >= SLICE else 0)
    async with pool.connection() as conn:
        await chores.done(conn, taken, until, chore.every, now())
    log.info("tidied", chore=chore.name, count=total)
    return True
