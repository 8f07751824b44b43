"""What those see who look after an installation: health and metrics, with the right values."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import psycopg
import pytest
from serai.app.watching import page as pages
from serai.app.watching.health import Health
from serai.app.watching.requests import Timed
from serai.engine.dispatch import Carrier, dispatch
from serai.engine.intake import postgres
from serai.kit.db import ENGINE, Conn, pool
from serai.kit.side_door import Said, SideDoor
from structlog.testing import capture_logs
from tests.app.calling import Api, serving
from tests.app.measured import Read, read
from tests.engine.queues import a_number, queue, some_people, write
from tests.given import (
    NOON,
    VAULT,
    WIRING,
    a_business,
    a_channel,
    an_app,
    change,
    deliver,
    delivery,
    text_item,
)
from tests.meta.answering import Meta, talking_to

TOKEN = "a-token-for-prometheus"
HOUR = timedelta(hours=1)


@pytest.fixture
async def api(db_url: str, conn: Conn) -> AsyncIterator[Api]:
    async with serving(db_url, conn, metrics_token=TOKEN) as api:
        yield api


async def told(api: Api) -> Read:
    return await read(api.app.state.metrics)


@pytest.mark.promise("OPS-02")
async def test_metrics_are_there_for_whoever_has_the_token_and_for_nobody_else(api: Api):
    for header in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}):
        assert (await api.http.get("/metrics", headers=header)).status_code == 404
    shown = await api.http.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert shown.status_code == 200
    assert shown.headers["content-type"].startswith("text/plain")
    assert Read(shown.text).value("serai_database_up") == 1


async def test_without_a_token_there_is_no_such_page(db_url: str, conn: Conn):
    async with serving(db_url, conn) as api:
        answer = await api.http.get("/metrics", headers={"Authorization": "Bearer None"})
        assert answer.status_code == 404


@pytest.mark.promise("OPS-02")
async def test_what_waits_is_counted_with_the_age_of_the_oldest(api: Api, conn: Conn):
    api.app.state.clock.follow(NOON)
    app = await an_app(conn)
    for number, seconds in enumerate((90, 30)):
        body = b'{"object": "x", "n": %d}' % number
        await postgres.keep(conn, VAULT, app, [body], NOON - timedelta(seconds=seconds))
    channel = await a_number(conn, await a_business(conn))
    sends = await queue(conn, channel, await some_people(conn, channel, 3))
    await conn.execute("UPDATE sends SET state = 'unknown' WHERE id = %s", (sends[0],))
    await conn.execute(
        "UPDATE sends SET not_before = %s, waits_for = 'retry' WHERE id = %s",
        (NOON + HOUR, sends[1]),
    )

    seen = await told(api)

    assert seen.value("serai_waiting", place="deliveries", state="kept") == 2
    oldest = seen.value("serai_oldest_seconds", place="deliveries", state="kept")
    assert oldest == pytest.approx(90, abs=30)
    assert seen.value("serai_waiting", place="sends", state="ready") == 1
    assert seen.value("serai_waiting", place="sends", state="held_retry") == 1
    assert seen.value("serai_waiting", place="sends", state="unknown") == 1
    assert seen.value("serai_waiting", place="items", state="pending") == 0
    assert seen.value("serai_oldest_seconds", place="items", state="pending") == 0


@pytest.mark.promise("OPS-02")
async def test_what_was_set_aside_is_counted(api: Api, conn: Conn):
    await a_business(conn)
    await deliver(conn, b"[]", delivery(change(messages=[text_item("to nobody")])))

    seen = await told(api)

    assert seen.value("serai_waiting", place="deliveries", state="set_aside") == 1
    assert seen.value("serai_waiting", place="items", state="set_aside") == 1


@pytest.mark.promise("OPS-03")
async def test_a_window_that_closes_within_an_hour_counts_while_somebody_waits(
    api: Api, conn: Conn
):
    channel = await a_number(conn, await a_business(conn))
    people = await some_people(conn, channel, 3, NOON)
    for person in people:
        await write(conn, channel, person, NOON)  # pyright: ignore[reportArgumentType]
    await conn.execute("UPDATE conversations SET waiting_since = %s", (NOON,))
    await conn.execute(
        "UPDATE conversations SET waiting_since = NULL WHERE contact_id = %s", (people[0],)
    )

    api.app.state.clock.follow(NOON + 22 * HOUR)
    early = await told(api)
    api.app.state.clock.follow(NOON + 23 * HOUR + HOUR / 2)
    late = await told(api)
    api.app.state.clock.follow(NOON + 24 * HOUR + HOUR / 2)
    over = await told(api)

    assert [each.value("serai_windows_closing") for each in (early, late, over)] == [0, 2, 0]


@pytest.mark.promise("OPS-03")
async def test_a_number_tells_its_state_its_silence_its_token_s_end_and_its_notices(
    api: Api, conn: Conn
):
    api.app.state.clock.follow(NOON + 2 * HOUR)
    channel = await a_channel(conn, await a_business(conn))
    await deliver(conn, delivery(change(messages=[text_item("hello")])))
    await conn.execute("UPDATE messages SET created_at = %s", (NOON,))
    await conn.execute(
        "UPDATE channels SET state = 'paused', token_expires_at = %s", (NOON + 26 * HOUR,)
    )
    await conn.execute(
        "INSERT INTO channel_notices (id, business_id, channel_id, code, level, words, next_step, at)"
        " SELECT gen_random_uuid(), business_id, id, 'quality_low', 'warning', '', '', %s"
        " FROM channels",
        (NOON,),
    )

    seen = await told(api)

    called = {"channel": str(channel), "kind": "whatsapp", "business": "cafe"}
    assert seen.value("serai_channel_active", **called) == 0
    silence = seen.value("serai_channel_silence_seconds", **called)
    assert silence == pytest.approx(7200, abs=60)
    ends_in = seen.value("serai_channel_token_seconds", **called)
    assert ends_in == pytest.approx(86400, abs=60)
    notice = called | {"code": "quality_low", "level": "warning"}
    assert seen.value("serai_channel_notice", **notice) == 1


@pytest.mark.promise("OPS-02")
async def test_the_database_is_asked_once_in_ten_seconds_however_often_somebody_scrapes(api: Api):
    before = await told(api)
    for _ in range(5):
        await api.app.state.metrics.page()
    after = Read((await api.app.state.metrics.page()).body.decode())

    name = "app.watching.standing.WAITING"
    taken = [
        each.value("serai_statement_seconds_count", statement=name) for each in (before, after)
    ]
    assert taken[1] - taken[0] <= 1


@pytest.mark.promise("OPS-02")
async def test_requests_and_statements_are_timed_by_route_and_by_name(api: Api):
    before = await told(api)
    key = await api.key("contacts:read")
    timed: Any = Timed(api.app)
    transport = httpx2.ASGITransport(app=timed, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://serai.test") as http:
        answer = await http.get("/api/v1/contacts", headers={"Authorization": f"Bearer {key}"})
        await http.get("/api/v1/contacts")
    after = await told(api)

    def more(name: str, **labels: str) -> float:
        return after.value(name, **labels) - before.value(name, **labels)

    assert answer.status_code == 200
    route = next(
        dict(labels)["route"]
        for name, labels in after.samples
        if name == "serai_http_requests_total" and dict(labels)["route"].endswith("/contacts")
    )
    assert more("serai_http_requests_total", method="GET", route=route, status="200") == 1
    assert more("serai_http_requests_total", method="GET", route=route, status="401") == 1
    assert more("serai_http_seconds_count", method="GET", route=route) == 2
    assert more("serai_query_seconds_count", room="features.contacts") >= 1
    assert after.value("serai_pool_connections", pool="api", state="most") == 4


@pytest.mark.promise("OPS-02")
async def test_each_send_counts_once_by_kind_outcome_and_code(api: Api, conn: Conn, db_url: str):
    channel = await a_number(conn, await a_business(conn))
    [ada, ben] = await some_people(conn, channel, 2)
    before = await told(api)
    await queue(conn, channel, [ada, ben], priority=0)
    async with talking_to(Meta()) as graph, pool(db_url, ENGINE, 2) as engine:
        carrier = Carrier(engine, graph, WIRING, lambda: NOON + timedelta(seconds=1), lambda: 0.0)
        await dispatch(carrier, 10)
    after = await told(api)

    name = "serai_send_calls_total"
    [(labels, count)] = [
        (dict(labels), value - before.samples.get((found, labels), 0.0))
        for (found, labels), value in after.samples.items()
        if found == name and value > before.samples.get((found, labels), 0.0)
    ]
    assert (labels["content"], labels["outcome"], count) == ("text", "rejected", 2)


@pytest.mark.promise("OPS-02")
async def test_a_bug_shows_once_with_where_it_was_and_a_mark_by_which_it_is_known_again(api: Api):
    async def broken() -> None:
        raise ZeroDivisionError("token=abcdefgh of +15551230987")

    api.app.add_api_route("/api/v1/broken", broken)
    api.app.router.routes.insert(0, api.app.router.routes.pop())  # before the pages
    before = await told(api)
    with capture_logs() as lines:
        answers = [await api.http.get("/api/v1/broken") for _ in range(2)]
    after = await told(api)

    assert [answer.status_code for answer in answers] == [500, 500]
    assert "ZeroDivision" not in answers[0].text
    bug = {"where": "api", "error": "ZeroDivisionError"}
    count = after.value("serai_errors_total", **bug) - before.value("serai_errors_total", **bug)
    assert count == 2
    first, second = [line for line in lines if line["event"] == "unexpected_error"]
    assert (first["method"], first["route"]) == ("GET", "/api/v1/broken")
    assert first["mark"] == second["mark"]


@pytest.mark.promise("OPS-02")
async def test_ready_says_which_part_is_not(api: Api, conn: Conn, db_url: str):
    async def ready(health: Health) -> tuple[int, dict[str, str]]:
        said = await health.ready()
        return said.status, json.loads(said.body)["parts"]

    health: Health = api.app.state.health
    assert (await api.http.get("/health/live")).json() == {"status": "ok"}
    well = await api.http.get("/health/ready")
    assert (well.status_code, well.json()["status"]) == (200, "ok")

    health.drain()
    ending, parts = await ready(health)
    assert (ending, parts["process"]) == (503, "this process is ending")

    with psycopg.connect(db_url, autocommit=True) as owner:
        owner.execute("DELETE FROM public.serai_migrations WHERE number = 41")
    status, parts = await ready(Health(api.app.state.engine_pool))
    assert (status, parts["database"]) == (503, "ok")
    assert parts["migrations"] == "1 wait, from 0041_running; run serai migrate"

    async with pool("host=/nowhere user=serai password=hunter2", ENGINE, 2) as nobody:
        status, parts = await ready(Health(nobody))
    assert status == 503
    assert parts["database"] in {"no answer within 3 s", "cannot be reached"}
    assert "hunter2" not in str(parts)


@pytest.mark.promise("OPS-02")
async def test_any_process_answers_on_a_port_of_its_own():
    async def page() -> Said:
        return Said(200, "text/plain", b"well\n")

    async with (
        SideDoor("127.0.0.1", 0, {"/health/live": page}) as door,
        httpx2.AsyncClient(base_url=f"http://127.0.0.1:{door.port}") as http,
    ):
        assert (await http.get("/health/live?x=1")).text == "well\n"
        assert (await http.get("/etc/passwd")).status_code == 404
        assert (await http.post("/health/live")).status_code == 405
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        writer.write(b"x" * 20_000 + b"\r\n\r\n")
        assert await reader.read() == b""
        writer.close()


async def test_a_shut_side_door_listens_nowhere():
    async with SideDoor("127.0.0.1", None, {}) as door:
        assert door.port is None


async def test_when_the_database_is_away_the_page_says_so_and_tells_what_the_process_counted(
    api: Api, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pages, "PATIENCE_SECONDS", 0.0)
    seen = await told(api)
    assert seen.value("serai_database_up") == 0
    assert "serai_waiting" not in seen.names
    assert "process_cpu_seconds_total" in seen.names
