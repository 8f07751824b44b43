"""Server-sent events: what changed, to whoever may see it.

Two sources. The event log is the feed of what happened to conversations: a browser that was away
says what it saw last and gets what it missed; it may be told something twice, never nothing.
News (`engine.news`) is told to those who are there and is not repeated: who comes back asks anew.

Whoever listens is asked for again once a minute, and at once when somebody's access changed: a
stream ends with its session, and shows no more than its reader may see by then.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

import msgspec
from msgspec import Struct
from prometheus_client import Gauge
from psycopg import OperationalError

from serai.core.ids import BusinessId
from serai.core.permissions import Permission
from serai.core.principal import Principal
from serai.engine.news import News
from serai.kit.db import ENGINE, Pool, fetch, hear
from serai.kit.log import logger

SINCE = """
    SELECT seq, business_id, conversation_id, message_id
      FROM events
     WHERE seq > %(seq)s AND business_id = ANY (%(businesses)s)
     ORDER BY seq
     LIMIT %(limit)s
"""
NEWER = """
    SELECT seq, business_id, conversation_id, message_id
      FROM events
     WHERE seq > %(seq)s AND seq NOT IN (SELECT unnest(%(seen)s::bigint[]))
     ORDER BY seq
     LIMIT 10000
"""
"""What was told of stays in the database: it is read anew with every change, and is hundreds of rows."""
LATEST = """
    SELECT coalesce(max(seq), 0) AS seq FROM events
"""

OVERLAP = 200
"""Log entries looked at again: workers commit beside each other, so numbers do not appear in order."""
HEARTBEAT_SECONDS = 15.0
ASK_AGAIN_SECONDS = 60.0
"""How long a reader whose access ended in a way that nobody told of goes on."""
MOST_WAITING = 1000
"""Changes kept for a slow browser; one that is slower is cut off and comes back."""
ACCESS = "access"
"""The news that somebody's access changed: everybody is asked for again."""

STREAMS = Gauge("serai_live_streams", "Pages that listen for what changes.")

log = logger("serai.live")


class Change(Struct, frozen=True):
    seq: int
    business_id: UUID
    conversation_id: UUID | None
    message_id: UUID | None


class Seq(Struct, frozen=True):
    seq: int


Told: TypeAlias = Change | News | None
"""None is a heartbeat."""
Again: TypeAlias = Callable[[], Awaitable[Principal | None]]
"""Who this reader is by now; None: nobody any more."""


@dataclass(eq=False)
class Reader:
    """One browser that listens."""

    who: Principal
    again: Again
    asked_at: float
    """By the loop's clock."""
    queue: asyncio.Queue[Change | News] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))
    is_stale: bool = False
    """Their access may have changed."""

    def takes(self, told: Change | News) -> bool:
        """Whether it is for them."""
        if isinstance(told, Change):
            return Permission.CONVERSATIONS_READ in self._grants(told.business_id)
        if told.user_ids and self.who.id not in told.user_ids:
            return False
        if told.business_id is None:
            return bool(told.user_ids)
        may = self._grants(told.business_id)
        return bool(may) and (told.needs is None or told.needs in may)

    def _grants(self, business_id: UUID) -> frozenset[Permission]:
        return self.who.grants.get(BusinessId(business_id), frozenset())


