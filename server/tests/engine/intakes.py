"""Both ways in, as tests use them; and what each does when its store is away."""

import asyncio
import itertools
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from serai.engine.intake import Intake
from serai.engine.intake.ferry import Ferry
from serai.engine.intake.jetstream import StreamKeeper
from serai.engine.intake.postgres import Keeper
from serai.kit.db import Conn, Pool
from serai.kit.jetstream.connection import Jet
from serai.kit.secrets import Vault
from tests.given import NOON, VAULT, rows
from tests.nats_server import Nats

APP = UUID(int=77)
NAMES = itertools.count(1)
PATIENCE_SECONDS = 60.0
KEEP = timedelta(hours=1)
NOW = datetime.now(UTC)


class Way:
    """One way in, and what arrives by it."""

    def __init__(self, intake: Intake, conn: Conn) -> None:
        self.intake = intake
        self.conn = conn

    async def keep(self, *bodies: bytes) -> None:
        """All at once."""
        await asyncio.gather(*(self.intake.keep(APP, body, NOON) for body in bodies))

    async def arrived(self, count: int) -> list[dict[str, Any]]:
        """The deliveries, as soon as there are so many."""

        async def look() -> list[dict[str, Any]]:
            return await rows(self.conn, "SELECT * FROM webhook_deliveries ORDER BY id")

        return await until(look, lambda found: len(found) >= count)


async def until(look: Callable[[], Awaitable[Any]], is_it: Callable[[Any], object]) -> Any:
    """What `look` sees, as soon as it is it."""
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while True:
        found = await look()
        if is_it(found):
            return found
        assert asyncio.get_running_loop().time() < deadline, found
        await asyncio.sleep(0.01)


class Streams:
    """Streams of a test's own on a server that tests share."""

    def __init__(self, server: Nats, jet: Jet, pool: Pool, lanes: int = 1) -> None:
        name = f"t{next(NAMES)}"
        self.server = server
        self.jet = jet
        self.pool = pool
        self.names = [f"{name}-{lane}" for lane in range(lanes)]
        self.keeper = self.keeper_with(VAULT)

    def keeper_with(self, vault: Vault) -> StreamKeeper:
        """A door's, with keys of its own."""
        return StreamKeeper(self.jet, self.names, vault, Keeper(self.pool, vault))

    def ferry(self, holder: str = "one", lane: int = 0) -> Ferry:
        stream = self.names[lane]
        return Ferry(self.pool, self.jet, VAULT, stream=stream, holder=holder, keep=KEEP)

    @asynccontextmanager
    async def moving(self, holder: str = "one") -> AsyncGenerator[None]:
        """With workers that move all lanes."""
        ferries = [self.ferry(holder, lane) for lane in range(len(self.names))]
        # Not cancelled: `asyncio.wait_for` of Python 3.11 may lose that when something comes just then.
        is_over = asyncio.Event()
        tasks = [asyncio.create_task(_keep_moving(ferry, is_over)) for ferry in ferries]
        try:
            yield
        finally:
            is_over.set()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _keep_moving(ferry: Ferry, is_over: asyncio.Event) -> None:
    while not is_over.is_set():
        if not await ferry.move(NOW):
            await asyncio.sleep(0.05)


@asynccontextmanager
async def reached(server: Nats) -> AsyncGenerator[Jet]:
    async with Jet(server.url) as jet:
        assert await jet.reached(PATIENCE_SECONDS)
        yield jet
