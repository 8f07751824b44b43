"""Many tabs of one browser: one live stream for all of them."""

from playwright.sync_api import Page, expect

from e2e.meta import CAFE, Meta
from e2e.person import Inbox
from e2e.screens import Complaints, NewPage
from e2e.stack import Stack

TABS = 8
"""Browsers allow six connections to one server."""
PATIENCE_MS = 60_000
"""All of them ask at once; how soon one hears is told elsewhere."""


def _who_streams(pages: list[Page]) -> set[int]:
    """Which of them ask for a stream from now on; one that broke is asked for again."""
    asking: set[int] = set()

    def watch(number: int, page: Page) -> None:
        page.on("request", lambda each: asking.add(number) if "/live" in each.url else None)

    for number, page in enumerate(pages):
        watch(number, page)
    return asking


def test_eight_tabs_share_one_stream_and_all_of_them_are_live(
    meta: Meta, inbox: Inbox, demo: Stack
) -> None:
    person = meta.person()
    context = inbox.page.context
    pages = [inbox.page, *(context.new_page() for _ in range(TABS - 1))]
    asking = _who_streams(pages[1:])
    for page in pages[1:]:
        page.goto(f"{demo.serai}/inbox")
        expect(page.get_by_role("heading", name="All conversations")).to_be_visible()
    for page in pages:
        expect(page.get_by_role("status").filter(has_text="Live").first).to_be_attached()

    meta.write(person, CAFE, "Is there cake?")

    for page in pages:
        expect(Inbox(page).row(person)).to_be_visible(timeout=PATIENCE_MS)
    assert asking == set()  # the first tab reads for all

    pages[0].close()
    meta.write(person, CAFE, "And tea?")

    for page in pages[1:]:
        expect(Inbox(page).row(person)).to_contain_text("And tea?", timeout=PATIENCE_MS)
    assert len(asking) == 1


def test_a_link_that_signs_in_does_so_in_a_tab_that_shows_the_door(
    new_page: NewPage, demo: Stack, complaints: Complaints
) -> None:
    """Only what stands behind the # is new in the address, and that alone loads no page."""
    page = new_page()
    page.goto(f"{demo.serai}/inbox")
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()

    page.evaluate("hash => { location.hash = hash }", demo.inbox.partition("#")[2])

    expect(page.get_by_role("heading", name="All conversations")).to_be_visible()
    assert "#" not in page.url
    complaints.clear()  # the browser tells of what was asked at the door
