"""Numbers as their owners meet them: read from Meta, set up, watched, disconnected and connected again."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from serai.app.demo import world
from tests.stories.conftest import AMAL, BEN, CAFE, SCHOOL, SHOP, Stack, until

BY_NUMBER = {number.id: number for number in world.NUMBERS}


def channel(stack: Stack, number: str) -> dict[str, Any]:
    found = stack.ask("GET", "/channels").json()["data"]
    return next(each for each in found if each["phone_number_id"] == number)


def page(stack: Stack, number: str) -> dict[str, Any]:
    return stack.ask("GET", f"/channels/{channel(stack, number)['id']}").json()


def of(stack: Stack, number: str, path: str) -> str:
    return f"/channels/{channel(stack, number)['id']}{path}"


def read(stack: Stack) -> None:
    """Until every number was read from Meta."""
    until(lambda: all(each["read_at"] for each in stack.ask("GET", "/channels").json()["data"]))


def test_what_meta_knows_of_a_number_shows_on_its_card_and_page(working: Stack):
    read(working)

    card, whole = channel(working, CAFE), page(working, CAFE)

    assert (card["status"], card["quality"], card["meta_status"]) == (
        "connected",
        "GREEN",
        "CONNECTED",
    )
    assert card["verified_name"] == "Hawana Cafe"
    assert card["messaging_limit"] == 0, "no limit"
    assert card["last_error"] is None
    assert whole["account_review"] == "APPROVED"
    assert whole["health"]["can_send_message"] == "AVAILABLE"
    assert "whatsapp_business_messaging" in whole["token"]["scopes"]
    assert BY_NUMBER[CAFE].token not in str(whole), "the token is never shown"


def token_of(stack: Stack, number: str, **more: Any) -> str:
    """A new token at Meta for the account of a number."""
    wish = {
        "app_id": world.APP,
        "waba_ids": [BY_NUMBER[number].account],
        "scopes": ["whatsapp_business_messaging", "whatsapp_business_management"],
        **more,
    }
    return stack.tell("POST", "/tokens", wish)["token"]


def reconnect(stack: Stack, number: str, token: str) -> None:
    answer = stack.ask("POST", of(stack, number, "/resume"), {"token": token})
    assert answer.status_code == 200, answer.text


def advance(stack: Stack, seconds: float) -> None:
    stack.tell("POST", "/clock", {"advance_seconds": seconds})


def codes(stack: Stack, number: str) -> set[str]:
    """Of the notices that hold."""
    return {each["code"] for each in page(stack, number)["notices"]}


def offer(stack: Stack, number: str, to: str, key: str) -> dict[str, Any]:
    """A marketing template to someone, through the API."""
    body = {
        "channel_id": channel(stack, number)["id"],
        "to": {"phone": f"+{to}"},
        "content": {
            "type": "template",
            "name": "cafe_special_offer",
            "language": "en_US",
            "values": {"body": ["cake"]},
        },
        "purpose": "marketing",
    }
    return stack.ask("POST", "/messages", body, **{"Idempotency-Key": key}).json()


@pytest.mark.promise("MSG-26")
def test_a_saved_profile_is_the_profile_at_meta_and_a_bad_category_shows_metas_words(
    stack: Stack,
):
    path = of(stack, CAFE, "/profile")
    wanted = {
        "about": "Coffee and cakes since 1998",
        "description": "A cafe by the sea.",
        "address": "1 Harbour Road",
        "email": "hello@cafe.example",
        "websites": ["https://cafe.example"],
        "category": "RESTAURANT",
    }

    saved = stack.ask("PATCH", path, wanted)

    assert saved.status_code == 200, saved.text
    at_meta = stack.tell("GET", f"/numbers/{CAFE}")["desk"]["profile"]
    assert at_meta["about"] == wanted["about"]
    assert at_meta["vertical"] == "RESTAURANT"
    assert stack.ask("GET", path).json() == {**wanted, "picture_url": ""}

    bad = stack.ask("PATCH", path, {"category": "SPACESHIPS"})
    assert bad.status_code == 422
    assert bad.json()["code"] == "meta_refused"
    assert bad.json()["meta_code"] == 100
    assert "SPACESHIPS" in bad.json()["detail"] or "vertical" in bad.json()["detail"]
    long = stack.ask("PATCH", path, {"about": "x" * 140}).json()
    assert (long["code"], long["field"]) == ("request_invalid", "about")

    picture = bytes.fromhex("89504e470d0a1a0a") + b"0" * 2000
    url = f"{stack.api}{path}/picture"
    header = {"Authorization": f"Bearer {stack.key}"}
    shown = stack.http.put(url, content=picture, headers=header)
    assert shown.status_code == 200, shown.text
    assert shown.json()["picture_url"]
    given = stack.http.get(url, headers=header)
    assert (given.content, given.headers["content-type"]) == (picture, "image/png")
    assert (
        stack.http.put(url, content=b"GIF89a", headers=header).json()["code"] == "picture_invalid"
    )


@pytest.mark.promise("MSG-28")
def test_each_business_has_its_own_profile_and_writes_by_its_own_number(working: Stack):
    for number in (SCHOOL, CAFE, SHOP):
        about = {"about": f"We are {BY_NUMBER[number].pack}"}
        assert working.ask("PATCH", of(working, number, "/profile"), about).status_code == 200
    read(working)

    shown = {number: working.ask("GET", of(working, number, "/profile")).json()["about"]
             for number in (SCHOOL, CAFE, SHOP)}  # fmt: skip
    assert shown == {number: f"We are {BY_NUMBER[number].pack}" for number in shown}
    assert len({channel(working, number)["verified_name"] for number in shown}) == 3

    for number in shown:
        working.write(AMAL, number, "menu")
    until(lambda: all(working.answers(AMAL, number) for number in shown))
    sends = working.tell("GET", "/sends")["sends"]
    sent = {str(row["id"]): row["meta_id"] for row in working.rows(
        "SELECT messages.id, channels.meta_id FROM messages JOIN channels ON channels.id = channel_id"
        " AND channels.business_id = messages.business_id WHERE direction = 'out'")}  # fmt: skip
    assert sends
    assert all(sent[each["biz_opaque_callback_data"]] == each["number"] for each in sends)


@pytest.mark.promise("MSG-29")
def test_webhook_fields_that_meta_dropped_are_found_and_set_again_with_one_call(working: Stack):
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


def test_qr_codes_are_made_listed_changed_and_taken_away(stack: Stack):
    path = of(stack, CAFE, "/qr-codes")

    key = {"Idempotency-Key": "a table"}
    made, again = (
        stack.ask("POST", path, {"text": "A table for tonight, please"}, **key).json()
        for _ in range(2)
    )
    assert again == made, "made once"
    picture = stack.http.get(made["picture_url"])
    assert b"<svg" in picture.content[:300]
    assert [each["code"] for each in stack.ask("GET", path).json()["data"]] == [made["code"]]
    changed = stack.ask("PUT", f"{path}/{made['code']}", {"text": "A table for two"}).json()
    assert (changed["code"], changed["text"]) == (made["code"], "A table for two")
    assert stack.ask("DELETE", f"{path}/{made['code']}").json() == {"done": True}
    assert stack.ask("GET", path).json()["data"] == []


@pytest.mark.promise("PLT-05")
def test_limits_speed_and_quality_that_meta_changes_count_at_once(working: Stack):
    read(working)
    account = BY_NUMBER[CAFE].account

    working.tell("POST", "/events", {"field": "business_capability_update", "waba": account,
                                     "limit": "TIER_250"})  # fmt: skip
    until(lambda: channel(working, CAFE)["messaging_limit"] == 250)
    assert channel(working, SCHOOL)["messaging_limit"] == 250, "numbers of a portfolio share it"

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


@pytest.mark.promise("MSG-33")
def test_one_number_that_stops_turns_its_own_card_red_with_the_last_error_and_its_time(
    working: Stack,
):
    read(working)
    working.tell("PUT", "/world", {"numbers": [{"id": SHOP, "status": "DISCONNECTED"}]})
    advance(working, 50)

    until(lambda: channel(working, SHOP)["status"] == "paused", 10)
    cards = {
        each["phone_number_id"]: each for each in working.ask("GET", "/channels").json()["data"]
    }
    error = cards.pop(SHOP)["last_error"]
    assert error["words"] == "Meta has the number as DISCONNECTED, not as CONNECTED."
    assert error["at"]
    assert {each["status"] for each in cards.values()} == {"connected"}
    assert all(each["last_error"] is None for each in cards.values())

    working.tell("PUT", "/world", {"numbers": [{"id": SHOP, "status": "CONNECTED"}]})
    advance(working, 50)
    until(lambda: channel(working, SHOP)["status"] == "connected", 10)


def steps(stack: Stack, number: str) -> dict[str, dict[str, Any]]:
    """Of the business that has the number, by key, as they are right after Meta was asked."""
    card = channel(stack, number)
    assert stack.ask("POST", f"/channels/{card['id']}/refresh").status_code == 200
    found = stack.ask("GET", f"/businesses/{card['business_id']}/go-live").json()
    return {each["key"]: each for each in found["steps"]}


def current(stack: Stack, number: str) -> str | None:
    """The step that is next; None when all are done."""
    return next((k for k, each in steps(stack, number).items() if each["state"] == "current"), None)


@pytest.mark.promise("MSG-27")
def test_the_way_to_going_live_names_each_blocker_and_opens_the_next_step(working: Stack):
    account = BY_NUMBER[CAFE].account
    business = channel(working, CAFE)["business_id"]
    working.tell("PUT", "/world", {
        "portfolios": [{"id": world.PORTFOLIO, "verification_status": "not_verified",
                        "messaging_limit": "TIER_250"}],
        "numbers": [{"id": CAFE, "status": "DISCONNECTED"}],
        "wabas": [{"id": account, "subscribed_apps": []}],
    })  # fmt: skip
    working.tell("PATCH", f"/numbers/{CAFE}", {"name_status": "PENDING_REVIEW"})

    first = steps(working, CAFE)
    assert current(working, CAFE) == "documents"
    assert first["number"]["state"] == "done"
    assert first["verification"]["state"] == "locked"
    assert "Food, trade or tourism licence" in first["documents"]["blocker"]
    papers = working.ask("GET", f"/businesses/{business}/go-live").json()["documents"]
    for paper in papers:
        path = f"/businesses/{business}/go-live/documents/{paper['key']}"
        assert working.ask("PUT", path, {"is_ready": True}).status_code == 200

    flips: tuple[tuple[str, str, Any], ...] = (
        ("verification", "not verified", lambda: working.tell("PUT", "/world", {
            "portfolios": [{"id": world.PORTFOLIO, "verification_status": "verified"}]})),
        ("display_name", "reviewing", lambda: working.tell(
            "PATCH", f"/numbers/{CAFE}", {"name_status": "APPROVED"})),
        ("registered", "DISCONNECTED", lambda: working.tell("PUT", "/world", {
            "numbers": [{"id": CAFE, "status": "CONNECTED"}]})),
        ("webhooks", "not subscribed", lambda: working.ask(
            "POST", of(working, CAFE, "/webhooks/repair"))),
        ("tier", "250 people", lambda: working.tell("PUT", "/world", {
            "portfolios": [{"id": world.PORTFOLIO, "messaging_limit": "TIER_2K"}]})),
    )  # fmt: skip
    for key, blocker, flip in flips:
        assert current(working, CAFE) == key
        assert blocker in steps(working, CAFE)[key]["blocker"]
        flip()
    assert current(working, CAFE) is None
    assert working.ask("GET", f"/businesses/{business}/go-live").json()["is_live"]

    working.tell("POST", "/faults", {"kind": "error", "code": 131042, "number": CAFE, "times": 1})
    working.write(BEN, CAFE, "menu")
    until(lambda: channel(working, CAFE)["status"] == "paused")
    assert current(working, CAFE) == "billing"
    assert "cannot charge" in steps(working, CAFE)["billing"]["blocker"]


def test_a_number_is_connected_by_a_token_step_by_step(stack: Stack):
    """A second number of an account, not registered yet."""
    new = "770012340000009"
    stack.tell("PUT", "/world", {"numbers": [{
        "id": new, "waba_id": BY_NUMBER[CAFE].account, "display_phone_number": "+1 212-555-0109",
        "verified_name": "Hawana Terrace", "status": "PENDING"}]})  # fmt: skip
    ways = stack.ask("GET", "/channels/connect?redirect_uri=https://serai.example/channels").json()
    assert "dialog/oauth" in ways["login_url"]
    assert ways["app_id"] == world.APP

    both = stack.ask("POST", "/channels/connect", {})
    assert both.status_code == 422
    dead = stack.ask("POST", "/channels/connect", {"token": "EAAnothing"})
    assert dead.json()["code"] == "token_invalid"
    found = stack.ask("POST", "/channels/connect", {"token": token_of(stack, CAFE)}).json()
    assert found["lacking_scopes"] == []
    [account] = found["accounts"]
    numbers = {each["phone_number_id"]: each for each in account["numbers"]}
    assert (numbers[CAFE]["needs_registering"], numbers[new]["needs_registering"]) == (False, True)

    choice = {
        "ticket": found["ticket"],
        "business_id": channel(stack, CAFE)["business_id"],
        "waba_id": account["waba_id"],
        "phone_number_id": new,
        "pin": "482913",
    }
    done = stack.ask("POST", "/channels/connect/number", choice).json()
    states = {each["key"]: each["state"] for each in done["steps"]}
    assert states == {"account": "done", "webhooks": "done", "register": "done"}, done
    assert channel(stack, new)["name"] == "Hawana Terrace"
    assert stack.tell("GET", f"/numbers/{new}")["desk"]["pin"] == "482913"
    stack.worker()
    stack.write(BEN, new, "menu")
    until(lambda: stack.answers(BEN, new))

    forged = stack.ask("POST", "/channels/connect/number", choice | {"ticket": "QUJD"})
    assert forged.json()["code"] == "ticket_invalid"


def test_a_login_at_meta_gives_a_code_that_becomes_a_token_once_and_soon(stack: Stack):
    back = "https://serai.example/channels/connect"
    ways = stack.ask("GET", f"/channels/connect?redirect_uri={back}").json()
    query = parse_qs(urlsplit(str(ways["login_url"])).query)
    assert query["redirect_uri"] == [back]
    assert "whatsapp_business_messaging" in query["scope"][0]

    def code() -> str:
        """What comes back when someone lets the app use the cafe's account."""
        wish = {"client_id": world.APP, "redirect_uri": back, "answer": "continue",
                "account": BY_NUMBER[CAFE].account}  # fmt: skip
        address = stack.metasim.removesuffix("/_sim") + "/v25.0/dialog/oauth"
        went = stack.http.post(address, data=wish, follow_redirects=False)
        return parse_qs(urlsplit(went.headers["location"]).query)["code"][0]

    first = {"code": code(), "redirect_uri": back}
    found = stack.ask("POST", "/channels/connect", first).json()
    assert [each["waba_id"] for each in found["accounts"]] == [BY_NUMBER[CAFE].account]
    assert stack.ask("POST", "/channels/connect", first).json()["code"] == "meta_refused"
    late = {"code": code(), "redirect_uri": back}
    advance(stack, 31)
    assert stack.ask("POST", "/channels/connect", late).json()["code"] == "meta_refused"


