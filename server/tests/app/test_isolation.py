"""Two companies with two businesses each: no id of another opens anything, whoever tries."""

import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from serai.app.routes import Route, routes
from serai.core.ids import BusinessId
from serai.features.accounts.store import companies
from serai.kit.db import Conn
from tests.app.calling import Api, serving
from tests.given import (
    a_business,
    a_channel,
    change,
    deliver,
    delivery,
    rows,
    text_item,
)

FOREIGN = ("foreign", "770012340000002", "15550100888")
SECRET = "the other company's secret"
PLACE = re.compile(r"\{(\w+)\}")
APART = {
    "/api/v1/live": "answers without end; tested with the stream",
    "/api/v1/files": "takes a form; what it refers to is in it",
}
OWN = {"/api/v1/account", "/api/v1/me", "/api/v1/session", "/api/v1/invitations"}
"""About whoever asks, and nobody else."""


class World:
    """What the other company has: ids by the name that routes give them."""

    def __init__(self, api: Api, ids: dict[str, str]) -> None:
        self.api = api
        self.ids = ids


@pytest.fixture
async def world(db_url: str, conn: Conn) -> AsyncIterator[World]:
    mine = await a_business(conn, "mine")
    await a_business(conn, "mine-too")
    await a_channel(conn, mine)
    await deliver(conn, delivery(change(messages=[text_item("hello")])))
    [other] = await rows(conn, "INSERT INTO organizations (name) VALUES ('Other') RETURNING id")
    theirs = await _theirs(conn, other["id"])
    async with serving(db_url, conn, key_limit=1_000_000) as api:
        api.http.headers["Authorization"] = f"Bearer {await api.key('admin')}"
        theirs_key = await api.key("admin", organization=other["id"], name=SECRET)
        yield World(api, await _ids(api, theirs, theirs_key))


async def _theirs(conn: Conn, organization: UUID) -> BusinessId:
    name, number, phone = FOREIGN
    business = await a_business(conn, name, organization_id=organization, name=SECRET)
    await a_business(conn, f"{name}-too", organization_id=organization, name=SECRET)
    await a_channel(conn, business, number)
    item = text_item(SECRET, id_="wamid.theirs", phone=phone)
    await deliver(conn, delivery(change(number, messages=[item])))
    return business


async def _ids(api: Api, business: BusinessId, key: str) -> dict[str, str]:
    [row] = await rows(
        api.conn,
        f"""SELECT messages.id AS message_id, conversation_id, contact_id, channel_id
              FROM messages WHERE business_id = '{business}' AND direction = 'in'""",
    )
    ids = {name: str(value) for name, value in row.items()} | {"business_id": str(business)}
    body = {"business_id": str(business), "name": "Secret"}
    tag = await api.ask("POST", "/tags", body, key=key)
    ids["tag_id"] = tag.json()["id"]
    listed = (await api.ask("GET", "/keys", key=key)).json()["data"]
    return ids | {"key_id": listed[0]["id"], "other_id": ids["contact_id"]}


def filled(route: Route, ids: dict[str, str]) -> str:
    path = route.path.removeprefix("/api/v1")
    return PLACE.sub(lambda found: ids.get(found[1], str(UUID(int=9))), path)


async def kept(conn: Conn) -> dict[str, Any]:
    """Every row of every table, but counts and the log, which grow by being asked."""
    cursor = await conn.execute(
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'serai' AND tablename NOT IN"
        " ('audit_entries', 'audit_chains', 'request_counts', 'idempotent_requests', 'api_keys')"
    )
    found: dict[str, Any] = {}
    for table in await cursor.fetchall():
        name = table["name"]
        found[name] = await rows(conn, f"SELECT to_jsonb({name}) AS row FROM {name} ORDER BY 1")
    return found


