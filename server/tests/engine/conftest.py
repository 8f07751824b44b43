"""A NATS server for a test process, and the ways in."""

from collections.abc import AsyncIterator, Iterator

import pytest
from serai.engine.intake.postgres import Keeper
from serai.kit.db import ENGINE, Conn, Pool, pool
from tests.engine.intakes import Streams, Way, reached
from tests.given import VAULT
from tests.nats_server import Nats, alone


@pytest.fixture(scope="session")
def nats() -> Iterator[Nats]:
    with alone() as server:
        yield server


@pytest.fixture
async def engine_pool(db_url: str) -> AsyncIterator[Pool]:
    async with pool(db_url, ENGINE, 4) as opened:
        yield opened


@pytest.fixture
async def streams(nats: Nats, engine_pool: Pool) -> AsyncIterator[Streams]:
    """One stream, which nobody moves unless the test does."""
    async with reached(nats) as jet:
        yield Streams(nats, jet, engine_pool)


@pytest.fixture(params=["postgres", "jetstream"])
async def way(request: pytest.FixtureRequest, conn: Conn, engine_pool: Pool) -> AsyncIterator[Way]:
    """Each of the two ways in, with workers."""
    if request.param == "postgres":
        yield Way(Keeper(engine_pool, VAULT), conn)
        return
    nats: Nats = request.getfixturevalue("nats")
    async with reached(nats) as jet:
        streams = Streams(nats, jet, engine_pool, lanes=3)
        async with streams.moving():
            yield Way(streams.keeper, conn)
