"""Single keys: a day's work with them, the sheet that tells of them, and switching them off."""

import re
from typing import Any

from playwright.sync_api import expect

from e2e.keys import go_by, open_help, open_palette, press, until
from e2e.meta import INVESTMENT, Meta
from e2e.person import Inbox
from e2e.screens import DESK, HANDSET, AsRole, NewInbox, look
from e2e.stack import Stack

SLOW_MS = 15_000


def test_conversations_are_found_answered_taken_and_resolved_by_keys_alone(
    meta: Meta, new_inbox: NewInbox
) -> None:
    names = ("Zofia", "Yusuf")
    people = [meta.person(f"{name} Tastatur") for name in names]
    for person in people:
        meta.write(person, INVESTMENT, "Are my bonds safe?")
        meta.wait_received(person, INVESTMENT, 1)
    # Somebody else, so that it is seen when only those two are left.
    meta.write(meta.person(), INVESTMENT, "Good morning")
    inbox = new_inbox()
    expect(inbox.list.get_by_role("link").nth(2)).to_be_visible(timeout=SLOW_MS)
    _find_them(inbox)
    _select_one_and_let_go(inbox)
    _answer_and_resolve(inbox)
    _take_note_and_resolve(inbox)
    go_by(inbox.page, lambda: press(inbox.page, "g c"), "/contacts")


def _find_them(inbox: Inbox) -> None:
    page, keys, rows = inbox.page, inbox.page.keyboard, inbox.list.get_by_role("link")
    open_help(page)
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    keys.press("/")
    expect(page.get_by_role("searchbox", name="Search conversations")).to_be_focused()
    keys.type("Tastatur")
    expect(page).to_have_url(re.compile("q=Tastatur"), timeout=SLOW_MS)
    expect(rows).to_have_count(2, timeout=SLOW_MS)
    keys.press("ArrowDown")
    expect(rows.nth(0)).to_be_focused()
    keys.press("j")
    expect(rows.nth(1)).to_be_focused()
    keys.press("k")
    expect(rows.nth(0)).to_be_focused()


def _select_one_and_let_go(inbox: Inbox) -> None:
    page, keys = inbox.page, inbox.page.keyboard
    bar = page.get_by_role("toolbar", name="Selected conversations")
    keys.press("x")
    expect(bar).to_be_visible()
    keys.press("Escape")
    expect(bar).to_be_hidden()


def _answer_and_resolve(inbox: Inbox) -> None:
    page, keys, rows = inbox.page, inbox.page.keyboard, inbox.list.get_by_role("link")
    keys.press("r")
    expect(inbox.reply_box).to_be_focused(timeout=SLOW_MS)
    keys.type("Yes, every one: jkremnatzuxh?")
    keys.press("Enter")
    expect(inbox.message("every one: jkremnatzuxh?")).to_be_visible(timeout=SLOW_MS)
    keys.press("Escape")
    expect(page.get_by_role("heading", name=re.compile("Tastatur"))).to_be_focused()
    keys.press("e")
    expect(rows).to_have_count(1, timeout=SLOW_MS)


def _take_note_and_resolve(inbox: Inbox) -> None:
    page, keys, rows = inbox.page, inbox.page.keyboard, inbox.list.get_by_role("link")
    keys.press("j")
    expect(rows.nth(0)).to_be_focused()
    keys.press("Enter")
    expect(inbox.message("Are my bonds safe?")).to_be_visible(timeout=SLOW_MS)
    keys.press("m")
    expect(page.get_by_role("button", name=re.compile("Assigned to"))).to_be_visible(
        timeout=SLOW_MS
    )
    keys.press("n")
    expect(page.get_by_role("textbox", name="Note for colleagues")).to_be_focused()
    keys.type("Call tomorrow")
    keys.press("Enter")
    expect(inbox.thread.get_by_text("Call tomorrow")).to_be_visible(timeout=SLOW_MS)
    keys.press("Escape")
    keys.press("a")
    expect(page.get_by_role("group", name="Assign to")).to_be_visible(timeout=SLOW_MS)
    keys.press("Escape")
    expect(page.get_by_role("group", name="Assign to")).to_be_hidden()
    keys.press("e")
    expect(rows).to_have_count(0, timeout=SLOW_MS)


def test_the_sheet_tells_of_all_keys_and_switched_off_none_does_anything(
    as_role: AsRole, demo: Stack
) -> None:
    page = as_role("agent", DESK)
    page.goto(f"{demo.serai}/settings/keyboard")
    sheet = open_help(page)
    expect(sheet.get_by_text("Put off")).to_be_visible()
    look(page, "shortcuts-1280-light")
    sheet.get_by_role("searchbox").fill("g i")
    expect(sheet.get_by_role("term")).to_have_text(["Go to the inbox"])
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()

    page.get_by_role("switch", name="Single keys do something").click()
    page.keyboard.press("?")
    page.keyboard.press("g")
    page.keyboard.press("i")
    palette = open_palette(page)
    expect(sheet).to_be_hidden()
    assert page.url.endswith("/settings/keyboard")
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()

    page.get_by_role("switch", name="Single keys do something").click()
    go_by(page, lambda: press(page, "g i"), "/inbox")


def test_on_an_arabic_keyboard_the_place_of_the_key_counts(as_role: AsRole, demo: Stack) -> None:
    page = as_role("agent", HANDSET, dark=True, locale="ar")
    page.goto(f"{demo.serai}/settings/keyboard")
    expect(page.get_by_role("switch")).to_be_visible(timeout=SLOW_MS)
    sheet = page.get_by_role("dialog")
    chrome: Any = page.context.new_cdp_session(page)
    shift = 8
    question = {"key": "؟", "code": "Slash", "modifiers": shift, "text": "؟"}
    until(
        lambda: chrome.send("Input.dispatchKeyEvent", {"type": "keyDown", **question}),
        sheet,
    )
    sheet.get_by_role("searchbox").fill("")
    look(page, "shortcuts-390-dark-ar")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()

    def press_ours() -> None:
        for key, code in (("ل", "KeyG"), ("ه", "KeyI")):
            pressed = {"type": "keyDown", "key": key, "code": code, "text": key}
            chrome.send("Input.dispatchKeyEvent", pressed)

    go_by(page, press_ours, "/inbox")
