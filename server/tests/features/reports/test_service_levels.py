"""What is promised to whoever relies on an installation, against days that were computed by hand."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from serai.app.watching import marks, reckoning
from serai.app.watching.marks import Marks
from serai.app.watching.reckoning import days_of, reckon
from serai.core.ids import ChannelId, MessageId
from serai.features.reports.decide import expected_minutes
from serai.features.reports.store import service, watched
from serai.features.reports.store.service import Wanted
from serai.kit.db import ENGINE, Conn, Pool, pool
from tests.app.calling import Api, serving
from tests.given import a_business, a_channel, change, deliver, delivery, rows, text_item

DAY = date(2026, 12, 1)
MIDNIGHT = datetime(2026, 12, 1, tzinfo=UTC)
NINE = MIDNIGHT + timedelta(hours=9)
NIGHT = MIDNIGHT + timedelta(days=1, hours=2)
SECOND = timedelta(seconds=1)


@pytest.fixture
async def engine(db_url: str) -> AsyncIterator[Pool]:
    async with pool(db_url, ENGINE, 4) as engine:
        yield engine


async def fates(conn: Conn, message: MessageId, **kinds: datetime) -> None:
    """What became of a message, and when we heard it."""
    for kind, at in kinds.items():
        await conn.execute(
            "INSERT INTO message_events (business_id, message_id, kind, at, recorded_at)"
            " SELECT business_id, id, %s, %s, %s FROM messages WHERE id = %s",
            (kind, at, at, message),
        )
    if kinds:
        await conn.execute("UPDATE sends SET state = 'done' WHERE id = %s", (message,))


async def asked(
    conn: Conn, number: str, wrote_at: datetime, *, after: timedelta = SECOND
) -> MessageId:
    """Somebody new writes and is welcomed; the answer waits. `after`: how late we handle it."""
    phone = f"1555{int(wrote_at.timestamp()) % 10_000_000:07d}"
    item = text_item("hello", phone=phone, at=int(wrote_at.timestamp()))
    await deliver(conn, delivery(change(number, messages=[item])), now=wrote_at + after)
    [row] = await rows(
        conn, "SELECT id FROM messages WHERE direction = 'out' ORDER BY seq DESC LIMIT 1"
    )
    return row["id"]


async def a_number(conn: Conn, key: str, number: str) -> ChannelId:
    business = await a_business(conn, key, welcome="Welcome!")
    return await a_channel(conn, business, number)


async def a_day(conn: Conn) -> tuple[ChannelId, ChannelId]:
    """Eight people write to the cafe and one to the shop; it is noon."""
    cafe, shop = await a_number(conn, "cafe", "71"), await a_number(conn, "shop", "72")

    async def one(minute: int, number: str = "71", **fate: float) -> None:
        wrote_at = NINE + timedelta(minutes=minute)
        message = await asked(conn, number, wrote_at)
        await fates(conn, message, **{kind: wrote_at + s * SECOND for kind, s in fate.items()})

    await one(0, accepted=1, delivered=3)
    await one(1, accepted=1.5, delivered=2, read=60)
    await one(2, accepted=5, failed=6)  # too late, and Meta could not deliver it
    await one(3)  # waits still: late
    await one(4, accepted=1)  # three hours ago, and it has not arrived
    await one(5, unknown=30)  # nobody knows whether Meta took it
    await asked(conn, "71", NOON - SECOND)  # waits for a second: too early to tell
    young = await asked(conn, "71", NOON - 30 * SECOND)
    await fates(conn, young, accepted=NOON - 29 * SECOND)  # prompt; may still arrive
    await one(0, "72", accepted=0.5, delivered=1)
    return cafe, shop


NOON = NINE + timedelta(hours=3)
WANTED = Wanted(since=DAY, until=DAY, by="channel")


@pytest.mark.promise("OPS-08")
async def test_answers_and_deliveries_of_a_day_are_those_counted_by_hand(conn: Conn):
    cafe, shop = await a_day(conn)

    for _ in range(2):  # once more changes nothing
        await service.count(conn, DAY, NOON)
    total, *groups = await service.levels(conn, WANTED)

    told = {
        row.key: (row.answer_count, row.prompt_count, row.answer_seconds, row.slowest_seconds)
        for row in groups
    }
    waits = 3 * 3600.0 - 180
    assert told == {
        str(cafe): (6, 4, 1 + 1.5 + 5 + waits + 1 + 1, waits),
        str(shop): (1, 1, 0.5, 0.5),
    }
    assert {row.key: (row.sent_count, row.delivered_count) for row in groups} == {
        str(cafe): (5, 2),
        str(shop): (1, 1),
    }
    assert (total.answer_count, total.prompt_count) == (7, 5)
    assert (total.sent_count, total.delivered_count) == (6, 3)


@pytest.mark.promise("OPS-08")
async def test_the_installation_is_up_in_minutes_in_which_a_server_and_a_worker_say_so(conn: Conn):
    def at(minute: int) -> datetime:
        return MIDNIGHT + timedelta(hours=23, minutes=minute)

    for minute in (50, 51, 52, 54, 55, 60, 61):  # 23:53 and 23:56 to 23:59 nobody
        await watched.mark(conn, "serve", at(minute), 100, 0)
        await watched.mark(conn, "serve", at(minute) + 20 * SECOND, 100, 1)
        if minute != 55:
            await watched.mark(conn, "work", at(minute), 0, 0)

    now = at(62) + 30 * SECOND
    began_at = await watched.began_at(conn)
    days = await watched.days(conn, DAY, DAY + timedelta(days=1), now)

    assert began_at == at(50)
    assert [day.up_minutes for day in days] == [4, 2]
    expected = [expected_minutes(day.day, began_at, now) for day in days]
    assert expected == [10, 2]
    assert [(day.answer_count, day.failure_count) for day in days] == [(1000, 5), (400, 2)]


async def test_a_minute_that_is_not_over_yet_counts_neither_way(conn: Conn):
    for part in ("serve", "work"):
        await watched.mark(conn, part, NOON, 0, 0)
        await watched.mark(conn, part, NOON + 60 * SECOND, 0, 0)
    now = NOON + 90 * SECOND
    [day] = await watched.days(conn, DAY, DAY, now)
    assert (day.up_minutes, expected_minutes(DAY, NOON, now)) == (1, 1)


async def test_what_came_and_could_not_be_handled_is_an_error_of_its_day(conn: Conn):
    await deliver(conn, b"[]", delivery(change("999", messages=[text_item("hi")])), now=NOON)
    await watched.count_set_aside(conn, DAY)
    [day] = await watched.days(conn, DAY, DAY, NOON)
    assert day.failure_count == 1, "what came for a number of nobody's is none"


async def test_what_cannot_be_said_now_is_said_with_the_next_mark(
    conn: Conn, engine: Pool, db_url: str
):
    async def rename(table: str, to: str) -> None:
        async with await psycopg.AsyncConnection.connect(db_url) as owner:
            await owner.execute(f"ALTER TABLE serai.{table} RENAME TO {to}".encode())

    told = [marks.Answered(7, 1)]
    saying = Marks(engine, "serve", lambda: NOON, lambda: told[-1])
    told.append(marks.Answered(10, 2))
    await rename("watched_days", "away")
    with pytest.raises(Exception, match="watched_days"):
        await saying.mark()
    await rename("away", "watched_days")
    told.append(marks.Answered(12, 2))
    await saying.mark()
    await saying.mark()
    [row] = await rows(conn, "SELECT answer_count, failure_count FROM watched_days")
    assert row == {"answer_count": 5, "failure_count": 1}


async def test_one_of_many_workers_counts_every_ten_minutes_and_a_month_every_day(
    conn: Conn, engine: Pool
):
    await a_day(conn)
    assert await reckon(engine, lambda: NOON)
    assert await reckon(engine, lambda: NOON)
    assert not await reckon(engine, lambda: NOON)
    assert not await reckon(engine, lambda: NOON + timedelta(minutes=9))
    assert await reckon(engine, lambda: NOON + timedelta(minutes=10))
    chores = await rows(conn, "SELECT name, done_count FROM chores ORDER BY name")
    assert [(row["name"], row["done_count"]) for row in chores] == [
        ("service_days", 2),
        ("service_month", 1),
    ]
    assert len(days_of(reckoning.OFTEN, NOON)) == 2
    assert len(days_of(reckoning.SELDOM, NOON)) == 36


@pytest.fixture
async def api(db_url: str, conn: Conn) -> AsyncIterator[Api]:
    async with serving(db_url, conn) as api:
        api.app.state.clock.follow(NOON)
        yield api


@pytest.mark.promise("OPS-08")
async def test_the_page_says_what_is_promised_what_was_kept_and_of_how_many(api: Api, conn: Conn):
    await a_day(conn)
    for minute in range(-5, 0):
        at = NOON + timedelta(minutes=minute)
        await watched.mark(conn, "serve", at, 500, 0)
        if minute != -2:
            await watched.mark(conn, "work", at, 0, 0)
    key = await api.key("reports:read")
    empty = (await api.ask("GET", "/reports/service-levels", key=key)).json()
    assert (empty["answers"]["share"], empty["counted_at"]) == (None, None)
    await service.count(conn, DAY, NOON)

    told = (await api.ask("GET", "/reports/service-levels", key=key)).json()

    names = ("up", "answers", "errors", "delivery")
    assert {name: told[name]["share"] for name in names} == {
        "up": 4 / 5, "answers": 5 / 7, "errors": 0, "delivery": 3 / 6,
    }  # fmt: skip
    assert [told[name]["is_kept"] for name in names] == [False, False, True, False]
    assert [told[name]["aim"] for name in names] == [0.999, 0.95, 0.001, 0.98]
    [day] = told["groups"]
    assert day["key"] == "2026-12-01"
    assert day["up"]["share"] == 4 / 5

    by = await api.ask("GET", "/reports/service-levels?by=business", key=key)
    assert sorted(group["name"] for group in by.json()["groups"]) == ["Cafe", "Shop"]
    assert {group["up"] for group in by.json()["groups"]} == {None}


async def test_of_other_companies_nothing_is_told_but_whether_the_installation_works(
    api: Api, conn: Conn
):
    await a_day(conn)
    await service.count(conn, DAY, NOON)
    [shop] = await rows(conn, "SELECT id FROM businesses WHERE key = 'shop'")
    key = await api.key("reports:read", businesses=[shop["id"]])
    told = (await api.ask("GET", "/reports/service-levels?by=channel", key=key)).json()
    assert told["answers"]["count"] == 1
    assert len(told["groups"]) == 1
    nothing = await api.ask("GET", "/reports/service-levels", key=await api.key("contacts:read"))
    assert nothing.status_code == 403


async def test_a_span_that_is_too_long_or_turned_round_is_refused(api: Api):
    key = await api.key("reports:read")
    for span in ("since=2026-12-02&until=2026-12-01", "since=2020-01-01&until=2026-12-01"):
        answer = await api.ask("GET", f"/reports/service-levels?{span}", key=key)
        assert (answer.status_code, answer.json()["code"]) == (422, "span_invalid")
    early = await api.ask("GET", "/reports/service-levels?until=0001-01-01", key=key)
    assert early.status_code == 200
