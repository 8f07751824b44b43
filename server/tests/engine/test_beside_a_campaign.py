"""A long campaign on one number is in nobody's way: people's replies, other numbers, the claim itself."""

import pytest
from serai.engine import limits, paces
from serai.engine.claim import claim
from serai.kit.db import Conn
from tests.engine.queues import OFFER, TEXT, a_number, queue, some_people
from tests.given import NOON, a_business

CAMPAIGN = 2_000
OTHER = "770012340000009"


@pytest.mark.promise("MSG-23")
async def test_replies_go_first_and_other_numbers_have_their_share_of_every_claim(conn: Conn):
    business = await a_business(conn)
    busy, calm = await a_number(conn, business), await a_number(conn, business, OTHER)
    await queue(conn, busy, await some_people(conn, busy, CAMPAIGN), OFFER)
    beside = await queue(conn, calm, await some_people(conn, calm, 5), OFFER)
    [reply] = await queue(conn, busy, await some_people(conn, busy, 1), TEXT, priority=0)

    parcels = await claim(conn, NOON, 100)

    assert parcels[0].message_id == reply, "it is first in line for Meta"
    assert {parcel.message_id for parcel in parcels if parcel.channel_id == calm} == set(beside)
    assert len(parcels) > 1 + len(beside), "and the campaign goes on"


async def test_to_see_which_numbers_have_something_to_send_no_queue_is_read_through(conn: Conn):
    business = await a_business(conn)
    busy = await a_number(conn, business)
    await a_number(conn, business, OTHER)
    await queue(conn, busy, await some_people(conn, busy, CAMPAIGN), OFFER)
    await conn.execute("ANALYZE sends")

    asked = f"EXPLAIN (ANALYZE, FORMAT JSON) {paces.HOLD}"
    cursor = await conn.execute(asked.encode(), {"now": NOON, "unknown": limits.UNKNOWN_PEOPLE})
    [found] = await cursor.fetchall()

    assert max(_read_of_sends(found["QUERY PLAN"][0]["Plan"])) <= 1


def _read_of_sends(plan: dict[str, object]) -> list[float]:
    """How many rows each look at the queue has read."""
    own = [0.0]
    if plan.get("Relation Name") == "sends":
        own.append(
            float(str(plan["Actual Rows"])) + float(str(plan.get("Rows Removed by Filter", 0)))
        )
    parts = plan.get("Plans", [])
    assert isinstance(parts, list)
    return own + [each for part in parts for each in _read_of_sends(part)]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
