"""When and how the templates of an account are read from Meta."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from serai.core.policy import refusal
from serai.core.template import TemplateRef
from serai.engine import due
from serai.features.contacts.store import states
from serai.features.templates.jobs import Reader, sync_due
from serai.features.templates.store import read, write
from serai.kit.db import ENGINE, Conn, pool
from tests.features.templates.test_store import PACKED, STATUS, a_cafe, news
from tests.given import NOON, WIRING, change, deliver, delivery, rows, send, text_item
from tests.meta.answering import Meta, talking_to


def listed(**values: Any) -> dict[str, Any]:
    row = {
        "id": "99",
        "name": "parcel_update",
        "language": "en_US",
        "status": "APPROVED",
        "category": "UTILITY",
        "components": PACKED.components,
        "rejected_reason": "NONE",
        "quality_score": {"score": "GREEN"},
    }
    return {"data": [row | values], "paging": {}}


class Clock:
    def __init__(self) -> None:
        self.at = NOON


@pytest.fixture
def meta() -> Meta:
    return Meta()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def reader(db_url: str, meta: Meta, clock: Clock) -> AsyncIterator[Reader]:
    async with talking_to(meta) as graph, pool(db_url, ENGINE, 2) as engine_pool:
        yield Reader(engine_pool, graph, WIRING, lambda: clock.at)


async def next_time(conn: Conn) -> Any:
    [row] = await rows(conn, "SELECT due_at FROM due_rows WHERE kind = 'template_sync'")
    return row["due_at"]


async def test_a_new_number_is_read_at_once_and_then_every_four_hours(
    conn: Conn, reader: Reader, meta: Meta, clock: Clock
):
    await a_cafe(conn)
    meta.answers = [(200, listed())]
    assert await sync_due(reader) == 1
    assert await next_time(conn) == NOON + timedelta(hours=4)
    clock.at = NOON + timedelta(hours=3, minutes=59)
    assert await sync_due(reader) == 0
    assert len(meta.asked) == 1


async def test_when_meta_is_away_it_is_tried_again_soon(conn: Conn, reader: Reader, meta: Meta):
    await a_cafe(conn)
    meta.answers = [(500, {"error": {"code": 2, "message": "away"}})]
    await sync_due(reader)
    assert await next_time(conn) == NOON + timedelta(minutes=1)
    [row] = await rows(conn, "SELECT status FROM templates")
    assert row["status"] == "APPROVED"


async def test_a_quota_that_is_used_up_puts_reading_off(
    conn: Conn, reader: Reader, meta: Meta, clock: Clock
):
    await a_cafe(conn)
    reader.graph.usage.note('{"call_count": 97}', None, NOON)
    await sync_due(reader)
    assert meta.asked == []
    assert NOON < await next_time(conn) <= NOON + timedelta(minutes=10)


async def test_what_no_webhook_told_is_told_by_the_list(
    conn: Conn, reader: Reader, meta: Meta, clock: Clock
):
    _, channel = await a_cafe(conn)
    meta.answers = [(200, listed()), (200, listed(category="MARKETING"))]
    await sync_due(reader)
    clock.at = NOON + timedelta(hours=4)
    await sync_due(reader)

    [notice] = await rows(conn, "SELECT code FROM channel_notices")
    assert notice["code"] == "template_category:parcel_update:en_US"
    await deliver(conn, delivery(change(messages=[text_item("hello")])))
    [ada] = await rows(conn, "SELECT id FROM contacts")
    found = await states.look(conn, [(channel, ada["id"])], NOON)
    queued = send(TemplateRef("parcel_update", "en_US"))
    assert refusal(found[channel, ada["id"]], queued) == "template_now_marketing"


async def test_news_that_come_while_the_list_is_read_are_not_undone_by_it(
    conn: Conn, reader: Reader, meta: Meta, clock: Clock
):
    _, channel = await a_cafe(conn)
    meta.answers = [(200, listed()), (200, listed()), (200, listed(status="PAUSED"))]
    await sync_due(reader)
    clock.at = NOON + timedelta(hours=4)
    # Meta's word has whole seconds, and comes from a clock that may go behind ours.
    told = news(STATUS, clock.at - timedelta(seconds=2), event="PAUSED", reason="NONE")
    meta.before_answering = lambda: deliver(conn, told)
    await sync_due(reader)

    [template] = await read.of_channel(conn, channel)
    assert template.status == "PAUSED"
    soon = clock.at + timedelta(seconds=30)
    assert await next_time(conn) == soon
    meta.before_answering, clock.at = None, soon
    await sync_due(reader)
    [template] = await read.of_channel(conn, channel)
    assert (template.status, template.synced_at) == ("PAUSED", soon)


async def test_news_count_whose_second_began_before_the_list_that_showed_a_change(
    conn: Conn, reader: Reader, meta: Meta, clock: Clock
):
    _, channel = await a_cafe(conn)
    meta.answers = [(200, listed(status="PENDING")), (200, listed())]
    await sync_due(reader)
    second = NOON + timedelta(hours=4)
    clock.at = second + timedelta(seconds=0.7)
    await sync_due(reader)

    title = {"title": "FIRST_PAUSE", "description": "…"}
    await deliver(conn, news(STATUS, second, event="PAUSED", reason="NONE", other_info=title))
    [template] = await read.of_channel(conn, channel)
    assert template.status == "PAUSED"
    assert template.paused_until == second + timedelta(hours=3)


async def test_someone_who_asks_has_it_read_now(
    conn: Conn, reader: Reader, meta: Meta, clock: Clock
):
    business, channel = await a_cafe(conn)
    meta.answers = [(200, listed()), (200, listed())]
    await sync_due(reader)
    await write.hasten(conn, channel, business, NOON + timedelta(minutes=1))
    clock.at = NOON + timedelta(minutes=1)
    assert await sync_due(reader) == 1
    assert await next_time(conn) == NOON + timedelta(hours=4, minutes=1)


async def test_whoever_asks_while_it_is_being_read_has_it_read_again(conn: Conn):
    business, channel = await a_cafe(conn)
    soon, until = NOON + timedelta(seconds=5), NOON + timedelta(minutes=10)
    await due.for_channels(conn, write.SYNC, NOON)
    [job] = await due.lease(conn, write.SYNC, NOON, until, 1)
    await write.hasten(conn, channel, business, soon)
    done = [(job.subject, job.business_id, NOON + timedelta(hours=4))]
    await due.renew(conn, write.SYNC, done, until)
    assert await next_time(conn) == soon
