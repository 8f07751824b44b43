"""How often the database is asked: for a webhook, for what follows from it, and for a page."""

import time

import psycopg

from bench import load
from bench.crowd import gather
from bench.pages import look, pages, served
from bench.whole import answers, phone, running, writings
from bench.world import COUNTED, database

IDLE_SECONDS = 10.0
SETTLE_SECONDS = 5.0
"""Until the last status of what was sent is in."""
ALONE = 20
ALONE_RATE = 1.0
"""A second: a message is answered and read before the next one comes."""
MANY = 1_000
CROWD = 100_000
"""Messages stored behind the pages, a tenth as many conversations and people."""
A_CONVERSATION = 10
ASKED = """
    SELECT coalesce(sum(calls), 0) AS calls, coalesce(sum(total_exec_time), 0) AS ms
      FROM pg_stat_statements
     WHERE toplevel AND query !~* '^(begin|commit|rollback|set|savepoint|release|deallocate|listen)'
       AND query !~ 'pg_stat_statements'
"""


class Counter:
    """Statements and their time in PostgreSQL since the last look, but those that only bound them."""

    def __init__(self, url: str) -> None:
        self._conn = psycopg.connect(url, autocommit=True)
        self._conn.execute("CREATE EXTENSION pg_stat_statements")
        self._calls, self._ms = self._asked()

    def since(self) -> tuple[float, float]:
        """Statements, and their milliseconds."""
        calls, ms = self._asked()
        gone = calls - self._calls, ms - self._ms
        self._calls, self._ms = calls, ms
        return gone

    def _asked(self) -> tuple[float, float]:
        [(calls, ms)] = self._conn.execute(ASKED).fetchall()
        return float(calls), float(ms)


def once() -> list[dict[str, object]]:
    """One round: a conversation's statements without those of a worker that has nothing to do."""
    return [*_messages(), *_pages()]


def _messages() -> list[dict[str, object]]:
    with running(2 * (ALONE + MANY), COUNTED) as (graph_port, url):
        counter = Counter(url)
        _write(graph_port, 0, ALONE, None)
        _write(graph_port, ALONE, MANY, None)  # what is asked once is asked
        counter.since()
        time.sleep(IDLE_SECONDS)
        calls, ms = counter.since()
        idle = calls / IDLE_SECONDS, ms / IDLE_SECONDS
        rows = [_row("nothing, a second", *idle)]
        start = ALONE + MANY
        for what, count, rate in (
            ("a message answered and read, one by one", ALONE, ALONE_RATE),
            (f"a message answered and read, {MANY:,} at once", MANY, None),
        ):
            seconds = _write(graph_port, start, count, rate)
            calls, ms = counter.since()
            rows.append(
                _row(what, (calls - idle[0] * seconds) / count, (ms - idle[1] * seconds) / count)
            )
            start += count
    return rows


def _write(graph_port: int, start: int, count: int, rate: float | None) -> float:
    """So many people write; the seconds until all have their answer and have read it."""
    began = time.monotonic()
    people = [phone(n) for n in range(start, start + count)]
    load.drive(graph_port, writings(people), count, rate)
    assert len(answers(graph_port, people)) == count, "everybody was answered"
    time.sleep(SETTLE_SECONDS)
    return time.monotonic() - began


def _pages() -> list[dict[str, object]]:
    with database(COUNTED) as url:
        talks = CROWD // A_CONVERSATION
        gather(url, talks, talks, CROWD)
        counter = Counter(url)
        with served(url) as http:
            rows: list[dict[str, object]] = []
            for name, path in pages(http).items():
                look(http, path)
                counter.since()
                look(http, path)
                rows.append(_row(name, *counter.since()))
    return sorted(rows, key=lambda row: str(row["what"]))


def _row(what: str, calls: float, ms: float) -> dict[str, object]:
    return {"what": what, "statements": round(calls, 1), "PostgreSQL ms": round(ms, 2)}
