"""Which statements take longest with a million messages stored: those of all pages, and of events."""

import psycopg

from bench.crowd import gather
from bench.pages import look, pages, served
from bench.process import handled
from bench.world import COUNTED, database

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
     WHERE toplevel AND query !~* '^(begin|commit|set|vacuum|create|checkpoint|fetch|deallocate)'
     ORDER BY max_exec_time DESC LIMIT %s
"""
READ_WHOLE = """
    SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname = ANY (%s)
"""


def once() -> list[dict[str, object]]:
    """One round; `times read whole` says how often a large table was read from end to end."""
    with database(COUNTED) as url:
        gather(url, CONVERSATIONS, CONVERSATIONS, MESSAGES)
        with psycopg.connect(url, autocommit=True) as conn:
            conn.execute("CREATE EXTENSION pg_stat_statements")
            conn.execute("SELECT pg_stat_statements_reset()")  # what filled it is not looked at
            conn.execute("CHECKPOINT")
            before = dict(conn.execute(READ_WHOLE, [list(TABLES)]).fetchall())
            handled(url, EVENTS)
            with served(url) as http:
                for path in pages(http).values():
                    for _ in range(TIMES):
                        look(http, path)
            after = dict(conn.execute(READ_WHOLE, [list(TABLES)]).fetchall())
            slowest = conn.execute(SLOWEST, [SHOWN]).fetchall()
    rows: list[dict[str, object]] = [
        {"statement": what, "calls": calls, "mean ms": float(mean), "most ms": float(most)}
        for what, calls, mean, most in slowest
    ]
    whole = ", ".join(f"{name} {after[name] - before[name]}" for name in TABLES)
    return [
        *rows,
        {"statement": f"times read whole: {whole}", "calls": "", "mean ms": "", "most ms": ""},
    ]
