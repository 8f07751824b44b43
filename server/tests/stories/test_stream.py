"""Webhooks come through JetStream: PostgreSQL goes away, a worker dies, NATS dies."""

import itertools
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from serai.app.demo import world
from tests.given import change, delivery, signature, text_item
from tests.nats_server import Nats, alone
from tests.stories.conftest import AMAL, SCHOOL, Stack, standing, until

NUMBERS = itertools.count(1)
PATIENCE_SECONDS = 120.0
"""Pools come back to a database step by step."""


@pytest.fixture
def nats() -> Iterator[Nats]:
    with alone() as server:
        yield server


@contextmanager
def away(url: str) -> Generator[None]:
    """Nobody reaches the database, nor stays connected."""
    name = url.rsplit("dbname=", 1)[1]
    with psycopg.connect(url.replace(f"dbname={name}", "dbname=postgres"), autocommit=True) as conn:
        conn.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        conn.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        try:
            yield
        finally:
            conn.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())


def post(stack: Stack) -> int:
    """A webhook with a text that no rule knows; what Meta is told."""
    body = delivery(change(SCHOOL, messages=[text_item(f"no rule {next(NUMBERS)}", phone=AMAL)]))
    header = {"X-Hub-Signature-256": signature(body, world.APP_SECRET)}
    url = f"http://127.0.0.1:{stack.port}/webhooks/meta"
    return stack.http.post(url, content=body, headers=header).status_code


def healthy(stack: Stack, what: str) -> int:
    return stack.http.get(f"http://127.0.0.1:{stack.port}/health/{what}").status_code


def handled(stack: Stack) -> int:
    return stack.rows("SELECT count(*) AS n FROM messages WHERE direction = 'in'")[0]["n"]


def test_nothing_acknowledged_is_lost_whichever_part_goes_away(db_url: str, nats: Nats):
    with standing(db_url, SERAI_NATS_URL=nats.url) as stack:
        for name in ("one", "two"):
            stack.worker(name)
        stack.write(AMAL, SCHOOL, "menu")
        assert until(lambda: stack.answers(AMAL, SCHOOL)), "through the stream and back"

        with away(db_url):
            assert [post(stack) for _ in range(20)] == [200] * 20
            assert (healthy(stack, "ready"), healthy(stack, "door")) == (503, 200)
        until(lambda: handled(stack) == 21, PATIENCE_SECONDS)

        held = until(lambda: stack.rows("SELECT holder FROM intake_positions"))[0]["holder"]
        [holder] = [name for name in ("one", "two") if f":{stack.children[name].pid}:" in held]
        stack.kill(holder)
        assert [post(stack) for _ in range(5)] == [200] * 5
        until(lambda: handled(stack) == 26, PATIENCE_SECONDS)

        nats.kill()
        until(lambda: post(stack) == 503)
        assert (healthy(stack, "ready"), healthy(stack, "door")) == (200, 503)
        nats.start()
        before = until(lambda: post(stack) == 200 and handled(stack))
        until(lambda: handled(stack) > before, PATIENCE_SECONDS)
