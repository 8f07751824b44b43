"""Keys of the page: they are fetched after it, so the first is pressed until it does something."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

TRIES = 20
EACH_MS = 1000


def until(act: Callable[[], object], shown: Locator) -> None:
    """Do what opens something, until it is open."""
    for _ in range(TRIES):
        if not shown.is_visible():
            act()
        try:
            expect(shown).to_be_visible(timeout=EACH_MS)
        except AssertionError:
            continue
        return
    expect(shown).to_be_visible()


def open_palette(page: Page) -> Locator:
    """The palette, open and waiting for words."""
    palette = page.get_by_role("dialog", name="Find or do anything")
    until(lambda: page.keyboard.press("Control+k"), palette)
    expect(palette.get_by_role("combobox")).to_be_focused()
    return palette


def open_help(page: Page) -> Locator:
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    until(lambda: page.keyboard.press("?"), sheet)
    sheet.get_by_role("searchbox").fill("")
    return sheet


def go_by(page: Page, act: Callable[[], object], path: str) -> None:
    """A sequence such as "g i": pressed anew where the machine was too slow between two of its keys."""
    there = re.compile(f"{path}$")
    for _ in range(TRIES):
        act()
        try:
            expect(page).to_have_url(there, timeout=EACH_MS)
        except AssertionError:
            continue
        return
    expect(page).to_have_url(there)


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)
