"""The default: a delivery is a row of PostgreSQL, committed before Meta hears 200."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from serai.engine.intake import Done, Intake
from serai.engine.intake.sealing import sealed
from serai.engine.intake.together import Together
from serai.kit.db import Conn, Pool
from serai.kit.lifeline import within
from serai.kit.secrets import Vault

KEEP = """
    WITH kept AS (
        INSERT INTO webhook_deliveries (app_id, received_at, digest, body)
        SELECT %(app_id)s, %(at)s, digest, body
          FROM unnest(%(digests)b::bytea[], %(bodies)b::bytea[]) AS rows (digest, body)
            ON CONFLICT (digest) DO NOTHING
    )
    SELECT pg_notify('serai_work', 'arrived')
"""
"""One statement, one round trip, one commit; workers are woken by the same commit."""


WRITE_SECONDS = 5.0
"""Then whoever waits is told to try again: one line that hangs must not hold the door for ever."""


class Keeper(Intake):
    """Keeps deliveries of many requests with one statement and one commit."""

    def __init__(self, pool: Pool, vault: Vault) -> None:
        self._pool = pool
        self._vault = vault
        self._together = Together(self._write)

    def put(self, app_id: UUID, body: bytes, now: datetime, done: Done) -> None:
        """Keep it with the next write."""
        self._together.put((app_id, now, body), done)

    async def _write(self, batch: Sequence[tuple[UUID, datetime, bytes]]) -> None:
        by_app: dict[UUID, list[bytes]] = {}
        for app_id, _, body in batch:
            by_app.setdefault(app_id, []).append(body)
        async with self._pool.connection() as conn, within(conn, WRITE_SECONDS):
            for app_id, bodies in by_app.items():
                await keep(conn, self._vault, app_id, bodies, batch[0][1])


async def keep(
    conn: Conn, vault: Vault, app_id: UUID, bodies: Sequence[bytes], now: datetime
) -> None:
    """Write bodies that one app signed; one that is there already is left alone."""
    pairs = [sealed(vault, body) for body in bodies]
    await conn.execute(
        KEEP,
        {
            "app_id": app_id,
            "at": now,
            "digests": [digest for digest, _ in pairs],
            "bodies": [body for _, body in pairs],
        },
    )
