"""What the first visit to the team's page costs."""

import gzip
import re
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import Page, Route, expect
from serai.app.pages import PAGES

from e2e.meta import SHOP, Meta
from e2e.screens import HANDSET, AsRole
from e2e.stack import Stack

ASSETS = PAGES / "assets"
NAMED = re.compile(r'"(/assets/[^"]+\.(?:js|css))"')
"""Scripts and styles that the page asks for: its own, and the inbox's, which it asks for beside them."""
LIMIT_KB = 142
"""All of them, as they are sent: 0.72 s of 1.6 Mbit/s. Fonts come besides; nothing waits for them."""
LIMIT_GZIP_KB = 163
"""For the few browsers that take no brotli."""
LIMIT_LATER_KB = 60
"""Any other script, by gzip: what one page needs when somebody first goes there."""


@pytest.mark.promise("UIX-11")
def test_the_first_load_is_small(demo: Stack) -> None:
    with demo.people() as http:
        http.headers["Accept-Encoding"] = "br"
        names = _named(http)
        sent = {name: _sent_kb(http, name) for name in names}
    packed = {name: _gzip_kb(name) for name in names}

    assert any("inbox" in name for name in names)
    assert sum(sent.values()) <= LIMIT_KB, sent
    assert sum(packed.values()) <= LIMIT_GZIP_KB, packed


@pytest.mark.promise("UIX-11")
def test_the_list_takes_two_journeys_the_page_and_what_the_page_asks_for_itself(
    demo: Stack, meta: Meta, as_role: AsRole
) -> None:
    """Each costs a phone 150 ms. Whatever a script asks for after that may take for ever."""
    person = meta.person()
    meta.write(person, SHOP, "Hello")
    meta.wait_received(person, SHOP, 1)
    page = as_role("owner", HANDSET)
    with demo.people() as http:
        needed = {"/inbox", "/api/v1/me", "/api/v1/conversations", *_named(http)}
    asked_by = _asked_by(page)

    def let(route: Route) -> None:
        if urlsplit(route.request.url).path in needed:
            route.continue_()

    page.route("**/*", let)
    page.goto(f"{demo.serai}/inbox", wait_until="commit")
    expect(page.locator("[data-conversation]").first).to_be_visible(timeout=60_000)
    expect(page.get_by_role("searchbox", name="Search conversations")).to_be_enabled()

    assert needed - asked_by.keys() == set()
    assert [path for path in needed if "/assets/" in asked_by[path]] == []
    page.unroute_all(behavior="ignoreErrors")


def test_what_is_fetched_later_is_small_too() -> None:
    sizes = {path.name: _gzip_kb(f"/assets/{path.name}") for path in ASSETS.glob("*.js")}
    first = re.findall(r"/assets/([^\"]+\.js)", (ASSETS.parent / "index.html").read_text())
    later = {name: size for name, size in sizes.items() if name not in first}

    assert {name: size for name, size in later.items() if size > LIMIT_LATER_KB} == {}


def _named(http: httpx2.Client) -> set[str]:
    page = http.get("/", headers={"Accept-Encoding": "identity"}).raise_for_status()
    return set(NAMED.findall(page.text))


def _asked_by(page: Page) -> dict[str, str]:
    """Fills while the page loads: each path, and which scripts it was first asked for by."""
    found: dict[str, str] = {}

    def asked(event: dict[str, Any]) -> None:
        frames = event["initiator"].get("stack", {}).get("callFrames", [])
        scripts = " ".join(str(frame["url"]) for frame in frames)
        found.setdefault(urlsplit(cast("str", event["request"]["url"])).path, scripts)

    session = page.context.new_cdp_session(page)
    cast("Callable[[str], object]", session.send)("Network.enable")
    session.on("Network.requestWillBeSent", asked)
    return found


def _sent_kb(http: httpx2.Client, name: str) -> float:
    """As it goes over the wire."""
    with http.stream("GET", name) as answer:
        assert (
            answer.headers.get("content-encoding") == "br"
            or int(answer.headers["content-length"]) < 1024
        )
        return sum(len(part) for part in answer.iter_raw()) / 1024


def _gzip_kb(name: str) -> float:
    return len(gzip.compress((ASSETS.parent / name.lstrip("/")).read_bytes())) / 1024


def test_any_address_of_the_app_can_be_opened_and_no_unknown_one_of_the_api(demo: Stack) -> None:
    with demo.people() as http:
        deep = http.get("/inbox/some-conversation")
        unknown = http.get("/api/v1/nothing-here")

    assert deep.headers["content-type"].startswith("text/html")
    assert "frame-ancestors" in deep.headers["content-security-policy"]
    assert unknown.status_code == 404
    assert unknown.json()["code"] == "not_found"
