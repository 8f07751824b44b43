"""The palette: finds people and pages, does things, and says what does not work."""

import re

from playwright.sync_api import expect

from e2e.keys import open_palette
from e2e.meta import CAFE, Meta
from e2e.screens import HANDSET, AsRole, Complaints, look
from e2e.stack import Stack

SLOW_MS = 15_000


def test_it_finds_people_and_what_was_said(meta: Meta, as_role: AsRole, demo: Stack) -> None:
    person = meta.person()
    meta.write(person, CAFE, "Is the terrace open?")
    meta.wait_received(person, CAFE, 1)
    page = as_role("agent")
    page.goto(f"{demo.serai}/settings/keyboard")
    keys = page.keyboard

    palette = open_palette(page)
    keys.type(person.name)
    expect(palette.get_by_role("option").first).to_contain_text(
        f"{person.name}: conversation", timeout=SLOW_MS
    )
    look(page, "palette-1280-light")
    second = palette.get_by_role("option").nth(1)
    expect(second).to_contain_text(person.name, timeout=SLOW_MS)
    keys.press("ArrowDown")
    expect(second).to_have_attribute("aria-selected", "true")
    keys.press("Enter")
    expect(page).to_have_url(re.compile("/contacts/"))
    expect(page.get_by_role("heading", name=person.name)).to_be_visible(timeout=SLOW_MS)

    open_palette(page)
    keys.type("terrace op")
    chosen = palette.get_by_role("option", selected=True)
    expect(chosen).to_contain_text(person.name, timeout=SLOW_MS)
    keys.press("Enter")
    expect(page.get_by_role("article").filter(has_text="Is the terrace open?")).to_be_visible(
        timeout=SLOW_MS
    )

    open_palette(page)
    expect(palette.get_by_role("option", name="Reply")).to_be_visible()
    keys.type("reply")
    expect(palette.get_by_role("option", selected=True)).to_contain_text("Reply")
    keys.press("Enter")
    expect(page.get_by_role("textbox", name="Reply")).to_be_focused(timeout=SLOW_MS)


def test_the_first_is_chosen_however_late_it_is_found_until_somebody_goes_to_another(
    meta: Meta, as_role: AsRole, demo: Stack
) -> None:
    person = meta.person()
    meta.write(person, CAFE, "menu")
    meta.wait_received(person, CAFE, 1)
    page = as_role("agent")
    page.goto(f"{demo.serai}/settings/keyboard")
    found = open_palette(page).get_by_role("option")
    page.keyboard.type("zz")
    expect(found).to_contain_text("Search everything", timeout=SLOW_MS)
    expect(found.first).to_have_attribute("aria-selected", "true")

    page.get_by_role("dialog").get_by_role("combobox").fill(person.name)
    expect(found.first).to_contain_text(f"{person.name}: conversation", timeout=SLOW_MS)
    expect(found.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(found.nth(1)).to_have_attribute("aria-selected", "true")


def test_it_offers_what_may_be_done_and_says_what_fails(
    as_role: AsRole, demo: Stack, complaints: Complaints
) -> None:
    page = as_role("agent")
    page.goto(f"{demo.serai}/settings/keyboard")
    keys = page.keyboard
    palette = open_palette(page)
    keys.type("audit log")
    expect(palette.get_by_role("option")).to_have_text([re.compile("Search everything")])
    keys.press("Control+a")
    keys.type("look dark")
    expect(palette.get_by_role("option").first).to_contain_text("Look: dark")
    keys.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    open_palette(page)
    keys.type("look device")
    keys.press("Enter")
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")
    open_palette(page)
    keys.type("teams and queues")
    keys.press("Enter")
    expect(page.get_by_text("Here now").first).to_be_visible(timeout=SLOW_MS)

    page.route("**/api/v1/search*", lambda route: route.abort())
    open_palette(page)
    keys.type("xyzzy")
    expect(palette.get_by_role("status")).to_have_text(
        "The search did not work.", timeout=SLOW_MS * 2
    )
    page.unroute("**/api/v1/search*")
    complaints.clear()
    palette.get_by_role("option", name="Try again").click()
    expect(palette.get_by_text("Nothing fits “xyzzy”.")).to_be_visible(timeout=SLOW_MS)


def test_on_a_phone_a_button_opens_it_in_arabic_too(as_role: AsRole, demo: Stack) -> None:
    page = as_role("agent", HANDSET, dark=True, locale="ar")
    page.goto(f"{demo.serai}/inbox")
    page.get_by_role("button", name="ابحث عن أي شيء أو افعله").click(timeout=SLOW_MS)
    palette = page.get_by_role("dialog")
    expect(palette.get_by_role("option").first).to_be_visible(timeout=SLOW_MS)
    look(page, "palette-390-dark-ar")
    palette.get_by_role("option", name="الإعدادات", exact=True).click()
    expect(page).to_have_url(re.compile("/settings"))
