"""Keys of the page: they are fetched after it, so the first is pressed until it does something."""

from playwright.sync_api import Locator, Page, expect

TRIES = 20
EACH_MS = 1000


def press_until(page: Page, key: str, shown: Locator) -> None:
    """Press a key that opens something, until it is open."""
    for _ in range(TRIES):
        if not shown.is_visible():
            page.keyboard.press(key)
        try:
            expect(shown).to_be_visible(timeout=EACH_MS)
        except AssertionError:
            continue
        return
    expect(shown).to_be_visible()


def open_palette(page: Page) -> Locator:
    """The palette, open and waiting for words."""
    palette = page.get_by_role("dialog", name="Find or do anything")
    press_until(page, "Control+k", palette)
    expect(palette.get_by_role("combobox")).to_be_focused()
    return palette


def open_help(page: Page) -> Locator:
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    press_until(page, "?", sheet)
    sheet.get_by_role("searchbox").fill("")
    return sheet
