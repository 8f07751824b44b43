"""Two who are one person, while things happen to both of them."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from psycopg import OperationalError
from serai.app.wiring import REPLAY_WIPES
from serai.core.events import ContactsMerged, Event, MergeUndone
from serai.core.ids import BusinessId, ContactId, Person
from serai.engine import items
from serai.engine.handle import handle
from serai.engine.items import Share
from serai.engine.replay import replay
from serai.kit.db import ENGINE, Conn, connect
from tests.given import (
    ADA,
    LANES,
    NOON,
    WIRING,
    a_business,
    a_channel,
    deliver,
    delivery,
    message,
    rows,
    text_item,
)
from tests.given import change as a_change

BEN = Person(phone="15550100456", user_id="US.15550100456")
ADA_PHONE, BEN_PHONE = "15550100123", "15550100456"
LATER = NOON + timedelta(hours=1)
WAITING = "SELECT FROM pg_locks WHERE NOT granted"
SAID = """SELECT content ->> 'body' AS text, contact_id FROM messages
           WHERE direction = 'in' ORDER BY seq"""


@pytest.fixture
async def pair(conn: Conn) -> tuple[BusinessId, ContactId, ContactId]:
    """A business, and two contacts of it who have written."""
    business = await a_business(conn)
    await a_channel(conn, business)
    for phone in (ADA_PHONE, BEN_PHONE):
        await writes(conn, phone, "hello")
    found = await rows(conn, "SELECT contact_id FROM messages WHERE direction = 'in' ORDER BY seq")
    kept, gone = [ContactId(row["contact_id"]) for row in found]
    return business, kept, gone


def merged(pair: tuple[BusinessId, ContactId, ContactId]) -> ContactsMerged:
    business, kept, gone = pair
    return ContactsMerged(
        key="merged", at=LATER, business_id=business, contact_id=kept, gone_id=gone, by="Nour"
    )


async def writes(conn: Conn, phone: str, text: str) -> None:
    item = text_item(text, id_=f"wamid.{phone}.{text}", phone=phone)
    await deliver(conn, delivery(a_change(messages=[item])), now=NOON)


async def until_one_waits(conn: Conn) -> None:
    for _ in range(2000):
        if await rows(conn, WAITING):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("nobody waits")


async def ensure_nothing_dangles(conn: Conn, kept: UUID) -> None:
    """Everything is the kept one's: identities, messages, one open conversation."""
    for table in ("contact_identities", "messages", "conversations"):
        whose = await rows(conn, f"SELECT DISTINCT contact_id FROM {table}")
        assert [row["contact_id"] for row in whose] == [kept], table
    assert len(await rows(conn, "SELECT FROM conversations WHERE status <> 'resolved'")) == 1
    assert await rows(conn, "SELECT FROM inbound_items WHERE state = 'pending'") == []


async def test_who_writes_while_they_are_merged_is_heard_as_the_one_they_are(
    conn: Conn, db_url: str, pair: tuple[BusinessId, ContactId, ContactId]
):
    async with await connect(db_url, ENGINE) as merging, await connect(db_url, ENGINE) as worker:
        async with merging.transaction():
            await handle(merging, WIRING, [merged(pair)], LATER)
            arriving = asyncio.create_task(_kept_at_it(worker, BEN_PHONE, "still me"))
            await until_one_waits(conn)
        await arriving
    said = await rows(conn, SAID)
    assert [row["text"] for row in said] == ["hello", "hello", "still me"]
    await ensure_nothing_dangles(conn, pair[1])


async def test_a_merge_waits_for_what_the_other_is_just_saying(
    conn: Conn, db_url: str, pair: tuple[BusinessId, ContactId, ContactId]
):
    async with await connect(db_url, ENGINE) as merging, await connect(db_url, ENGINE) as worker:
        async with worker.transaction():
            await handle(worker, WIRING, [message("one more thing", person=BEN)], NOON)
            waiting = asyncio.create_task(
                _committed(merging, handle(merging, WIRING, [merged(pair)], LATER))
            )
            await until_one_waits(conn)
        await waiting
    assert [row["text"] for row in await rows(conn, SAID)] == ["hello", "hello", "one more thing"]
    await ensure_nothing_dangles(conn, pair[1])


async def test_a_replay_with_merges_gives_the_rows_that_were_there(
    conn: Conn, pair: tuple[BusinessId, ContactId, ContactId]
):
    business, kept, gone = pair
    told: list[Event] = [merged(pair), message("from the other number", person=BEN, at=LATER)]
    for event in told:
        await handle(conn, WIRING, [event], LATER)
    [merge] = await rows(conn, "SELECT id FROM contact_merges")
    parted = MergeUndone(
        key="parted", at=LATER, business_id=business, contact_id=kept, gone_id=gone,
        merge_id=merge["id"], by="Nour",
    )  # fmt: skip
    await handle(conn, WIRING, [parted], LATER)
    await handle(conn, WIRING, [message("two again", person=BEN, at=LATER)], LATER)
    await handle(conn, WIRING, [message("and I", person=ADA, at=LATER)], LATER)
    before = await _everything(conn)
    await replay(conn, WIRING, REPLAY_WIPES)
    assert await _everything(conn) == before


async def _everything(conn: Conn) -> list[list[dict[str, Any]]]:
    tables = ("contacts", "contact_identities", "contact_merges", "conversations", "messages")
    leave = "'seq' - 'sealed' - 'id'"
    return [
        await rows(conn, f"SELECT to_jsonb(t) - {leave} AS row FROM {table} AS t ORDER BY 1")
        for table in tables
    ]


async def _kept_at_it(conn: Conn, phone: str, text: str) -> None:
    """As a worker does: what could not be handled now is handled the next time."""
    try:
        await writes(conn, phone, text)
    except OperationalError:
        share = Share(lanes=LANES, start=0, most=LANES, limit=100)
        while await items.work(conn, WIRING, share, LATER):
            pass


async def _committed(conn: Conn, doing: Awaitable[object]) -> None:
    async with conn.transaction():
        await doing
