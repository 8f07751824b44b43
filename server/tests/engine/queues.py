"""Queues to carry in tests, and a Meta that takes everything and looks whether its limits were kept."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from serai.core.effects import FinishSend, OpenWindow
from serai.core.ids import BusinessId, ChannelId, ContactId
from serai.engine import outbox, waiting
from serai.engine.claim import claim
from serai.engine.limits import NO_LIMIT
from serai.engine.outbox import Attempted, Parcel
from serai.features.inbox.store.write import open_windows
from serai.kit.db import Conn
from serai.meta.whatsapp.kind import RULES
from tests.given import NOON, NUMBER, a_channel, rows

OFFER = {"type": "template", "name": "offer", "language": "en_US", "category": "MARKETING"}
TEXT = {"type": "text", "body": "hello"}
AUTHORS = {0: "agent", 1: "automation", 2: "campaign"}

PEOPLE = """
    INSERT INTO contacts (id, business_id, name, created_at)
    SELECT gen_random_uuid(), business_id, 'Someone', %(at)s
      FROM channels, generate_series(1, %(count)s) WHERE id = %(channel_id)s
    RETURNING id
"""
TALKS = """
    INSERT INTO conversations (id, business_id, inbox_id, channel_id, contact_id, opened_at,
                               last_activity_at)
    SELECT gen_random_uuid(), channels.business_id, inbox_id, channels.id, contacts.id, %(at)s, %(at)s
      FROM channels, contacts
     WHERE channels.id = %(channel_id)s AND contacts.id = ANY (%(people)s)
        ON CONFLICT DO NOTHING
"""
QUEUE = """
    WITH texts AS (
        INSERT INTO messages (id, business_id, conversation_id, contact_id, channel_id, direction,
                              author_kind, cause, content, created_at)
        SELECT gen_random_uuid(), business_id, id, contact_id, channel_id, 'out', %(author)s, 'test',
               %(content)s, %(at)s + number * interval '1 microsecond'
          FROM conversations, generate_series(1, %(each)s) AS number
         WHERE channel_id = %(channel_id)s AND contact_id = ANY (%(people)s)
        RETURNING *),
    allowed AS (
        INSERT INTO policy_decisions (business_id, message_id, stage, verdict, at)
        SELECT business_id, id, 'commit', 'allow', %(at)s FROM texts)
    INSERT INTO sends (id, business_id, channel_id, conversation_id, contact_id, effect, priority,
                       created_at)
    SELECT id, business_id, channel_id, conversation_id, contact_id,
           jsonb_build_object('type', 'SendMessage', 'business_id', business_id, 'message_id', id,
               'conversation_id', conversation_id, 'channel_id', channel_id,
               'contact_id', contact_id, 'content', content, 'purpose', 'utility',
               'author', author_kind, 'cause', 'test', 'at', created_at),
           %(priority)s, created_at
      FROM texts
    RETURNING id
"""
LIMIT = """
    INSERT INTO send_limits (business_id, channel_id, per_second, per_minute, per_template_day,
                             retries, batch)
    SELECT business_id, id, %(per_second)s, %(per_minute)s, %(per_template_day)s, %(retries)s, %(batch)s
      FROM channels WHERE id = %(channel_id)s
        ON CONFLICT (business_id, channel_id)
        DO UPDATE SET per_second = excluded.per_second, per_minute = excluded.per_minute,
                      per_template_day = excluded.per_template_day, retries = excluded.retries,
                      batch = excluded.batch
"""
NO_LIMITS: dict[str, int | None] = dict.fromkeys(
    ("per_second", "per_minute", "per_template_day", "retries", "batch")
)


async def a_number(
    conn: Conn, owner: BusinessId, number: str = NUMBER, rate: int = 80
) -> ChannelId:
    """One whose buckets have had time to fill, in a portfolio without a limit."""
    channel = await a_channel(conn, owner, number, rate=rate)
    await conn.execute("UPDATE channels SET messaging_limit = %s", (NO_LIMIT,))
    await claim(conn, NOON - timedelta(days=1), 1)
    return channel


async def some_people(
    conn: Conn, channel: ChannelId, count: int, at: datetime = NOON
) -> list[UUID]:
    values = {"channel_id": channel, "count": count, "at": at}
    people = [row["id"] for row in await (await conn.execute(PEOPLE, values)).fetchall()]
    await conn.execute(TALKS, {"channel_id": channel, "people": people, "at": at})
    return people


async def queue(
    conn: Conn,
    channel: ChannelId,
    people: Iterable[UUID],
    content: dict[str, Any] = TEXT,
    **values: Any,
) -> list[UUID]:
    """`each` messages (one by default) for everybody, as a campaign unless a `priority` is given."""
    priority = values.pop("priority", 2)
    given = {"each": 1, "at": NOON, "priority": priority, "author": AUTHORS[priority]} | values
    given |= {"channel_id": channel, "people": list(people), "content": json.dumps(content)}
    return [row["id"] for row in await (await conn.execute(QUEUE, given)).fetchall()]


async def limit(conn: Conn, channel: ChannelId, **values: int) -> None:
    """The company's own limits of a number; what is not named has none."""
    await conn.execute(LIMIT, NO_LIMITS | values | {"channel_id": channel})


