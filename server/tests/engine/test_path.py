"""From a kept delivery to rows: every item, once, alone, in order."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serai.app.wiring import REPLAY_WIPES
from serai.core.events import MessageAccepted
from serai.core.ids import MetaId
from serai.engine.handle import handle
from serai.engine.replay import replay
from serai.kit.db import ENGINE, Conn, connect
from serai.meta import webhooks
from tests.given import (
    ADA,
    NOON,
    NUMBER,
    WIRING,
    a_business,
    a_channel,
    change,
    deliver,
    delivery,
    message,
    rows,
    status,
    text_item,
)

OTHER = "770012340000002"


def status_item(
    kind: str, ours: object, *, wamid: str = "wamid.out", at: int = 1_796_126_405
) -> dict[str, Any]:
    return {
        "id": wamid,
        "status": kind,
        "timestamp": str(at),
        "recipient_id": "15550100123",
        "biz_opaque_callback_data": str(ours),
    }


@pytest.mark.promise("MSG-06")
async def test_the_same_message_delivered_again_has_no_effect(conn: Conn):
    await a_channel(conn, await a_business(conn, welcome="Welcome!"))
    item = text_item("hello", id_="wamid.once")
    first, batched = delivery(change(messages=[item])), delivery(change(messages=[item, item]))

    await deliver(conn, first, first, batched)
    await deliver(conn, first, batched, now=NOON + timedelta(days=2))

    texts = [row["content"]["body"] for row in await rows(conn, "SELECT content FROM messages")]
    assert sorted(texts) == ["Welcome!", "hello"]
    assert await rows(conn, "SELECT unread_count FROM conversations") == [{"unread_count": 1}]


@pytest.mark.promise("MSG-06")
async def test_the_same_message_handled_by_three_workers_at_once_is_one_message(
    db_url: str, conn: Conn
):
    await a_channel(conn, await a_business(conn, welcome="Welcome!"))
    event = message("hello", id="wamid.same")

    async def one() -> None:
        async with await connect(db_url, ENGINE) as worker:
            for _ in range(3):
                try:
                    await handle(worker, WIRING, [event], NOON)
                except Exception:
                    await asyncio.sleep(0.01)

    await asyncio.gather(one(), one(), one())

    assert len(await rows(conn, "SELECT FROM messages")) == 2
    assert await rows(conn, "SELECT unread_count FROM conversations") == [{"unread_count": 1}]


@pytest.mark.promise("MSG-07")
async def test_every_item_of_every_change_of_every_entry_counts_and_poison_fails_alone(conn: Conn):
    for key, number in (("a", NUMBER), ("b", OTHER)):
        await a_channel(conn, await a_business(conn, key), number)
    entries: list[Any] = [
        {
            "id": "1",
            "changes": [
                change(number, messages=[text_item(f"{n}{number}{i}") for i in range(5)])
                for number in (NUMBER, OTHER)
            ],
        }
        for n in range(3)
    ]
    entries[1]["changes"][0]["value"]["messages"].insert(2, {"from": 7, "id": [], "type": "text"})
    body = json.dumps({"object": "whatsapp_business_account", "entry": entries}).encode()

    await deliver(conn, body)

    assert len(await rows(conn, "SELECT FROM messages")) == 30
    states = await rows(conn, "SELECT state, count(*) AS n FROM inbound_items GROUP BY 1")
    assert states == [{"state": "quarantined", "n": 1}], "what was handled is gone"


async def test_an_item_that_breaks_the_handling_is_set_aside_and_the_rest_goes_on(conn: Conn):
    await a_channel(conn, await a_business(conn))
    poison = text_item("\x00 no database takes this", id_="wamid.poison")

    await deliver(conn, delivery(change(messages=[text_item("one"), poison, text_item("two")])))

    bodies = await rows(conn, "SELECT content ->> 'body' AS body FROM messages ORDER BY 1")
    assert [row["body"] for row in bodies] == ["one", "two"]
    [aside] = await rows(
        conn, "SELECT reason, event FROM inbound_items WHERE state = 'quarantined'"
    )
    assert aside["reason"].endswith("while handling")
    assert aside["event"] is not None, "it can be tried again"


@pytest.mark.promise("MSG-13")
async def test_states_only_move_forward_whatever_the_order(conn: Conn):
    await a_channel(conn, await a_business(conn, welcome="Welcome!"))
    await deliver(conn, delivery(change(messages=[text_item("hello")])))
    [ours] = await rows(conn, "SELECT id FROM messages WHERE direction = 'out'")
    accepted = MessageAccepted(
        key=f"{ours['id']}:accepted", at=NOON, message_id=ours["id"], message=MetaId("wamid.out")
    )
    await handle(conn, WIRING, [accepted], NOON)

    for kind in ("read", "delivered", "sent", "delivered"):
        await deliver(conn, delivery(change(statuses=[status_item(kind, ours["id"])])))
    await handle(conn, WIRING, [status("failed", ours["id"], code=131026)], NOON)

    kinds = await rows(conn, f"SELECT kind FROM message_events WHERE message_id = '{ours['id']}'")
    assert {row["kind"] for row in kinds} >= {"accepted", "sent", "delivered", "read", "failed"}
    [row] = await rows(
        conn,
        f"""SELECT message_state(array_agg(kind)) AS state FROM message_events
             WHERE message_id = '{ours["id"]}'""",
    )
    assert row["state"] == "read"


@pytest.mark.promise("MSG-15")
async def test_twenty_first_messages_at_once_make_one_contact_and_one_conversation(
    db_url: str, conn: Conn
):
    await a_channel(conn, await a_business(conn))
    events = [message(str(n), at=NOON + timedelta(seconds=20 - n)) for n in range(20)]

    async def one(event: Any) -> None:
        async with await connect(db_url, ENGINE) as worker:
            await handle(worker, WIRING, [event], NOON)

    await asyncio.gather(*(one(event) for event in events))

    assert len(await rows(conn, "SELECT FROM contacts")) == 1
    assert len(await rows(conn, "SELECT FROM conversations")) == 1
    ordered = await rows(conn, "SELECT content ->> 'body' AS body FROM messages ORDER BY sent_at")
    assert [row["body"] for row in ordered] == [str(n) for n in reversed(range(20))]


@pytest.mark.promise("MSG-17")
async def test_messages_land_with_the_business_whose_number_they_came_to(conn: Conn):
    for key, number in (("a", NUMBER), ("b", OTHER), ("c", "770012340000003")):
        await a_channel(conn, await a_business(conn, key), number)
    bodies = [
        delivery(change(number, messages=[text_item(number)]))
        for number in (NUMBER, OTHER, "770012340000003", "999")
    ]

    await deliver(conn, *bodies)

    landed = await rows(
        conn,
        """SELECT businesses.key, content ->> 'body' AS body FROM messages
             JOIN businesses ON businesses.id = messages.business_id ORDER BY 1""",
    )
    assert [(row["key"], row["body"]) for row in landed] == [
        ("a", NUMBER),
        ("b", OTHER),
        ("c", "770012340000003"),
    ]
    [stray] = await rows(conn, "SELECT reason FROM inbound_items WHERE state = 'quarantined'")
    assert stray["reason"] == "unknown_receiver"


@pytest.mark.promise("PLT-01")
async def test_a_person_without_a_phone_is_met_by_id_and_stays_the_same_when_the_phone_appears(
    conn: Conn,
):
    await a_channel(conn, await a_business(conn))
    hidden = text_item("hello")
    del hidden["from"]

    await deliver(conn, delivery(change(messages=[hidden])))
    await deliver(conn, delivery(change(messages=[text_item("again")])))

    assert len(await rows(conn, "SELECT FROM contacts")) == 1
    types = await rows(conn, "SELECT type FROM contact_identities ORDER BY type")
    assert [row["type"] for row in types] == ["phone", "wa_user_id"]


MESSAGES = """
    SELECT to_jsonb(messages) - 'seq' AS message, row_number() OVER (ORDER BY seq) AS place
      FROM messages ORDER BY id
