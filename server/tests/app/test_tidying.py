"""What is over goes, in slices; what a replay needs stays; each chore is done at its hour, once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from serai.app import tidying
from serai.app.tidying import Chore, plan, tidy
from serai.app.wiring import REPLAY_WIPES
from serai.engine import chores, over
from serai.engine.chores import next_at
from serai.engine.intake import postgres
from serai.engine.replay import replay
from serai.kit.db import ENGINE, Conn, Pool, pool
from serai.kit.settings import Settings
from tests.app.calling import INDEX_KEY, KEYS
from tests.given import (
    NOON,
    VAULT,
    WIRING,
    a_business,
    a_channel,
    an_app,
    change,
    deliver,
    delivery,
    rows,
    text_item,
)

DAY = timedelta(days=1)
SETTINGS = Settings.model_validate({"database_url": "x", "keys": KEYS, "index_key": INDEX_KEY})


@pytest.fixture
async def engine(db_url: str) -> AsyncIterator[Pool]:
    async with pool(db_url, ENGINE, 4) as engine:
        yield engine


async def tidy_all(conn: Conn, engine: Pool, now: datetime) -> None:
    chosen = plan(SETTINGS)
    await chores.add(conn, [chore.name for chore in chosen], now)
    await conn.execute("UPDATE chores SET due_at = %s", (now,))
    while await tidy(engine, chosen, lambda: now):
        pass


async def counts(conn: Conn, *tables: str) -> list[int]:
    return [len(await rows(conn, f"SELECT FROM {table}")) for table in tables]


@pytest.mark.promise("OPS-05")
async def test_what_was_read_long_ago_goes_in_slices_and_a_replay_is_none_the_poorer(
    conn: Conn, engine: Pool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tidying, "SLICE", 4)
    monkeypatch.setattr(tidying, "PAUSE_SECONDS", 0.0)
    await a_channel(conn, await a_business(conn))
    bodies = [delivery(change(messages=[text_item(f"hello {n}")])) for n in range(10)]
    await deliver(conn, *bodies, now=NOON - 40 * DAY)
    await deliver(conn, delivery(change(messages=[text_item("now")])), now=NOON - DAY)
    await deliver(conn, b"{ not read", now=NOON - 40 * DAY)
    await postgres.keep(conn, VAULT, await an_app(conn), [b"{ not split"], NOON - 40 * DAY)
    before = await counts(conn, "events", "messages")

    await tidy_all(conn, engine, NOON)

    left = await rows(conn, "SELECT state FROM webhook_deliveries ORDER BY id")
    assert [each["state"] for each in left] == ["split", "quarantined", "kept"]
    assert await counts(conn, "inbound_items") == [0], "what was handled is in the log"
    [chore] = await rows(conn, "SELECT gone_count FROM chores WHERE name = 'deliveries'")
    assert chore["gone_count"] == 10
    assert await replay(conn, WIRING, REPLAY_WIPES) == before[0]
    assert await counts(conn, "events", "messages") == before


@pytest.mark.promise("OPS-05")
async def test_what_was_set_aside_can_be_tried_again_for_half_a_year_and_then_goes(
    conn: Conn, engine: Pool
):
    await a_business(conn)
    await deliver(conn, b"[]", delivery(change(messages=[text_item("to nobody")])), now=NOON)

    await tidy_all(conn, engine, NOON + 179 * DAY)
    assert await counts(conn, "webhook_deliveries", "inbound_items") == [2, 1]
    await tidy_all(conn, engine, NOON + 181 * DAY)
    await tidy_all(conn, engine, NOON + 182 * DAY)
    assert await counts(conn, "webhook_deliveries", "inbound_items") == [0, 0]


async def test_nobody_removes_a_delivery_but_by_tidying(conn: Conn):
    await postgres.keep(conn, VAULT, await an_app(conn), [b"{}"], NOON)
    with pytest.raises(Exception, match="deliveries are only ever added"):
        await conn.execute("DELETE FROM webhook_deliveries")


@pytest.mark.promise("OPS-11")
async def test_a_year_by_the_clock_each_job_on_time_and_once_whatever_number_of_workers(
    conn: Conn, engine: Pool
):
    clock = [NOON]
    did: list[tuple[str, datetime]] = []

    def noting(name: str) -> tidying.Remove:
        async def remove(conn: Conn, before: datetime, limit: int) -> int:
            did.append((name, clock[0]))
            return await over.signals(conn, before, limit)

        return remove

    def moment() -> datetime:
        return clock[0]

    chosen = [
        Chore("daily", DAY, noting("daily")),
        Chore("weekly", DAY, noting("weekly"), 7 * DAY),
        Chore("monthly", DAY, noting("monthly"), 30 * DAY),
    ]
    await chores.add(conn, [chore.name for chore in chosen], NOON)
    for day in range(365):
        clock[0] = NOON + day * DAY + timedelta(minutes=day % 50)  # never quite on the hour
        while any(await asyncio.gather(*(tidy(engine, chosen, moment) for _ in range(2)))):
            pass

    assert Counter(name for name, _ in did) == {"daily": 365, "weekly": 53, "monthly": 13}
    assert all(at - NOON.replace(day=at.day, month=at.month, year=at.year) < DAY for _, at in did)
    assert len(set(did)) == len(did)
    kept = await rows(conn, "SELECT due_at, done_count FROM chores WHERE name = 'daily'")
    assert kept == [{"due_at": NOON + 365 * DAY, "done_count": 365}], "it keeps its hour"


@pytest.mark.promise("OPS-11")
async def test_a_chore_whose_worker_died_is_done_by_the_next_when_its_lease_is_over(
    conn: Conn, engine: Pool
):
    chosen = [Chore("signals", DAY, over.signals)]
    await chores.add(conn, ["signals"], NOON)
    died = await chores.take(conn, ["signals"], NOON, NOON + tidying.LEASE)
    assert died is not None

    assert not await tidy(engine, chosen, lambda: NOON + timedelta(minutes=9))
    assert await tidy(engine, chosen, lambda: NOON + timedelta(minutes=11))
    assert not await chores.hold(conn, "signals", NOON + tidying.LEASE, NOON + DAY, 1)


@pytest.mark.parametrize(
    ("late", "then"),
    [
        (timedelta(), DAY),
        (timedelta(hours=23), DAY),
        (DAY, 2 * DAY),
        (10 * DAY + timedelta(hours=1), 11 * DAY),
    ],
)
def test_a_chore_keeps_its_hour_however_late_it_was_done(late: timedelta, then: timedelta):
    assert next_at(NOON, DAY, NOON + late) == NOON + then


def test_nothing_goes_while_meta_may_still_send_it_again():
    with pytest.raises(ValueError, match="greater than or equal to 8"):
        Settings.model_validate(SETTINGS.model_dump() | {"keep_deliveries_days": 7})
