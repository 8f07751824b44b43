"""What the first visit to the team's page costs."""

import gzip
import re

import httpx2

from e2e.stack import Stack

LIMIT_KB = 150
"""Scripts and styles that the page names, compressed; fonts come besides, once."""


def test_the_first_load_is_small(demo: Stack) -> None:
    with httpx2.Client(base_url=demo.serai) as http:
        page = http.get("/").raise_for_status().text
        names = re.findall(r'(?:src|href)="(/assets/[^"]+\.(?:js|css))"', page)
        sizes = {name: len(gzip.compress(http.get(name).content)) / 1024 for name in names}

    assert len(sizes) >= 2
    assert sum(sizes.values()) <= LIMIT_KB, sizes


def test_any_address_of_the_app_can_be_opened_and_no_unknown_one_of_the_api(demo: Stack) -> None:
    with httpx2.Client(base_url=demo.serai) as http:
        deep = http.get("/inbox/some-conversation")
        unknown = http.get("/api/v1/nothing-here")

    assert deep.headers["content-type"].startswith("text/html")
    assert "frame-ancestors" in deep.headers["content-security-policy"]
    assert unknown.status_code == 404
    assert unknown.json()["code"] == "not_found"
