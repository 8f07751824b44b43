"""Roles and scopes against every route: refused exactly where the permission is missing."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from serai.app.routes import Route, routes
from serai.core.permissions import OF_THE_COMPANY, ROLES, SCOPES, Role, granted
from serai.kit.db import Conn
from tests.app.calling import Api, cookie, serving
from tests.given import a_business

NOBODY = UUID(int=0)
APART = {
    "/api/v1/live": "answers without end",
}
"""Their gate is the same, but what comes after it is not."""
ASKS_MORE = {"teamwork.change_agent"}
"""Also refuses by what the body says."""
MANY = {"user_limit": 1_000_000, "key_limit": 1_000_000}


@pytest.fixture
async def api(db_url: str, conn: Conn) -> AsyncIterator[Api]:
    await a_business(conn)
    async with serving(db_url, conn, **MANY) as api:
        yield api


def gated(api: Api) -> list[Route]:
    known = routes(api.app)
    return [each for each in known if each.permissions and each.path not in APART]


async def refused(api: Api, route: Route, headers: dict[str, str]) -> bool:
    """Whether the gate turns them away; whatever lies behind it is not looked at."""
    path = route.path.removeprefix("/api/v1")
    for part in path.split("/"):
        if part.startswith("{"):
            path = path.replace(part, str(NOBODY))
    body: dict[str, object] | None = {} if route.method in {"POST", "PUT", "PATCH"} else None
    answer = await api.ask(route.method, path, body, headers=headers)
    assert answer.status_code not in {401, 405, 429, 500}, (route, answer.text)
    code = answer.json()["code"] if answer.status_code == 403 else ""
    assert code != "second_factor_needed"
    return code == "permission_missing"


async def differing(api: Api, may: frozenset[str], headers: dict[str, str]) -> set[str]:
    """Routes that refuse although they should not, or the other way round."""
    return {
        f"{route.method} {route.path}"
        for route in gated(api)
        if route.action not in ASKS_MORE
        and await refused(api, route, headers) != bool(route.permissions - may)
    }


@pytest.mark.parametrize("role", Role)
async def test_a_role_of_the_company_is_refused_exactly_what_it_lacks(api: Api, role: Role):
    headers = {"Cookie": await cookie(api, role), "Sec-Fetch-Site": "same-origin"}
    assert await differing(api, frozenset(ROLES[role]), headers) == set()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AGENT])
async def test_a_role_at_one_business_has_no_say_in_the_company(api: Api, role: Role):
    business = await a_business(api.conn, "other")
    headers = {"Cookie": await cookie(api, role, business), "Sec-Fetch-Site": "same-origin"}

    assert await differing(api, frozenset(ROLES[role] - OF_THE_COMPANY), headers) == set()
    seen = await api.ask("GET", "/businesses", headers=headers)
    assert [each["id"] for each in seen.json()["data"]] == [str(business)]


@pytest.mark.promise("SEC-13")
@pytest.mark.parametrize("scope", [*SCOPES, "contacts:read"])
async def test_a_key_is_refused_exactly_what_its_scope_lacks(api: Api, scope: str):
    headers = {"Authorization": f"Bearer {await api.key(scope)}"}
    assert await differing(api, frozenset(granted([scope])), headers) == set()


async def test_nobody_uploads_a_file_before_they_are_asked_whether_they_may(api: Api):
    headers = {"Cookie": await cookie(api, Role.ANALYST), "Sec-Fetch-Site": "same-origin"}
    sent = 0

    async def form() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(100):
            sent += 1
            yield b"x" * 65_536

    kind = {"Content-Type": "multipart/form-data; boundary=x", "Idempotency-Key": "one"}
    answer = await api.http.post("/api/v1/files", content=form(), headers=headers | kind)

    assert (answer.status_code, answer.json()["code"]) == (403, "permission_missing")
    assert sent <= 1
