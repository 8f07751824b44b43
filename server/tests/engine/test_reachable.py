"""Who cannot be reached, and where: an address that is dead shuts no other one, nor the person for good."""

from datetime import datetime, timedelta

from serai.core.events import MessageFailed
from serai.core.ids import MessageId, Person
from serai.engine.dispatch import NOT_REACHED
from serai.engine.handle import handle
from serai.kit.db import Conn
from tests.engine.queues import TEXT, a_number, let_go_and_carry, queue, some_people
from tests.given import NOON, WIRING, a_business, a_channel, message, rows, status

HOUR = timedelta(hours=1)
OLD = Person(phone="15550100777", user_id="US.77")
NEW = Person(phone="15550100888", user_id="US.77")


async def writes(conn: Conn, person: Person, at: datetime) -> None:
    await handle(conn, WIRING, [message(f"at {at}", person=person, at=at)], at)


async def fails_at(conn: Conn, person: Person, at: datetime) -> None:
    """Meta says that what went to this address found nobody."""
    [ours] = await rows(conn, "SELECT id FROM messages WHERE direction = 'out'")
    told = status(
        "failed", ours["id"], at=at, code=131026, reason="no", recipient=Person(phone=person.phone)
    )
    await handle(conn, WIRING, [told], at)


async def is_shut(conn: Conn, at: datetime) -> bool:
    [pair] = await rows(conn, "SELECT channel_id, contact_id FROM conversations")
    states = await WIRING.look(conn, [(pair["channel_id"], pair["contact_id"])], at)
    [state] = states.values()
    return state.contact.suppressed


async def greeted(conn: Conn) -> None:
    await a_channel(conn, await a_business(conn, welcome="Hi!"))
    await writes(conn, OLD, NOON)


async def test_a_number_that_is_dead_is_not_written_to_again(conn: Conn):
    await greeted(conn)
    await fails_at(conn, OLD, NOON + HOUR)
    assert await is_shut(conn, NOON + 2 * HOUR)


async def test_a_message_that_failed_at_a_number_just_given_up_shuts_that_number_alone(conn: Conn):
    await greeted(conn)
    await writes(conn, NEW, NOON + HOUR)
    await fails_at(conn, OLD, NOON + 2 * HOUR)
    assert not await is_shut(conn, NOON + 3 * HOUR)


async def test_whoever_takes_a_new_number_is_reached_there(conn: Conn):
    await greeted(conn)
    await fails_at(conn, OLD, NOON + HOUR)
    await writes(conn, NEW, NOON + 2 * HOUR)
    assert not await is_shut(conn, NOON + 3 * HOUR)


async def test_whoever_writes_from_an_address_can_be_reached_there(conn: Conn):
    await greeted(conn)
    await fails_at(conn, OLD, NOON + HOUR)
    await writes(conn, OLD, NOON + 2 * HOUR)
    assert not await is_shut(conn, NOON + 3 * HOUR)


async def test_a_message_given_up_because_nothing_was_heard_of_meta_blames_nobody(conn: Conn):
    channel = await a_number(conn, await a_business(conn))
    [ours] = await queue(conn, channel, await some_people(conn, channel, 1), TEXT)
    gone = MessageFailed(
        key="gone", at=NOON, message_id=MessageId(ours), code=None, reason=NOT_REACHED
    )
    await handle(conn, WIRING, [gone], NOON)

    [fact] = await rows(conn, "SELECT detail FROM message_events WHERE kind = 'failed'")
    assert fact["detail"]["reason"] == NOT_REACHED
    assert await rows(conn, "SELECT FROM suppressions") == []
    assert await rows(conn, "SELECT state FROM channels") == [{"state": "active"}]


async def test_what_was_queued_first_goes_first_although_a_workers_clock_is_behind(conn: Conn):
    channel = await a_number(conn, await a_business(conn))
    people = await some_people(conn, channel, 1)
    [first] = await queue(conn, channel, people, TEXT, at=NOON)
    [second] = await queue(conn, channel, people, TEXT, at=NOON - HOUR)

    parcels = await let_go_and_carry(conn, NOON, 1) + await let_go_and_carry(conn, NOON, 1)

    assert [parcel.message_id for parcel in parcels] == [first, second]
