"""Without a network: the inbox is there to read, and replies go once when the network is back."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.meta import CAFE, SHOP, Meta
from e2e.person import Inbox
from e2e.screens import DESK, becomes
from e2e.stack import Stack

IN_CHARGE = "() => navigator.serviceWorker.controller !== null"
KEPT = """() => new Promise((resolve) => {
  const id = location.pathname.split('/').at(-1)
  const opening = indexedDB.open('serai')
  opening.onerror = () => resolve(false)
  opening.onsuccess = () => {
    const db = opening.result
    if (!db.objectStoreNames.contains('kept')) return db.close(), resolve(false)
    const asking = db.transaction('kept').objectStore('kept').getAllKeys()
    asking.onsuccess = () => {
      db.close()
      resolve(['conversation', 'messages'].every((kind) =>
        asking.result.some((key) => String(key).startsWith(`["${kind}"`) && String(key).includes(id))))
    }
  }
})"""
"""The opened conversation, and what was said in it."""


@pytest.fixture
def new_app(browser: Browser, demo: Stack) -> Iterator[Callable[[], Page]]:
    """Opens the inbox as an app with its service worker, in a browser of its own."""
    contexts = [browser.new_context(viewport={"width": DESK.width, "height": DESK.height})]

    def make() -> Page:
        page = contexts[0].new_page()
        page.goto(demo.inbox)
        page.get_by_role("heading", name="All conversations").wait_for()
        page.wait_for_function(IN_CHARGE)
        return page

    yield make
    contexts[0].close()


@pytest.mark.promise("UIX-03")
def test_offline_the_inbox_is_read_and_a_reply_goes_once_when_the_network_is_back(
    meta: Meta, new_app: Callable[[], Page]
) -> None:
    person = meta.person()
    meta.write(person, CAFE, "Is there cake?")
    page = new_app()
    inbox = Inbox(page)
    inbox.open(person)
    expect(inbox.message("Is there cake?")).to_be_visible()
    becomes(page, KEPT)
    before = len(meta.received(person, CAFE))

    page.context.set_offline(True)
    page.reload()

    # A browser does not always tell a page that it loads that there is no network.
    expect(page.get_by_text(re.compile("^(Offline|Reconnecting)$")).first).to_be_visible()
    expect(inbox.row(person)).to_be_visible()
    expect(inbox.message("Is there cake?")).to_be_visible()
    inbox.reply("Yes, with dates")
    inbox.reply("And with coffee")
    expect(inbox.thread.get_by_text("Waits for a connection")).to_have_count(2)
    page.reload()
    expect(inbox.thread.get_by_text("Waits for a connection")).to_have_count(2)

    page.context.set_offline(False)

    expect(inbox.thread.get_by_text("Waits for a connection")).to_have_count(0, timeout=20_000)
    said = meta.wait_received(person, CAFE, before + 2)
    assert said[before:] == ["Yes, with dates", "And with coffee"]
    expect(inbox.message("Yes, with dates")).to_have_count(1)


@pytest.mark.promise("UIX-03")
def test_a_reply_whose_window_closed_meanwhile_is_not_sent_and_says_why(
    meta: Meta, new_app: Callable[[], Page]
) -> None:
    person = meta.person()
    meta.write(person, SHOP, "Still there?", at=meta.now() - timedelta(hours=23, minutes=58))
    page = new_app()
    inbox = Inbox(page)
    inbox.open(person)
    expect(inbox.message("Still there?")).to_be_visible()
    before = meta.received(person, SHOP)
    page.context.set_offline(True)
    inbox.reply("Yes, we are")
    expect(inbox.thread.get_by_text("Waits for a connection")).to_be_visible()

    meta.advance_to(meta.now() + timedelta(minutes=3))
    page.context.set_offline(False)

    expect(inbox.thread.get_by_text("has closed meanwhile")).to_be_visible(timeout=20_000)
    inbox.thread.get_by_role("button", name="Discard").click()
    expect(inbox.thread.get_by_text("has closed meanwhile")).to_have_count(0)
    assert meta.received(person, SHOP) == before
