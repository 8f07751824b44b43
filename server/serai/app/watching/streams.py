"""What waits in JetStream for a worker to make rows of it, where it stands in front of the database.

How far workers are is a row; while the database is away they move nothing, so what it said last still holds.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from prometheus_client.core import GaugeMetricFamily
from psycopg import Error
from psycopg_pool import PoolTimeout

from serai.engine.intake.places import Reached, places
from serai.kit.db import Pool
from serai.kit.jetstream import Away, NoStream
from serai.kit.jetstream.connection import Jet
from serai.kit.jetstream.standing import Standing
from serai.kit.log import logger

PATIENCE_SECONDS = 4.0

log = logger("serai.metrics")


class Lag(Struct, frozen=True, kw_only=True):
    """One stream."""

    stream: str
    byte_count: int
    waiting: int | None
    """Messages, each of one webhook or more; None while nobody knows how far workers are."""
    oldest_at: datetime | None


class Streams:
    """One a process, for its page of metrics; `now` by real time, as the servers of streams go by."""

    def __init__(self, jet: Jet, names: Sequence[str]) -> None:
        self._jet = jet
        self._names = names
        self._places: Mapping[str, Reached] | None = None
        self._lags: Sequence[Lag] | None = None
        self._now: datetime | None = None

    async def look(self, pool: Pool, now: datetime) -> None:
        """Ask the database and the streams; neither has to be there."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), pool.connection() as conn:
                self._places = await places(conn)
        except (TimeoutError, PoolTimeout, Error) as error:
            log.warning("places_not_known", error=type(error).__name__)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                self._lags, self._now = [await self._lag(name) for name in self._names], now
        except (TimeoutError, Away, NoStream) as error:
            log.warning("streams_not_known", error=type(error).__name__)
            self._lags = None

    async def _lag(self, stream: str) -> Lag:
        standing = await self._jet.look(stream)
        if standing is None:  # it is made when the first webhook comes
            return Lag(stream=stream, byte_count=0, waiting=0, oldest_at=None)
        if self._places is None:
            return Lag(stream=stream, byte_count=standing.byte_count, waiting=None, oldest_at=None)
        at = moved(standing, self._places.get(stream))
        waiting = standing.last - at
        return Lag(
            stream=stream,
            byte_count=standing.byte_count,
            waiting=waiting,
            oldest_at=await self._jet.stored_at(stream, at + 1) if waiting else None,
        )

    def families(self) -> Iterator[GaugeMetricFamily]:
        """What was seen last, in Prometheus's terms."""
        is_up = self._lags is not None
        return families(is_up, self._lags or (), self._now)


def families(
    is_up: bool | None, lags: Sequence[Lag] = (), now: datetime | None = None
) -> Iterator[GaugeMetricFamily]:
    """`is_up` None: there are no streams here, only the names of what would be told."""
    up = GaugeMetricFamily("serai_stream_up", "1 if JetStream could be asked, else 0.", labels=[])
    waiting = _by_stream("waiting", "Messages in a stream that no worker has made rows of yet.")
    oldest = _by_stream("oldest_seconds", "Age of the oldest of them; 0: none.")
    size = _by_stream("bytes", "Size of a stream, with what was moved and is kept for a while.")
    if is_up is not None:
        up.add_metric([], float(is_up))
    for lag in lags:
        size.add_metric([lag.stream], lag.byte_count)
        if lag.waiting is not None:
            age = now - lag.oldest_at if now and lag.oldest_at else timedelta()
            waiting.add_metric([lag.stream], lag.waiting)
            oldest.add_metric([lag.stream], max(0.0, age.total_seconds()))
    yield from (up, waiting, oldest, size)


def _by_stream(name: str, words: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"serai_stream_{name}", words, labels=["stream"])


def moved(standing: Standing, reached: Reached | None) -> int:
    """The last place of which rows were made; one that was made anew counts anew."""
    is_same = reached is not None and reached.made_at == standing.made_at
    place = reached.sequence if reached and is_same else 0
    return min(standing.last, max(place, standing.first - 1))
