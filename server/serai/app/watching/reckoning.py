"""Counts how well the promises of a service were kept, by one worker of many."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from serai.engine import chores
from serai.features.reports.decide import days_between
from serai.features.reports.store import service, watched
from serai.kit.db import Pool

LEASE = timedelta(minutes=10)
OFTEN, SELDOM = "service_days", "service_month"
EVERY: Mapping[str, timedelta] = {OFTEN: timedelta(minutes=10), SELDOM: timedelta(days=1)}
BACK: Mapping[str, int] = {OFTEN: 1, SELDOM: 35}
"""Days before today that are counted anew: a phone that was off says late that it was reached, up to 30."""


def days_of(name: str, now: datetime) -> Sequence[date]:
    """Which days that count is about; UTC's, the last one is today."""
    today = now.astimezone(UTC).date()
    return days_between(today - timedelta(days=BACK[name]), today)


async def reckon(pool: Pool, now: Callable[[], datetime]) -> bool:
    """Count once if it is time; False if it is not, or somebody else is at it."""
    until = now() + LEASE
    async with pool.connection() as conn:
        await chores.add(conn, list(EVERY), now())
        taken = await chores.take(conn, list(EVERY), now(), until)
    if taken is None:
        return False
    for day in days_of(taken.name, now()):
        async with pool.connection() as conn:
            await service.count(conn, day, now())
            await watched.count_set_aside(conn, day)
            longer = now() + LEASE
            if not await chores.hold(conn, taken.name, until, longer, 0):
                return True  # it took so long that somebody else is at it
        until = longer
    async with pool.connection() as conn:
        await chores.done(conn, taken, until, EVERY[taken.name], now())
    return True
