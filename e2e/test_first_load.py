"""What the first visit to the team's page costs."""

import gzip
import re

import httpx2
from serai.app.pages import PAGES

from e2e.stack import Stack

ASSETS = PAGES / "assets"
LIMIT_KB = 150
"""Scripts and styles that the page names, by gzip; fonts come besides, once."""
LIMIT_LATER_KB = 60
"""Any other script, by gzip: what one page needs when somebody first goes there."""


def test_the_first_load_is_small(demo: Stack) -> None:
    with demo.people() as http:
        http.headers["Accept-Encoding"] = "br"
        page = http.get("/", headers={"Accept-Encoding": "identity"}).raise_for_status().text
        names = re.findall(r'(?:src|href)="(/assets/[^"]+\.(?:js|css))"', page)
        sent = {name: _sent_kb(http, name) for name in names}
    packed = {name: _gzip_kb(name) for name in names}

    assert len(sent) >= 2
    assert sum(packed.values()) <= LIMIT_KB, packed
    assert sum(sent.values()) < sum(packed.values())


def test_what_is_fetched_later_is_small_too() -> None:
    sizes = {path.name: _gzip_kb(f"/assets/{path.name}") for path in ASSETS.glob("*.js")}
    first = re.findall(r"/assets/([^\"]+\.js)", (ASSETS.parent / "index.html").read_text())
    later = {name: size for name, size in sizes.items() if name not in first}

    assert {name: size for name, size in later.items() if size > LIMIT_LATER_KB} == {}


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
