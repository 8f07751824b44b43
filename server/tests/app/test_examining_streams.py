"""What doctor says about JetStream."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from serai.app.examining.streams import streams
from serai.kit.db import Conn
from serai.kit.jetstream.connection import Jet
from serai.kit.jetstream.standing import new
from serai.kit.settings import Settings
from tests.nats_server import Nats, alone

HELD = """
    INSERT INTO intake_positions (stream, made_at, holder, held_until)
    VALUES ('serai-0', now(), 'a worker', now() + interval '1 minute')
"""
KEY = "A" * 43 + "="


def settings(url: str | None) -> Settings:
    given = {"database_url": "postgresql://nowhere", "keys": f"none:{KEY}", "index_key": KEY}
    return Settings.model_validate({**given, "nats_url": url})


@pytest.fixture
def server() -> Iterator[Nats]:
    with alone() as server:
        yield server


async def test_where_no_stream_is_used_nothing_is_said(conn: Conn):
    assert await streams(conn, settings(None), datetime.now(UTC)) == []


async def test_each_fault_of_a_stream_is_named_with_what_to_do(conn: Conn, server: Nats):
    asked = settings(server.url)
    [answers, unmade] = await streams(conn, asked, datetime.now(UTC))
    assert answers.is_well
    assert unmade.text == "serai-0 is made when the first webhook comes."

    config = new("serai-0", 1)
    config.max_age = 3600
    async with server.asked() as js:
        await js.add_stream(config)
    [_, forgetful] = await streams(conn, asked, datetime.now(UTC))
    assert forgetful.text == "serai-0 forgets by age; run serai doctor --repair."
    [_, mended] = await streams(conn, asked, datetime.now(UTC), mends=True)
    assert mended.is_well

    async with Jet(server.url) as jet:
        assert await jet.reached(30)
        await jet.publish("serai-0", b"a delivery", "an id")
    [_, stuck] = await streams(conn, asked, datetime.now(UTC))
    assert stuck.text == "serai-0 has 1 messages that no worker moves; start serai work."

    await conn.execute(HELD)
    [_, moving] = await streams(conn, asked, datetime.now(UTC))
    assert moving.is_well
    [_, standing] = await streams(conn, asked, datetime.now(UTC) + timedelta(minutes=10))
    assert re.sub(r"\d+ minutes", "some minutes", standing.text) == (
        "serai-0 has 1 messages, the oldest some minutes old, though a worker holds it; "
        "see the worker's log and restart serai work."
    )

    server.kill()
    [away] = await streams(conn, asked, datetime.now(UTC))
    assert "cannot be reached" in away.text
    assert not away.is_well
