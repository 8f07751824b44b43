"""Meta's limits and the company's own, kept by the queue; time is an argument."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from serai.core.effects import FinishSend
from serai.core.ids import ChannelId
from serai.engine import outbox, waiting
from serai.engine.claim import claim
from serai.engine.limits import NO_LIMIT, PAIR_BURST
from serai.kit.db import ENGINE, Conn, connect
from tests.engine.queues import (
    OFFER,
    Watch,
    a_number,
    carried,
    count,
    let_go_and_carry,
    limit,
    queue,
    some_people,
    waits,
    write,
)
from tests.given import NOON, a_business, rows

OTHER = "770012340000002"
CLOSE = 0.05
"""Measured throughput is within 5 % of what is set."""


async def open_number(conn: Conn, people_limit: int | None = NO_LIMIT, rate: int = 80) -> ChannelId:
    channel = await a_number(conn, await a_business(conn), rate=rate)
    await conn.execute("UPDATE channels SET messaging_limit = %s", (people_limit,))
    return channel


async def test_one_person_gets_a_burst_and_then_one_message_every_six_seconds(conn: Conn):
    channel = await open_number(conn)
    people = await some_people(conn, channel, 1)
    await queue(conn, channel, people, each=80)
    watch, sent = Watch(), list[datetime]()

    async for now, parcels in carried(conn, NOON, 120, step=0.5):
        watch.take(parcels, now, is_opening=False)
        sent += [now] * len(parcels)

    minute = [at for at in sent if at >= NOON + timedelta(seconds=60)]
    assert len(sent) == PAIR_BURST + 119 // 6
    assert len(minute) == 10
    assert not any(watch.refused.values())


async def test_a_message_over_the_burst_waits_with_its_reason_and_others_overtake_it(conn: Conn):
    channel = await open_number(conn)
    ada, *others = await some_people(conn, channel, 30)
    await queue(conn, channel, [ada], each=PAIR_BURST + 5)
    await queue(conn, channel, others, at=NOON + timedelta(seconds=1))

    sent = [each async for _, those in carried(conn, NOON, 30) for each in those]

    assert {parcel.contact_id for parcel in sent} == {ada, *others}
    assert await waits(conn) == {"pair": PAIR_BURST + 5 + 29 - len(sent)}
    assert not await rows(conn, "SELECT FROM sends WHERE state NOT IN ('waiting', 'done')")


async def test_a_person_s_reply_goes_before_what_waits_for_the_same_pair(conn: Conn):
    channel = await open_number(conn)
    ada = await some_people(conn, channel, 1)
    await queue(conn, channel, ada, each=PAIR_BURST + 3)
    await count(conn, NOON, 20)
    [reply] = await queue(conn, channel, ada, priority=0, at=NOON + timedelta(seconds=20))

    following = [
        each async for _, those in carried(conn, NOON + timedelta(seconds=20), 12) for each in those
    ]

    assert following[0].message_id == reply


async def test_messages_of_one_person_leave_in_their_order_one_at_a_time(conn: Conn):
    channel = await open_number(conn)
    people = await some_people(conn, channel, 3)
    first = await queue(conn, channel, people)
    await queue(conn, channel, people, at=NOON + timedelta(seconds=1))

    parcels = await claim(conn, NOON + timedelta(seconds=5), 50)
    again = await claim(conn, NOON + timedelta(seconds=6), 50)

    assert {each.message_id for each in parcels} == set(first)
    assert again == [], "the ones before are under way"


@pytest.mark.promise("POL-05")
async def test_a_campaign_to_5000_people_meets_no_limit_of_meta_and_nobody_is_failed(conn: Conn):
    channel = await open_number(conn, people_limit=None)
    await queue(conn, channel, await some_people(conn, channel, 5000), OFFER)
    watch, now, days = Watch(people=250), NOON, dict[int, int]()

    while await waits(conn):
        parcels = await let_go_and_carry(conn, now)
        watch.take(parcels, now, is_opening=True)
        day = (now - NOON).days
        days[day] = days.get(day, 0) + len(parcels)
        now += timedelta(seconds=1) if parcels else timedelta(hours=6)

    assert not any(watch.refused.values())
    assert sum(days.values()) == 5000
    assert days[0] == 250, "the tier of a new portfolio, while Meta has told none"
    assert await rows(conn, "SELECT state, count(*) AS n FROM sends GROUP BY state") == [
        {"state": "done", "n": 5000}
    ]


@pytest.mark.promise("POL-05")
async def test_the_251st_person_waits_and_goes_when_the_first_falls_out(conn: Conn):
    channel = await open_number(conn, people_limit=250)
    people = await some_people(conn, channel, 251)
    await queue(conn, channel, people, OFFER)
    now = NOON
    while len(await rows(conn, "SELECT FROM sends WHERE state = 'done'")) < 250:
        await let_go_and_carry(conn, now)
        now += timedelta(seconds=1)

    assert await let_go_and_carry(conn, now + timedelta(hours=1)) == []
    assert await waits(conn) == {"people": 1}
    assert await let_go_and_carry(conn, NOON + timedelta(hours=24)) == []
    [last] = await let_go_and_carry(conn, NOON + timedelta(hours=24, minutes=1, seconds=5))
    assert last.contact_id in people


async def test_whoever_writes_no_longer_waits_for_the_limit_of_people(conn: Conn):
    channel = await open_number(conn, people_limit=1)
    await queue(conn, channel, await some_people(conn, channel, 3), OFFER)
    [first] = await let_go_and_carry(conn, NOON)
    assert await waits(conn) == {"people": 2}
    [writer, *_] = await rows(conn, "SELECT contact_id FROM sends WHERE state = 'waiting'")

    await write(conn, channel, writer["contact_id"], NOON + timedelta(minutes=5))

    [second] = await let_go_and_carry(conn, NOON + timedelta(minutes=5))
    assert second.contact_id == writer["contact_id"] != first.contact_id
    assert await waits(conn) == {"people": 1}


async def test_a_higher_tier_lets_those_who_wait_go_at_once(conn: Conn):
    channel = await open_number(conn, people_limit=3)
    await queue(conn, channel, await some_people(conn, channel, 10), OFFER)
    assert len(await let_go_and_carry(conn, NOON)) == 3

    await conn.execute("UPDATE channels SET messaging_limit = 8")

    assert len(await let_go_and_carry(conn, NOON + timedelta(seconds=1))) == 5
    assert await waits(conn) == {"people": 2}


async def test_numbers_of_one_portfolio_share_its_limit_however_many_workers_claim_at_once(
    db_url: str, conn: Conn
):
    owner = await a_business(conn)
    numbers = [await a_number(conn, owner, f"77001234000000{n}") for n in range(4)]
    await conn.execute("UPDATE channels SET messaging_limit = 10, portfolio_id = 'p'")
    for channel in numbers:
        await queue(conn, channel, await some_people(conn, channel, 8), OFFER)

    async def worker() -> int:
        async with await connect(db_url, ENGINE) as own:
            rounds = [NOON + timedelta(milliseconds=200 * n) for n in range(5)]
            taken = [await one_round(own, now) for now in rounds]
        return sum(taken)

    async def one_round(own: Conn, now: datetime) -> int:
        async with own.transaction():
            return len(await claim(own, now, 3))

    sent = await asyncio.gather(*(worker() for _ in numbers))

    assert sum(sent) == 10
    assert await waits(conn) == {"people": 22}


async def test_what_meta_told_of_one_number_holds_for_the_others_of_its_portfolio(conn: Conn):
    owner = await a_business(conn)
    told, fresh = await a_number(conn, owner), await a_number(conn, owner, OTHER)
    await conn.execute("UPDATE channels SET messaging_limit = 2, portfolio_id = 'p'")
    await conn.execute("UPDATE channels SET messaging_limit = NULL WHERE id = %s", (fresh,))
    for channel in (told, fresh):
        await queue(conn, channel, await some_people(conn, channel, 3), OFFER)

    assert len(await let_go_and_carry(conn, NOON)) == 2

    assert await waits(conn) == {"people": 4}
    assert await waiting.let_go(conn, NOON + timedelta(seconds=1)) == 0


@pytest.mark.promise("POL-05")
async def test_whom_an_account_reached_before_its_portfolio_was_known_counts_for_the_portfolio(
    conn: Conn,
):
    """Meta refused the rest, for it had counted them all along."""
    channel = await open_number(conn, people_limit=None)
    await conn.execute("UPDATE channels SET portfolio_id = NULL")
    early = await some_people(conn, channel, 4)
    await queue(conn, channel, early, OFFER)
    assert len(await let_go_and_carry(conn, NOON)) == 4

    await conn.execute("UPDATE channels SET messaging_limit = 6, portfolio_id = 'p'")
    await queue(conn, channel, await some_people(conn, channel, 5), OFFER)
    now = NOON + timedelta(seconds=10)
    assert len(await let_go_and_carry(conn, now)) == 2
    assert await waits(conn) == {"people": 3}
    assert await waiting.let_go(conn, now + timedelta(seconds=1)) == 0

    await queue(conn, channel, early[:1], OFFER)
    [again] = await let_go_and_carry(conn, now + timedelta(seconds=10))
    assert again.contact_id == early[0], "reached already"


async def test_a_long_run_of_messages_that_wait_does_not_stop_those_behind_it(conn: Conn):
    channel = await open_number(conn, people_limit=1)
    people = await some_people(conn, channel, 40)
    await queue(conn, channel, people, OFFER)
    await claim(conn, NOON, 1)
    await queue(conn, channel, people[:1], at=NOON + timedelta(minutes=1), priority=2)
    await conn.execute("UPDATE sends SET state = 'done' WHERE state = 'under_way'")

    [behind] = await claim(conn, NOON + timedelta(minutes=2), 3)

    assert behind.contact_id == people[0]


async def test_the_same_person_twice_in_a_day_counts_once(conn: Conn):
    channel = await open_number(conn, people_limit=2)
    people = await some_people(conn, channel, 2)
    await queue(conn, channel, people, OFFER, each=3)

    sent = [
        each
        for minute in range(5)
        for each in await let_go_and_carry(conn, NOON + timedelta(minutes=minute))
    ]

    assert len(sent) == 6


async def test_one_that_meta_did_not_take_gives_its_place_and_its_count_back(conn: Conn):
    channel = await open_number(conn, people_limit=1)
    await queue(conn, channel, await some_people(conn, channel, 2), OFFER)
    [parcel] = await claim(conn, NOON, 50)
    refused = FinishSend(
        business_id=parcel.business_id, message_id=parcel.message_id, state="refused"
    )

    await outbox.finish(conn, [refused])

    assert await rows(conn, "SELECT sum(count) AS n FROM daily_counts") == [{"n": 0}]
    await waiting.let_go(conn, NOON + timedelta(seconds=1))
    [other] = await claim(conn, NOON + timedelta(seconds=1), 50)
    assert other.contact_id != parcel.contact_id


@pytest.mark.promise("POL-06")
@pytest.mark.parametrize("per_second", [5, 20, 40])
async def test_so_many_a_second_as_are_set(conn: Conn, per_second: int):
    channel = await open_number(conn)
    await queue(conn, channel, await some_people(conn, channel, per_second * 25))
    await limit(conn, channel, per_second=per_second)
    await count(conn, NOON, 1)

    sent = await count(conn, NOON + timedelta(seconds=1), 20)

    assert sent == pytest.approx(per_second * 20, rel=CLOSE)


@pytest.mark.promise("POL-06")
@pytest.mark.parametrize("per_minute", [60, 120, 300])
async def test_so_many_a_minute_as_are_set(conn: Conn, per_minute: int):
    channel = await open_number(conn)
    await queue(conn, channel, await some_people(conn, channel, per_minute * 3 + 10))
    await limit(conn, channel, per_minute=per_minute)

    by_minute = [await count(conn, NOON + timedelta(minutes=n), 60, step=1) for n in range(3)]

    assert by_minute == [per_minute] * 3


@pytest.mark.promise("POL-06")
@pytest.mark.parametrize("per_day", [100, 1000])
async def test_so_many_of_a_template_a_day_as_are_set_and_other_templates_go_on(
    conn: Conn, per_day: int
):
    channel = await open_number(conn, rate=1000)
    people = await some_people(conn, channel, per_day + 20)
    await queue(conn, channel, people, OFFER)
    await limit(conn, channel, per_template_day=per_day)

    assert await count(conn, NOON, 60, step=0.5) == per_day
    assert await waits(conn) == {"template_day": 20}
    await queue(conn, channel, people[:5], OFFER | {"name": "other"})
    assert await count(conn, NOON + timedelta(minutes=5), 5) == 5

    midnight = datetime(NOON.year, NOON.month, NOON.day, tzinfo=UTC) + timedelta(days=1)
    assert await count(conn, midnight - timedelta(seconds=5), 5) == 0
    assert await count(conn, midnight, 10) == 20


@pytest.mark.promise("POL-06")
@pytest.mark.parametrize("batch", [10, 25])
async def test_so_many_at_once_as_are_set(conn: Conn, batch: int):
    channel = await open_number(conn, rate=1000)
    await queue(conn, channel, await some_people(conn, channel, 200))
    await limit(conn, channel, batch=batch)
    await count(conn, NOON, 1, step=1)

    taken = [len(those) async for _, those in carried(conn, NOON + timedelta(seconds=1), 5, step=1)]

    assert taken == [batch] * 5


async def test_a_limit_of_the_company_holds_for_each_of_its_numbers_unless_the_number_has_its_own(
    conn: Conn,
):
    owner = await a_business(conn)
    one, two = await a_number(conn, owner), await a_number(conn, owner, OTHER)
    for channel in (one, two):
        await queue(conn, channel, await some_people(conn, channel, 40))
    await conn.execute(
        "INSERT INTO send_limits (business_id, per_minute) VALUES (%s, 10)", (owner,)
    )
    await limit(conn, two, per_minute=20)

    sent = [each.channel_id async for _, those in carried(conn, NOON, 60, step=1) for each in those]

    assert (sent.count(one), sent.count(two)) == (10, 20)


@pytest.mark.promise("POL-07")
async def test_counters_begin_anew_at_each_business_s_own_midnight(conn: Conn):
    nairobi = await a_business(conn, "nairobi", time_zone="Africa/Nairobi")
    utc = await a_business(conn, "utc")
    channels = {"nairobi": await a_number(conn, nairobi), "utc": await a_number(conn, utc, OTHER)}
    evening = datetime(2026, 12, 1, 20, 59, 30, tzinfo=UTC)  # 23:59:30 in Nairobi
    for channel in channels.values():
        people = await some_people(conn, channel, 7)
        await queue(conn, channel, people, at=evening)
    await count(conn, evening, 10)

    async def today(now: datetime) -> dict[str, int]:
        found = await conn.execute(
            """SELECT businesses.key, coalesce(sum(count), 0)::integer AS n
                 FROM channels JOIN businesses ON businesses.id = channels.business_id
                 LEFT JOIN daily_counts ON daily_counts.channel_id = channels.id
                  AND "on" = (%s::timestamptz AT TIME ZONE businesses.time_zone)::date
                GROUP BY businesses.key""",
            (now,),
        )
        return {row["key"]: row["n"] for row in await found.fetchall()}

    assert await today(evening + timedelta(seconds=15)) == {"nairobi": 7, "utc": 7}
    assert await today(evening + timedelta(minutes=1)) == {"nairobi": 0, "utc": 7}
    await queue(
        conn, channels["nairobi"], people := await some_people(conn, channels["nairobi"], 2)
    )
    assert len(people) == 2
    await count(conn, evening + timedelta(minutes=2), 5)
    assert await today(evening + timedelta(minutes=3)) == {"nairobi": 2, "utc": 7}


async def test_a_person_whose_messages_all_wait_does_not_stop_the_number(conn: Conn):
    channel = await open_number(conn)
    ada, *others = await some_people(conn, channel, 101)
    await queue(conn, channel, [ada], each=400)
    await queue(conn, channel, others, at=NOON + timedelta(seconds=1))
    reached = set[UUID]()

    async for _, parcels in carried(conn, NOON, 30):
        reached |= {parcel.contact_id for parcel in parcels}

    assert reached == {ada, *others}
