"""From nothing to a connected number, and on to going live."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from serai.app.demo import world
from tests.stories.conftest import BEN, CAFE, Stack, until
from tests.stories.numbers import BY_NUMBER, advance, channel, of, token_of


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
    numbers = {each["external_ids"]["phone_number_id"]: each for each in account["channels"]}
    assert (numbers[CAFE]["needs_registering"], numbers[new]["needs_registering"]) == (False, True)

    choice = {
        "ticket": found["ticket"],
        "business_id": channel(stack, CAFE)["business_id"],
        "external_ids": numbers[new]["external_ids"],
        "pin": "482913",
    }
    done = stack.ask("POST", "/channels/connect/channel", choice).json()
    states = {each["key"]: each["state"] for each in done["steps"]}
    assert states == {"account": "done", "webhooks": "done", "register": "done"}, done
    assert channel(stack, new)["name"] == "Hawana Terrace"
    assert stack.tell("GET", f"/numbers/{new}")["desk"]["pin"] == "482913"
    stack.worker()
    stack.write(BEN, new, "menu")
    until(lambda: stack.answers(BEN, new))

    forged = stack.ask("POST", "/channels/connect/channel", choice | {"ticket": "QUJD"})
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
    assert [each["id"] for each in found["accounts"]] == [BY_NUMBER[CAFE].account]
    assert stack.ask("POST", "/channels/connect", first).json()["code"] == "meta_refused"
    late = {"code": code(), "redirect_uri": back}
    advance(stack, 31)
    assert stack.ask("POST", "/channels/connect", late).json()["code"] == "meta_refused"
