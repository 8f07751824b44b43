"""Every page at a desk and on a phone, in light and dark: looks, and the check for accessibility."""

import pytest
from playwright.sync_api import Page, expect

from e2e.meta import INVESTMENT, SCHOOL, Meta, Person
from e2e.screens import BESIDE, DESK, HANDSET, NewInbox, NewPage, NewPhone, Screen, look
from e2e.stack import Stack

SCREENS = pytest.mark.parametrize("screen", [HANDSET, DESK], ids=["390", "1280"])
THEMES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
ARABIC = "مرحبا، أريد حجز طاولة لأربعة أشخاص الساعة 8"


@pytest.fixture(scope="module")
def guest(meta: Meta) -> Person:
    """Somebody who has talked to two businesses, in two scripts."""
    person = meta.person("Layla Haddad")
    meta.write(person, SCHOOL, "menu")
    meta.write(person, INVESTMENT, ARABIC)
    meta.wait_received(person, SCHOOL, 1)
    meta.wait_received(person, INVESTMENT, 1)
    return person


def name(page: str, screen: Screen, dark: bool) -> str:
    return f"{page}-{screen.name}-{'dark' if dark else 'light'}"


@SCREENS
@THEMES
def test_the_sign_in_page(new_page: NewPage, demo: Stack, screen: Screen, dark: bool) -> None:
    page = new_page(screen, dark)
    page.goto(demo.serai)

    expect(page.get_by_label("E-mail address")).to_be_focused()

    look(page, name("sign-in", screen, dark))


@SCREENS
@THEMES
def test_the_inbox(new_inbox: NewInbox, guest: Person, screen: Screen, dark: bool) -> None:
    inbox = new_inbox(screen, dark)
    expect(inbox.row(guest)).to_have_count(2)
    look(inbox.page, name("inbox", screen, dark))

    inbox.row(guest, "Waiting for an adviser").click()

    expect(inbox.message("An adviser has your message")).to_be_visible()
    assert direction(inbox.page, ARABIC) == "rtl"
    look(inbox.page, name("conversation", screen, dark))


@SCREENS
@THEMES
def test_the_template_picker(
    new_inbox: NewInbox, guest: Person, screen: Screen, dark: bool
) -> None:
    inbox = new_inbox(screen, dark)
    inbox.row(guest, "Waiting for an adviser").click()

    inbox.page.get_by_role("button", name="Send a template").click()

    templates = inbox.page.get_by_role("list", name="Templates").get_by_role("button")
    expect(templates.first).to_be_visible()
    look(inbox.page, name("templates", screen, dark))
    templates.first.click()
    expect(inbox.page.get_by_text("They will read")).to_be_visible()
    look(inbox.page, name("template", screen, dark))


@SCREENS
@THEMES
def test_an_empty_list_and_an_unknown_conversation(
    new_inbox: NewInbox, complaints: list[str], demo: Stack, screen: Screen, dark: bool
) -> None:
    page = new_inbox(screen, dark).page
    page.get_by_label("Search conversations").fill("nobody of this name")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    look(page, name("empty", screen, dark))

    page.goto(f"{demo.serai}/inbox/00000000-0000-0000-0000-000000000000")

    expect(page.get_by_text("This conversation could not be loaded")).to_be_visible()
    look(page, name("unknown", screen, dark))
    complaints.clear()  # the browser tells of the 404


@SCREENS
@THEMES
def test_the_phone_page(new_phone: NewPhone, guest: Person, screen: Screen, dark: bool) -> None:
    phone = new_phone(guest, screen, dark)
    look(phone.page, name("phone-chats", screen, dark))

    phone.chat("Portfolio Management Services")

    expect(phone.said("An adviser has your message")).to_be_visible()
    look(phone.page, name("phone-chat", screen, dark))


@THEMES
def test_the_demo_with_the_inbox_beside_the_phone(
    new_page: NewPage, demo: Stack, guest: Person, dark: bool
) -> None:
    page = new_page(DESK, dark)
    page.goto(demo.page)
    team = page.frame_locator("iframe")

    team.get_by_role("link").filter(has_text=guest.name).first.click()

    expect(team.get_by_role("log", name="Messages")).to_be_visible()
    expect(team.get_by_role("list", name="Conversations")).to_be_visible()
    look(page, name("demo", DESK, dark))


@pytest.mark.parametrize("screen", [HANDSET, BESIDE, DESK], ids=["390", "800", "1280"])
def test_the_inbox_from_right_to_left(new_inbox: NewInbox, guest: Person, screen: Screen) -> None:
    inbox = new_inbox(screen)
    inbox.page.evaluate("document.documentElement.dir = 'rtl'")

    inbox.row(guest, "Waiting for an adviser").click()

    expect(inbox.message("An adviser has your message")).to_be_visible()
    assert inbox.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(inbox.page, name("right-to-left", screen, dark=False))


def direction(page: Page, text: str) -> str:
    paragraph = page.get_by_role("log").get_by_text(text)
    return str(paragraph.evaluate("element => getComputedStyle(element).direction"))
