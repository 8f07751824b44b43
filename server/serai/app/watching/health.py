"""Whether this process lives, and whether it may be sent work now."""

import asyncio

import msgspec
from msgspec import Struct
from psycopg import Error
from psycopg.errors import InsufficientPrivilege, UndefinedTable
from psycopg_pool import PoolTimeout

from serai.kit import migrate
from serai.kit.db import Conn, Pool, fetch
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
    """One a process. `drain()` says that it is about to end: nothing new, please."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._is_migrated = False
        self.is_draining = False

    def drain(self) -> None:
        self.is_draining = True

    async def parts(self) -> dict[str, str]:
        """Each part with `ok`, or with what is wrong in words that hold no secret."""
        database, migrations = await self._database()
        ending = "this process is ending" if self.is_draining else OK
        return {"database": database, "migrations": migrations, "process": ending}

    async def alive(self) -> Said:
        return _said(200, {"status": OK})

    async def ready(self) -> Said:
        """200 if all is well, else 503; each part by name."""
        parts = await self.parts()
        is_well = all(each == OK for each in parts.values())
        told = {"status": OK if is_well else "not_ready", "parts": parts}
        return _said(200 if is_well else 503, told)

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


def _said(status: int, told: object) -> Said:
    return Said(status, "application/json", msgspec.json.encode(told))
