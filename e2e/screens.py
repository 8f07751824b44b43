"""Sizes of screens, and looking at a page: a picture to keep, and the check for accessibility."""

import json
import os
import time
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

import pytest
from playwright.sync_api import Page

from e2e.meta import Person
from e2e.person import Inbox, Phone

ROOT = Path(__file__).parents[1]
SHOTS = ROOT / "var" / "e2e"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_SECONDS = 30.0
LOOKS_MS = 100
"""Between two looks."""

STILL = """() => document.getAnimations().every(each => each.playState !== 'running'
    || !Number.isFinite(each.effect?.getComputedTiming().endTime)
    || !each.effect.target?.checkVisibility())"""
"""What turns for ever is not waited for, nor what moves out of sight: a browser may hold that for ever."""


class Screen(NamedTuple):
    name: str
    width: int
    height: int


HANDSET = Screen("390", 390, 844)
BESIDE = Screen("800", 800, 800)
"""The inbox beside the phone page, in a frame."""
DESK = Screen("1280", 1280, 800)

IS_LONG = "SERAI_TEST_LONG" in os.environ
"""Else each width and each theme has its turn, but not each width in each theme."""
LOOKS = [(HANDSET, True), (DESK, False), *([(HANDSET, False), (DESK, True)] if IS_LONG else [])]
EACH_LOOK = pytest.mark.parametrize(
    ("screen", "dark"),
    LOOKS,
    ids=[f"{screen.name}-{'dark' if dark else 'light'}" for screen, dark in LOOKS],
)

Complaints: TypeAlias = list[str]


class NewPage(Protocol):
    def __call__(self, screen: Screen = ..., dark: bool = ..., locale: str = ...) -> Page: ...


class AsRole(Protocol):
    def __call__(
        self, role: str, screen: Screen = ..., dark: bool = ..., locale: str = ...
    ) -> Page: ...


class NewInbox(Protocol):
    def __call__(self, screen: Screen = ..., dark: bool = ...) -> Inbox: ...


class NewPhone(Protocol):
    def __call__(self, person: Person, screen: Screen = ..., dark: bool = ...) -> Phone: ...


def choose(page: Page, name: str, option: str) -> None:
    """Take one of a list that opens where it stands."""
    page.get_by_role("combobox", name=name).click()
    page.get_by_role("option", name=option, exact=True).click()


def becomes(page: Page, script: str) -> None:
    """What `script` gives is true in the end, at once or by a promise.

    Playwright's own waiting takes a promise for true, and an expression only where pages may use `eval`.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not page.evaluate(script):
        assert time.monotonic() < deadline, f"did not become true: {script}"
        page.wait_for_timeout(LOOKS_MS)


def settle(page: Page) -> None:
    """What fades in is there to be seen: nothing moves any more."""
    page.wait_for_function(STILL)


def look(page: Page, name: str) -> None:
    """Keep a picture, and fail on what keeps people with a disability out."""
    picture(page, name)
    found = grave(page)
    assert found == [], found


def picture(page: Page, name: str) -> None:
    path = SHOTS / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)


def grave(page: Page) -> list[str]:
    """What keeps people with a disability out of the page as it is shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    settle(page)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    return [
        json.dumps([each["id"], [node["html"] for node in each["nodes"]]], ensure_ascii=False)
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]
