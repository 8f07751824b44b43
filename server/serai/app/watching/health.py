"""Whether this process lives, and whether it may be sent work now."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import msgspec
from msgspec import Struct
from psycopg import Error
from psycopg.errors import InsufficientPrivilege, UndefinedTable
from psycopg_pool import PoolTimeout

from serai.kit import migrate
from serai.kit.db import Conn, Pool, fetch
from serai.kit.jetstream.connection import Jet
from serai.kit.side_door import Said

APPLIED = """
    SELECT number FROM public.serai_migrations
"""
PATIENCE_SECONDS = 3.0
"""A monitor that waits longer takes us for dead anyway."""
OK = "ok"


class Applied(Struct, frozen=True):
    number: int


class Health:
    """One a process. `drain()` says that it is about to end: nothing new, please.

    `jet`: where webhooks go first; None where the database takes them.
    """

    def __init__(self, pool: Pool, jet: Jet | None = None) -> None:
        self._pool = pool
        self._jet = jet
        self.can_check: Callable[[], Awaitable[bool]] = _without_asking
        """Whether the door knows by which secrets webhooks are signed."""
        self._is_migrated = False
        self.is_draining = False

    def drain(self) -> None:
        self.is_draining = True

    async def parts(self) -> dict[str, str]:
        """Each part with `ok`, or with what is wrong in words that hold no secret."""
        database, migrations = await self._database()
        return {"database": database, "migrations": migrations, "process": self._process()}

    async def alive(self) -> Said:
        return _said(200, {"status": OK})

    async def ready(self) -> Said:
        """200 if all is well, else 503; each part by name."""
        return _whether(await self.parts())

    async def door(self) -> Said:
        """200 if webhooks can be taken: behind a stream also without the database."""
        if self._jet is None:
            return await self.ready()
        stream = OK if self._jet.is_up else "JetStream cannot be reached"
        secrets = OK if await self.can_check() else "not read yet, and the database is away"
        return _whether({"stream": stream, "secrets": secrets, "process": self._process()})

    def _process(self) -> str:
        return "this process is ending" if self.is_draining else OK

    async def _database(self) -> tuple[str, str]:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS), self._pool.connection() as conn:
                return OK, await self._migrations(conn)
        except (UndefinedTable, InsufficientPrivilege):
            return OK, "the database is not migrated; run serai migrate"
        except (TimeoutError, PoolTimeout):
            return f"no answer within {PATIENCE_SECONDS:.0f} s", "not known"
        except Error:
            return "cannot be reached", "not known"

    async def _migrations(self, conn: Conn) -> str:
        """What was applied once stays so; the database is asked all the same."""
        if self._is_migrated:
            await conn.execute("SELECT 1")
            return OK
        done = {row.number for row in await fetch(conn, Applied, APPLIED, {})}
        waiting = [each.name for each in migrate.known() if each.number not in done]
        if waiting:
            return f"{len(waiting)} wait, from {waiting[0]}; run serai migrate"
        self._is_migrated = True
        return OK


async def _without_asking() -> bool:
    return True


def _whether(parts: Mapping[str, str]) -> Said:
    is_well = all(each == OK for each in parts.values())
    told = {"status": OK if is_well else "not_ready", "parts": parts}
    return _said(200 if is_well else 503, told)


def _said(status: int, told: object) -> Said:
    return Said(status, "application/json", msgspec.json.encode(told))