@pytest.mark.promise("SEC-15")
async def test_a_foreign_id_in_a_path_opens_changes_and_tells_nothing(world: World):
    before = await kept(world.api.conn)
    told: set[str] = set()
    tried = 0
    for route in routes(world.api.app):
        names = set(PLACE.findall(route.path)) & world.ids.keys()
        if not names or not route.asks_who or route.path in APART:
            continue
        body = dict(world.ids) if route.method in {"POST", "PUT", "PATCH"} else None
        answer = await world.api.ask(route.method, filled(route, world.ids), body)
        tried += 1
        if (answer.status_code < 400 and not _is_empty(answer)) or SECRET in answer.text:
            told.add(f"{route.method} {route.path} → {answer.status_code} {answer.text[:200]}")

    assert tried > 60
    assert told == set()
    assert await kept(world.api.conn) == before


def _is_empty(answer: Any) -> bool:
    """A list without anything in it tells nothing."""
    if "json" not in answer.headers.get("content-type", ""):
        return False
    return answer.text.startswith('{"data":[],')


@pytest.mark.promise("SEC-15")
async def test_a_foreign_id_in_a_query_shows_nothing_of_theirs(world: World):
    told: set[str] = set()
    for route in routes(world.api.app):
        is_own = any(route.path.startswith(each) for each in OWN)
        if route.method != "GET" or PLACE.search(route.path) or route.path in APART or is_own:
            continue
        if route.asks_who:
            answer = await world.api.ask("GET", filled(route, {}), params=world.ids)
            if SECRET in answer.text or _names(answer.text, world.ids):
                told.add(f"{route.path}: {answer.text[:200]}")
    assert told == set()


def _names(text: str, ids: dict[str, str]) -> bool:
    return any(f'"id":"{each}"' in text.replace(" ", "") for each in ids.values())


@pytest.mark.promise("SEC-15")
async def test_a_foreign_id_in_a_body_makes_nothing_of_theirs(world: World):
    before = await kept(world.api.conn)
    wide = {
        "name": "x", "key": "abc", "phone": "+15550100777", "purpose": "service", "language": "en",
        "to": {"contact_id": world.ids["contact_id"]}, "content": {"type": "text", "body": "x"},
        "conversation_ids": [world.ids["conversation_id"]], "business_ids": [world.ids["business_id"]],
        "scopes": ["read"], "shortcut": "x", "title": "x", "body": "x", "type": "text", "text": "x",
        "members": [], "policy": "manual", "category": "UTILITY", "hours": 1,
    }  # fmt: skip
    for route in routes(world.api.app):
        is_own = any(route.path.startswith(each) for each in OWN)
        if route.method != "POST" or PLACE.search(route.path) or route.path in APART or is_own:
            continue
        if route.asks_who and route.path != "/api/v1/businesses":
            answer = await world.api.ask("POST", filled(route, {}), wide | world.ids)
            assert SECRET not in answer.text, route

    after = await kept(world.api.conn)
    theirs = world.ids["business_id"]
    for table, found in after.items():
        ours = [row for row in found if row["row"].get("business_id") == theirs]
        assert ours == [row for row in before[table] if row["row"].get("business_id") == theirs], (
            table
        )


@pytest.mark.promise("SEC-15")
async def test_the_head_office_sees_sums_and_a_business_its_own(world: World):
    mine = [each["id"] for each in (await world.api.ask("GET", "/businesses")).json()["data"]]

    whole = (await world.api.ask("GET", "/overview")).json()
    organization = await companies.organization(world.api.conn, "Company")
    narrow = await world.api.key("read", organization=organization, businesses=[UUID(mine[1])])  # type: ignore[list-item]
    part = (await world.api.ask("GET", "/overview", key=narrow)).json()

    assert {each["id"] for each in whole["businesses"]} == set(mine)
    assert whole["total"]["open"] == sum(each["open"] for each in whole["businesses"]) == 1
    assert whole["total"]["unread"] == 1
    assert [each["id"] for each in part["businesses"]] == [mine[1]]
    assert part["total"]["open"] == 0