async def accept(conn: Conn, parcels: list[Parcel], now: datetime) -> None:
    """As if Meta had taken them."""
    await outbox.note_attempts(conn, [Attempted(each, "accepted") for each in parcels], now)
    done = [
        FinishSend(business_id=each.business_id, message_id=each.message_id, state="done")
        for each in parcels
    ]
    await outbox.finish(conn, done)


async def carried(
    conn: Conn, begin: datetime, seconds: float, step: float = 0.1, batch: int = 50
) -> AsyncIterator[tuple[datetime, list[Parcel]]]:
    """What a worker takes while the clock runs, all of it accepted."""
    for number in range(round(seconds / step)):
        now = begin + timedelta(seconds=number * step)
        parcels = await claim(conn, now, batch)
        if parcels:
            await accept(conn, parcels, now)
        yield now, parcels


async def count(conn: Conn, begin: datetime, seconds: float, **how: Any) -> int:
    """How many messages left in that time."""
    return sum([len(parcels) async for _, parcels in carried(conn, begin, seconds, **how)])


class Watch:
    """Meta's limits, counted anew from what arrives: what it would have answered."""

    def __init__(self, per_second: int = 80, people: int = 250) -> None:
        self._per_second, self._people = per_second, people
        self._number, self._number_at = float(per_second), NOON
        self._pairs: dict[UUID, tuple[float, datetime]] = {}
        self._reached: dict[UUID, datetime] = {}
        self.refused: dict[int, int] = defaultdict(int)
        """By Meta's code."""

    def take(self, parcels: Iterable[Parcel], now: datetime, *, is_opening: bool) -> None:
        for parcel in parcels:
            self._take_of_number(now)
            self._take_of_pair(parcel.contact_id, now)
            if is_opening:
                self._reach(parcel.contact_id, now)

    def _take_of_number(self, now: datetime) -> None:
        passed = (now - self._number_at).total_seconds()
        self._number = min(self._per_second, self._number + passed * self._per_second) - 1
        self._number_at = now
        self.refused[130429] += self._number < 0

    def _take_of_pair(self, person: UUID, now: datetime) -> None:
        level, at = self._pairs.get(person, (45.0, now))
        level = min(45.0, level + (now - at).total_seconds() / 6) - 1
        self._pairs[person] = level, now
        self.refused[131056] += level < 0

    def _reach(self, person: UUID, now: datetime) -> None:
        day = timedelta(hours=24)
        self._reached = {who: at for who, at in self._reached.items() if at > now - day}
        self._reached[person] = now
        self.refused[131048] += len(self._reached) > self._people


WRITTEN = """
    INSERT INTO messages (id, business_id, conversation_id, contact_id, channel_id, direction,
                          author_kind, cause, content, created_at)
    SELECT gen_random_uuid(), business_id, id, contact_id, channel_id, 'in', 'contact', 'test',
           '{"type": "text", "body": "hi"}', %(at)s
      FROM conversations WHERE contact_id = %(contact_id)s AND channel_id = %(channel_id)s
    RETURNING id, business_id
"""


async def write(conn: Conn, channel: ChannelId, contact: ContactId, at: datetime) -> None:
    """The person writes, which opens the service window."""
    values = {"at": at, "contact_id": contact, "channel_id": channel}
    [said] = await (await conn.execute(WRITTEN, values)).fetchall()
    window = OpenWindow(
        business_id=said["business_id"],
        channel_id=channel,
        contact_id=contact,
        opened_by=said["id"],
        opened_at=at,
        closes_at=at + RULES.window,
    )
    await open_windows(conn, [window])


async def let_go_and_carry(conn: Conn, now: datetime, batch: int = 100) -> list[Parcel]:
    """One round of a worker: who waits for room, then what may go; all of it accepted."""
    await waiting.let_go(conn, now)
    parcels = await claim(conn, now, batch)
    if parcels:
        await accept(conn, parcels, now)
    return parcels


async def waits(conn: Conn) -> dict[str | None, int]:
    """How many wait, by what they wait for."""
    found = await rows(
        conn,
        "SELECT waits_for, count(*) AS n FROM sends WHERE state = 'waiting' GROUP BY waits_for",
    )
    return {row["waits_for"]: row["n"] for row in found}
