"""Whose signatures count at the door: read every few seconds, remembered while PostgreSQL is away."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from serai.features.channels.store import apps as channels
from serai.features.channels.store.apps import App
from serai.kit.db import Pool
from serai.kit.log import logger
from serai.kit.secrets import Vault

APPS_LAST = timedelta(seconds=5)
"""How long secrets are taken as they were read; a rotated one counts within this everywhere."""
READ_AHEAD = timedelta(seconds=4)
"""From then on they are read anew beside the requests, so that none has to wait for it."""
REMEMBERED = timedelta(days=1)
"""How long they count while nobody can be asked; less than a rotated one counts on."""
PATIENCE_SECONDS = 2.0
"""How long the door waits to read them while it remembers some."""

log = logger("serai.door")


class Signers:
    """The apps that send here, and their secrets."""

    def __init__(self, pool: Pool, vault: Vault) -> None:
        self._pool = pool
        self._vault = vault
        self.apps: Sequence[App] = ()
        self.secrets: list[tuple[UUID, bytes]] = []
        self._read_at: datetime | None = None
        self._reading: asyncio.Task[None] | None = None
        self._is_away = False
        self._problem: Exception | None = None

    def are_fresh(self, now: datetime) -> bool:
        """Whether what was read counts as it is; soon before it does not, it is read anew."""
        age = self._age(now)
        if age is not None and age > READ_AHEAD:
            self._begin(now)
        return age is not None and age < APPS_LAST

    async def refresh(self, now: datetime) -> None:
        """Know what counts now. Raises what the database raises if nothing is remembered."""
        if self.are_fresh(now):
            return
        age = self._age(now)
        reading = self._begin(now)
        if age is None or age > REMEMBERED:
            await asyncio.shield(reading)
            if self._problem is not None:
                raise self._problem
        elif not self._is_away:
            await asyncio.wait({reading}, timeout=PATIENCE_SECONDS)
            self._is_away = self._is_away or not reading.done()

    def _age(self, now: datetime) -> timedelta | None:
        return None if self._read_at is None else abs(now - self._read_at)

    def _begin(self, now: datetime) -> asyncio.Task[None]:
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read(now))
        return self._reading

    async def _read(self, now: datetime) -> None:
        try:
            async with self._pool.connection() as conn:
                self.apps = await channels.apps(conn, self._vault, now)
        except Exception as error:
            self._is_away, self._problem = True, error
            log.warning("secrets_not_read", error=type(error).__name__)
            return
        self.secrets = [(app.id, secret) for app in self.apps for secret in app.secrets]
        self._read_at, self._is_away, self._problem = now, False, None
