"""Follow-ups as rows: each once, whatever happens meanwhile."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from serai.core.content import Text
from serai.core.ids import BusinessId, ChannelId, ContactId, ConversationId, derived
from serai.core.template import TemplateRef
from serai.engine.handle import handle
from serai.features.follow_ups import store
from serai.features.follow_ups.store import NewFollowUp
from serai.kit.db import ENGINE, Conn, connect
from tests.given import (
    NOON,
    WIRING,
    a_business,
    a_channel,
    change,
    deliver,
    delivery,
    rows,
    text_item,
)

DAY = timedelta(hours=24)
NUDGE = TemplateRef("nudge", "en_US", body="Still interested?")


@pytest.fixture
async def talk(conn: Conn) -> Conn:
    """Ada wrote at noon."""
    await a_channel(conn, await a_business(conn))
    await deliver(conn, delivery(change(messages=[text_item("hello")])))
    return conn


async def follow_up(conn: Conn, name: str = "one", due_at: datetime = NOON + DAY) -> UUID:
    [row] = await rows(conn, "SELECT * FROM conversations")
    new = NewFollowUp(
        id=derived("follow_up", name),
        business_id=BusinessId(row["business_id"]),
        conversation_id=ConversationId(row["id"]),
        channel_id=ChannelId(row["channel_id"]),
        contact_id=ContactId(row["contact_id"]),
        asked_by="key",
        asked_at=NOON + timedelta(minutes=1),
        due_at=due_at,
        content=Text("Have you had a look?"),
        template=NUDGE,
    )
    await store.add(conn, new)
    return new.id


async def mind(conn: Conn, now: datetime) -> int:
    async with conn.transaction():
        events = await store.claim(conn, now, 100)
        await handle(conn, WIRING, events, now)
    return len(events)


async def said(conn: Conn) -> list[str]:
    found = await rows(
        conn, "SELECT content ->> 'type' AS type FROM messages WHERE direction = 'out'"
    )
    return [row["type"] for row in found]


async def test_before_its_time_nothing_goes_and_then_once(talk: Conn):
    await follow_up(talk)

    assert await mind(talk, NOON + DAY - timedelta(seconds=1)) == 0
    assert await mind(talk, NOON + DAY) == 1
    assert await mind(talk, NOON + DAY) == 0

    assert await said(talk) == ["template"]


async def test_whoever_writes_before_is_not_followed_up(talk: Conn):
    id_ = await follow_up(talk)
    later = int((NOON + timedelta(hours=3)).timestamp())
    await deliver(
        talk,
        delivery(change(messages=[text_item("yes!", at=later)])),
        now=NOON + timedelta(hours=3),
    )

    [shown] = await store.follow_ups(talk, id_=id_)
    assert (shown.state, shown.ended_by) == ("cancelled", "answered")
    assert await mind(talk, NOON + DAY) == 0
    assert await said(talk) == []
    [kept] = await store.follow_ups(talk, id_=id_)
    assert (kept.state, kept.ended_by) == ("cancelled", "answered")


async def test_one_that_was_cancelled_says_nothing(talk: Conn):
    id_ = await follow_up(talk)
    await store.cancel(talk, id_, NOON + timedelta(hours=1))
    assert await mind(talk, NOON + DAY) == 0


async def test_cancelling_what_went_out_changes_nothing(talk: Conn):
    id_ = await follow_up(talk)
    await mind(talk, NOON + DAY)
    await store.cancel(talk, id_, NOON + DAY)
    [kept] = await store.follow_ups(talk, id_=id_)
    assert (kept.state, kept.ended_by) == ("done", "due")


async def test_two_workers_at_once_say_it_once(db_url: str, talk: Conn):
    for name in "abcdef":
        await follow_up(talk, name)

    async def one() -> None:
        async with await connect(db_url, ENGINE) as worker:
            await mind(worker, NOON + DAY)

    await asyncio.gather(one(), one(), one())

    assert await said(talk) == ["template"] * 6
