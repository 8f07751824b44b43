"""Limits on how often may be asked, held by all processes together."""

from datetime import timedelta
from typing import Any

import pytest
from serai.app.http import asgi
from serai.app.traffic import Gauge
from serai.kit.db import ENGINE, Conn, pool
from serai.kit.errors import TooMany
from serai.kit.settings import Settings
from tests.app.calling import INDEX_KEY, KEYS, serving
from tests.given import NOON, a_business, rows


def settings(db_url: str, **more: object) -> Settings:
    given = {"database_url": db_url, "keys": KEYS, "index_key": INDEX_KEY, "pool_size": 2}
    return Settings.model_validate(given | more)


@pytest.mark.promise("SEC-10")
async def test_the_101st_request_of_a_stranger_in_15_minutes_is_told_to_wait(
    db_url: str, conn: Conn
):
    async with serving(db_url, conn) as api:
        first = [(await api.ask("GET", "/me")).status_code for _ in range(100)]
        answer = await api.ask("GET", "/me")

        assert set(first) == {401}
        assert answer.status_code == 429
        assert answer.json()["code"] == "too_many_requests"
        assert answer.headers["content-type"] == "application/problem+json"
        assert 0 < int(answer.headers["retry-after"]) <= 900
        assert answer.headers["ratelimit-policy"] == '"address";q=100;w=900'
        assert answer.headers["ratelimit"].startswith('"address";r=0;t=')

        await a_business(conn)
        signed_in = await api.ask("GET", "/me", key=await api.key("read"))
        assert signed_in.status_code == 200, "whoever shows a key is counted by it"


async def test_a_key_has_a_limit_of_its_own_and_is_told_what_is_left(db_url: str, conn: Conn):
    await a_business(conn)
    async with serving(db_url, conn, key_limit=3) as api:
        key, other = await api.key("read"), await api.key("read")

        answers = [await api.ask("GET", "/me", key=key) for _ in range(8)]  # a minute may end

        statuses = [answer.status_code for answer in answers]
        assert statuses[0] == 200
        assert 2 <= statuses.count(429) <= 5
        assert answers[0].headers["ratelimit"].startswith('"key";r=2;')
        assert (await api.ask("GET", "/me", key=other)).status_code == 200


async def test_several_processes_hold_one_limit_together(db_url: str):
    async with pool(db_url, ENGINE, 2) as connections:
        wanted = settings(db_url, user_limit=200)
        gauges = [Gauge(connections, wanted), Gauge(connections, wanted)]
        passed = 0
        for n in range(400):
            try:
                await gauges[n % 2].known("user", "amal", NOON)
                passed += 1
            except TooMany:
                pass
        assert passed == 200

        later = await gauges[0].known("user", "amal", NOON + timedelta(minutes=1))
        assert later["RateLimit"].startswith('"user";r=199;')


async def test_what_no_limit_looks_at_any_more_is_forgotten(db_url: str, conn: Conn):
    async with pool(db_url, ENGINE, 2) as connections:
        gauge = Gauge(connections, settings(db_url))
        await gauge.stranger("203.0.113.7", NOON)
        await gauge.stranger("203.0.113.8", NOON + timedelta(hours=2))
    assert [row["subject"] for row in await rows(conn, "SELECT subject FROM request_counts")] == [
        "address:203.0.113.8"
    ]


@pytest.mark.parametrize(
    ("trusted", "expected"),
    [(None, "198.51.100.1"), ("198.51.100.0/24", "203.0.113.7"), ("10.0.0.1", "198.51.100.1")],
)
async def test_a_forwarded_address_is_believed_only_from_a_proxy_that_the_settings_name(
    db_url: str, trusted: str | None, expected: str
):
    seen: list[str] = []
    served: Any = asgi(settings(db_url, trusted_proxies=trusted))
    front = served.app if trusted is None else served.app.app

    async def note(scope: dict[str, object], *_: object) -> None:
        seen.append(scope["client"][0])  # type: ignore[index]

    front.app = note
    scope = {
        "type": "http",
        "path": "/",
        "scheme": "http",
        "client": ("198.51.100.1", 1),
        "headers": [(b"x-forwarded-for", b"192.0.2.66, 203.0.113.7")],
    }
    await served(scope, None, None)
    assert seen == [expected]
