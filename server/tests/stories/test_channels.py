"""Numbers are watched: read from Meta, found broken, connected and mended again."""

import pytest
from serai.app.demo import world
from tests.stories.conftest import AMAL, CAFE, SCHOOL, SHOP, Stack, come_in, until
from tests.stories.numbers import (
    BY_NUMBER,
    advance,
    channel,
    codes,
    of,
    offer,
    page,
    read,
    reconnect,
    token_of,
)


def test_what_meta_knows_of_a_number_shows_on_its_card_and_page(working: Stack):
    read(working)

    card, whole = channel(working, CAFE), page(working, CAFE)

    number = card["whatsapp"]
    assert (card["status"], number["quality"], number["status"]) == (
        "connected",
        "GREEN",
        "CONNECTED",
    )
    assert card["public_name"] == "Hawana Cafe"
    assert number["messaging_limit"] == 0, "no limit"
    assert card["last_error"] is None
    assert whole["whatsapp"]["account_review"] == "APPROVED"
    assert whole["whatsapp"]["health"]["can_send_message"] == "AVAILABLE"
    assert "whatsapp_business_messaging" in whole["token"]["scopes"]
    assert BY_NUMBER[CAFE].token not in str(whole), "the token is never shown"


@pytest.mark.promise("MSG-29")
def test_webhook_fields_that_meta_dropped_are_found_and_set_again_with_one_call(working: Stack):
    come_in(working, working.run("doctor").stdout)
    read(working)
    path = of(working, CAFE, "/webhooks")
    working.ask("POST", path + "/repair")
    assert working.ask("GET", path).json()["is_whole"]

    kept = ["account_update", "security"]
    working.tell("PUT", "/world", {"apps": [{"id": world.APP, "fields": kept}]})
    advance(working, 3601)

    until(lambda: "webhooks_off" in codes(working, CAFE), 60)
    told = working.run("doctor")
    assert told.returncode == 1
    assert "messages" in told.stdout

    mended = working.run("doctor", "--repair")
    assert "mended" in mended.stdout, mended.stdout + mended.stderr
    whole = working.ask("GET", path).json()
    assert (whole["is_whole"], whole["missing"]) == (True, [])
    assert "messages" in working.tell("GET", "/world")["apps"][0]["fields"]
    assert "webhooks_off" not in codes(working, CAFE)
    assert working.run("doctor").returncode == 0


def test_an_account_that_left_the_app_is_found_and_joined_again(stack: Stack):
    stack.worker()
    read(stack)
    account = BY_NUMBER[SHOP].account
    stack.tell("PUT", "/world", {"wabas": [{"id": account, "subscribed_apps": []}]})

    looked = stack.ask("GET", of(stack, SHOP, "/webhooks")).json()
    assert looked["missing"][0] == "the account is not subscribed to the app"
    mended = stack.ask("POST", of(stack, SHOP, "/webhooks/repair")).json()

    assert mended["is_whole"]
    stack.write(AMAL, SHOP, "menu")
    until(lambda: stack.answers(AMAL, SHOP))


@pytest.mark.promise("MSG-30")
def test_a_token_of_60_days_is_made_new_on_its_53rd_day_and_a_dead_one_keeps_the_queue(
    working: Stack,
):
    read(working)
    day = 24 * 3600
    reconnect(working, CAFE, token_of(working, CAFE, expires_in=60 * day))
    ends_at = until(lambda: channel(working, CAFE)["token_expires_at"])

    advance(working, 52 * day)
    until(lambda: page(working, CAFE)["token"]["checked_at"][:10] > ends_at[:4])
    assert channel(working, CAFE)["token_expires_at"] == ends_at, "not yet"
    advance(working, day + 3700)
    until(lambda: channel(working, CAFE)["token_expires_at"] > ends_at, 30)

    tokens = working.tell("GET", "/world")["tokens"]
    newest = max(tokens, key=lambda each: each["issued_at"] or "")
    working.tell("POST", f"/tokens/{newest['token']}/revoke", {})
    offered = [offer(working, CAFE, to, f"offer {to}")["id"] for to in (AMAL, "12125550143")]
    until(lambda: channel(working, CAFE)["status"] == "reconnect")
    until(lambda: channel(working, CAFE)["waiting_count"] == 2)
    assert "access token" in channel(working, CAFE)["last_error"]["words"]
    assert {each["level"] for each in page(working, CAFE)["notices"]} >= {"critical"}

    reconnect(working, CAFE, token_of(working, CAFE))
    until(lambda: channel(working, CAFE)["waiting_count"] == 0)
    until(lambda: channel(working, CAFE)["status"] == "connected")
    sent = [each["biz_opaque_callback_data"] for each in working.tell("GET", "/sends")["sends"]]
    assert sorted(sent) == sorted(offered), "each left once"


@pytest.mark.promise("MSG-25")
def test_a_revoked_token_shows_within_a_minute_with_no_traffic_and_survives_a_restart(
    stack: Stack,
):
    stack.worker()
    read(stack)
    stack.tell("POST", f"/tokens/{BY_NUMBER[SCHOOL].token}/revoke", {})

    advance(stack, 50)
    until(lambda: channel(stack, SCHOOL)["status"] == "reconnect", 10)
    assert [channel(stack, number)["status"] for number in (CAFE, SHOP)] == ["connected"] * 2

    for name in ("worker", "server"):
        stack.kill(name)
    stack.serve()
    stack.worker()
    assert channel(stack, SCHOOL)["status"] == "reconnect"
    assert channel(stack, CAFE)["status"] == "connected"
    stack.write(AMAL, CAFE, "menu")
    until(lambda: stack.answers(AMAL, CAFE))


@pytest.mark.promise("MSG-33")
def test_one_number_that_stops_turns_its_own_card_red_with_the_last_error_and_its_time(
    working: Stack,
):
    read(working)
    working.tell("PUT", "/world", {"numbers": [{"id": SHOP, "status": "DISCONNECTED"}]})
    advance(working, 50)

    until(lambda: channel(working, SHOP)["status"] == "paused", 10)
    cards = {
        each["external_ids"]["phone_number_id"]: each
        for each in working.ask("GET", "/channels").json()["data"]
    }
    error = cards.pop(SHOP)["last_error"]
    assert error["words"] == "Meta has the number as DISCONNECTED, not as CONNECTED."
    assert error["at"]
    assert {each["status"] for each in cards.values()} == {"connected"}
    assert all(each["last_error"] is None for each in cards.values())

    working.tell("PUT", "/world", {"numbers": [{"id": SHOP, "status": "CONNECTED"}]})
    advance(working, 50)
    until(lambda: channel(working, SHOP)["status"] == "connected", 10)
