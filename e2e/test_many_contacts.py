"""Thousands of people in one list: they come in pages as one goes down, and few are drawn."""

import re

from playwright.sync_api import Page, expect

from e2e.screens import AsRole, look
from e2e.stack import Stack
from e2e.test_people import business_of, choose_file

COUNT = 2_000
MOST_ROWS = 60
"""In the document at once: those in sight and a few around."""
PAGE = 100
SLOW = 60_000
"""Milliseconds for what a worker does with all of them, and for twenty pages of the API."""


def test_a_list_of_thousands_is_walked_to_its_end_with_a_filter(
    as_role: AsRole, demo: Stack
) -> None:
    page = as_role("owner")
    shop = business_of(page, demo)
    bring_in(page, f"{demo.serai}/contacts/import?business={shop}")
    asked: set[str] = set()
    page.on(
        "request", lambda each: asked.add(each.url) if "/api/v1/contacts?" in each.url else None
    )
    page.goto(f"{demo.serai}/contacts?business={shop}")
    page.get_by_role("group", name="Filters").get_by_role("button", name="Tag").click()
    page.get_by_role("menuitemcheckbox", name="Crowd").click()
    expect(page).to_have_url(re.compile("tag="))
    table = page.get_by_role("table", name="Contacts")
    expect(table).to_have_attribute("aria-rowcount", "-1")
    expect(table.locator("[data-index='0']")).to_contain_text("Crowd")

    table.get_by_role("link").first.focus()
    page.keyboard.press("End")

    expect(table).to_have_attribute("aria-rowcount", str(COUNT + 1), timeout=SLOW)
    expect(table.locator(f"[data-index='{COUNT - 1}']:focus-within")).to_be_visible()
    assert table.get_by_role("row").count() < MOST_ROWS
    following = [url for url in asked if "cursor=" in url]
    assert all(f"limit={PAGE}" in url for url in following)
    assert len(following) == COUNT // PAGE - 1
    look(page, "contacts-thousands-1280")
    page.keyboard.press("Home")
    expect(table.locator("[data-index='0']:focus-within")).to_be_visible()


def bring_in(page: Page, address: str) -> None:
    page.goto(address)
    people = [f"Crowd {n:04},+1646{2_000_000 + n},Crowd" for n in range(COUNT)]
    choose_file(page, "crowd.csv", "text/csv", "\n".join(["Name,Phone,Tags", *people]).encode())
    page.get_by_role("button", name="Check the rows").click()
    page.get_by_role("button", name=re.compile("^Import 2,?000 people")).click(timeout=SLOW)
    expect(page.get_by_text(re.compile("2,?000 people were taken in."))).to_be_visible(timeout=SLOW)
