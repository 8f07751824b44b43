"""The inbox without a mouse, and on a small screen."""

import pytest
from playwright.sync_api import Page, expect

from e2e.meta import SCHOOL, SHOP, Meta
from e2e.person import Inbox
from e2e.screens import BESIDE, HANDSET, NewInbox, NewPage
from e2e.stack import Stack

MOST_TABS = 40
STICKS_OUT = """document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')]
  .filter((each) => each.getBoundingClientRect().right > innerWidth)
  .map((each) => each.outerHTML.slice(0, 200))"""


def test_from_sign_in_to_a_sent_reply_by_keyboard_alone(
    meta: Meta, new_page: NewPage, demo: Stack
) -> None:
    people = [meta.person(), meta.person()]
    for person in people:
        meta.write(person, SHOP, "Here I am")
        meta.wait_received(person, SHOP, 1)
    page = new_page()
    page.goto(demo.serai)
    expect(page.get_by_label("E-mail address")).to_be_focused()
    page.keyboard.type(demo.email("agent"))
    page.keyboard.press("Tab")
    page.keyboard.type(demo.password)
    page.keyboard.press("Enter")
    inbox = Inbox(page)
    rows = inbox.list.get_by_role("link")
    expect(rows.nth(1)).to_be_visible()

    tab_until(page, "document.activeElement.dataset.conversation !== undefined")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(inbox.message("Here I am")).to_be_visible()
    tab_until(page, "document.activeElement.tagName === 'TEXTAREA'")
    page.keyboard.type("One moment")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("please")
    page.keyboard.press("Enter")

    expect(inbox.message("One moment").get_by_role("img", name="Read")).to_be_visible()
    assert "One moment\nplease" in [meta.received(person, SHOP)[-1] for person in people]


def test_the_template_window_keeps_the_focus_and_escape_closes_it(meta: Meta, inbox: Inbox) -> None:
    person = meta.person()
    meta.write(person, SHOP, "Hello")
    inbox.open(person)
    opener = inbox.page.get_by_role("button", name="Send a template")
    opener.focus()

    inbox.page.keyboard.press("Enter")
    expect(inbox.page.get_by_role("dialog")).to_be_visible()
    inbox.page.keyboard.press("Escape")

    expect(inbox.page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()


def test_on_a_phone_the_list_leads_to_the_thread_and_back(meta: Meta, new_inbox: NewInbox) -> None:
    person = meta.person()
    meta.write(person, SCHOOL, "menu")
    inbox = new_inbox(HANDSET)
    expect(inbox.row(person)).to_be_visible()
    expect(inbox.thread).to_be_hidden()

    inbox.open(person)
    expect(inbox.list).to_be_hidden()
    expect(inbox.message("School Catering Menu Update")).to_be_visible()
    assert fits(inbox.page)
    inbox.page.get_by_role("link", name="Back to the list").click()

    expect(inbox.row(person)).to_be_visible()
    expect(inbox.thread).to_be_hidden()
    assert fits(inbox.page)


@pytest.mark.parametrize("width", [700, BESIDE.width])
def test_beside_the_phone_page_list_and_thread_stand_side_by_side(
    meta: Meta, new_inbox: NewInbox, width: int
) -> None:
    person = meta.person()
    meta.write(person, SHOP, "A long question about a shelf that has to fit between two windows")
    inbox = new_inbox(BESIDE._replace(width=width))

    inbox.open(person)

    expect(inbox.list).to_be_visible()
    expect(inbox.thread).to_be_visible()
    assert fits(inbox.page)


def test_a_long_word_and_a_long_text_stay_inside_their_bubble(
    meta: Meta, new_inbox: NewInbox
) -> None:
    person = meta.person("Nikoletta Papadimitropoulou-Konstantinopoulou")
    meta.write(person, SHOP, "https://example.test/" + "x" * 300)
    inbox = new_inbox(HANDSET)

    inbox.open(person)

    expect(inbox.message("https://example.test/")).to_be_visible()
    assert fits(inbox.page)


def tab_until(page: Page, reached: str) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(reached):
            return
    pytest.fail(f"{MOST_TABS} presses of Tab did not reach it: {reached}")


def fits(page: Page) -> bool:
    """Nothing sticks out at the side; says what does."""
    out = page.evaluate(STICKS_OUT)
    assert out == []
    return True
