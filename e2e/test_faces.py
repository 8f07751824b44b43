"""Every page at a desk and on a phone, in light and dark: looks, and the check for accessibility."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from e2e.meta import INVESTMENT, SCHOOL, Meta, Person
from e2e.person import Inbox, Phone
from e2e.screens import BESIDE, DESK, EACH_LOOK, Complaints, NewInbox, NewPage, Screen, look
from e2e.stack import Stack

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


@EACH_LOOK
def test_each_face_from_the_door_to_a_template_and_on_the_phone(
    new_page: NewPage,
    demo: Stack,
    guest: Person,
    complaints: Complaints,
    screen: Screen,
    dark: bool,
) -> None:
    page = new_page(screen, dark)

    def face(of: str) -> None:
        look(page, name(of, screen, dark))

    page.goto(demo.serai)
    expect(page.get_by_label("E-mail address")).to_be_focused()
    face("sign-in")
    page.get_by_label("E-mail address").fill(demo.email("owner"))
    page.get_by_label("Password", exact=True).fill(demo.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    inbox = Inbox(page)
    expect(inbox.row(guest)).to_have_count(2)
    face("inbox")
    page.get_by_label("Search conversations").fill("nobody of this name")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    face("empty")
    page.get_by_label("Search conversations").fill("")
    inbox.row(guest, "Waiting for an adviser").click()
    expect(inbox.message("An adviser has your message")).to_be_visible()
    assert direction(page, ARABIC) == "rtl"
    face("conversation")
    choose_template(page, face)
    page.goto(f"{demo.serai}/inbox/00000000-0000-0000-0000-000000000000")
    expect(page.get_by_text("This conversation could not be loaded")).to_be_visible()
    face("unknown")
    on_the_phone(page, demo, guest, face)
    # The browser tells of the unknown one.
    complaints[:] = [each for each in complaints if "404 (Not Found)" not in each]


def choose_template(page: Page, face: Callable[[str], None]) -> None:
    page.get_by_role("button", name="Send a template").click()
    templates = page.get_by_role("list", name="Templates").get_by_role("button")
    expect(templates.first).to_be_visible()
    face("templates")
    templates.first.click()
    expect(page.get_by_text("They will read")).to_be_visible()
    face("template")


def on_the_phone(page: Page, demo: Stack, guest: Person, face: Callable[[str], None]) -> None:
    page.goto(demo.meta)
    phone = Phone(page)
    phone.be(guest)
    face("phone-chats")
    phone.chat("Portfolio Management Services")
    expect(phone.said("An adviser has your message")).to_be_visible()
    face("phone-chat")


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


def test_the_inbox_from_right_to_left_beside_the_phone(new_inbox: NewInbox, guest: Person) -> None:
    """Other widths have their turn with every page."""
    inbox = new_inbox(BESIDE)
    inbox.page.evaluate("document.documentElement.dir = 'rtl'")

    inbox.row(guest, "Waiting for an adviser").click()

    expect(inbox.message("An adviser has your message")).to_be_visible()
    assert inbox.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(inbox.page, name("right-to-left", BESIDE, dark=False))


def direction(page: Page, text: str) -> str:
    paragraph = page.get_by_role("log").get_by_text(text)
    return str(paragraph.evaluate("element => getComputedStyle(element).direction"))
