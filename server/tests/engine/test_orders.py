"""Facts may come in any order, twice or late: what is known never goes back."""

from datetime import timedelta
from itertools import permutations

import pytest
from serai.core.content import Text
from serai.core.events import EchoReceived, Event, MessageAccepted, PastReceived
from serai.core.ids import MessageId, MetaId, Person
from serai.engine.handle import handle
from serai.kit.db import Conn
from tests.given import ADA, NOON, NUMBER, WIRING, a_business, a_channel, message, rows, status

KINDS = ("sent", "delivered", "read", "failed")
RANKS = {state: rank for rank, state in enumerate(
    ("queued", "accepted", "sent", "failed", "delivered", "read"))}  # fmt: skip
FINAL = "read"
STATES = """
    SELECT messages.id, message_state(array_agg(kind)) AS state, count(*) AS facts
      FROM messages JOIN message_events ON message_id = messages.id
     WHERE direction = 'out'
     GROUP BY 1
"""


@pytest.mark.promise("MSG-15")
async def test_in_all_orders_with_every_fact_twice_the_state_never_goes_back(conn: Conn):
    await a_channel(conn, await a_business(conn, welcome="Hi!"))
    orders = list(permutations(KINDS))
    people = [Person(phone=f"155501{n:05}", user_id=f"US.{n}") for n in range(len(orders))]
    await handle(conn, WIRING, [message("hi", person=person) for person in people], NOON)
    queued = [MessageId(row["id"]) for row in await rows(conn, "SELECT id FROM sends ORDER BY id")]
    assert len(queued) == 24
    await conn.execute("UPDATE sends SET state = 'under_way'")  # Meta has them all

    known = dict.fromkeys(queued, "queued")
    for step in range(len(KINDS)):
        told: list[Event] = []
        for id_, order in zip(queued, orders, strict=True):
            at = NOON + timedelta(seconds=KINDS.index(order[step]))
            told += [status(order[step], id_, at=at, wamid=f"wamid.{id_}")] * 2
            if order[step] == "delivered":
                told.append(_accepted(id_))
        await handle(conn, WIRING, told, NOON + timedelta(minutes=step))
        await handle(conn, WIRING, told, NOON + timedelta(minutes=step + 1))
        for row in await rows(conn, STATES):
            assert RANKS[row["state"]] >= RANKS[known[row["id"]]]
            known[row["id"]] = row["state"]

    assert set(known.values()) == {FINAL}
    assert {row["facts"] for row in await rows(conn, STATES)} == {6}, (
        "queued, accepted and the four"
    )
    assert await rows(conn, "SELECT DISTINCT state FROM sends") == [{"state": "done"}]


def _accepted(id_: MessageId) -> MessageAccepted:
    """What Meta answered to the call, written down after statuses were told."""
    wamid = MetaId(f"wamid.{id_}")
    return MessageAccepted(key=f"{id_}:accepted", at=NOON, message_id=id_, message=wamid)


async def test_an_echo_its_history_and_its_duplicates_are_one_message_in_any_order(conn: Conn):
    await a_channel(conn, await a_business(conn))
    orders = list(permutations(range(3)))
    for number, order in enumerate(orders):
        person = Person(phone=f"155502{number:05}", user_id=f"US.{number}")
        id_ = MetaId(f"wamid.echo{number}")
        echo = EchoReceived(
            key=f"{NUMBER}:{id_}", at=NOON, channel=NUMBER, person=person, message=id_,
            content=Text("From the phone"),
        )  # fmt: skip
        past = PastReceived(
            key=f"{NUMBER}:{id_}", at=NOON, channel=NUMBER, person=person, message=id_,
            content=Text("From the phone"), by_us=True,
        )  # fmt: skip
        for which in order:
            await handle(conn, WIRING, [(echo, past, echo)[which]], NOON)

    assert len(await rows(conn, "SELECT FROM messages")) == len(orders)
    assert await rows(conn, "SELECT DISTINCT author_kind FROM messages") == [
        {"author_kind": "native_app"}
    ]


async def test_statuses_of_what_was_typed_on_the_phone_are_about_nothing_of_ours(conn: Conn):
    await a_channel(conn, await a_business(conn))
    await handle(conn, WIRING, [message("hello", person=ADA)], NOON)
    stranger = status("delivered", None, wamid="wamid.elsewhere")  # pyright: ignore[reportArgumentType]
    handled = await handle(conn, WIRING, [stranger], NOON)
    assert handled.strangers == {stranger.key}
