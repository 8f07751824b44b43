"""What this process counts and times, for Prometheus; each floor adds its own beside its code.

Labels are our own words: rooms, states, codes. Never an id, an address or a text of somebody's.
"""

import hashlib
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

from prometheus_client import Counter, Histogram, Summary
from prometheus_client.core import GaugeMetricFamily
from psycopg_pool import AsyncConnectionPool

from serai.kit.statements import named

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)
"""Bounds of everything that is timed; 250 ms and 2 s are promises, so they are bounds."""

QUERIES = Histogram(
    "serai_query_seconds", "Statements asked of the database, by room.", ["room"], buckets=SECONDS
)
STATEMENTS = Summary("serai_statement_seconds", "The same, each by its name.", ["statement"])
ERRORS = Counter("serai_errors", "Errors that nobody foresaw: bugs.", ["where", "error"])

_meters: dict[object, tuple[Any, Any]] = {}


def asked(statement: object, seconds: float) -> None:
    """The database answered, or refused, after so long."""
    meters = _meters.get(statement)
    if meters is None:
        called = named(statement)
        meters = QUERIES.labels(called.room), STATEMENTS.labels(called.name)
        if called.name != "other":
            _meters[statement] = meters
    for meter in meters:
        meter.observe(seconds)


def failed(where: str, error: BaseException) -> None:
    """Something went wrong that nobody foresaw."""
    ERRORS.labels(where, type(error).__name__).inc()


def mark_of(error: BaseException) -> str:
    """Twelve letters that are the same whenever the same error comes from the same lines of ours."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/serai/" in f.filename]
    lines = [f"{frame.filename.rpartition('/serai/')[2]}:{frame.name}" for frame in frames]
    told = "|".join([type(error).__name__, *lines])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


class Pools:
    """What the pools of this process hold, read when somebody asks; a collector of Prometheus's."""

    def __init__(self, pools: Mapping[str, AsyncConnectionPool[Any]]) -> None:
        self._pools = pools

    def collect(self) -> Iterator[GaugeMetricFamily]:
        size = GaugeMetricFamily(
            "serai_pool_connections", "Connections to the database.", labels=["pool", "state"]
        )
        waiting = GaugeMetricFamily(
            "serai_pool_waiting", "Requests that wait for a connection.", labels=["pool"]
        )
        for name, pool in self._pools.items():
            stats = pool.get_stats()
            free, held = stats.get("pool_available", 0), stats.get("pool_size", 0)
            size.add_metric([name, "free"], free)
            size.add_metric([name, "busy"], held - free)
            size.add_metric([name, "most"], stats.get("pool_max", 0))
            waiting.add_metric([name], stats.get("requests_waiting", 0))
        yield size
        yield waiting
