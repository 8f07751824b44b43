"""Finding what was said among a hundred thousand messages."""

import time

import pytest
from psycopg import AsyncConnection
from tests.app.test_answering import Desk, desk  # noqa: F401 # pyright: ignore[reportUnusedImport] — the fixture
from tests.given import rows

MANY = """
    INSERT INTO messages (id, business_id, conversation_id, contact_id, channel_id, direction,
                          author_kind, cause, content, sent_at, created_at)
    SELECT gen_random_uuid(), business_id, id, contact_id, channel_id, 'in', 'contact', 'test',
           jsonb_build_object('type', 'text', 'body', concat_ws(' ',
               (ARRAY['is the terrace open', 'where is my parcel', 'أريد القهوة مع الحليب',
                      'what does delivery cost'])[1 + n % 4],
               'number', 100000 + n * 7, CASE WHEN n = 4711 THEN 'with marzipan' END,
               CASE WHEN n % 1000 = 0 THEN 'on Monday' END)),
           now() - n * interval '1 second', now()
      FROM conversations, generate_series(1, 100000) AS n
"""
SCANS = """
    SELECT seq_scan, idx_scan FROM pg_stat_xact_user_tables
     WHERE schemaname = 'serai' AND relname = 'messages'
"""
FIND = """
    SELECT count(*) AS n FROM find_messages(ARRAY['%marzipan%'], NULL, NULL, NULL, false, NULL, NULL, NULL,
                                            NULL, NULL, 21)
"""
LIMIT_SECONDS = 0.3
TRIES = 3


async def many_messages(at: Desk) -> None:
    """And what PostgreSQL does by itself after so many; only the owner of a table may ask for it."""
    await at.conn.execute(MANY)
    async with await AsyncConnection.connect(at.url, autocommit=True) as owner:
        await owner.execute("VACUUM ANALYZE serai.messages")


async def quickest(at: Desk, query: str) -> tuple[float, int]:
    """Seconds of the best of three tries, for another program may have taken the machine; how many."""
    taken: list[float] = []
    found = 0
    for _ in range(TRIES):
        began = time.perf_counter()
        found = len((await at.get(f"/search?q={query}"))["messages"])
        taken.append(time.perf_counter() - began)
    return min(taken), found


@pytest.mark.promise("INB-09")
async def test_what_was_said_is_found_among_a_hundred_thousand_messages_within_300_ms(
    desk: Desk,  # noqa: F811
):
    await many_messages(desk)
    [business] = await rows(desk.conn, "SELECT id FROM businesses")
    wanted = {
        "terrace": 20,
        "terrace monday": 20,
        "marzipan": 1,
        "القهوة": 20,
        "marzipan terrace": 0,
        "nobody said this": 0,
        "zz": 0,
    }
    slow: dict[str, float] = {}
    for query, count in wanted.items():
        seconds, found = await quickest(desk, query)
        assert found == count, query
        if seconds > LIMIT_SECONDS:
            slow[query] = seconds
    assert slow == {}

    async with desk.conn.transaction():
        visible = str(business["id"])
        await desk.conn.execute("SELECT set_config('serai.businesses', %s, true)", (visible,))
        [hit] = await rows(desk.conn, FIND)
        [scans] = await rows(desk.conn, SCANS)
    assert hit == {"n": 1}
    assert scans["seq_scan"] == 0, "the whole table was read"
    assert scans["idx_scan"] > 0