"""
"""`seq` is counted on in a replay; the order that it gives is the same."""

DERIVED = (
    "SELECT * FROM contacts ORDER BY id",
    "SELECT * FROM conversations ORDER BY id",
    MESSAGES,
    "SELECT * FROM message_events ORDER BY message_id, kind",
    "SELECT * FROM messaging_windows ORDER BY contact_id",
)


async def test_when_a_message_was_sent_does_not_depend_on_what_came_together(conn: Conn):
    await a_channel(conn, await a_business(conn, welcome="Welcome!"))
    await deliver(conn, delivery(change(messages=[text_item("hello")])))
    [sent] = await rows(conn, "SELECT id FROM messages WHERE direction = 'out'")
    late = [status_item("delivered", sent["id"], at=1_796_126_405)]
    late.append(status_item("sent", sent["id"], at=1_796_126_403))

    await deliver(conn, delivery(change(statuses=late)))  # both in one batch, in the wrong order
    together = await rows(conn, "SELECT sent_at FROM messages WHERE direction = 'out'")
    await replay(conn, WIRING, REPLAY_WIPES)  # one after the other

    assert await rows(conn, "SELECT sent_at FROM messages WHERE direction = 'out'") == together


@pytest.mark.promise("MSG-05")
async def test_a_replay_makes_equal_rows_and_sends_nothing(conn: Conn):
    owner = await a_business(conn, welcome="Welcome!")
    await a_channel(conn, owner)
    for n in range(5):
        await deliver(
            conn,
            delivery(change(messages=[text_item(f"hello {n}", phone=f"1555010012{n % 3}")])),
            now=NOON + timedelta(minutes=n),
        )
    [ours, *_] = await rows(conn, "SELECT id FROM messages WHERE direction = 'out' ORDER BY id")
    await deliver(conn, delivery(change(statuses=[status_item("delivered", ours["id"])])))
    before = [await rows(conn, sql) for sql in DERIVED]
    sends = await rows(conn, "SELECT * FROM sends ORDER BY id")

    replayed = await replay(conn, WIRING, REPLAY_WIPES)

    assert replayed == 6
    assert [await rows(conn, sql) for sql in DERIVED] == before
    assert await rows(conn, "SELECT * FROM sends ORDER BY id") == sends


async def test_rules_that_changed_meanwhile_change_nothing_in_a_replay(conn: Conn):
    await a_channel(conn, await a_business(conn, welcome="Welcome!"))
    await deliver(conn, delivery(change(messages=[text_item("hello")])))
    before = await rows(conn, MESSAGES)
    await conn.execute("UPDATE businesses SET welcome = 'Something else'")

    await replay(conn, WIRING, REPLAY_WIPES)

    assert await rows(conn, MESSAGES) == before


VALID = delivery(change(messages=[text_item("hello"), text_item("there")]))


@pytest.mark.promise("MSG-03")
@given(
    st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), max_size=12), st.data()
)
@settings(
    max_examples=1000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_a_thousand_mutated_payloads_are_read_or_refused_but_never_crash(
    changes: list[tuple[int, int]], data: st.DataObject
):
    mutated = bytearray(VALID)
    for position, value in changes:
        mutated[position] = value
    cut = data.draw(st.integers(0, len(mutated)))
    for body in (bytes(mutated), bytes(mutated[:cut])):
        try:
            found = list(webhooks.read(body))
        except webhooks.Unreadable:
            continue
        assert all((item.event is None) != (item.problem is None) for item in found)


@pytest.mark.promise("MSG-03")
async def test_what_cannot_be_read_is_quarantined_visible_and_blocks_nothing(conn: Conn):
    await a_channel(conn, await a_business(conn))

    await deliver(conn, b"{not json", b'{"object":"page","entry":[]}', VALID)

    states = await rows(conn, "SELECT state, reason FROM webhook_deliveries ORDER BY id")
    assert [row["state"] for row in states] == ["quarantined", "quarantined", "split"]
    assert all(row["reason"] for row in states[:2])
    assert len(await rows(conn, "SELECT FROM messages")) == 2


def test_ada_is_kept_in_order_by_what_meta_always_gives():
    assert ADA.lane_key == "US.1001"
