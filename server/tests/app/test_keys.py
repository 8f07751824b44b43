"""API keys: what they open, and that they stop at once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from serai.kit.db import Conn
from tests.app.calling import Api, serving
from tests.given import a_business, rows


@pytest.fixture
async def api(db_url: str, conn: Conn) -> AsyncIterator[Api]:
    """An administrator of a company with a café."""
    await a_business(conn)
    async with serving(db_url, conn) as api:
        api.http.headers["Authorization"] = f"Bearer {await api.key('admin', name='Amal')}"
        yield api


async def made(api: Api, **more: object) -> dict[str, str]:
    answer = await api.ask(
        "POST", "/keys", {"name": "Website", "scopes": ["contacts:read"], **more}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.promise("SEC-13")
async def test_a_key_does_what_its_scopes_say_and_nothing_else(api: Api):
    key = (await made(api))["secret"]

    assert (await api.ask("GET", "/contacts", key=key)).status_code == 200
    refused = await api.ask("POST", "/contacts", {}, key=key)
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_missing")


async def test_a_key_is_shown_once_and_only_its_digest_is_kept(api: Api):
    new = await made(api)

    listed = (await api.ask("GET", "/keys")).json()["data"]
    assert {each["hint"] for each in listed} >= {new["secret"][:10]}
    assert all("secret" not in each for each in listed)
    for table in ("api_keys", "audit_entries", "idempotent_requests"):
        kept = await rows(api.conn, f"SELECT to_jsonb({table})::text AS text FROM {table}")
        assert all(new["secret"] not in row["text"] for row in kept)


@pytest.mark.promise("SEC-13")
async def test_a_revoked_key_opens_nothing_at_once_also_at_another_process(api: Api, db_url: str):
    new = await made(api)
    async with serving(db_url, api.conn) as other:
        assert (await other.ask("GET", "/contacts", key=new["secret"])).status_code == 200

        assert (await api.ask("DELETE", f"/keys/{new['id']}")).status_code == 204

        assert (await other.ask("GET", "/contacts", key=new["secret"])).status_code == 401
    [listed] = [k for k in (await api.ask("GET", "/keys")).json()["data"] if k["id"] == new["id"]]
    assert listed["revoked_at"] is not None
    assert (await api.ask("POST", f"/keys/{new['id']}/rotate", {})).status_code == 409


@pytest.mark.promise("SEC-13")
async def test_after_a_rotation_the_old_key_opens_for_the_hours_that_were_said(api: Api):
    old = await made(api)

    new = (await api.ask("POST", f"/keys/{old['id']}/rotate", {"hours": 24})).json()

    assert new["secret"] != old["secret"]
    left = datetime.fromisoformat(new["previous_until"]) - datetime.now(UTC)
    assert timedelta(hours=23, minutes=59) < left <= timedelta(hours=24)
    for secret in (old["secret"], new["secret"]):
        assert (await api.ask("GET", "/contacts", key=secret)).status_code == 200
    await api.conn.execute("UPDATE api_keys SET previous_until = now()")
    assert (await api.ask("GET", "/contacts", key=old["secret"])).status_code == 401
    assert (await api.ask("GET", "/contacts", key=new["secret"])).status_code == 200


async def test_a_key_ends_when_it_was_said_to(api: Api):
    past = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    refused = await api.ask("POST", "/keys", {"name": "x", "scopes": ["read"], "expires_at": past})
    assert (refused.status_code, refused.json()["field"]) == (422, "expires_at")

    key = await made(api, expires_at=(datetime.now(UTC) + timedelta(days=1)).isoformat())
    await api.conn.execute("UPDATE api_keys SET expires_at = now() WHERE expires_at IS NOT NULL")
    assert (await api.ask("GET", "/contacts", key=key["secret"])).status_code == 401


@pytest.mark.promise("SEC-13")
async def test_it_is_known_when_and_from_where_a_key_was_last_used(api: Api):
    new = await made(api)
    assert new["last_used_at"] is None

    await api.ask("GET", "/contacts", key=new["secret"])

    [listed] = [k for k in (await api.ask("GET", "/keys")).json()["data"] if k["id"] == new["id"]]
    assert listed["last_used_at"] is not None
    assert listed["last_used_from"] == "127.0.0.1"


async def test_nobody_makes_a_key_that_may_do_more_than_they_may(api: Api):
    narrow = await api.key("keys:read", "keys:write", "contacts:read")

    refused = await api.ask("POST", "/keys", {"name": "x", "scopes": ["admin"]}, key=narrow)
    unknown = await api.ask("POST", "/keys", {"name": "x", "scopes": ["fly"]})

    assert (refused.status_code, refused.json()["code"]) == (403, "scope_beyond")
    assert (unknown.status_code, unknown.json()["field"]) == (422, "scopes[0]")


async def test_a_key_of_some_businesses_sees_no_keys_and_adds_no_business(api: Api):
    other = await a_business(api.conn, "other")
    new = await made(api, scopes=["admin"], business_ids=[str(other)])

    seen = await api.ask("GET", "/businesses", key=new["secret"])

    assert [each["id"] for each in seen.json()["data"]] == [str(other)]
    assert (await api.ask("GET", "/keys", key=new["secret"])).status_code == 403
    body = {"key": "third", "name": "x", "sector": "ecommerce", "time_zone": "UTC"}
    assert (await api.ask("POST", "/businesses", body, key=new["secret"])).status_code == 403


async def test_a_company_does_not_see_another_one_s_keys(api: Api):
    [row] = await rows(api.conn, "INSERT INTO organizations (name) VALUES ('Other') RETURNING id")
    theirs = await api.key("admin", organization=row["id"], name="Theirs")
    [id_] = [key["id"] for key in (await api.ask("GET", "/keys", key=theirs)).json()["data"]]

    assert all(k["name"] != "Theirs" for k in (await api.ask("GET", "/keys")).json()["data"])
    assert (await api.ask("DELETE", f"/keys/{id_}")).status_code == 404
    assert (await api.ask("POST", f"/keys/{id_}/rotate", {})).status_code == 404
