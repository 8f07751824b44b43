"""Which statements take longest with a million messages stored: those of all pages, and of events."""

import asyncio
import shutil
import tempfile
from pathlib import Path

import httpx2
import psycopg
from serai.app.demo.processes import Child, python, wait_for
from serai.app.demo.seed import seed
from serai.kit import migrate
from serai.kit.embedded import Cluster

from bench.crowd import gather
from bench.process import handled
from bench.world import VAULT, environment, free_port

MESSAGES = 1_000_000
CONVERSATIONS = 100_000
EVENTS = 2_000
TIMES = 3
"""Of each page, so that its statements are planned once and read twice."""
SLOW_MS = 100.0
SHOWN = 12
TABLES = ("messages", "message_events", "conversations", "contacts")

SLOWEST = """
    SELECT left(regexp_replace(query, '\\s+', ' ', 'g'), 90) AS what, calls,
           round(mean_exec_time::numeric, 1) AS mean, round(max_exec_time::numeric, 1) AS most
      FROM pg_stat_statements
     WHERE toplevel AND query !~* '^(begin|commit|set|vacuum|create|fetch|deallocate)'
     ORDER BY max_exec_time DESC LIMIT %s
"""
READ_WHOLE = """
    SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname = ANY (%s)
"""


def once() -> list[dict[str, object]]:
    """One round; `times read whole` says how often a large table was read from end to end."""
    folder = Path(tempfile.mkdtemp(prefix="serai-bench-"))
    cluster = Cluster(folder / "data", {"shared_preload_libraries": "pg_stat_statements"}).start()
    try:
        url = cluster.url()
        migrate.apply(url)
        key = asyncio.run(seed(url, VAULT))
        gather(url, CONVERSATIONS, CONVERSATIONS, MESSAGES)
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute("CREATE EXTENSION pg_stat_statements")
            conn.execute("CHECKPOINT")
            before = dict(conn.execute(READ_WHOLE, [list(TABLES)]).fetchall())
            handled(url, EVENTS)
            _look(url, key, folder)
            after = dict(conn.execute(READ_WHOLE, [list(TABLES)]).fetchall())
            slowest = conn.execute(SLOWEST, [SHOWN]).fetchall()
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
    rows: list[dict[str, object]] = [
        {"statement": what, "calls": calls, "mean ms": float(mean), "most ms": float(most)}
        for what, calls, mean, most in slowest
    ]
    whole = ", ".join(f"{name} {after[name] - before[name]}" for name in TABLES)
    return [
        *rows,
        {"statement": f"times read whole: {whole}", "calls": "", "mean ms": "", "most ms": ""},
    ]


def _look(url: str, key: str, folder: Path) -> None:
    """Ask for every page that wants no id but the latest conversation's and its contact's."""
    port = free_port()
    env = environment(url, port) | {"SERAI_KEY_LIMIT": "1000000"}
    server = Child("server", python("serai.app.cli", "serve"), env, folder / "server.log")
    try:
        wait_for(server, f"http://127.0.0.1:{port}/health/ready")
        headers = {"Authorization": f"Bearer {key}"}
        address = f"http://127.0.0.1:{port}/api/v1"
        with httpx2.Client(base_url=address, headers=headers, timeout=60) as http:
            for path in _pages(http):
                for _ in range(TIMES):
                    answer = http.get(path)
                    assert answer.status_code < 500, f"{path}: {answer.text[:200]}"
    finally:
        server.stop()


def _pages(http: httpx2.Client) -> list[str]:
    [talk] = http.get("/conversations", params={"limit": 1}).raise_for_status().json()["data"]
    known = {"{conversation_id}": talk["id"], "{contact_id}": talk["contact"]["id"]}
    found: list[str] = []
    for path, methods in http.get("/openapi.json").raise_for_status().json()["paths"].items():
        filled = path.removeprefix("/api/v1")
        for name, value in known.items():
            filled = filled.replace(name, value)
        if "get" in methods and "{" not in filled and filled != "/live":
            found.append(filled)
    searches = [f"/search?q={word}" for word in ("marina", "table+free", "zzz")]
    return [*found, *searches, "/conversations?q=marina", "/contacts?q=haddad"]
