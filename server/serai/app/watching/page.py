"""The page that Prometheus reads: what this process counted, and how the whole installation stands."""

import asyncio
import hmac
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import monotonic

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from psycopg import Error
from psycopg_pool import PoolTimeout

from serai.app.watching import standing, streams
from serai.app.watching.health import Health
from serai.app.watching.standing import Standing
from serai.app.watching.streams import Streams
from serai.kit.clock import Clock
from serai.kit.db import Pool
from serai.kit.log import logger
from serai.kit.meters import Pools
from serai.kit.settings import Settings
from serai.kit.side_door import Said, SideDoor

FRESH_SECONDS = 10.0
"""How long a look at the database counts: however often somebody scrapes, it is asked no oftener."""
PATIENCE_SECONDS = 4.0
REAL = Clock()
"""Streams go by their servers' time, whatever Meta's clock says."""

log = logger("serai.metrics")


class Metrics:
    """One a process. `of_all`: also tells how the installation stands, which any process could; `lanes`:
    of these streams too."""

    def __init__(
        self,
        settings: Settings,
        pools: Mapping[str, Pool],
        clock: Clock,
        lanes: Streams | None = None,
        *,
        of_all: bool,
    ) -> None:
        self._pool = pools["engine"]
        self._tells_of_all = of_all
        self._clock = clock
        self._streams = lanes
        self._folder = Path(settings.media_folder)
        self._standing: Standing | None = None
        self._looked_at = -FRESH_SECONDS
        self._lock = asyncio.Lock()
        self._registry = CollectorRegistry()
        self._registry.register(Pools(pools))
        self._registry.register(self)

    async def page(self) -> Said:
        """All of it; without what only the database knows while that is away, which it says."""
        await self._refresh()
        text = generate_latest(REGISTRY) + generate_latest(self._registry)
        return Said(200, CONTENT_TYPE_LATEST, text)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily(
            "serai_disk_free_bytes",
            "Free where files are kept, on this machine.",
            value=_free_bytes(self._folder),
        )
        if not self._tells_of_all:
            return
        known = self._standing is not None
        yield GaugeMetricFamily(
            "serai_database_up", "1 if the database could be asked, else 0.", value=float(known)
        )
        if self._standing is not None:
            yield from standing.families(self._standing)
        yield from self._streams.families() if self._streams else streams.families(None)

    async def _refresh(self) -> None:
        async with self._lock:
            if not self._tells_of_all or monotonic() - self._looked_at < FRESH_SECONDS:
                return
            try:
                async with asyncio.timeout(PATIENCE_SECONDS), self._pool.connection() as conn:
                    self._standing = await standing.look(conn, self._clock.now())
            except (TimeoutError, PoolTimeout, Error) as error:
                log.warning("standing_not_known", error=type(error).__name__)
                self._standing = None
            if self._streams is not None:
                await self._streams.look(self._pool, REAL.now())
            self._looked_at = monotonic()


def is_shown_to(settings: Settings, authorization: str | None) -> bool:
    """Whether that header opens the page at the front door, which is shut while there is no token."""
    token = settings.metrics_token
    told = (authorization or "").encode()
    return token is not None and hmac.compare_digest(told, f"Bearer {token}".encode())


def side_door(settings: Settings, metrics: Metrics, health: Health) -> SideDoor:
    """For the network inside: metrics and health of this process on a port of their own."""
    paths = {
        "/metrics": metrics.page,
        "/health/live": health.alive,
        "/health/ready": health.ready,
    }
    return SideDoor(settings.metrics_host, settings.metrics_port, paths)


def _free_bytes(folder: Path) -> int:
    """Where the folder is, or will be."""
    whole = folder.absolute()
    there = next(each for each in (whole, *whole.parents) if each.exists())
    return shutil.disk_usage(there).free
