"""What every answer forbids its reader, and what the server never says of itself."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from serai.app import pages
from serai.app.routes import routes
from serai.kit.db import Conn
from tests.app.calling import Api, serving
from tests.given import a_business

ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin-allow-popups",
    "cross-origin-resource-policy": "same-origin",
    "x-permitted-cross-domain-policies": "none",
}
NEVER = {"server", "x-powered-by", "access-control-allow-origin", "via"}
BANNERS = ("uvicorn", "starlette", "fastapi", "python", "psycopg")


@pytest.fixture
async def api(db_url: str, conn: Conn) -> AsyncIterator[Api]:
    await a_business(conn)
    async with serving(db_url, conn, stranger_limit=10_000, key_limit=10_000) as api:
        yield api


@pytest.mark.promise("SEC-16")
async def test_every_answer_of_the_api_is_kept_by_nobody_and_shown_in_no_frame(api: Api):
    key = await api.key("admin")
    seen: set[int] = set()
    for route in routes(api.app):
        if not route.path.startswith("/api/") or route.path == "/api/v1/live":
            continue
        answer = await api.http.request(
            route.method,
            route.path.replace("{", "").replace("}", ""),
            headers={"Authorization": f"Bearer {key}"} if route.asks_who else {},
        )
        seen.add(answer.status_code)
        said = f"{route.method} {route.path} {dict(answer.headers)}"
        assert ALWAYS.items() <= dict(answer.headers).items(), said
        assert not NEVER & set(answer.headers), said
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], said
        assert "no-store" in answer.headers["cache-control"], said
        assert not any(banner in str(answer.headers).lower() for banner in BANNERS), said
    assert {200, 404, 422} <= seen


@pytest.mark.promise("SEC-16")
async def test_a_page_runs_its_own_scripts_only_and_is_framed_by_nobody_else(
    api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "index.html").write_text("<script>one()</script>")

    def index(*_: object) -> Path:
        return tmp_path / "index.html"

    monkeypatch.setattr(pages, "_file", index)

    answer = await api.http.get("/inbox")
    parts = answer.headers["content-security-policy"].split(";")
    policy = {name: sources for name, _, sources in (part.strip().partition(" ") for part in parts)}

    assert ALWAYS.items() <= dict(answer.headers).items()
    assert policy["default-src"] == "'self'"
    assert "unsafe-inline" not in policy["script-src"]
    assert "unsafe-eval" not in policy["script-src"]
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == policy["frame-ancestors"] == "'self'"
    assert "microphone=(self)" in answer.headers["permissions-policy"]
    assert "camera=()" in answer.headers["permissions-policy"]


@pytest.mark.promise("SEC-16")
@pytest.mark.promise("SEC-14")
@pytest.mark.parametrize(
    ("public_url", "address", "is_told"),
    [
        ("https://inbox.example", "http://serai.test/", True),
        (None, "https://serai.test/", True),
        (None, "http://serai.test/", False),
        ("http://localhost:8788", "http://localhost/", False),
    ],
)
async def test_where_there_is_https_a_browser_is_told_to_come_by_nothing_else(
    db_url: str, conn: Conn, public_url: str | None, address: str, is_told: bool
):
    async with serving(db_url, conn, public_url=public_url) as api:
        answer = await api.http.get(address)
        assert ("strict-transport-security" in answer.headers) is is_told


@pytest.mark.promise("SEC-16")
async def test_the_door_says_as_little(api: Api):
    for method in ("GET", "POST", "PUT"):
        answer = await api.http.request(method, "/webhooks/meta")
        assert answer.status_code in {403, 405}
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not NEVER & set(answer.headers)


@pytest.mark.promise("SEC-16")
async def test_a_bug_is_told_without_what_it_was(api: Api, monkeypatch: pytest.MonkeyPatch):
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the secret of the house at /srv/serai/keys.py")

    monkeypatch.setattr(api.app.state.gauge, "stranger", broken)
    answer = await api.ask("GET", "/me")

    assert (answer.status_code, answer.json()["code"]) == (500, "unexpected_error")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert ALWAYS.items() <= dict(answer.headers).items()
