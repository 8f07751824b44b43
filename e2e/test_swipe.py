"""A phone: what a finger does to a row of the list."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from e2e.meta import SHOP, Meta
from e2e.person import Inbox
from e2e.screens import HANDSET, SHOTS
from e2e.stack import Stack


@pytest.fixture
def touched(browser: Browser, demo: Stack) -> Iterator[Page]:
    """The inbox on a phone with a touch screen."""
    context = browser.new_context(
        viewport={"width": HANDSET.width, "height": HANDSET.height},
        has_touch=True,
        is_mobile=True,
        service_workers="block",
    )
    page = context.new_page()
    page.goto(demo.inbox)
    page.get_by_role("heading", name="All conversations").wait_for()
    yield page
    context.close()


def _swipe(cdp: Any, row: Locator, by: int, *, lets_go: bool = True) -> None:
    box = row.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def touch(kind: str, *points: float) -> None:
        at = [{"x": point, "y": y} for point in points]
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", x)
    for step in range(1, 9):
        touch("touchMove", x + by * step / 8)
    if lets_go:
        touch("touchEnd")


def undo(page: Page) -> None:
    """The offer goes away after a while; the focus keeps it there on a busy machine."""
    button = page.get_by_role("button", name="Undo")
    button.focus()
    button.press("Enter")


@pytest.mark.promise("UIX-02")
def test_a_swipe_takes_a_conversation_or_resolves_it_and_can_be_undone(
    meta: Meta, touched: Page
) -> None:
    person = meta.person()
    meta.write(person, SHOP, "Do you deliver?")
    inbox = Inbox(touched)
    cdp: Any = touched.context.new_cdp_session(touched)
    row = inbox.row(person)
    expect(row).to_be_visible()

    _swipe(cdp, row, 40)
    expect(touched.get_by_role("button", name="Undo")).to_have_count(0)

    _swipe(cdp, row, 140, lets_go=False)
    touched.screenshot(path=SHOTS / "swipe-390.png")
    cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(touched.get_by_text("Assigned to you", exact=True)).to_be_visible()
    undo(touched)
    expect(touched.get_by_text("Assigned to you", exact=True)).to_have_count(0)

    _swipe(cdp, row, -140)
    expect(row).to_have_count(0)
    undo(touched)
    expect(row).to_be_visible()
    assert "/inbox/" not in touched.url
