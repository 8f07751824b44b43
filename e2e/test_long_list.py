"""More conversations than fit: only those in sight are drawn, and all can be reached."""

from playwright.sync_api import Locator

from e2e.meta import SHOP, Meta
from e2e.person import Inbox

COUNT = 60
"""More than one page of the API."""
MOST_PRESSES = 60
MOST_ROWS = 40
"""In the document at once: those in sight and a few around."""
OTHER_ROWS = """before => {
  const rows = document.querySelectorAll('[data-conversation]')
  return [...rows].map((each) => each.dataset.conversation).join() !== before
}"""


def test_every_conversation_is_reached_by_keyboard_and_few_are_drawn(
    meta: Meta, inbox: Inbox
) -> None:
    people = [meta.person() for _ in range(COUNT)]
    for person in people:
        meta.write(person, SHOP, "Hello")
    for person in people:
        meta.wait_received(person, SHOP, 1)
    rows = inbox.list.get_by_role("link")
    rows.first.focus()

    wanted, seen = {person.name for person in people}, ""
    for _ in range(MOST_PRESSES):
        seen += " ".join(rows.all_inner_texts())
        assert rows.count() < MOST_ROWS
        if all(name in seen for name in wanted):
            return
        before = drawn(rows)
        inbox.page.keyboard.press("PageDown")
        inbox.page.wait_for_function(OTHER_ROWS, arg=before)

    assert [name for name in wanted if name not in seen] == []


def drawn(rows: Locator) -> str:
    """Which conversations are in the document."""
    return str(rows.evaluate_all("rows => rows.map((each) => each.dataset.conversation).join()"))
