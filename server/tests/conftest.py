"""A real PostgreSQL for every test that wants one: a fresh copy of a migrated database."""

import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
import structlog
from serai.kit import garbage, migrate
from serai.kit.db import ENGINE, Conn, connect
from serai.kit.embedded import NO_FSYNC, Cluster

NUMBERS = itertools.count(1)
MEMORY = Path("/dev/shm")  # noqa: S108 — a folder of the test's own is made in it
ROOM = 4 * 1024**3
"""Bytes that must be free there: a copy of the template for each test is made and dropped."""
IN_TESTS = NO_FSYNC | {"max_wal_size": "256MB"}


def pytest_collection_finish() -> None:
    """All tests are loaded now: looking through them for garbage was a seventh of what they took."""
    garbage.settle()


def pytest_configure() -> None:
    """Tracebacks as Python writes them: with all values beside them one took a minute."""
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One server a test process, with an empty, migrated database `template`."""
    folder = Path(tempfile.mkdtemp(prefix="serai-test-", dir=_quickest()))
    cluster = Cluster(folder / "data", IN_TESTS).start()
    try:
        with psycopg.connect(cluster.url(), autocommit=True) as conn:
            conn.execute("CREATE DATABASE template")
        migrate.apply(cluster.url("template"))
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _quickest() -> Path | None:
    """Memory where there is room for it, else where temporary files go."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return None
    return MEMORY


@pytest.fixture
def db_url(cluster: Cluster) -> Iterator[str]:
    """A database of the test's own."""
    name = f"t{next(NUMBERS)}"
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name} TEMPLATE template STRATEGY file_copy".encode())
    yield cluster.url(name)
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
async def conn(db_url: str) -> AsyncIterator[Conn]:
    """A connection of the engine to the test's database."""
    async with await connect(db_url, ENGINE) as connection:
        yield connection
