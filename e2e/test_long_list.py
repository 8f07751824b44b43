"""More conversations than fit: only those in sight are drawn, and all can be reached."""

from collections.abc import Iterator

from playwright.sync_api import Locator, expect

from e2e.meta import SHOP, Meta
from e2e.person import Inbox
from e2e.screens import NewInbox

COUNT = 60
"""More than one page of the API."""
MOST_ROWS = 40
"""In the document at once: those in sight and a few around."""
WALKS = 3
"""Who writes again meanwhile goes up, past whoever walks down."""


def test_every_conversation_is_reached_by_keyboard_and_few_are_drawn(
    meta: Meta, new_inbox: NewInbox
) -> None:
    people = [meta.person() for _ in range(COUNT)]
    for person in people:
        meta.write(person, SHOP, "Hello")
    for person in people:
        meta.wait_received(person, SHOP, 1)
    inbox = new_inbox()
    inbox.list.get_by_role("link").first.focus()

    wanted, seen = {person.name for person in people}, ""
    for _ in range(WALKS):
        seen += " ".join(down(inbox))
        if all(name in seen for name in wanted):
            return
        inbox.page.keyboard.press("Home")
        expect(focused(inbox)).to_have_attribute("aria-posinset", "1")

    assert [name for name in wanted if name not in seen] == []


def down(inbox: Inbox) -> Iterator[str]:
    """What is read on the rows from here to the last, a screen after the other."""
    rows = inbox.list.get_by_role("link")
    while True:
        yield from rows.all_inner_texts()
        assert rows.count() < MOST_ROWS
        at, of = (focused(inbox).get_attribute(f"aria-{name}") for name in ("posinset", "setsize"))
        if at != of:
            inbox.page.keyboard.press("PageDown")
            expect(focused(inbox)).not_to_have_attribute("aria-posinset", str(at))
        elif int(of or 0) < COUNT:
            expect(focused(inbox)).not_to_have_attribute("aria-setsize", str(of))
        else:
            return


def focused(inbox: Inbox) -> Locator:
    """The row with the focus; it knows its place among all."""
    return inbox.list.locator("li:focus-within")
