"""A stream in front: what is told of it, and whether webhooks can be taken, with the database or without."""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from serai.app.door import Bounds, Door
from serai.app.watching.health import Health
from serai.app.watching.streams import Streams
from serai.engine.intake.ferry import Ferry
from serai.engine.intake.postgres import Keeper
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, Conn, Pool, pool
from serai.kit.jetstream.connection import Jet
from tests.app.calling import Api, serving
from tests.app.measured import Read, read
from tests.given import VAULT, an_app, change, delivery, signature, text_item
from tests.nats_server import Nats, alone

PATIENCE_SECONDS = 60.0
STREAM = "serai-0"


@pytest.fixture(scope="module")
def nats() -> Iterator[Nats]:
    with alone() as server:
        yield server


@pytest.fixture
async def api(db_url: str, conn: Conn, nats: Nats) -> AsyncIterator[Api]:
    await an_app(conn)
    async with serving(db_url, conn, nats_url=nats.url) as api, api.app.state.jet as jet:
        assert await jet.reached(PATIENCE_SECONDS)
        yield api


@pytest.fixture
def nobody() -> Pool:
    """A database that says at once that it is not there."""
    return pool("host=/nowhere user=serai", ENGINE, 1)


async def post(api: Api, text: str) -> int:
    body = delivery(change(messages=[text_item(text)]))
    header = {"X-Hub-Signature-256": signature(body)}
    return (await api.http.post("/webhooks/meta", content=body, headers=header)).status_code


async def look(lanes: Streams, pool: Pool, later: timedelta = timedelta()) -> Read:
    """What is told of the streams, as from a page of metrics, some time after now."""
    await lanes.look(pool, Clock().now() + later)
    page = CollectorRegistry()
    page.register(Told(lanes))
    return Read(generate_latest(page).decode())


class Told:
    """As a page of metrics asks for it."""

    def __init__(self, lanes: Streams) -> None:
        self.collect = lanes.families


@pytest.mark.promise("OPS-02")
async def test_what_waits_in_a_stream_is_told_with_its_age_also_while_the_database_is_away(
    api: Api, nobody: Pool
):
    jet: Jet = api.app.state.jet
    engine: Pool = api.app.state.engine_pool
    assert (await read(api.app.state.metrics)).value("serai_stream_up") == 1

    lanes = Streams(jet, [STREAM])
    assert [await post(api, word) for word in ("one", "two")] == [200, 200]
    unread = await look(lanes, nobody)
    assert unread.value("serai_stream_up") == 1
    assert ("serai_stream_waiting", frozenset({("stream", STREAM)})) not in unread.samples

    waiting = await look(lanes, engine, timedelta(seconds=90))
    assert waiting.value("serai_stream_waiting", stream=STREAM) == 2
    assert 60 < waiting.value("serai_stream_oldest_seconds", stream=STREAM) < 3600
    assert waiting.value("serai_stream_bytes", stream=STREAM) > 0

    ferry = Ferry(engine, jet, VAULT, stream=STREAM, holder="one", keep=timedelta(hours=1))
    while (await look(lanes, engine)).value("serai_stream_waiting", stream=STREAM):
        await ferry.move(Clock().now())
    moved = await look(lanes, engine, timedelta(seconds=90))
    assert moved.value("serai_stream_oldest_seconds", stream=STREAM) == 0
    assert await post(api, "three") == 200
    assert (await look(lanes, nobody)).value("serai_stream_waiting", stream=STREAM) == 1
    await ferry.let_go()


@pytest.mark.promise("OPS-02")
async def test_behind_a_stream_webhooks_can_be_taken_while_the_database_is_away(
    api: Api, nobody: Pool, nats: Nats
):
    async def door(health: Health) -> tuple[int, dict[str, str]]:
        said = await health.door()
        return said.status, json.loads(said.body)["parts"]

    health = Health(nobody, api.app.state.jet)
    health.can_check = api.app.state.health.can_check
    well = await api.http.get("/health/door")
    assert (well.status_code, set(well.json()["parts"].values())) == (200, {"ok"})

    assert (await health.ready()).status == 503
    assert (await door(health))[0] == 200, "it remembers whose signatures count"
    health.drain()
    assert (await door(health))[1]["process"] == "this process is ending"

    async with Jet("nats://127.0.0.1:9") as away:
        status, parts = await door(Health(nobody, away))
    assert (status, parts["stream"]) == (503, "JetStream cannot be reached")
    assert (await Health(nobody).door()).status == 503, "without a stream it is the database"


async def test_a_door_that_never_read_the_secrets_says_that_it_takes_nothing(
    api: Api, nobody: Pool
):
    state = api.app.state
    fresh = Door(nobody, VAULT, state.clock, Keeper(nobody, VAULT), Bounds(1000))
    health = Health(nobody, state.jet)
    health.can_check = fresh.can_check
    said = await health.door()
    assert said.status == 503
    assert json.loads(said.body)["parts"]["secrets"] == "not read yet, and the database is away"
