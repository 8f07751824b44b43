"""Make rows of what is in a stream: deliveries and the place that was reached, in one commit.

One worker at a time moves a stream. It holds it for some seconds and holds it on with every commit;
when it dies another takes over. One that only slept finds its place taken and changes nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import LiteralString

from msgspec import Struct

from serai.engine.intake.arriving import Row, rows_of
from serai.kit.db import Pool, fetch
from serai.kit.jetstream import Away, Gone, NoStream, Stored
from serai.kit.jetstream.connection import Jet
from serai.kit.jetstream.following import Following
from serai.kit.jetstream.standing import Standing
from serai.kit.log import logger
from serai.kit.secrets import Vault

TAKE = """
    INSERT INTO intake_positions AS held (stream, made_at, holder, held_until)
    VALUES (%(stream)s, %(made_at)s, %(holder)s, clock_timestamp() + %(hold)s)
        ON CONFLICT (stream) DO UPDATE
       SET holder = excluded.holder, held_until = excluded.held_until, made_at = excluded.made_at,
           sequence = CASE WHEN held.made_at = excluded.made_at THEN held.sequence ELSE 0 END,
           message = CASE WHEN held.made_at = excluded.made_at THEN held.message END
     WHERE held.holder = excluded.holder OR held.held_until < clock_timestamp()
    RETURNING sequence, message
"""
BEGIN_AGAIN = """
    UPDATE intake_positions SET sequence = 0, message = NULL
     WHERE stream = %(stream)s AND holder = %(holder)s
"""
MOVE = """
    WITH held AS (
        UPDATE intake_positions
           SET sequence = %(to)s, message = %(message)s, held_until = clock_timestamp() + %(hold)s
         WHERE stream = %(stream)s AND holder = %(holder)s AND sequence = %(from)s
        RETURNING stream
    ), kept AS (
        INSERT INTO webhook_deliveries (app_id, received_at, digest, body, state, reason)
        SELECT rows.*
          FROM held, unnest(%(apps)s::uuid[], %(times)s::timestamptz[], %(digests)b::bytea[],
                            %(bodies)b::bytea[], %(states)s::text[], %(reasons)s::text[]) AS rows
            ON CONFLICT (digest) DO NOTHING
    )
    SELECT stream, pg_notify('serai_work', 'arrived') FROM held
"""
"""The rows and the place, or neither: one statement."""
HOLD_ON = """
    UPDATE intake_positions SET held_until = clock_timestamp() + %(hold)s
     WHERE stream = %(stream)s AND holder = %(holder)s
    RETURNING stream
"""
LET_GO = """
    UPDATE intake_positions SET held_until = clock_timestamp()
     WHERE stream = %(stream)s AND holder = %(holder)s
"""

HELD = timedelta(seconds=5)
"""Without a word of whoever holds a stream, another takes it."""
WAITS_SECONDS = 1.0
"""For something to come, between two words of whoever holds."""
CUT_EVERY = timedelta(minutes=1)

log = logger("serai.intake")


class Place(Struct, frozen=True):
    sequence: int
    message: str | None


class Told(Struct, frozen=True):
    stream: str


class Ferry:
    """Moves one stream for one worker, as long as no other does."""

    def __init__(
        self, pool: Pool, jet: Jet, vault: Vault, *, stream: str, holder: str, keep: timedelta
    ) -> None:
        """`holder`: a name that no other worker has; `keep`: how long what was moved stays."""
        self._pool = pool
        self._jet = jet
        self._vault = vault
        self._stream = stream
        self._holder = holder
        self._keep = keep
        self._following: Following | None = None
        self._at = 0
        self._cut_at: datetime | None = None

    async def move(self, now: datetime) -> bool:
        """Move what is there, waiting a second for something. False: there is nothing to do here.

        Raises what the database raises; begins again from the place that it has.
        """
        try:
            following = self._following or await self._take()
            if following is None:
                return False
            await self._step(following, now)
        except (Away, NoStream, Gone) as error:
            log.warning("stream_lost", stream=self._stream, error=str(error))
            await self._drop()
            return False
        except BaseException:
            await self._drop()
            raise
        return True

    async def let_go(self) -> None:
        """Leave the stream to others, at once."""
        if self._following is not None:
            await self._drop()
            await self._say(LET_GO)

    async def _take(self) -> Following | None:
        standing = await self._jet.ensure(self._stream)
        async with self._pool.connection() as conn:
            found = await fetch(conn, Place, TAKE, self._names() | {"made_at": standing.made_at})
        if not found:
            return None
        self._at = await self._where(found[0], standing)
        self._following = await self._jet.follow(self._stream, self._at)
        log.info("stream_taken", stream=self._stream, place=self._at)
        return self._following

    async def _where(self, place: Place, standing: Standing) -> int:
        """Where to go on: not where we were, if something else is there now.

        A stream that lost its end gives the same places to others. Everything that it has is read
        again then; what is a row already stays one row.
        """
        is_same = place.sequence <= standing.last
        if is_same and place.sequence >= max(standing.first, 1):
            is_same = await self._jet.id_at(self._stream, place.sequence) == place.message
        if is_same:
            return place.sequence
        log.error("stream_went_back", stream=self._stream, place=place.sequence)
        await self._say(BEGIN_AGAIN)
        return 0

    async def _step(self, following: Following, now: datetime) -> None:
        found = await following.next(WAITS_SECONDS)
        if found:
            await self._move(found)
        elif not await self._say(HOLD_ON):
            raise Gone("another worker has it")
        if self._cut_at is None or now - self._cut_at > CUT_EVERY:
            self._cut_at = now
            await self.forget(now)

    async def _move(self, found: Sequence[Stored]) -> None:
        if self._at and found[0].sequence != self._at + 1:
            log.error("stream_has_a_gap", stream=self._stream, place=found[0].sequence)
        rows = [row for stored in found for row in rows_of(self._vault, stored)]
        last = found[-1]
        moved = {"from": self._at, "to": last.sequence, "message": last.id}
        async with self._pool.connection() as conn:
            if not await fetch(conn, Told, MOVE, self._names() | moved | _columns(rows)):
                raise Gone("another worker has it")
        self._at = last.sequence

    async def forget(self, now: datetime) -> None:
        """Forget what was moved, once it is old: a restored database may want it again."""
        old = await self._jet.before(self._stream, now - self._keep)
        if to := min(old, self._at):
            await self._jet.cut(self._stream, to)

    async def _say(self, statement: LiteralString) -> bool:
        async with self._pool.connection() as conn:
            cursor = await conn.execute(statement, self._names())
            return cursor.rowcount > 0

    async def _drop(self) -> None:
        following, self._following = self._following, None
        if following is not None:
            await following.close()

    def _names(self) -> dict[str, object]:
        return {"stream": self._stream, "holder": self._holder, "hold": HELD}


def _columns(rows: Sequence[Row]) -> dict[str, object]:
    return {
        "apps": [row.app_id for row in rows],
        "times": [row.received_at for row in rows],
        "digests": [row.digest for row in rows],
        "bodies": [row.body for row in rows],
        "states": ["quarantined" if row.problem else "kept" for row in rows],
        "reasons": [row.problem for row in rows],
    }
