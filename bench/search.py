"""How quickly what was said is found among 100,000 messages, and what that costs while they come."""

import asyncio
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import psycopg
from serai.app.demo.processes import Child, python, wait_for
from serai.app.demo.seed import seed
from serai.kit import migrate
from serai.kit.embedded import Cluster

from bench.crowd import CONTACTS, CONVERSATIONS, MESSAGES, gather
from bench.world import VAULT, environment, free_port

LIMIT_MS = 300.0
TIMES = 40
PEER_TIMES = 8
PAGE = 21
"""As many as the API reads for a page of 20."""
COMING, BATCH = 20_000, 100

QUERIES = {
    "common, in 1 of 12": "terrace",
    "two words": "terrace parcel",
    "rare, in 1 of 100,000": "marzipan",
    "Arabic": "القهوة",
    "part of a number": "77431",
    "misspelt, in none": "terasse",
    "two letters": "zz",
}
SAY = """
    UPDATE messages
       SET content = jsonb_build_object('type', 'text', 'body', concat_ws(' ',
               (ARRAY['Good morning', 'Hello', 'Dear team', 'صباح الخير', 'Hi again', 'Sorry,'])
                   [1 + n % 6],
               (ARRAY['is the terrace open', 'where is my parcel', 'may I change the order',
                      'do you have gluten free bread', 'أريد القهوة مع الحليب', 'my bill is wrong',
                      'can you call me', 'I would like to book', 'does the kettle come in blue',
                      'what does delivery cost', 'I have sent the papers', 'هل المحل مفتوح اليوم'])
                   [1 + n % 12],
               (ARRAY['today', 'tomorrow evening', 'on Monday', 'next week', 'please'])[1 + n % 5],
               'number ' || 100000 + n * 7,
               CASE WHEN n = 4711 THEN 'with marzipan' END,
               CASE WHEN n % 240 = 0 THEN 'and my parcel' END))
      FROM (SELECT id, row_number() OVER (ORDER BY sent_at, id) AS n FROM messages) AS numbered
     WHERE numbered.id = messages.id
"""
"""What a hundred thousand people say, rather than one sentence a hundred thousand times."""

PLAIN = """
    SELECT messages.id FROM messages
      JOIN contacts ON contacts.id = messages.contact_id
     WHERE messages.content ->> 'body' ILIKE ALL (%(patterns)s)
     ORDER BY coalesce(messages.sent_at, messages.created_at) DESC, messages.id DESC
     LIMIT %(page)s
"""
"""What is written first in most programs: no index can help it, and accents matter."""
BY_ID = """
    SELECT messages.content, contacts.name FROM messages
      JOIN contacts ON contacts.id = messages.contact_id
     WHERE messages.id = ANY (%(ids)s)
"""
"""The least that any search must do: read the rows that it shows."""
ARRIVE = """
    INSERT INTO messages (id, business_id, conversation_id, contact_id, channel_id, direction,
                          author_kind, cause, content, meta_id, sent_at, created_at)
    SELECT gen_random_uuid(), business_id, conversation_id, contact_id, channel_id, direction,
           author_kind, cause, content, NULL, now(), now()
      FROM messages
    OFFSET %(skip)s LIMIT %(batch)s
"""


class Found(NamedTuple):
    ids: list[str]
    times_ms: list[float]


def once() -> list[dict[str, object]]:
    with _serving() as (address, key, url), psycopg.connect(url, autocommit=True) as conn:
        conn.execute("SET search_path = serai")
        headers = {"Authorization": f"Bearer {key}"}
        with httpx2.Client(base_url=f"{address}/api/v1", headers=headers, timeout=30) as http:
            rows = [_row(http, conn, what, query) for what, query in QUERIES.items()]
        return [*rows, _cost(conn)]


@contextmanager
def _serving() -> Generator[tuple[str, str, str]]:
    """The API over a crowd; its address, a key, and the database."""
    folder = Path(tempfile.mkdtemp(prefix="serai-bench-"))
    cluster = Cluster(folder / "data").start()
    server: Child | None = None
    try:
        migrate.apply(cluster.url())
        key = asyncio.run(seed(cluster.url(), VAULT))
        gather(cluster.url(), CONTACTS, CONVERSATIONS, MESSAGES)
        with psycopg.connect(cluster.url(), autocommit=True) as conn:
            conn.execute("SET search_path = serai")
            conn.execute(SAY)
            conn.execute("VACUUM FULL ANALYZE messages")
        port = free_port()
        env = environment(cluster.url(), port) | {"SERAI_KEY_LIMIT": "1000000"}
        server = Child("server", python("serai.app.cli", "serve"), env, folder / "server.log")
        wait_for(server, f"http://127.0.0.1:{port}/health/ready")
        yield f"http://127.0.0.1:{port}", key, cluster.url()
    finally:
        if server is not None:
            server.stop()
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _row(
    http: httpx2.Client, conn: psycopg.Connection[Any], what: str, query: str
) -> dict[str, object]:
    """Ours through the API, the peer and the limit in the database alone."""
    found = _search(http, query)
    patterns = [f"%{word}%" for word in query.split()]
    plain = _timed(PEER_TIMES, lambda: _ids(conn, PLAIN, {"patterns": patterns, "page": PAGE}))
    least = _timed(TIMES, lambda: _ids(conn, BY_ID, {"ids": found.ids}))
    p50 = statistics.median(found.times_ms)
    return {
        "query": f"{what}: {query}",
        "found": len(found.ids),
        "p50 (ms)": round(p50, 1),
        "p99 (ms)": round(max(found.times_ms), 1),
        "limit (ms)": LIMIT_MS,
        "ILIKE, p50 (ms)": round(statistics.median(plain), 1),
        "rows by id, p50 (ms)": round(statistics.median(least), 1),
        "ILIKE ÷ ours": round(statistics.median(plain) / p50, 1),
    }


def _search(http: httpx2.Client, query: str) -> Found:
    def ask() -> list[str]:
        answer = http.get("/search", params={"q": query, "limit": PAGE - 1}).raise_for_status()
        return [each["id"] for each in answer.json()["messages"]]

    ids = ask()
    return Found(ids, _timed(TIMES, ask))


def _ids(conn: psycopg.Connection[Any], statement: str, values: dict[str, Any]) -> list[Any]:
    return conn.execute(statement.encode(), values).fetchall()


def _timed(times: int, act: Callable[[], Sequence[Any]]) -> list[float]:
    """Milliseconds of each."""
    taken: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _cost(conn: psycopg.Connection[Any]) -> dict[str, object]:
    """Of the index of words, while messages come: rows a second with it and without."""
    with_it = _arrive(conn)
    conn.execute("DROP INDEX messages_by_words")
    without = _arrive(conn)
    return {
        "query": f"{COMING:,} messages come, {BATCH} a commit: µs each with and without the index",
        "found": "–",
        "p50 (ms)": "–",
        "p99 (ms)": "–",
        "limit (ms)": "–",
        "ILIKE, p50 (ms)": f"{with_it:.0f} with",
        "rows by id, p50 (ms)": f"{without:.0f} without",
        "ILIKE ÷ ours": round(with_it / without, 2),
    }


def _arrive(conn: psycopg.Connection[Any]) -> float:
    began = time.perf_counter()
    for number in range(COMING // BATCH):
        conn.execute(ARRIVE.encode(), {"skip": number * BATCH, "batch": BATCH})
    return (time.perf_counter() - began) / COMING * 1_000_000
