"""Processes say that they work, every few seconds: what is not said was an outage."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct
from psycopg import Error
from psycopg_pool import PoolTimeout

from serai.app import door
from serai.app.watching import requests
from serai.features.reports.store import watched
from serai.features.reports.store.watched import Part
from serai.kit.db import Pool
from serai.kit.log import logger

MARK_SECONDS = 15.0
"""Four times in the minute that a mark stands for: one that is lost or late leaves no hole."""
OWN_ROUTES = ("/health/", "/metrics")
"""Asked by machines that look after us, most often while something is wrong: nobody's wish."""

log = logger("serai.marks")


class Answered(Struct, frozen=True):
    """Requests since the process began."""

    count: int = 0
    failure_count: int = 0
    """Those of them that failed through us: 5xx."""


class Marks:
    """One a process. What cannot be said now is said later; what a process answered in its last seconds
    before it was killed is not told."""

    def __init__(
        self,
        pool: Pool,
        part: Part,
        now: Callable[[], datetime],
        answered: Callable[[], Answered] = Answered,
    ) -> None:
        self._pool = pool
        self._part: Part = part
        self._now = now
        self._answered = answered
        self._said = answered()

    async def run(self) -> None:
        """For ever; told to end, it says what is left to say."""
        try:
            while True:
                await self._try()
                await asyncio.sleep(MARK_SECONDS)
        finally:
            await self._try()

    async def _try(self) -> None:
        try:
            await self.mark()
        except (TimeoutError, PoolTimeout, Error) as error:
            log.warning("mark_not_made", error=type(error).__name__)

    async def mark(self) -> None:
        """Say it once."""
        answered = self._answered()
        count = answered.count - self._said.count
        failures = answered.failure_count - self._said.failure_count
        async with self._pool.connection() as conn:
            await watched.mark(conn, self._part, self._now(), count, failures)
        self._said = answered


def answered() -> Answered:
    """What this process answered, at the door and behind it."""
    told = [
        (sample.labels.get("route", ""), sample.labels["status"], int(sample.value))
        for meter in (requests.ANSWERED, door.REQUESTS)
        for family in meter.collect()
        for sample in family.samples
        if sample.name.endswith("_total")
    ]
    ours = [(status, count) for route, status, count in told if not route.startswith(OWN_ROUTES)]
    return Answered(
        sum(count for _, count in ours),
        sum(count for status, count in ours if status.startswith("5")),
    )
