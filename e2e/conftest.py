"""One stack and one browser for all tests; each test has pages of its own, which are watched."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from tests.ports import free_port
from xdist.scheduler import LoadScopeScheduling

from e2e import chromium, stack
from e2e.acts import Acts
from e2e.mail import Mail
from e2e.meta import Meta, Person
from e2e.person import Inbox, Phone
from e2e.screens import DESK, HANDSET, AsRole, Complaints, NewInbox, NewPage, NewPhone, Screen
from e2e.stack import Stack

ROOT = Path(__file__).parents[1]
START_SECONDS = 300.0
"""The pages may have to be built first."""
OFTEN = "1000000"
"""Requests: all tests are the same few people at one address, and faster than any."""
LIMITS = {f"SERAI_{each}_LIMIT": OFTEN for each in ("USER", "KEY", "STRANGER")}
PATIENCE_MS = 15_000
"""A page on a busy machine is late and not wrong; what promises a time measures it itself."""

expect.set_options(timeout=PATIENCE_MS)


class OneStack(LoadScopeScheduling):
    """Tests go wherever there is room, but those of the browser to one process: a stack each is slow.

    (`--dist loadgroup` would do, but xdist 3.8 has no effect on the names of pytest 9.)
    """

    def _split_scope(self, nodeid: str) -> str:
        if not nodeid.startswith("e2e/") or "test_fresh_clone" in nodeid:
            return nodeid
        return "e2e"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser that is late is no fault of the pages: what fails is tried once more, and named."""
    for item in items:
        if item.nodeid.startswith("e2e/"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return OneStack(config, log)


def set_habits(demo: Stack, role: str, undo_seconds: int) -> None:
    """How long what they send can be undone; else each test would wait for it."""
    given = {"email": demo.email(role), "password": demo.password}
    wanted = {"undo_seconds": undo_seconds, "enter_sends": True}
    with demo.people() as http:
        http.post("/api/v1/session", json=given).raise_for_status()
        http.put("/api/v1/me/habits", json=wanted).raise_for_status()


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("demo")
    serai = str(Path(sys.executable).parent / "serai")
    ports = [f"--port={free_port()}", f"--metasim-port={free_port()}"]
    command = [serai, "demo", "--no-open", "--fresh", *ports, f"--var={folder / 'var'}"]
    env = {**os.environ, "SERAI_PUSH_PRIVATE_ADDRESSES": "true", **LIMITS}
    running = stack.start(command, ROOT, folder / "demo.log", START_SECONDS, env)
    for role in ("owner", "agent"):
        set_habits(running, role, undo_seconds=0)
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="package")
def forget_looks(demo: Stack) -> Iterator[Callable[[], None]]:
    """The owner's language and look belong to the account: what one test chose is not for the next."""
    given = {"email": demo.email("owner"), "password": demo.password}
    with demo.people() as http:
        http.post("/api/v1/session", json=given).raise_for_status()
        nothing = {"language": None, "theme": None, "density": None}

        def forget() -> None:
            http.patch("/api/v1/me", json=nothing).raise_for_status()

        yield forget


@pytest.fixture(scope="package")
def meta(demo: Stack) -> Iterator[Meta]:
    client = Meta(demo.meta)
    yield client
    client.close()


@pytest.fixture(scope="package")
def acts(demo: Stack) -> Iterator[Acts]:
    client = Acts(demo.meta)
    yield client
    client.close()


@pytest.fixture(scope="package")
def mail(demo: Stack) -> Iterator[Mail]:
    client = Mail(demo.mail)
    yield client
    client.close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Gone with the last test here: while it runs, its event loop keeps all others from theirs."""
    with sync_playwright() as playwright:
        try:
            launched = chromium.start(playwright.chromium)
        except chromium.NoChromium as missing:
            pytest.fail(str(missing))
        yield launched
        launched.close()


@pytest.fixture
def complaints() -> Complaints:
    """What went wrong in a page unseen; a test that breaks something on purpose empties it."""
    return []


@pytest.fixture
def new_page(
    browser: Browser, demo: Stack, complaints: Complaints, forget_looks: Callable[[], None]
) -> Iterator[NewPage]:
    """Makes pages in browsers of their own. No page may complain or ask another origin."""
    ours = (f"{demo.serai}/", f"{demo.meta}/", f"{demo.mail}/", "data:", "blob:")

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"console: {message.text} ({message.location['url']})")

    def see(asked: Request) -> None:
        if not asked.url.startswith(ours):
            complaints.append(f"asked elsewhere: {asked.url}")

    def make(screen: Screen = DESK, dark: bool = False, locale: str = "en-GB") -> Page:
        context = browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            color_scheme="dark" if dark else "light",
            locale=locale,
            # Else what a test does to requests would pass by the page; `test_offline` has one.
            service_workers="block",
        )
        page = context.new_page()
        page.on("console", hear)
        page.on("request", see)
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        return page

    yield make
    for context in browser.contexts:
        context.close()
    forget_looks()
    assert complaints == []


@pytest.fixture
def new_inbox(new_page: NewPage, demo: Stack) -> NewInbox:
    """Opens the team's page, signed in."""

    def make(screen: Screen = DESK, dark: bool = False) -> Inbox:
        page = new_page(screen, dark)
        page.goto(demo.inbox)
        page.get_by_role("heading", name="All conversations").wait_for()
        return Inbox(page)

    return make


@pytest.fixture
def as_role(new_page: NewPage, demo: Stack) -> AsRole:
    """Makes a page on which somebody of a role is signed in; go wherever the test wants."""

    def make(role: str, screen: Screen = DESK, dark: bool = False, locale: str = "en-GB") -> Page:
        page = new_page(screen, dark, locale)
        given = {"email": demo.email(role), "password": demo.password}
        own = {"Origin": demo.serai}
        answer = page.request.post(f"{demo.serai}/api/v1/session", data=given, headers=own)
        assert answer.ok, answer.text()
        page.add_init_script("localStorage.setItem('serai.signed-in', 'yes')")
        return page

    return make


@pytest.fixture
def inbox(new_inbox: NewInbox) -> Inbox:
    return new_inbox()


@pytest.fixture
def new_phone(new_page: NewPage, demo: Stack) -> NewPhone:
    """Opens the phone page and plays somebody."""

    def make(person: Person, screen: Screen = HANDSET, dark: bool = False) -> Phone:
        page = new_page(screen, dark)
        page.goto(demo.meta)
        phone = Phone(page)
        phone.be(person)
        return phone

    return make
