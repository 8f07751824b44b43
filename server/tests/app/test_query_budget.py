"""How often the database is asked: for a webhook, whatever it brings, and for a page."""

from collections.abc import AsyncIterator

import pytest
from prometheus_client import REGISTRY
from serai.kit.db import Conn
from tests.app.calling import Api, serving
from tests.given import a_business, a_channel, change, deliver, delivery, rows, text_item

A_WEBHOOK = 40
"""Statements for one delivery, from the door to the log, with the looks that find nothing more."""
A_PAGE = 12
"""Statements for one request of a page, with who asks, what they may, and the audit log."""


def asked() -> float:
    """Statements of this process so far."""
    return sum(
        sample.value
        for family in REGISTRY.collect()
        if family.name == "serai_query_seconds"
        for sample in family.samples
        if sample.name.endswith("_count")
    )


@pytest.fixture
async def api(db_url: str, conn: Conn) -> AsyncIterator[Api]:
    async with serving(db_url, conn) as api:
        yield api


async def people_write(conn: Conn, start: int, count: int) -> float:
    """Statements for a webhook in which so many people write for the first time."""
    items = [text_item("hello", phone=f"1555012{start + n:04}") for n in range(count)]
    before = asked()
    await deliver(conn, delivery(change(messages=items)))
    return asked() - before


@pytest.mark.promise("OPS-05")
async def test_a_webhook_of_many_messages_asks_no_oftener_than_one_of_one(conn: Conn):
    await a_channel(conn, await a_business(conn))
    await people_write(conn, 0, 1)  # what is asked once is asked

    one, many = await people_write(conn, 10, 1), await people_write(conn, 100, 80)

    assert one <= A_WEBHOOK
    assert many <= one + 1, "one more look, for what did not fit into the batch"


@pytest.mark.promise("OPS-05")
async def test_a_page_asks_a_few_times_however_much_it_shows(api: Api, conn: Conn):
    await a_channel(conn, await a_business(conn))
    await people_write(conn, 0, 40)
    key = await api.key("conversations:read", "contacts:read", "channels:read", "reports:read")
    [talk] = await rows(conn, "SELECT id FROM conversations LIMIT 1")
    for path in (
        "/conversations?limit=50",
        f"/conversations/{talk['id']}",
        f"/conversations/{talk['id']}/messages",
        "/contacts?limit=50",
        "/channels",
    ):
        assert (await api.ask("GET", path, key=key)).status_code == 200, path
        before = asked()
        await api.ask("GET", path, key=key)
        assert asked() - before <= A_PAGE, f"{path}: {asked() - before}"