def test_what_people_see_before_they_write_and_whom_a_number_blocks(working: Stack):
    path = of(working, CAFE, "/automation")
    wanted = {"ice_breakers": ["Book a table"], "commands": [{"name": "menu", "hint": "The menu"}]}
    assert working.ask("PUT", path, wanted).json() == wanted
    assert working.ask("GET", path).json() == wanted
    many = wanted | {"ice_breakers": ["one"] * 5}
    assert working.ask("PUT", path, many).json()["field"] == "ice_breakers"

    shop = {"cart": False, "catalogue": True}
    assert working.ask("PUT", of(working, CAFE, "/commerce"), shop).json() == shop
    assert working.ask("GET", of(working, CAFE, "/commerce")).json() == shop

    working.write(BEN, CAFE, "menu")
    [talk] = until(lambda: working.ask("GET", "/conversations").json()["data"])
    contact = talk["contact"]["id"]
    path = of(working, CAFE, f"/blocked/{contact}")
    assert working.ask("PUT", path).json() == {"done": True}
    [blocked] = working.ask("GET", of(working, CAFE, "/blocked")).json()["data"]
    assert blocked["phone"] == BEN
    assert working.ask("DELETE", path).json() == {"done": True}
    assert working.ask("GET", of(working, CAFE, "/blocked")).json()["data"] == []


