"""The head office sees sums over its businesses, and a business only its own."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from serai.features.accounts.store import companies
from serai.kit.db import Conn
from tests.app.calling import Api, serving
from tests.given import a_business, a_channel, change, deliver, delivery, text_item


@pytest.fixture
async def api(db_url: str, conn: Conn) -> AsyncIterator[Api]:
    await a_channel(conn, await a_business(conn, "mine"))
    await a_business(conn, "mine-too")
    await deliver(conn, delivery(change(messages=[text_item("hello")])))
    async with serving(db_url, conn) as api:
        api.http.headers["Authorization"] = f"Bearer {await api.key('admin')}"
        yield api


@pytest.mark.promise("SEC-15")
async def test_the_head_office_sees_sums_and_a_business_its_own(api: Api):
    mine = [each["id"] for each in (await api.ask("GET", "/businesses")).json()["data"]]

    whole = (await api.ask("GET", "/overview")).json()
    organization = await companies.organization(api.conn, "Company")
    narrow = await api.key("read", organization=organization, businesses=[UUID(mine[1])])  # type: ignore[list-item]
    part = (await api.ask("GET", "/overview", key=narrow)).json()

    assert {each["id"] for each in whole["businesses"]} == set(mine)
    assert whole["total"]["open"] == sum(each["open"] for each in whole["businesses"]) == 1
    assert whole["total"]["unread"] == 1
    assert [each["id"] for each in part["businesses"]] == [mine[1]]
    assert part["total"]["open"] == 0