class Live:
    """One per web process: hears of changes once, tells every browser of this process."""

    def __init__(self, url: str, pool: Pool) -> None:
        self._url = url
        self._pool = pool
        self._seen: set[int] = set()
        self._seq = 0
        self._readers: set[Reader] = set()
        self._has_ended = False
        self._came = asyncio.Condition()
        self.listening = asyncio.Event()
        """Set once we hear of whatever is told from then on."""

    async def run(self) -> None:
        """Until cancelled."""
        async for heard in hear(self._url, ENGINE, "serai_live", "serai_news"):
            with suppress(OperationalError):  # what was not told now is told with the next change
                if heard is None:
                    await self._begin()
                elif heard.channel == "serai_news":
                    self._pass_on(heard.payload)
                else:
                    await self._tell()

    async def _begin(self) -> None:
        self._catch_up()
        self.listening.set()
        await self._tell()

    async def changes(
        self, who: Principal, again: Again, last_id: int | None
    ) -> AsyncGenerator[Told]:
        """What is told from now on, after what was missed since `last_id`; ends with their access."""
        reader = Reader(who, again, asyncio.get_running_loop().time())
        self._readers.add(reader)
        STREAMS.inc()
        async with self._came:
            self._came.notify_all()
        try:
            yield None  # a page that reads this and then asks for what it shows misses nothing
            for change in await self._missed(reader, last_id):
                yield change
            while not reader.queue.full():
                told = await _next(reader)
                if self._has_ended:
                    return
                if not await _still_there(reader):
                    return
                if told is None or reader.takes(told):
                    yield told
        finally:
            self._readers.discard(reader)
            STREAMS.dec()

    def end(self) -> None:
        """Let every browser go, for good: this process ends, another tells them what they missed."""
        self._has_ended = True
        self._catch_up()

    async def readers_are(self, count: int) -> None:
        """Wait until that many listen."""
        async with self._came:
            await self._came.wait_for(lambda: len(self._readers) >= count)

    async def _missed(self, reader: Reader, last_id: int | None) -> list[Change]:
        if last_id is None:
            return []
        values = {"seq": max(0, last_id - OVERLAP), "businesses": list(reader.who.businesses)}
        async with self._pool.connection() as conn:
            missed = await fetch(conn, Change, SINCE, values | {"limit": MOST_WAITING})
        return [change for change in missed if reader.takes(change)]

    async def _tell(self) -> None:
        async with self._pool.connection() as conn:
            if not self._seq:
                [latest] = await fetch(conn, Seq, LATEST, {})
                self._seq = latest.seq
            since = max(0, self._seq - OVERLAP)
            values = {"seq": since, "seen": list(self._seen)}
            fresh = await fetch(conn, Change, NEWER, values)
        if fresh:
            self._seq = max(self._seq, fresh[-1].seq)
        told = self._seen.union(change.seq for change in fresh)
        self._seen = {seq for seq in told if seq > self._seq - OVERLAP}
        for change in fresh:
            self._hand_out(change)

    def _pass_on(self, payload: str) -> None:
        try:
            news = msgspec.json.decode(payload, type=News)
        except msgspec.DecodeError:
            log.warning("news_unreadable")
            return
        if news.kind == ACCESS:
            for reader in self._readers:
                reader.is_stale = True
                _put(reader, news)
        else:
            self._hand_out(news)

    def _hand_out(self, told: Change | News) -> None:
        for reader in self._readers:
            if reader.takes(told):
                _put(reader, told)

    def _catch_up(self) -> None:
        """We may not have heard some news, so everybody asks anew."""
        for reader in self._readers:
            _put(reader, News(kind="resync", user_ids=(reader.who.id,)))


def _put(reader: Reader, told: Change | News) -> None:
    if not reader.queue.full():
        reader.queue.put_nowait(told)


async def _next(reader: Reader) -> Told:
    try:
        return await asyncio.wait_for(reader.queue.get(), HEARTBEAT_SECONDS)
    except TimeoutError:
        return None


async def _still_there(reader: Reader) -> bool:
    """Ask for them again if it is time; a page whose reader may see other things asks anew."""
    now = asyncio.get_running_loop().time()
    if not reader.is_stale and now - reader.asked_at < ASK_AGAIN_SECONDS:
        return True
    reader.is_stale, reader.asked_at = False, now
    fresh = await reader.again()
    if fresh is None:
        return False
    if (fresh.grants, fresh.company) != (reader.who.grants, reader.who.company):
        _put(reader, News(kind=ACCESS, user_ids=(fresh.id,)))
    reader.who = fresh
    return True


def frames(told: Told) -> bytes:
    """The change as server-sent events; only those of the log have an id to come back to."""
    if told is None:
        return b": still here\n\n"
    if isinstance(told, News):
        what = {**told.data, "business_id": told.business_id}
        return b"event: %b\ndata: %b\n\n" % (told.kind.encode(), msgspec.json.encode(what))
    where = {"business_id": told.business_id, "conversation_id": told.conversation_id}
    lines = b"id: %d\nevent: conversation\ndata: %b\n\n" % (told.seq, msgspec.json.encode(where))
    if told.message_id is not None:
        what = msgspec.json.encode(where | {"message_id": told.message_id})
        lines += b"id: %d\nevent: message\ndata: %b\n\n" % (told.seq, what)
    return lines
