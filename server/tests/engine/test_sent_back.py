"""What becomes of a message that Meta sends back, what it costs, and which windows it opens."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from serai.core.effects import FinishSend
from serai.core.events import MessageAccepted, MessageFailed
from serai.core.ids import MessageId, MetaId
from serai.engine import due, outbox
from serai.engine.claim import claim
from serai.engine.handle import handle
from serai.engine.outbox import Attempted, Parcel
from serai.kit.db import Conn
from tests.engine.queues import OFFER, TEXT, a_number, queue, some_people, waits
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
MARGIN = timedelta(minutes=1)


def seconds(at: datetime) -> int:
    return int(at.astimezone(UTC).timestamp())


def item(kind: str, ours: UUID, wamid: str, at: datetime, **more: Any) -> dict[str, Any]:
    return {
        "id": wamid,
        "status": kind,
        "timestamp": str(seconds(at)),
        "biz_opaque_callback_data": str(ours),
        **more,
    }


async def report(conn: Conn, kind: str, ours: UUID, wamid: str, at: datetime, **more: Any) -> None:
    await deliver(conn, delivery(change(statuses=[item(kind, ours, wamid, at, **more)])), now=at)


async def fail(conn: Conn, ours: UUID, wamid: str, at: datetime, code: int = 131049) -> None:
    errors = [{"code": code, "title": "no", "error_data": {"details": "no"}}]
    await report(conn, "failed", ours, wamid, at, errors=errors)


async def take(conn: Conn, parcel: Parcel, wamid: str, at: datetime) -> None:
    """Meta takes it."""
    await outbox.note_attempts(conn, [Attempted(parcel, "accepted")], at)
    event = MessageAccepted(
        key=f"{parcel.message_id}:accepted:{parcel.attempt}",
        at=at,
        message_id=parcel.message_id,
        message=MetaId(wamid),
    )
    await handle(conn, WIRING, [event], at)


async def an_offer(conn: Conn) -> MessageId:
    channel = await a_number(conn, await a_business(conn))
    [ours] = await queue(conn, channel, await some_people(conn, channel, 1), OFFER)
    return MessageId(ours)


async def state_of(conn: Conn, ours: UUID) -> str:
    [row] = await rows(
        conn,
        f"""SELECT message_state(array_agg(kind)) AS state FROM message_events
             WHERE message_id = '{ours}'""",
    )
    return row["state"]


async def test_marketing_that_meta_holds_back_is_tried_after_one_two_and_three_days_then_fails(
    conn: Conn,
):
    ours, now = await an_offer(conn), NOON
    for number, wait in enumerate((DAY, 2 * DAY, 3 * DAY), start=1):
        [parcel] = await claim(conn, now, 10)
        assert parcel.attempt == number
        await take(conn, parcel, f"wamid.{number}", now)
        await fail(conn, ours, f"wamid.{number}", now)
        assert await state_of(conn, ours) == "deferred"
        assert await waits(conn) == {"meta": 1}
        assert await claim(conn, now + wait - MARGIN, 10) == []
        now += wait

    [parcel] = await claim(conn, now, 10)
    await take(conn, parcel, "wamid.4", now)
    await fail(conn, ours, "wamid.4", now)

    assert await state_of(conn, ours) == "failed"
    assert await waits(conn) == {}
    outcomes = await rows(conn, "SELECT outcome FROM send_attempts ORDER BY number")
    assert [row["outcome"] for row in outcomes] == ["deferred"] * 3 + ["accepted"]


async def test_one_that_goes_through_the_second_time_is_delivered_and_tried_no_more(conn: Conn):
    ours = await an_offer(conn)
    [parcel] = await claim(conn, NOON, 10)
    await take(conn, parcel, "wamid.1", NOON)
    await fail(conn, ours, "wamid.1", NOON)
    [parcel] = await claim(conn, NOON + DAY, 10)
    await take(conn, parcel, "wamid.2", NOON + DAY)

    await report(conn, "delivered", ours, "wamid.2", NOON + DAY)

    assert await state_of(conn, ours) == "delivered"
    assert await claim(conn, NOON + 9 * DAY, 10) == []
    assert await rows(conn, "SELECT state FROM sends") == [{"state": "done"}]
    assert await rows(conn, "SELECT meta_id FROM messages") == [{"meta_id": "wamid.2"}]


async def test_a_refusal_told_before_the_call_returned_counts_and_the_message_is_tried_again(
    conn: Conn,
):
    ours = await an_offer(conn)
    [parcel] = await claim(conn, NOON, 10)
    await fail(conn, ours, "wamid.1", NOON)

    await take(conn, parcel, "wamid.1", NOON)

    assert await waits(conn) == {"meta": 1}
    [again] = await claim(conn, NOON + DAY, 10)
    assert again.attempt == 2


async def test_an_upgrade_of_the_number_takes_a_minute_not_a_day(conn: Conn):
    await an_offer(conn)
    [parcel] = await claim(conn, NOON, 10)
    await outbox.note_attempts(conn, [Attempted(parcel, "rejected", 131057)], NOON)
    refused = MessageFailed(
        key="refused", at=NOON, message_id=parcel.message_id, code=131057, reason="maintenance"
    )
    await handle(conn, WIRING, [refused], NOON)

    assert await claim(conn, NOON + timedelta(seconds=59), 10) == []
    [again] = await claim(conn, NOON + timedelta(seconds=60), 10)
    assert again.message_id == parcel.message_id


@pytest.mark.parametrize(
    ("code", "scope"), [(131050, ["marketing"]), (131026, ["all"]), (130472, [])]
)
async def test_what_meta_says_of_a_person_suppresses_only_what_it_is_about(
    conn: Conn, code: int, scope: list[str]
):
    ours = await an_offer(conn)
    [parcel] = await claim(conn, NOON, 10)
    await take(conn, parcel, "wamid.1", NOON)

    await fail(conn, ours, "wamid.1", NOON, code)

    assert await state_of(conn, ours) == "failed"
    kept = await rows(conn, "SELECT scope, until FROM suppressions")
    assert [(row["scope"], row["until"]) for row in kept] == [(each, None) for each in scope]


async def test_a_stop_told_by_an_error_holds_until_whatsapp_tells_that_they_want_marketing_again(
    conn: Conn,
):
    await a_channel(conn, await a_business(conn))
    await deliver(conn, delivery(change(messages=[text_item("hello")])))
    [talk] = await rows(conn, "SELECT channel_id, contact_id FROM conversations")
    [ours] = await queue(conn, talk["channel_id"], [talk["contact_id"]], OFFER)
    await fail(conn, ours, "wamid.1", NOON, 131050)
    assert len(await rows(conn, "SELECT FROM suppressions WHERE scope = 'marketing'")) == 1

    resume = {
        "wa_id": "15550100123",
        "user_id": "US.15550100123",
        "category": "marketing_messages",
        "value": "resume",
        "timestamp": seconds(NOON),
        "detail": "User requested to resume marketing messages",
    }
    told = change(user_preferences=[resume]) | {"field": "user_preferences"}
    await deliver(conn, delivery(told))

    assert await rows(conn, "SELECT FROM suppressions WHERE until IS NULL") == []


PRICES = {
    "regular": {
        "billable": True,
        "pricing_model": "PMP",
        "type": "regular",
        "category": "marketing",
    },
    "without type": {"billable": False, "pricing_model": "CBP", "category": "service"},
    "tomorrow's": {"type": "new_kind", "category": "group_marketing", "more": [1]},
}


@pytest.mark.parametrize("price", PRICES.values(), ids=PRICES)
async def test_what_a_message_costs_is_kept_once_as_meta_first_says_it(
    conn: Conn, price: dict[str, Any]
):
    ours = await an_offer(conn)
    [parcel] = await claim(conn, NOON, 10)
    await take(conn, parcel, "wamid.1", NOON)

    await report(conn, "sent", ours, "wamid.1", NOON, pricing=price)
    other = price | {"category": "another"}
    await report(conn, "delivered", ours, "wamid.1", NOON + MARGIN, pricing=other)

    [kept] = await rows(conn, "SELECT * FROM message_charges")
    assert kept["message_id"] == ours
    assert kept["at"] == NOON
    assert (kept["category"], kept["tariff"]) == (price["category"], price.get("type"))
    assert (kept["model"], kept["billable"]) == (price.get("pricing_model"), price.get("billable"))


ADVERT = {
    "source_url": "https://example.com/ad",
    "source_id": "120",
    "source_type": "ad",
    "ctwa_clid": "click",
}


async def come_by_advert(conn: Conn) -> dict[str, Any]:
    """Someone writes from an advert; where to answer."""
    await a_channel(conn, await a_business(conn))
    await deliver(conn, delivery(change(messages=[text_item("hi") | {"referral": ADVERT}])))
    [talk] = await rows(conn, "SELECT channel_id, contact_id FROM conversations")
    await claim(conn, NOON - DAY, 1)
    return talk


async def answer(conn: Conn, talk: dict[str, Any], at: datetime) -> None:
    [ours] = await queue(conn, talk["channel_id"], [talk["contact_id"]], TEXT, priority=0, at=at)
    [parcel] = await claim(conn, at, 10)
    assert parcel.message_id == ours
    await take(conn, parcel, f"wamid.{ours}", at)


async def windows(conn: Conn) -> dict[str, tuple[datetime, datetime]]:
    found = await rows(conn, "SELECT kind, opened_at, closes_at FROM messaging_windows")
    return {row["kind"]: (row["opened_at"], row["closes_at"]) for row in found}


async def test_an_answer_within_a_day_to_someone_from_an_advert_is_free_for_three_days(conn: Conn):
    talk = await come_by_advert(conn)
    assert set(await windows(conn)) == {"service", "entry"}

    await answer(conn, talk, NOON + timedelta(hours=2))
    await answer(conn, talk, NOON + timedelta(hours=5))

    opened_at, closes_at = (await windows(conn))["free_entry"]
    assert (opened_at, closes_at) == (NOON + timedelta(hours=2), NOON + timedelta(hours=74))


async def test_an_answer_after_a_day_opens_no_free_entry(conn: Conn):
    talk = await come_by_advert(conn)
    await answer(conn, talk, NOON + timedelta(hours=24))
    assert "free_entry" not in await windows(conn)


async def test_a_free_entry_point_is_no_service_window(conn: Conn):
    talk = await come_by_advert(conn)
    await answer(conn, talk, NOON + timedelta(hours=2))

    states = await WIRING.look(
        conn, [(talk["channel_id"], talk["contact_id"])], NOON + timedelta(hours=30)
    )

    [state] = states.values()
    assert state.window_closes_at == NOON + timedelta(hours=24)


async def test_their_call_opens_the_service_window(conn: Conn):
    await a_channel(conn, await a_business(conn))
    call = {
        "id": "wacid.1",
        "from": "15550100123",
        "to": "15550100",
        "event": "connect",
        "direction": "USER_INITIATED",
        "timestamp": str(seconds(NOON)),
    }
    await deliver(conn, delivery(change(calls=[call]) | {"field": "calls"}))

    assert (await windows(conn))["service"] == (NOON, NOON + DAY)


async def test_nothing_that_meta_sent_back_is_taken_for_unknown(conn: Conn):
    ours = await an_offer(conn)
    [parcel] = await claim(conn, NOON, 10)
    await take(conn, parcel, "wamid.1", NOON)
    await fail(conn, ours, "wamid.1", NOON)

    assert await due.claim(conn, NOON + DAY, 10) == []


async def test_a_status_counts_though_whoever_called_decided_that_nobody_knows_at_the_same_moment(
    conn: Conn,
):
    ours = await an_offer(conn)
    [parcel] = await claim(conn, NOON, 10)
    unknown = FinishSend(
        business_id=parcel.business_id, message_id=parcel.message_id, state="unknown"
    )
    await report(conn, "sent", ours, "wamid.1", NOON)

    await outbox.finish(conn, [unknown])

    assert [row["state"] for row in await rows(conn, "SELECT state FROM sends")] == ["done"]