def test_pins_and_codes_that_meta_refuses_come_back_in_metas_words(stack: Stack):
    read_only = stack.ask("PUT", of(stack, CAFE, "/pin"), {"pin": "12345"})
    assert read_only.json()["field"] == "pin"
    assert stack.ask("PUT", of(stack, CAFE, "/pin"), {"pin": "482913"}).json() == {"done": True}
    wrong = stack.ask("POST", of(stack, CAFE, "/register"), {"pin": "111111"})
    assert wrong.status_code == 409, wrong.text
    assert (wrong.json()["code"], wrong.json()["meta_code"]) == ("meta_refused", 133005)

    stack.stop("metasim")
    away = stack.ask("GET", of(stack, CAFE, "/profile"))
    assert (away.status_code, away.json()["code"]) == (503, "meta_unavailable")
    assert int(away.headers["Retry-After"]) >= 1


def test_everything_about_a_number_can_be_done_from_the_command_line(stack: Stack):
    assert "Hawana Cafe" in stack.command("channel", "list")
    shown = stack.command(
        "channel", "profile", CAFE, "--set", "about=Coffee", "--set", "website=https://cafe.example"
    )
    assert "about=Coffee" in shown
    assert "website=https://cafe.example" in shown
    assert stack.tell("GET", f"/numbers/{CAFE}")["desk"]["profile"]["about"] == "Coffee"
    assert "wa.me" in stack.command("channel", "qr", "add", CAFE, "A table, please")
    code = stack.command("channel", "qr", "list", CAFE).split()[0]
    stack.command("channel", "qr", "remove", CAFE, code)
    assert stack.command("channel", "qr", "list", CAFE) == ""
    said = stack.command(
        "channel", "welcome", CAFE, "--ice-breaker", "Book a table", "--command", "menu=The menu"
    )
    assert said == "ice breaker: Book a table\n/menu: The menu\n"
    stack.command("channel", "pin", CAFE, "--pin", "482913")
    assert "PHONE_NUMBER: AVAILABLE" in stack.command("channel", "health", CAFE)
    assert stack.command("channel", "refresh", CAFE) == "Read.\n"
    assert stack.command("channel", "notices", CAFE) == ""

    wrong = stack.run("channel", "register", CAFE, "--pin", "111111")
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("Meta did not do it: ")
    nobody = stack.run("channel", "health", "123")
    assert nobody.stderr.startswith("There is no number 123; there are: ")

    stack.tell("POST", f"/tokens/{BY_NUMBER[CAFE].token}/revoke", {})
    assert "Meta did not tell" in stack.command("channel", "refresh", CAFE)
    assert "access token" in stack.command("channel", "notices", CAFE)
    assert "paused" in stack.command("channel", "list")
    stack.env["SERAI_TOKEN"] = token_of(stack, CAFE)
    stack.command("channel", "resume", CAFE)
    assert stack.command("channel", "refresh", CAFE) == "Read.\n"
    assert stack.command("channel", "notices", CAFE) == ""
