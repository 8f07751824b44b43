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


GROWN = """
    WITH people AS (
        INSERT INTO contacts (id, business_id, name, created_at)
        SELECT gen_random_uuid(), business_id, 'Somebody', now()
          FROM channels CROSS JOIN generate_series(1, 3000)
        RETURNING id, business_id
    ),
    talks AS (
        INSERT INTO conversations (id, business_id, inbox_id, channel_id, contact_id, status, opened_at,
                                   last_activity_at)
        SELECT gen_random_uuid(), people.business_id, inbox_id, channels.id, people.id, 'open', now(), now()
          FROM people JOIN channels USING (business_id)
    )
    INSERT INTO contact_identities (business_id, contact_id, type, scope, lookup, sealed, first_seen_at)
    SELECT business_id, id, 'phone', '', decode(md5(id::text), 'hex'), '', now() FROM people
"""
"""Three thousand more people since PostgreSQL last counted; a rush does not wait for it to count anew."""
TABLES = "('contacts', 'contact_identities', 'conversations', 'messages', 'messaging_windows')"
READ = f"""
    SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int AS count
      FROM pg_stat_user_tables WHERE relname IN {TABLES}
"""
A_PERSON = 40
"""Rows read of these tables for one message, from whoever is new."""


async def read_so_far(conn: Conn) -> int:
    await conn.execute("SELECT pg_stat_force_next_flush()")
    return (await rows(conn, READ))[0]["count"]


@pytest.mark.promise("OPS-05")
async def test_a_batch_reads_only_those_who_wrote_however_many_came_since_the_last_count(
    conn: Conn,
):
    await a_channel(conn, await a_business(conn))
    for n in range(8):  # each statement has its plan now, made for tables that were all but empty
        await people_write(conn, n, 2)
    await conn.execute(GROWN)
    before = await read_so_far(conn)

    await people_write(conn, 100, 50)

    assert await read_so_far(conn) - before <= 50 * A_PERSON


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


SAID_ELSEWHERE = """
    INSERT INTO messages (id, business_id, conversation_id, contact_id, channel_id, direction,
                          author_kind, cause, content, meta_id, created_at)
    SELECT gen_random_uuid(), business_id, conversation_id, contact_id, channel_id, direction,
           author_kind, 'test', content, meta_id || n, created_at
      FROM messages CROSS JOIN generate_series(1, 200) AS n
     WHERE conversation_id <> %(talk)s AND meta_id IS NOT NULL
"""


@pytest.mark.promise("OPS-05")
async def test_an_opened_conversation_reads_its_own_messages_only(api: Api, conn: Conn):
    await a_channel(conn, await a_business(conn))
    await people_write(conn, 0, 20)
    key = await api.key("conversations:read")
    [talk] = await rows(conn, "SELECT id FROM conversations LIMIT 1")
    await conn.execute(SAID_ELSEWHERE, {"talk": talk["id"]})
    await conn.execute("ANALYZE messages")
    path = f"/conversations/{talk['id']}/messages"
    assert (await api.ask("GET", path, key=key)).status_code == 200
    before = await read_so_far(conn)

    await api.ask("GET", path, key=key)

    assert await read_so_far(conn) - before <= 100, "of four thousand that others said"
