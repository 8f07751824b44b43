"""A business's pages: hours with their preview, texts as they arrive, what a pack would change."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from e2e.meta import Meta
from e2e.person import Inbox
from e2e.screens import DESK, HANDSET, NewInbox, look

HALF_A_YEAR = 15
"""In spans of two weeks; New York changes its clocks within it."""


def open_business(inbox: Inbox, name: str) -> Page:
    page = inbox.page
    page.goto(page.url.split("/inbox")[0] + "/settings/businesses")
    page.get_by_role("main").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    return page


def part(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Parts of the business").get_by_text(name).click()


@pytest.mark.promise("HRS-05")
def test_hours_are_edited_with_a_preview_and_an_overlap_is_refused_with_its_day_and_pair(
    new_inbox: NewInbox,
) -> None:
    page = open_business(new_inbox(DESK), "Dar Home Goods")
    part(page, "Opening hours")
    saturday = page.get_by_role("group", name="Saturday", exact=True)
    save = page.get_by_role("button", name="Save")

    saturday.get_by_role("button", name="Add an opening on Saturday").click()
    saturday.get_by_label("Saturday 1 opens").fill("10:00")
    saturday.get_by_label("Saturday 1 closes").fill("14:00")
    saturday.get_by_role("button", name="Add an opening on Saturday").click()
    saturday.get_by_label("Saturday 2 opens").fill("13:00")
    expect(saturday.get_by_role("alert")).to_contain_text(
        "On Saturday, 13:00–19:00 overlaps with 10:00–14:00"
    )
    expect(save).to_be_disabled()
    saturday.get_by_label("Saturday 2 opens").fill("15:30")
    expect(page.get_by_text("Open 10:00–14:00, 15:30–19:00")).to_have_count(2)
    look(page, "business-hours-1280")
    save.click()
    expect(page.get_by_text("Saved")).to_be_visible()

    page.reload()
    expect(saturday.get_by_label("Saturday 2 opens")).to_have_value("15:30")


def test_days_that_differ_are_refused_where_they_overlap_and_the_clocks_change_is_foreseen(
    new_inbox: NewInbox, meta: Meta
) -> None:
    page = open_business(new_inbox(HANDSET), "School Catering Services")
    part(page, "Opening hours")
    on = (meta.now() + timedelta(days=5)).date().isoformat()
    for name, opens, closes in (("Book fair", "09:00", "12:00"), ("Late fair", "11:30", "13:00")):
        page.get_by_role("button", name="Add a day").click()
        page.get_by_label("What it is").last.fill(name)
        day = page.get_by_role("group", name=re.compile(f"{name}$"))
        day.get_by_label("Date").fill(on)
        day.get_by_text("Other hours").click()
        day.get_by_label("opens").fill(opens)
        day.get_by_label("closes").fill(closes)
    late = page.get_by_role("group", name=re.compile("Late fair$"))
    expect(late.get_by_role("alert")).to_contain_text("11:30–13:00 overlaps with 09:00–12:00")
    expect(late.get_by_label("opens")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    look(page, "business-exceptions-390")
    late.get_by_label("opens").fill("12:30")
    save = page.get_by_role("button", name="Save")
    expect(page.get_by_text("Book fair, Late fair")).to_be_visible()
    save.click()
    expect(page.get_by_text("Saved")).to_be_visible()

    change = page.get_by_text(re.compile("the clock is put 60 minutes"))
    days = page.get_by_role("list").get_by_role("listitem")
    for _ in range(HALF_A_YEAR):
        # Read first: it waits for the two weeks to be there.
        first = days.first.locator("span").first.inner_text()
        if change.count() > 0:
            break
        page.get_by_role("button", name="Two weeks after").click()
        expect(days.first).not_to_contain_text(first)
    expect(change).to_be_visible()
    look(page, "business-clock-change-390")


def test_a_text_shows_as_it_arrives_and_a_pack_what_it_would_change(new_inbox: NewInbox) -> None:
    page = open_business(new_inbox(HANDSET, dark=True), "School Catering Services")
    part(page, "Automatic texts")
    page.get_by_label("Away text").fill("Back {next_opening}, inshallah.")
    expect(page.get_by_role("figure").get_by_text("inshallah")).not_to_contain_text("{")
    look(page, "business-texts-390-dark")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()

    part(page, "Packs")
    page.get_by_role("button", name="Text away Changes").click()
    expect(page.get_by_text("Back {next_opening}, inshallah.")).to_be_visible()
    page.get_by_role("button", name="Install version").click()
    expect(page.get_by_text("Everything is as the pack has it.")).to_be_visible()
    look(page, "business-packs-390-dark")

    part(page, "Going live")
    expect(page.get_by_role("progressbar", name="Steps done")).to_be_visible()
    look(page, "business-going-live-390-dark")
