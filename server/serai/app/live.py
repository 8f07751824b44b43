"""Server-sent events: what changed, to whoever may see it.

The event log is the feed. A browser that was away says what it saw last and gets what it missed;
it may be told something twice, never nothing.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from uuid import UUID

import msgspec
from msgspec import Struct
from psycopg import OperationalError

from serai.kit.db import ENGINE, Pool, connect, fetch

SINCE = """
    SELECT seq, business_id, conversation_id, message_id
      FROM events
     WHERE seq > %(seq)s AND (%(businesses)s::uuid[] IS NULL OR business_id = ANY (%(businesses)s))
     ORDER BY seq
     LIMIT %(limit)s
"""
LATEST = """
    SELECT coalesce(max(seq), 0) AS seq FROM events
"""

OVERLAP = 200
"""Log entries looked at again: workers commit beside each other, so numbers do not appear in order."""
HEARTBEAT_SECONDS = 15.0
MOST_WAITING = 1000
"""Changes kept for a slow browser; one that is slower is cut off and comes back."""
RETRY_SECONDS = 1.0


class Change(Struct, frozen=True):
    seq: int
    business_id: UUID
    conversation_id: UUID | None
    message_id: UUID | None


class Seq(Struct, frozen=True):
    seq: int


class Live:
    """One per web process: hears of changes once, tells every browser of this process."""

    def __init__(self, url: str, pool: Pool) -> None:
        self._url = url
        self._pool = pool
        self._seen: set[int] = set()
        self._seq = 0
        self._browsers: dict[asyncio.Queue[Change | None], frozenset[UUID]] = {}

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            with suppress(OperationalError):
                conn = await connect(self._url, ENGINE)
                async with conn:
                    await conn.execute("LISTEN serai_live")
                    [latest] = await fetch(conn, Seq, LATEST, {})
                    self._seq = self._seq or latest.seq
                    await self._tell()
                    async for _ in conn.notifies():
                        await self._tell()
            await asyncio.sleep(RETRY_SECONDS)

    async def changes(
        self, businesses: Sequence[UUID], last_id: int | None
    ) -> AsyncIterator[Change | None]:
        """What changes from now on, after what was missed since `last_id`; None is a heartbeat."""
        queue: asyncio.Queue[Change | None] = asyncio.Queue(MOST_WAITING)
        self._browsers[queue] = frozenset(businesses)
        try:
            for change in await self._missed(businesses, last_id):
                yield change
            while not (queue.full()):
                try:
                    change = await asyncio.wait_for(queue.get(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    change = None
                yield change
        finally:
            del self._browsers[queue]

    async def _missed(self, businesses: Sequence[UUID], last_id: int | None) -> list[Change]:
        if last_id is None:
            return []
        values = {"seq": max(0, last_id - OVERLAP), "businesses": list(businesses)}
        async with self._pool.connection() as conn:
            return await fetch(conn, Change, SINCE, values | {"limit": MOST_WAITING})

    async def _tell(self) -> None:
        async with self._pool.connection() as conn:
            values = {"seq": max(0, self._seq - OVERLAP), "businesses": None, "limit": 10_000}
            changes = await fetch(conn, Change, SINCE, values)
        fresh = [change for change in changes if change.seq not in self._seen]
        if changes:
            self._seq = max(self._seq, changes[-1].seq)
            self._seen = {change.seq for change in changes}
        for queue, businesses in self._browsers.items():
            for change in fresh:
                if change.business_id in businesses and not queue.full():
                    queue.put_nowait(change)


def frames(change: Change | None) -> bytes:
    """The change as server-sent events."""
    if change is None:
        return b": still here\n\n"
    where = {"business_id": change.business_id, "conversation_id": change.conversation_id}
    told = b"id: %d\nevent: conversation\ndata: %b\n\n" % (change.seq, msgspec.json.encode(where))
    if change.message_id is not None:
        what = msgspec.json.encode(where | {"message_id": change.message_id})
        told += b"id: %d\nevent: message\ndata: %b\n\n" % (change.seq, what)
    return told
