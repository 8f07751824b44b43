"""The built pages, as browsers ask for them."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from serai.app import pages, problems

SCRIPT = "console.log('a page of many words, so that packing it pays')"
SHELL = b"<script>early()</script><div id=root></div>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assets = tmp_path / "assets"
    assets.mkdir()
    (tmp_path / "index.html").write_bytes(SHELL)
    (assets / "app-1.js").write_text(SCRIPT)
    (assets / "app-1.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (assets / "app-1.js.br").write_bytes(b"packed by brotli")
    return tmp_path


@pytest.fixture
def browser(folder: Path) -> Iterator[TestClient]:
    app = FastAPI()
    problems.register(app)
    app.include_router(pages.router("'none'", folder))
    with TestClient(app) as client:
        client.headers.pop("accept-encoding")
        yield client


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br;q=1.0", "br"), ("gzip", "gzip"), ("identity", None), ("", None)],
)
def test_a_browser_gets_the_best_packing_that_it_takes(
    browser: TestClient, accepted: str, encoding: str | None
):
    with browser.stream("GET", "/assets/app-1.js", headers={"Accept-Encoding": accepted}) as told:
        assert told.headers.get("content-encoding") == encoding
        assert told.headers["vary"] == "Accept-Encoding"
        assert told.headers["content-type"].startswith("text/javascript")
        assert "immutable" in told.headers["cache-control"]


def test_the_files_that_a_page_names_are_told_before_it_is_read(browser: TestClient, folder: Path):
    named = b'<script type="module" crossorigin src="/assets/app-1.js"></script><link href="/assets/app.css">'
    (folder / "index.html").write_bytes(SHELL + named)

    page, script = browser.get("/inbox"), browser.get("/assets/app-1.js")

    assert page.headers["link"].split(", ") == [
        "</assets/app-1.js>; rel=modulepreload; crossorigin",
        "</assets/app.css>; rel=preload; as=style; crossorigin",
    ]
    assert "link" not in script.headers


def test_what_a_browser_has_is_not_sent_again(browser: TestClient):
    first = browser.get("/inbox/somewhere")
    again = browser.get("/inbox/somewhere", headers={"If-None-Match": first.headers["etag"]})

    assert (first.status_code, first.content) == (200, SHELL)
    assert first.headers["cache-control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")


def test_a_script_of_another_version_is_not_there_and_no_page_in_its_place(browser: TestClient):
    gone = browser.get("/assets/app-of-last-week.js")
    assert (gone.status_code, gone.json()["code"]) == (404, "not_found")


def test_a_new_build_is_seen_at_once(browser: TestClient, folder: Path):
    before = browser.get("/").headers["etag"]
    (folder / "index.html").write_bytes(b"<p>new</p>")

    after = browser.get("/", headers={"If-None-Match": before})

    assert (after.status_code, after.content) == (200, b"<p>new</p>")


def test_only_scripts_that_were_built_into_the_page_may_run(browser: TestClient):
    policy = browser.get("/").headers["content-security-policy"]

    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe-inline" not in policy.partition("style-src")[0]


@pytest.mark.parametrize("path", ["/../secret", "/%2e%2e/secret", "/assets/../../secret"])
def test_nothing_outside_the_pages_is_ever_given(browser: TestClient, folder: Path, path: str):
    (folder.parent / "secret").write_text("secret")

    assert browser.get(path).content == SHELL
