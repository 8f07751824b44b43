"""Channels through the API, of whatever kind: their ids under Meta's names, and what only one kind has."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from serai.core.permissions import Role
from serai.kit.db import Conn
from serai.meta.capabilities import KINDS
from tests.app.calling import Api, cookie, serving
from tests.given import NUMBER, a_business, a_channel, rows
from tests.meta.pigeon import PIGEON


@pytest.fixture
async def business(conn: Conn) -> str:
    mine = await a_business(conn, "mine")
    await a_channel(conn, mine)
    return str(mine)


@pytest.fixture
async def api(db_url: str, conn: Conn, business: str) -> AsyncIterator[Api]:
    async with serving(db_url, conn) as api:
        api.http.headers["Authorization"] = f"Bearer {await api.key('admin')}"
        yield api


def loft(business: str, **more: Any) -> dict[str, Any]:
    ids = {"loft_id": "5501"}
    channel = {"business_id": business, "kind": "pigeon", "name": "Roof", "address": "Tower 3"}
    return {**channel, "external_ids": ids, "token": "corn", **more}


async def test_a_channel_has_its_ids_under_metas_names_and_whatsapps_facts_apart(api: Api):
    [number] = (await api.ask("GET", "/channels")).json()["data"]
    whole = (await api.ask("GET", f"/channels/{number['id']}")).json()

    assert set(number["external_ids"]) == {"phone_number_id", "waba_id"}
    assert number["external_ids"]["phone_number_id"] == NUMBER
    assert number["whatsapp"]["uses_marketing_route"] is False
    assert {"health", "profile", "has_pin"} <= set(whole["whatsapp"])


async def test_a_kind_that_joins_is_told_of_like_the_others_but_has_nothing_of_whatsapps(
    api: Api, business: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(KINDS, PIGEON.key, PIGEON)

    made = (await api.ask("POST", "/channels", loft(business))).json()

    assert (made["address"], made["external_ids"]) == ("Tower 3", {"loft_id": "5501"})
    assert (made["whatsapp"], made["capabilities"]) == (None, ["image", "text"])
    settings = await api.ask("GET", f"/channels/{made['id']}/whatsapp/commerce")
    assert (settings.status_code, settings.json()["code"]) == (409, "not_of_this_kind")
    route = {"whatsapp": {"uses_marketing_route": True}}
    changed = await api.ask("PATCH", f"/channels/{made['id']}", route)
    assert changed.json()["code"] == "not_of_this_kind"
    wizard = await api.ask("POST", "/channels/connect", {"kind": "pigeon", "token": "corn"})
    assert (wizard.status_code, wizard.json()["code"]) == (422, "kind_without_wizard")


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"kind": "owl"}, "kind_unknown", "kind"),
        ({"external_ids": {}}, "external_id_missing", "external_ids.loft_id"),
        (
            {"external_ids": {"loft_id": "1", "waba_id": "2"}},
            "external_id_unknown",
            "external_ids.waba_id",
        ),
    ],
)
async def test_ids_that_its_kind_does_not_have_are_refused_by_name(
    api: Api,
    business: str,
    monkeypatch: pytest.MonkeyPatch,
    more: dict[str, Any],
    code: str,
    field: str,
):
    monkeypatch.setitem(KINDS, PIGEON.key, PIGEON)

    refused = (await api.ask("POST", "/channels", loft(business, **more))).json()

    assert (refused["code"], refused["field"]) == (code, field)


async def test_a_number_of_another_business_is_refused_whoever_has_it(api: Api, conn: Conn):
    other = await a_business(conn, "other")
    [company] = await rows(conn, "INSERT INTO organizations (name) VALUES ('Else') RETURNING id")
    foreign = await a_business(conn, "foreign", organization_id=company["id"])
    await a_channel(conn, foreign, "770012340000099")
    number: dict[str, Any] = {
        "business_id": str(other),
        "name": "Ours?",
        "address": "+1 555 0100",
        "token": "a-token",
    }

    for taken in (NUMBER, "770012340000099"):
        ids = {"phone_number_id": taken, "waba_id": "880"}
        refused = await api.ask("POST", "/channels", {**number, "external_ids": ids})
        assert (refused.status_code, refused.json()["code"]) == (409, "channel_taken"), taken


async def test_one_who_sees_one_business_learns_that_a_number_is_taken_and_not_where(
    db_url: str, conn: Conn, business: str
):
    other = await a_business(conn, "other", name="Secret bakery")
    async with serving(db_url, conn) as api:
        manager = {"Cookie": await cookie(api, Role.MANAGER, other), "Origin": "http://serai.test"}
        ids = {"phone_number_id": NUMBER, "waba_id": "880"}
        given = {"business_id": str(other), "name": "Ours", "address": "+1 555 0100"}
        refused = await api.ask(
            "POST", "/channels", {**given, "external_ids": ids, "token": "t"}, headers=manager
        )

    assert refused.json()["code"] == "channel_taken"
    assert str(UUID(business)) not in refused.text
