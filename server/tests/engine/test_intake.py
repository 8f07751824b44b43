"""What holds for both ways in: straight into PostgreSQL, and through JetStream."""

import json
from typing import Any

from serai.engine.intake import sealing, splitting
from serai.kit.db import Conn
from tests.engine.intakes import APP, Way
from tests.given import NOON, VAULT, change, delivery, rows, text_item

BODY = delivery(change(messages=[text_item("Is it open?")]))


def said(row: dict[str, Any]) -> bytes:
    return sealing.opened(VAULT, bytes(row["digest"]), bytes(row["body"]))


async def test_what_is_kept_is_there_to_the_byte_and_sealed(way: Way):
    await way.keep(BODY, b"{nonsense", b"")

    found = await way.arrived(3)

    assert {said(row) for row in found} == {BODY, b"{nonsense", b""}
    assert {(row["app_id"], row["received_at"], row["state"]) for row in found} == {
        (APP, NOON, "kept")
    }
    assert not any(b"Is it open?" in bytes(row["body"]) for row in found)


async def test_the_same_body_is_one_delivery_whenever_it_comes(way: Way):
    await way.keep(BODY, BODY)
    await way.arrived(1)
    await way.keep(BODY, BODY, b"another")

    assert len(await way.arrived(2)) == 2


async def test_many_at_once_are_all_kept_once_however_large(way: Way):
    bodies = [b"%d" % n * 400 for n in range(700)] + [b"x" * 3_000_000, b"y" * 900_000]

    await way.keep(*bodies)

    found = [said(row) for row in await way.arrived(len(bodies))]
    assert len(found) == len(bodies)
    assert set(found) == set(bodies)


async def test_what_one_person_wrote_keeps_its_order(way: Way):
    people = [f"1555010{n:04d}" for n in range(8)]
    for n in range(12):
        await way.keep(
            *(delivery(change(messages=[text_item(f"{n}", phone=phone)])) for phone in people)
        )

    found = [json.loads(said(row)) for row in await way.arrived(12 * len(people))]

    messages = [each["entry"][0]["changes"][0]["value"]["messages"][0] for each in found]
    for phone in people:
        texts = [int(each["text"]["body"]) for each in messages if each["from"] == phone]
        assert texts == list(range(12))


async def test_what_was_kept_is_read_into_items(way: Way, conn: Conn):
    await way.keep(BODY, b"{nonsense")
    await way.arrived(2)

    assert await splitting.split(conn, VAULT, 4, 10) == 2

    states = await rows(conn, "SELECT state FROM webhook_deliveries")
    assert sorted(row["state"] for row in states) == ["quarantined", "split"]
    assert len(await rows(conn, "SELECT FROM inbound_items")) == 1
