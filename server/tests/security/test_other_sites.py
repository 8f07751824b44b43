"""What pages of other sites can make a browser do here, and where they can send it: nothing, and nowhere."""

from collections.abc import AsyncIterator

import pytest
from serai.app.routes import Route, routes
from serai.core.permissions import Role
from serai.features.accounts.api.provider import routes as provider
from serai.kit.db import Conn
from serai.kit.http import SAFE
from tests.app.calling import Api, cookie, serving
from tests.given import a_business, rows

ELSEWHERE: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://serai.test"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://serai.test.evil.example"},
    {"Origin": "http://serai.test:81"},
    {"Origin": "null"},
    {"Referer": "http://serai.test/inbox"},
    {},
)
"""What a browser says of a page that is not ours; the last: an old one that says nothing."""
NOT_BY_COOKIE = {"/flows": "Meta asks, and signs", "/webhooks/meta": "Meta asks, and signs"}


@pytest.fixture
async def api(db_url: str, conn: Conn) -> AsyncIterator[Api]:
    await a_business(conn)
    many = {"user_limit": 1_000_000, "stranger_limit": 1_000_000}
    async with serving(db_url, conn, **many) as api:
        api.http.base_url = "http://localhost"
        yield api


def changing(api: Api) -> list[Route]:
    return [
        each
        for each in routes(api.app)
        if each.method not in SAFE and not each.path.startswith(tuple(NOT_BY_COOKIE))
    ]


@pytest.mark.promise("SEC-16")
async def test_no_page_of_another_site_changes_anything_with_our_cookie(api: Api):
    owner = await cookie(api, Role.OWNER)
    before = await rows(api.conn, "SELECT count(*) FROM audit_entries")
    let_in: list[str] = []
    for number, route in enumerate(changing(api)):
        path = route.path.replace("{", "").replace("}", "").removeprefix("/api/v1")
        said = ELSEWHERE[number % len(ELSEWHERE)]
        answer = await api.ask(route.method, path, {}, headers={"Cookie": owner, **said})
        if (answer.status_code, answer.json().get("code")) != (403, "origin_refused"):
            let_in.append(f"{route.method} {path} {said} → {answer.status_code} {answer.text[:90]}")
        assert "access-control-allow-origin" not in answer.headers

    assert len(changing(api)) > 130
    assert not let_in, "\n".join(let_in)
    assert await rows(api.conn, "SELECT count(*) FROM audit_entries") == before


@pytest.mark.promise("SEC-16")
async def test_every_way_of_saying_so_is_refused_for_one_change(api: Api):
    owner = await cookie(api, Role.OWNER)
    for said in ELSEWHERE:
        answer = await api.ask("PATCH", "/me", {"name": "x"}, headers={"Cookie": owner, **said})
        assert (answer.status_code, answer.json()["code"]) == (403, "origin_refused"), said
    for said in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}):
        answer = await api.ask("PATCH", "/me", {"name": "Ada"}, headers={"Cookie": owner, **said})
        assert answer.status_code == 204, said


@pytest.mark.promise("SEC-16")
async def test_no_method_is_smuggled_and_no_answer_is_shared_with_another_site(api: Api):
    owner = {"Cookie": await cookie(api, Role.OWNER), "Sec-Fetch-Site": "same-origin"}
    smuggled = owner | {"X-HTTP-Method-Override": "DELETE", "X-Method-Override": "DELETE"}
    assert (await api.ask("GET", "/me", headers=smuggled)).status_code == 200
    asked = owner | {"Origin": "https://evil.example", "Access-Control-Request-Method": "DELETE"}
    answer = await api.ask("OPTIONS", "/keys", headers=asked)
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.promise("SEC-16")
def test_after_a_sign_in_nobody_is_sent_to_another_site():
    own = provider._own_page  # pyright: ignore[reportPrivateUsage]
    for to in (
        "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example",
        "/\t/evil.example", "/\n/evil.example", "javascript:alert(1)", "evil.example", "",
        " /evil.example", "/\\/evil.example", "/inbox\\..\\..\\x", "http:evil.example", "/\x00",
        "data:text/html,x", "?to=//evil.example", "/\u202e", "///evil.example",
    ):  # fmt: skip
        assert own(to) == "/inbox", to
    assert own("/inbox/123?view=mine#last") == "/inbox/123?view=mine#last"
