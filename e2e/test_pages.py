"""Every page there is, at a desk and on a phone, light and dark, in English and in Arabic.

Pairwise: each of the four has a partner with which it shares the width, the theme or the direction.
"""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Page

from e2e import routes
from e2e.meta import SCHOOL, Meta, Person
from e2e.routes import go
from e2e.screens import DESK, HANDSET, AsRole, Screen, grave, picture
from e2e.stack import Stack

TOP = """() => {
  const mark = document.body.insertBefore(document.createElement('span'), document.body.firstChild)
  mark.tabIndex = -1
  mark.focus()
  mark.remove()
}"""
"""The next Tab goes to the first thing on the page, wherever the focus was before."""


class Mode(NamedTuple):
    screen: Screen
    dark: bool
    locale: str

    @property
    def name(self) -> str:
        theme = "dark" if self.dark else "light"
        return f"{self.screen.name}-{theme}-{'rtl' if self.locale == 'ar' else 'ltr'}"


MODES = [
    Mode(HANDSET, dark=True, locale="ar"),
    Mode(DESK, dark=False, locale="en-GB"),
    Mode(HANDSET, dark=False, locale="en-GB"),
    Mode(DESK, dark=True, locale="ar"),
]


@pytest.fixture(scope="module")
def guest(meta: Meta) -> Person:
    """Somebody with a name that is too long for most places, who wrote something."""
    person = meta.person("María Fernanda de la Concepción Villanueva y Gutiérrez")
    meta.write(person, SCHOOL, "menu")
    meta.wait_received(person, SCHOOL, 1)
    return person


@pytest.mark.promise("UIX-10")
@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_every_page_in_every_look(as_role: AsRole, demo: Stack, guest: Person, mode: Mode) -> None:
    page = as_role("owner", mode.screen, mode.dark, mode.locale)
    found: list[str] = []

    for declared, path in visits(page, demo, guest):
        go(page, demo, path)
        found += [f"{declared}: {each}" for each in faults(page, mode)]
        picture(page, f"pages/{mode.name}/{named(declared)}")

    assert found == []


def test_every_page_is_reached_and_left_by_keyboard(
    as_role: AsRole, demo: Stack, guest: Person
) -> None:
    page = as_role("owner")
    found: list[str] = []

    for declared, path in visits(page, demo, guest):
        if not declared.startswith(("/welcome/", "/styleguide")):
            go(page, demo, path)
            found += [f"{declared}: {each}" for each in unreachable(page)]

    assert found == []


def visits(page: Page, demo: Stack, guest: Person) -> Iterator[tuple[str, str]]:
    """Each declared address with one to go to. A new one with a parameter needs a line here."""

    def first(path: str) -> str:
        answer = page.request.get(f"{demo.serai}/api/v1/{path}")
        return str(answer.json()["data"][0]["id"])

    known = {
        "/inbox/$conversationId": f"/inbox/{first(f'conversations?q={guest.phone}')}",
        "/channels/$channelId": f"/channels/{first('channels')}",
        "/contacts/$contactId": f"/contacts/{first(f'contacts?q={guest.phone}')}",
        "/settings/$section/$item": f"/settings/businesses/{first('businesses')}",
        # Not opened before something is sent.
        "/welcome/first-run": "/welcome/first-run#token=of-a-link",
        "/welcome/reset": "/welcome/reset#token=of-a-link",
    }
    for declared in sorted(routes.addresses()):
        if declared != "/":  # leads to the inbox
            assert "$" not in declared or declared in known, f"say how to get to {declared}"
            yield declared, known.get(declared, declared)


def faults(page: Page, mode: Mode) -> list[str]:
    """What is wrong with the page as it is shown now."""
    found = [f"axe: {each}" for each in grave(page)]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        found.append(f"{wide} pixels wider than the screen")
    if page.evaluate("document.documentElement.dir") != mode.name[-3:]:
        found.append("reads the wrong way")
    headings = page.locator("h1:visible").count()
    if headings != 1:
        found.append(f"has {headings} first headings")
    return found


def unreachable(page: Page) -> list[str]:
    """The first press leads past the sections, the next into the page, and what has the focus shows it."""
    page.evaluate(TOP)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    at = page.evaluate(
        """() => {
          const at = document.activeElement
          const shown = at?.closest(':focus-visible, :has(:focus-visible)')
          return {
            inside: at?.closest('main') !== null && at?.tagName !== 'MAIN',
            shown: shown !== null && getComputedStyle(shown).outlineStyle !== 'none',
            what: at?.outerHTML.slice(0, 120),
          }
        }"""
    )
    left = page.get_by_role("navigation").first.get_by_role("link").count()
    return [
        *([] if at["inside"] else [f"Tab does not lead into it: {at['what']}"]),
        *([] if at["shown"] else [f"the focus is not to be seen: {at['what']}"]),
        *([] if left else ["there is no way out"]),
    ]


def named(declared: str) -> str:
    return declared.strip("/").replace("/", "-").replace("$", "")
