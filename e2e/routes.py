"""Which pages there are, read where they are declared, so that a new one is known; and going there."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from e2e.stack import Stack

APP = Path(__file__).parents[1] / "web" / "src" / "app"
ROUTE = re.compile(
    r"const (?P<name>\w+) = createRoute\(\{\s*getParentRoute: \(\) => (?P<parent>\w+),\s*"
    r"path: '(?P<path>[^']*)'"
)
PATIENCE_MS = 15_000
NAMED = re.compile(r"\S.* · Serai$")
SECTION = re.compile(r"^    path: '([a-z-]+)',$", re.MULTILINE)


def addresses() -> set[str]:
    """Every address as it is declared: "/contacts/$contactId"; each page of the settings by its name."""
    found = list(ROUTE.finditer((APP / "router.tsx").read_text()))
    full = {"root": ""}
    for each in found:
        path = each["path"].strip("/")
        full[each["name"]] = f"{full[each['parent']]}/{path}".rstrip("/")
    declared = {full[each["name"]] or "/" for each in found}
    sections = SECTION.findall((APP / "settings-sections.tsx").read_text())
    assert sections, "the settings are declared elsewhere now"
    return (declared - {"/settings/$section"}) | {f"/settings/{name}" for name in sections}


def go(page: Page, demo: Stack, path: str) -> None:
    """Within the app, as a link does; the first time by its address. Waits until the page is all there."""
    if page.url == "about:blank":
        page.goto(f"{demo.serai}{path}")
    else:
        # What is named anew is drawn; a conversation is in the inbox, which keeps its name.
        stays = "/inbox" in page.url and path.startswith("/inbox")
        page.evaluate("document.title = ''") if not stays else None
        page.evaluate("path => history.pushState(null, '', path)", path)
    expect(page).to_have_title(NAMED, timeout=PATIENCE_MS)
    expect(page.locator("h1").first).to_be_attached(timeout=PATIENCE_MS)
    if path != "/styleguide":  # shows how waiting looks
        expect(page.locator(".shimmer")).to_have_count(0, timeout=PATIENCE_MS)
