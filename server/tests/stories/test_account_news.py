"""What Meta says about accounts and numbers counts at once."""

from typing import Any

import pytest
from tests.stories.conftest import AMAL, BEN, CAFE, SCHOOL, SHOP, Stack, until
from tests.stories.numbers import BY_NUMBER, advance, channel, codes, of, offer, read


@pytest.mark.promise("PLT-05")
def test_limits_speed_and_quality_that_meta_changes_count_at_once(working: Stack):
    read(working)
    account = BY_NUMBER[CAFE].account

    working.tell("POST", "/events", {"field": "business_capability_update", "waba": account,
                                     "limit": "TIER_250"})  # fmt: skip
    until(lambda: channel(working, CAFE)["whatsapp"]["messaging_limit"] == 250)
    assert channel(working, SCHOOL)["whatsapp"]["messaging_limit"] == 250, (
        "numbers of a portfolio share it"
    )

    working.tell("POST", "/events", {"field": "phone_number_quality_update", "number": CAFE,
                                     "event": "THROUGHPUT_UPGRADE"})  # fmt: skip
    advance(working, 61)
    until(lambda: channel(working, CAFE)["messages_per_second"] == 1000)
    assert {"limit_changed", "throughput_raised"} <= codes(working, CAFE)

    before = offer(working, CAFE, AMAL, "before")["id"]
    until(lambda: before in {e["biz_opaque_callback_data"] for e in
                             working.tell("GET", "/sends")["sends"]})  # fmt: skip
    working.execute("UPDATE channels SET state = 'paused'")
    waits = offer(working, CAFE, "12125550143", "queued")["id"]
    working.tell("POST", "/events", {"field": "phone_number_quality_update", "number": CAFE,
                                     "event": "FLAGGED", "rating": "RED"})  # fmt: skip
    until(lambda: channel(working, CAFE)["restrictions"])
    working.execute("UPDATE channels SET state = 'active'")
    assert channel(working, CAFE)["restrictions"] == [{"kind": "marketing", "until": None}]
    shown = until(lambda: working.ask("GET", f"/messages/{waits}").json()["waits"])
    assert shown["code"] == "meta"
    refused = offer(working, CAFE, AMAL, "while flagged")
    assert refused["code"] == "channel_restricted"
    working.tell("PUT", "/world", {"numbers": [{"id": CAFE, "status": "CONNECTED"}]})
    working.write(BEN, CAFE, "menu")
    until(lambda: working.answers(BEN, CAFE))

    working.tell("POST", "/events", {"field": "phone_number_quality_update", "number": CAFE,
                                     "event": "UNFLAGGED", "rating": "GREEN"})  # fmt: skip
    until(lambda: channel(working, CAFE)["restrictions"] == [])
    advance(working, 61)
    until(lambda: waits in {e["biz_opaque_callback_data"] for e in
                            working.tell("GET", "/sends")["sends"]})  # fmt: skip


def test_a_ban_holds_everything_and_its_end_lets_it_go(working: Stack):
    read(working)
    account = BY_NUMBER[SHOP].account
    working.tell("POST", "/events", {"field": "account_update", "waba": account,
                                     "event": "DISABLED_UPDATE", "state": "DISABLE"})  # fmt: skip
    until(lambda: channel(working, SHOP)["status"] == "paused")
    assert "account_banned" in codes(working, SHOP)
    working.write(AMAL, SHOP, "menu")
    until(lambda: channel(working, SHOP)["waiting_count"])
    assert channel(working, CAFE)["status"] == "connected"

    working.tell("POST", "/events", {"field": "account_update", "waba": account,
                                     "event": "DISABLED_UPDATE", "state": "REINSTATE"})  # fmt: skip

    until(lambda: working.answers(AMAL, SHOP))
    assert channel(working, SHOP)["status"] == "connected"


def test_what_meta_restricts_waits_and_everything_else_goes_on(working: Stack):
    read(working)
    account = BY_NUMBER[CAFE].account
    working.tell("POST", "/events", {"field": "account_update", "waba": account,
        "event": "ACCOUNT_RESTRICTION", "until": 3600,
        "restrictions": ["RESTRICTED_BIZ_INITIATED_MESSAGING"]})  # fmt: skip

    until(lambda: channel(working, CAFE)["restrictions"])

    assert channel(working, CAFE)["status"] == "limited"
    assert "restricted:business_initiated" in codes(working, CAFE)
    assert offer(working, CAFE, AMAL, "not now")["code"] == "channel_restricted"
    working.write(BEN, CAFE, "menu")
    until(lambda: working.answers(BEN, CAFE))
    advance(working, 3700)
    until(lambda: channel(working, CAFE)["status"] == "connected", 30)
    assert channel(working, CAFE)["restrictions"] == []
    assert offer(working, CAFE, AMAL, "now")["state"] == "queued"


def test_an_account_that_is_no_longer_shared_needs_connecting_until_it_is_shared_again(
    working: Stack,
):
    read(working)
    event = {"field": "account_update", "waba": BY_NUMBER[SHOP].account}
    working.tell("POST", "/events", event | {"event": "ACCOUNT_OFFBOARDED"})
    until(lambda: channel(working, SHOP)["status"] == "reconnect")
    assert "account_gone" in codes(working, SHOP)

    working.tell("POST", "/events", event | {"event": "ACCOUNT_RECONNECTED"})

    until(lambda: channel(working, SHOP)["status"] == "connected", 30)
    assert "account_gone" not in codes(working, SHOP)


def test_a_number_that_is_taken_from_us_keeps_its_queue_until_it_is_given_back(working: Stack):
    read(working)
    token: dict[str, Any] = {"token": BY_NUMBER[SHOP].token, "waba_ids": []}
    working.tell("PUT", "/world", {"tokens": [token]})
    working.write(AMAL, SHOP, "menu")

    until(lambda: channel(working, SHOP)["status"] == "reconnect")
    assert channel(working, SHOP)["waiting_count"] == 1

    working.tell("PUT", "/world", {"tokens": [token | {"waba_ids": [BY_NUMBER[SHOP].account]}]})
    answer = working.ask("POST", of(working, SHOP, "/resume"), {})
    assert answer.status_code == 200, answer.text
    until(lambda: working.answers(AMAL, SHOP))
    assert len(working.answers(AMAL, SHOP)) == 1
