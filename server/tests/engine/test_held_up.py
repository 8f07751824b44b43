"""A worker that was held up (its machine slept, somebody stopped it) and goes on where it was."""

from datetime import datetime, timedelta

from serai.engine.claim import claim
from serai.engine.dispatch import Carrier, dispatch
from serai.engine.outbox import Attempted, note_attempts, postpone
from serai.kit.db import ENGINE, Conn, pool
from tests.engine.queues import a_number, queue, some_people
from tests.given import NOON, WIRING, a_business, change, deliver, delivery, rows, text_item
from tests.meta.answering import Meta, talking_to

NOW = NOON + timedelta(seconds=1)


async def test_what_was_taken_long_ago_is_not_sent_but_put_back(conn: Conn, db_url: str):
    await a_number(conn, await a_business(conn, welcome="Welcome!"))
    await deliver(conn, delivery(change(messages=[text_item("hello")])))
    times = iter([NOW])

    def now() -> datetime:
        return next(times, NOW + timedelta(seconds=31))  # it slept after the claim

    meta = Meta()
    async with talking_to(meta) as graph, pool(db_url, ENGINE, 2) as engine:
        await dispatch(Carrier(engine, graph, WIRING, now, lambda: 0.0), 10)

    assert meta.asked == []
    assert await rows(conn, "SELECT state, waits_for FROM sends") == [
        {"state": "waiting", "waits_for": "retry"}
    ]


async def test_what_another_has_taken_since_is_not_put_back(conn: Conn):
    channel = await a_number(conn, await a_business(conn))
    await queue(conn, channel, await some_people(conn, channel, 1), priority=0)
    [mine] = await claim(conn, NOW, 10)
    await note_attempts(conn, [Attempted(mine, "unavailable")], NOW)
    await postpone(conn, [(mine, NOW)])
    [theirs] = await claim(conn, NOW + timedelta(minutes=2), 10)

    await postpone(conn, [(mine, NOW)])

    assert theirs.attempt == mine.attempt + 1
    assert await rows(conn, "SELECT state FROM sends") == [{"state": "under_way"}]
