"""What each role sees is what it may do: hidden from it is what the API forbids it, and nothing else."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect
from serai.core.permissions import ROLES, Permission, Role

from e2e.meta import SHOP, Meta, Person
from e2e.routes import go
from e2e.screens import NewPage
from e2e.stack import Stack
from e2e.staff import PASSWORD, hire

P = Permission
SECTIONS = {
    "Inbox": "/conversations",
    "Contacts": "/contacts",
    "Channels": "/channels",
    "Search": "/search?q=shelf",
    "Reports": "/reports/response-times",
}
"""Each part of the product with what it reads first."""
SETTINGS = {
    "Members": "/members",
    "Quick replies": "/quick-replies",
    "Notifications": "/push",
    "Businesses": "/businesses",
    "Teams and queues": "/teams",
    "Tags and fields": "/tags",
    "Blocked people": "/channels",
    "API keys": "/keys",
    "Audit log": "/audit",
}
FOR_ALL = {"Your account", "Appearance and language", "Keyboard"}
FOR_WRITERS = {"Answering": P.CONVERSATIONS_ANSWER}
"""Their own habits may be read by all; without answering there is nothing to set."""


class Control(NamedTuple):
    path: str
    reads: Permission
    name: str
    needs: Permission

    def on(self, page: Page) -> Locator:
        button = page.get_by_role("button", name=self.name, exact=True)
        return button.or_(page.get_by_role("link", name=self.name, exact=True))


CONTROLS = (
    Control("/contacts", P.CONTACTS_READ, "Add a contact", P.CONTACTS_WRITE),
    Control("/contacts", P.CONTACTS_READ, "Export", P.CONTACTS_MOVE),
    Control("/channels", P.CHANNELS_READ, "Connect a number", P.CHANNELS_WRITE),
    Control("/settings/members", P.MEMBERS_READ, "Invite", P.MEMBERS_WRITE),
    Control("/settings/quick-replies", P.CONVERSATIONS_READ, "Add a quick reply", P.BUSINESS_WRITE),
    Control("/settings/businesses", P.BUSINESS_READ, "Add a business", P.COMPANY_WRITE),
    Control("/settings/teams", P.CONVERSATIONS_READ, "Add a team", P.BUSINESS_WRITE),
    Control("/settings/tags", P.CONTACTS_READ, "Add a tag", P.BUSINESS_WRITE),
    Control("/settings/keys", P.KEYS_READ, "New key", P.KEYS_WRITE),
)
TO_ANSWER = ("Note", "Resolve", "Reply to this message", "React", "Send a template")


@pytest.fixture(scope="module")
def guest(meta: Meta) -> Person:
    person = meta.person()
    meta.write(person, SHOP, "Is the shelf still there?")
    meta.wait_received(person, SHOP, 1)
    return person


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize("role", list(Role))
def test_what_is_hidden_from_a_role_is_what_the_api_forbids_it(
    new_page: NewPage, demo: Stack, guest: Person, role: Role
) -> None:
    """That no page asks for what its reader may not have, the browser's own complaints tell."""
    page = new_page()
    come_in(page, demo, role)

    go(page, demo, "/settings")
    assert shown(page, "Sections") == {"Settings", *allowed(page, demo, SECTIONS)}
    own = {name for name, needs in FOR_WRITERS.items() if needs in ROLES[role]}
    pages = shown(page, "Settings")
    assert pages >= FOR_ALL
    assert pages & FOR_WRITERS.keys() == own
    assert pages & SETTINGS.keys() == allowed(page, demo, SETTINGS)

    for name, path in linked(page):
        go(page, demo, path)
        assert not page.get_by_text("There is no such page").is_visible(), name
        for control in CONTROLS:
            if control.path == path:
                is_shown(control.on(page), control.needs in ROLES[role])
    missing = {each.path for each in CONTROLS if each.reads not in ROLES[role]}
    for path in sorted(each for each in missing if each.startswith("/settings/")):
        page.goto(demo.serai + path)
        expect(page.get_by_text("There is no such page")).to_be_visible()
    in_a_conversation(page, demo, guest, role)


def come_in(page: Page, demo: Stack, role: Role) -> None:
    """As somebody new of that role; the owner is the demo's, for nobody is asked in as one by chance."""
    given = {"email": demo.email("owner"), "password": demo.password}
    if role is not Role.OWNER:
        given = {"email": hire(demo, role).email, "password": PASSWORD}
    own = {"Origin": demo.serai}
    answer = page.request.post(f"{demo.serai}/api/v1/session", data=given, headers=own)
    assert answer.ok, answer.text()
    page.add_init_script("localStorage.setItem('serai.signed-in', 'yes')")


def shown(page: Page, navigation: str) -> set[str]:
    links = page.get_by_role("navigation", name=navigation, exact=True).get_by_role("link")
    expect(links.first).to_be_visible()
    return {each.get_attribute("aria-label") or each.inner_text().strip() for each in links.all()}


def linked(page: Page) -> Iterator[tuple[str, str]]:
    """Every page that is offered: the parts of the product and of the settings."""
    found: dict[str, str] = {}
    for navigation in ("Sections", "Settings"):
        links = page.get_by_role("navigation", name=navigation, exact=True).get_by_role("link")
        for each in links.all():
            path = re.sub(r"[?#].*", "", str(each.get_attribute("href")))
            found[path] = each.inner_text()
    yield from ((name, path) for path, name in found.items())


def allowed(page: Page, demo: Stack, reads: dict[str, str]) -> set[str]:
    """Those whose first question the API answers."""
    asked = {name: page.request.get(f"{demo.serai}/api/v1{path}") for name, path in reads.items()}
    assert {answer.status for answer in asked.values()} <= {200, 403}, asked
    return {name for name, answer in asked.items() if answer.ok}


def is_shown(control: Locator, should_be: bool) -> None:
    if should_be:
        expect(control.first).to_be_visible()
    else:
        expect(control).to_have_count(0)


def in_a_conversation(page: Page, demo: Stack, guest: Person, role: Role) -> None:
    found = page.request.get(f"{demo.serai}/api/v1/conversations?q={guest.phone}")
    assert found.ok == (P.CONVERSATIONS_READ in ROLES[role])
    if not found.ok:
        return
    page.goto(f"{demo.serai}/inbox/{found.json()['data'][0]['id']}")
    expect(page.get_by_role("article").filter(has_text="Is the shelf still there?")).to_be_visible()
    expect(page.locator(".shimmer")).to_have_count(0)
    may_answer = P.CONVERSATIONS_ANSWER in ROLES[role]
    page.get_by_role("article").filter(has_text="Is the shelf still there?").hover()
    for name in TO_ANSWER:
        is_shown(page.get_by_role("button", name=name, exact=True), may_answer)
    is_shown(page.get_by_role("textbox", name="Reply"), may_answer)
