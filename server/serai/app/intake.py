"""Which way deliveries come in: straight into PostgreSQL, or through NATS JetStream."""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from serai.engine.intake import Intake
from serai.engine.intake.ferry import Ferry
from serai.engine.intake.jetstream import StreamKeeper
from serai.engine.intake.postgres import Keeper
from serai.kit.db import Pool
from serai.kit.jetstream.connection import Jet
from serai.kit.secrets import Vault
from serai.kit.settings import Settings


def jet_of(settings: Settings) -> Jet | None:
    """The connection to JetStream, not yet open; None where PostgreSQL takes all itself."""
    return Jet(settings.nats_url) if settings.nats_url else None


def streams_of(settings: Settings) -> list[str]:
    """One for each lane."""
    return [f"{settings.nats_stream}-{lane}" for lane in range(settings.nats_lanes)]


def intake_of(settings: Settings, pool: Pool, vault: Vault, jet: Jet | None) -> Intake:
    """Where the door puts what came."""
    keeper = Keeper(pool, vault)
    if jet is None:
        return keeper
    return StreamKeeper(jet, streams_of(settings), vault, keeper)


@asynccontextmanager
async def ferrying(
    settings: Settings, pool: Pool, vault: Vault, chance: int
) -> AsyncGenerator[list[Ferry]]:
    """What a worker does for the intake; nothing where PostgreSQL takes all itself.

    `chance`: makes a name that no other worker has, nor had.
    """
    jet = jet_of(settings)
    if jet is None:
        yield []
        return
    kept = timedelta(hours=settings.nats_keep_hours)
    holder = f"{socket.gethostname()}:{os.getpid()}:{chance:x}"
    async with jet:
        ferries = [
            Ferry(pool, jet, vault, stream=stream, holder=holder, keep=kept)
            for stream in streams_of(settings)
        ]
        yield ferries
        with suppress(OperationalError, PoolTimeout):  # others take them within seconds anyway
            await asyncio.gather(*(ferry.let_go() for ferry in ferries))
