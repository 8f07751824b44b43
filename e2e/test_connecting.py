"""The wizard that connects a number, where it goes wrong: each obstacle says what to do."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.acts import Acts
from e2e.meta import SCHOOL
from e2e.screens import HANDSET, Complaints, NewPage, choose, look
from e2e.stack import Stack

APP = "314000000000777"
PORTFOLIO = "920000000000333"
META_MS = 20_000
ACCOUNT, NUMBER, PHONE = "880012340000073", "770012340000073", "+1 212-555-0173"
SHOPS_ACCOUNT = "880012340000004"
PIN = "735219"
SCOPES = ["whatsapp_business_messaging", "whatsapp_business_management"]


@pytest.fixture(scope="module", autouse=True)
def at_meta(acts: Acts) -> None:
    """A number that is not in use and has a PIN, and tokens that open too little."""
    tokens: dict[str, tuple[list[str], list[str]]] = {
        "grocer-token": ([ACCOUNT], SCOPES),
        "grocer-narrow": ([ACCOUNT], SCOPES[1:]),
        "shops-token": ([SHOPS_ACCOUNT], SCOPES),
        "empty-token": ([], SCOPES),
    }
    number = {
        "id": NUMBER,
        "waba_id": ACCOUNT,
        "display_phone_number": PHONE,
        "verified_name": "Corner Grocer",
        "status": "CONNECTED",
    }
    token = {"token": "grocer-token", "app_id": APP, "waba_ids": [ACCOUNT], "scopes": SCOPES}
    acts.define(
        {
            "wabas": [{"id": ACCOUNT, "portfolio_id": PORTFOLIO, "name": "Corner Grocer"}],
            "numbers": [number],
            "tokens": [
                token | {"token": name, "waba_ids": ids, "scopes": scopes}
                for name, (ids, scopes) in tokens.items()
            ],
        }
    )
    acts.two_step(NUMBER, "grocer-token", PIN)
    acts.define({"numbers": [{"id": NUMBER, "status": "PENDING"}]})


def give(page: Page, token: str) -> None:
    page.get_by_role("textbox", name="Token").fill(token)
    page.get_by_role("button", name="See what it opens").click()


def again(page: Page) -> None:
    page.get_by_role("button", name="Back").click()


def test_each_obstacle_on_the_way_to_a_number_says_what_to_do(
    new_page: NewPage, demo: Stack, acts: Acts, complaints: Complaints
) -> None:
    page = new_page(HANDSET)
    page.goto(demo.at("/channels"))
    page.get_by_role("link", name="Connect a number").click()

    tokens_that_open_too_little(page)
    a_number_that_is_somebody_elses(page)
    a_pin_that_is_wrong(page)

    assert acts.number(NUMBER)["status"] == "CONNECTED"
    complaints.clear()  # the browser tells of what was refused


def tokens_that_open_too_little(page: Page) -> None:
    give(page, "nonsense")
    expect(page.get_by_role("alert")).to_contain_text("not valid", timeout=META_MS)
    give(page, "empty-token")
    expect(page.get_by_text("This access opens no number")).to_be_visible(timeout=META_MS)
    look(page, "connect-no-number-390")
    again(page)
    give(page, "grocer-narrow")
    lacks = page.get_by_role("alert")
    expect(lacks).to_contain_text("whatsapp_business_messaging", timeout=META_MS)
    look(page, "connect-lacking-390")
    again(page)


def a_number_that_is_somebody_elses(page: Page) -> None:
    give(page, "shops-token")
    expect(page.get_by_role("radio", name="Dar Home Goods")).to_be_checked(timeout=META_MS)
    choose(page, "Business", "Hawana Cafe")
    page.get_by_role("button", name="Connect").click()
    expect(page.get_by_role("alert")).to_contain_text("Another business uses", timeout=META_MS)
    look(page, "connect-taken-390")
    again(page)


def a_pin_that_is_wrong(page: Page) -> None:
    give(page, "grocer-token")
    expect(page.get_by_text("Not in use yet", exact=True)).to_be_visible(timeout=META_MS)
    choose(page, "Business", "Hawana Cafe")
    page.get_by_role("textbox", name="Six digits").fill("111111")
    page.get_by_role("button", name="Connect").click()
    expect(page.get_by_text("but something is missing")).to_be_visible(timeout=META_MS)
    expect(page.get_by_role("img", name="Failed")).to_have_count(1)
    look(page, "connect-wrong-pin-390")
    page.get_by_role("link", name="Mend what is missing").click()
    page.get_by_role("textbox", name="Six digits").fill(PIN)
    page.get_by_role("button", name="Take the number into use").click()
    expect(page.get_by_role("textbox", name="Six digits")).to_have_value("", timeout=META_MS)


def test_a_username_is_refused_at_its_field_asked_for_and_given_up(
    new_page: NewPage, demo: Stack, complaints: Complaints
) -> None:
    take_elsewhere(demo, "hawana.taken")
    page = new_page()
    page.goto(demo.at("/channels"))
    page.get_by_role("list", name="Channels").get_by_role("link").filter(
        has_text="Hawana Cafe"
    ).first.click()
    page.get_by_role("navigation", name="Parts of the channel").get_by_role(
        "link", name="Profile"
    ).click()
    box = page.get_by_role("textbox", name="Username")
    ask = page.get_by_role("button", name="Ask for it")

    for name, words in (
        ("Hawana Cafe", "small letters"),
        ("hawana..cafe", "between two dots"),
        ("hawana.com", "website"),
        ("hawana.taken", "Somebody has this username"),
    ):
        box.fill(name)
        ask.click()
        expect(box).to_have_accessible_description(re.compile(re.escape(words)), timeout=META_MS)
        expect(box).to_have_attribute("aria-invalid", "true")
    look(page, "username-taken-1280")
    box.fill("hawana.cafe")
    ask.click()
    expect(page.get_by_text("@hawana.cafe")).to_be_visible(timeout=META_MS)
    page.get_by_role("button", name="Give it up").click()
    expect(page.get_by_text("@hawana.cafe")).to_have_count(0, timeout=META_MS)
    complaints.clear()  # the browser tells of what was refused


def take_elsewhere(demo: Stack, name: str) -> None:
    with demo.people("/api/v1") as http:
        http.headers["Authorization"] = f"Bearer {demo.key}"
        channels = http.get("/channels").raise_for_status().json()["data"]
        school = next(c["id"] for c in channels if c["external_ids"]["phone_number_id"] == SCHOOL)
        body = {"username": name}
        http.put(f"/channels/{school}/whatsapp/username", json=body).raise_for_status()
