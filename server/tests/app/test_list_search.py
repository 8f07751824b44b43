"""Words in the list of conversations: the right ones, in its order, without reading all that was said."""

import pytest
from psycopg import AsyncConnection
from tests.app.test_view_counts import (
    Person,
    owner,  # noqa: F401 # pyright: ignore[reportUnusedImport] — the fixture
)
from tests.given import a_business, rows

SAID = """
    INSERT INTO messages (id, business_id, conversation_id, contact_id, channel_id, direction,
                          author_kind, cause, content, sent_at, created_at)
    SELECT gen_random_uuid(), business_id, id, contact_id, channel_id, 'in', 'contact', 'test',
           jsonb_build_object('type', 'text', 'body', concat_ws(' ',
               (ARRAY['is the Café open', 'where is my parcel'])[1 + n % 2],
               CASE WHEN n = 3 AND get_byte(uuid_send(id), 0) = 7 THEN 'with marzipan' END)),
           last_activity_at - n * interval '1 minute', now()
      FROM conversations, generate_series(1, 5) AS n
"""
WAITING = "UPDATE conversations SET waiting_since = last_activity_at WHERE unread_count = 3"
NAIVE = """
    SELECT conversations.id FROM conversations JOIN contacts ON contacts.id = contact_id
     WHERE (lower(name) LIKE '%{word}%'
            OR EXISTS (SELECT FROM messages WHERE conversation_id = conversations.id
                          AND unaccent(lower(content ->> 'body')) LIKE '%{word}%'))
       AND {where}
     ORDER BY {order}
"""
ORDERS = {
    "newest": "last_activity_at DESC, conversations.id DESC",
    "oldest": "last_activity_at, conversations.id",
    "waiting": "coalesce(waiting_since, last_activity_at + interval '1000 years'), conversations.id",
}
READ = "SELECT seq_tup_read + idx_tup_fetch AS n FROM pg_stat_xact_user_tables WHERE relname = 'messages'"
FIND = """
    SELECT count(*) AS n FROM find_conversations(ARRAY['%{word}%'], NULL, NULL, NULL, NULL, false, NULL, NULL,
                                                 false, NULL, NULL, 'newest', NULL, NULL, 51)
"""
NARROWED = {
    "status=snoozed": "status = 'snoozed'",
    "assignee=nobody": "assignee_id IS NULL",
    "assignee=me": "assignee_id IS NOT NULL",
    "unread=true": "unread_count > 0",
    "mentioned=true": "false",
}
"""By what is asked for, as SQL."""
MOST_READ = {"marzipan": 1_000, "cafe": 2_000, "quince": 0, "person": 2_000, "zq": 11_000}
"""Of fifty thousand messages, for a word in few, in half and in none, in a name, and of two letters."""


@pytest.fixture
async def team(owner: Person, db_url: str) -> Person:  # noqa: F811
    """Fifty thousand messages in ten thousand conversations."""
    await owner.api.conn.execute(SAID)
    await owner.api.conn.execute(WAITING)
    async with await AsyncConnection.connect(db_url, autocommit=True) as database:
        await database.execute("VACUUM ANALYZE serai.messages, serai.conversations, serai.contacts")
    return owner


async def found(team: Person, path: str, pages: int = 20) -> list[str]:
    """The ids, page by page."""
    ids: list[str] = []
    cursor = ""
    for _ in range(pages):
        page = await team.ask("GET", f"/conversations?limit=50&{path}{cursor}")
        ids += [each["id"] for each in page["data"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    return ids


async def expected(team: Person, word: str, where: str = "true", sort: str = "newest") -> list[str]:
    sql = NAIVE.format(word=word, where=where, order=ORDERS[sort])
    return [str(row["id"]) for row in await rows(team.api.conn, sql)]


@pytest.mark.promise("INB-09")
async def test_words_show_those_that_have_them_in_the_list_s_order(team: Person):
    few = await expected(team, "marzipan")
    assert 10 < len(few) < 100
    assert await found(team, "q=Marzipan") == few
    assert await found(team, "q=marzipan&sort=oldest") == few[::-1]
    waiting = await expected(team, "marzipan", sort="waiting")
    assert await found(team, "q=marzipan&sort=waiting") == waiting
    assert await found(team, "q=person 9987") == await expected(team, "person 9987")
    many = await expected(team, "cafe")
    assert await found(team, "q=CAFE", pages=4) == many[:200]
    assert await found(team, "q=nobody said this") == []
    everybody = await expected(team, "person")
    assert await found(team, "q=person", pages=2) == everybody[:100]
    assert await found(team, "q=on", pages=2) == everybody[:100]


async def test_all_else_that_narrows_a_list_must_fit_too_and_no_other_business_is_seen(
    team: Person,
):
    for path, where in NARROWED.items():
        wanted = await expected(team, "marzipan", where)
        assert await found(team, f"q=marzipan&{path}") == wanted, path
    other = await a_business(team.api.conn, "shop")
    key = await team.api.key("read", businesses=[other])
    answer = await team.api.ask("GET", "/conversations?q=cafe", key=key)
    assert (answer.status_code, answer.json()["data"]) == (200, [])


@pytest.mark.promise("OPS-05")
async def test_few_of_the_messages_are_read_whether_all_have_the_word_or_none(team: Person):
    conn = team.api.conn
    [business] = await rows(conn, "SELECT id FROM businesses")
    for word, most in MOST_READ.items():
        async with conn.transaction():
            visible = str(business["id"])
            await conn.execute("SELECT set_config('serai.businesses', %s, true)", (visible,))
            [before] = await rows(conn, READ)
            await rows(conn, FIND.format(word=word))
            [after] = await rows(conn, READ)
        assert after["n"] - before["n"] <= most, word
