"""More conversations than fit: only those in sight are drawn, and all can be reached."""

from collections.abc import Iterator
from typing import NamedTuple

from playwright.sync_api import Page

from e2e.meta import SHOP, Meta
from e2e.person import Inbox

COUNT = 60
"""More than one page of the API."""
MOST_ROWS = 40
"""In the document at once: those in sight and a few around."""
WALKS = 3
"""Who writes again meanwhile goes up, past whoever walks down."""
FOCUSED = "document.activeElement.closest('[aria-posinset]')"
WENT_ON = f"before => Number({FOCUSED}?.ariaPosInSet) > before"


class Place(NamedTuple):
    """Of the row that has the focus."""

    at: int
    of: int


def test_every_conversation_is_reached_by_keyboard_and_few_are_drawn(
    meta: Meta, inbox: Inbox
) -> None:
    people = [meta.person() for _ in range(COUNT)]
    for person in people:
        meta.write(person, SHOP, "Hello")
    for person in people:
        meta.wait_received(person, SHOP, 1)
    inbox.list.get_by_role("link").first.focus()

    wanted, seen = {person.name for person in people}, ""
    for _ in range(WALKS):
        seen += " ".join(down(inbox))
        if all(name in seen for name in wanted):
            return
        inbox.page.keyboard.press("Home")
        inbox.page.wait_for_function(f"Number({FOCUSED}?.ariaPosInSet) === 1")

    assert [name for name in wanted if name not in seen] == []


def down(inbox: Inbox) -> Iterator[str]:
    """What is read on the rows from here to the last, a screen after the other."""
    rows = inbox.list.get_by_role("link")
    while True:
        yield from rows.all_inner_texts()
        assert rows.count() < MOST_ROWS
        place = focused(inbox.page)
        if place.at == place.of >= COUNT:
            return
        inbox.page.keyboard.press("PageDown")
        inbox.page.wait_for_function(WENT_ON, arg=place.at)


def focused(page: Page) -> Place:
    at, of = page.evaluate(f"(row => [row.ariaPosInSet, row.ariaSetSize])({FOCUSED})")
    return Place(int(at), int(of))
