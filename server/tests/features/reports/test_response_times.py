"""How long people wait, against days that were computed by hand."""

from datetime import UTC, datetime

import pytest
from serai.core.content import Text
from serai.core.events import MessageAsked
from serai.core.hours import Hours, HoursException, Interval, seconds_open
from serai.core.ids import ContactId, ConversationId
from serai.core.message import Author, Purpose
from serai.engine.handle import handle
from serai.features.businesses.store import hours as hours_store
from serai.features.reports.store import read
from serai.features.reports.store.read import Wanted
from serai.kit.db import Conn
from tests.given import (
    NUMBER,
    WIRING,
    a_business,
    a_channel,
    change,
    deliver,
    delivery,
    rows,
    text_item,
)

WEEK = tuple(Interval(weekday=day, opens="08:00", closes="16:00") for day in range(5))
MINUTE = 60.0


def at(day: int, clock: str) -> datetime:
    """In December 2026, of which the 4th is a Friday."""
    hour, minute = clock.split(":")
    return datetime(2026, 12, day, int(hour), int(minute), tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "answered", "minutes"),
    [
        (at(1, "09:00"), at(1, "09:01"), 1),
        (at(4, "15:50"), at(7, "08:05"), 15),  # over a weekend: 10 on Friday, 5 on Monday
        (at(5, "11:00"), at(7, "08:00"), 0),  # asked on Saturday, answered as it opens
        (at(1, "07:00"), at(1, "07:30"), 0),  # before it opens
        (
            at(7, "15:00"),
            at(10, "09:00"),
            60 + 60 + 60,
        ),  # the 8th closes early, the 9th is a holiday
        (at(1, "09:00"), at(1, "08:00"), 0),
    ],
)
def test_only_business_hours_count(asked: datetime, answered: datetime, minutes: float):
    special = (
        HoursException(on=at(8, "00:00").date(), name="Inventory", opens="08:00", closes="09:00"),
        HoursException(on=at(9, "00:00").date(), name="Holiday"),
    )
    hours = Hours(time_zone="UTC", weekly=WEEK, exceptions=special)
    assert seconds_open(hours, asked, answered) == minutes * MINUTE


@pytest.mark.promise("INB-08")
async def test_first_and_next_answers_of_people_are_counted_and_those_of_automation_are_not(
    conn: Conn,
):
    business = await a_business(conn)
    await hours_store.replace(conn, business, WEEK, ())
    await a_channel(conn, business)

    async def hear(when: datetime) -> None:
        item = text_item("hello?", at=int(when.timestamp()))
        await deliver(conn, delivery(change(messages=[item])), now=when)

    async def say(when: datetime, author: Author) -> None:
        [talk] = await rows(conn, "SELECT id, contact_id FROM conversations")
        asked = MessageAsked(
            key=f"asked:{when}",
            at=when,
            business_id=business,
            conversation_id=ConversationId(talk["id"]),
            contact_id=ContactId(talk["contact_id"]),
            channel=NUMBER,
            content=Text("Yes"),
            purpose=Purpose.SERVICE,
            author=author,
            by="key",
        )
        await handle(conn, WIRING, [asked], when)

    await hear(at(3, "15:50"))
    await say(at(3, "15:51"), Author.AUTOMATION)
    await hear(at(3, "15:55"))
    await say(at(4, "08:05"), Author.AGENT)  # 10 + 5 minutes after they first asked
    await say(at(4, "08:06"), Author.AGENT)  # answers nobody who waits
    await hear(at(4, "09:00"))
    await say(at(4, "09:01"), Author.AGENT)

    wanted = Wanted(since=at(1, "00:00"), until=at(30, "00:00"), by="day", aim=120)
    total, thursday, friday = await read.response_times(conn, wanted)

    assert (total.is_total, total.count, total.first_count) == (True, 2, 1)
    assert (total.first_median, total.next_median) == (15 * MINUTE, 1 * MINUTE)
    assert total.share_within_aim == 0.5
    assert total.median == 8 * MINUTE
    assert total.p90 == pytest.approx(13.6 * MINUTE)
    assert [(day.key, day.count) for day in (thursday, friday)] == [
        ("2026-12-03", 1),
        ("2026-12-04", 1),
    ]
