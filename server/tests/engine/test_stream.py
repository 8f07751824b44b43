"""Through JetStream: the effect and the place commit together, whoever dies."""

from typing import Any

import psycopg
import pytest
from psycopg.errors import UndefinedTable
from serai.engine.intake import NotKept, sealing
from serai.kit.db import Conn
from serai.kit.jetstream import following
from serai.kit.jetstream.standing import new
from serai.kit.secrets import BlindIndex, KeyRing, Vault
from tests.engine.intakes import APP, NOW, Streams, until
from tests.given import NOON, VAULT, rows

BODIES = [b"body %d" % n for n in range(5)]


@pytest.fixture
async def kept(streams: Streams) -> Streams:
    """Five deliveries wait in the stream, one message each."""
    for body in BODIES:
        await streams.keeper.keep(APP, body, NOON)
    return streams


async def said(conn: Conn) -> list[bytes]:
    found = await rows(conn, "SELECT digest, body FROM webhook_deliveries ORDER BY id")
    return [sealing.opened(VAULT, bytes(row["digest"]), bytes(row["body"])) for row in found]


async def place(conn: Conn) -> dict[str, Any]:
    [row] = await rows(conn, "SELECT sequence, message, holder FROM intake_positions")
    return row


async def rename(db_url: str, table: str, to: str) -> None:
    async with await psycopg.AsyncConnection.connect(db_url, autocommit=True) as owner:
        await owner.execute(f"ALTER TABLE serai.{table} RENAME TO {to}".encode())


async def lapse(conn: Conn) -> None:
    """As if the one who holds had said nothing for long."""
    await conn.execute("UPDATE intake_positions SET held_until = clock_timestamp()")


async def all_moved(streams: Streams, conn: Conn, holder: str, count: int) -> None:
    ferry = streams.ferry(holder)

    async def move() -> int:
        await ferry.move(NOW)
        [there] = await rows(conn, "SELECT count(*) AS n FROM webhook_deliveries")
        return there["n"]

    await until(move, lambda there: there >= count)


async def test_what_failed_to_commit_is_moved_again_from_the_same_place(
    kept: Streams, conn: Conn, db_url: str
):
    await rename(db_url, "webhook_deliveries", "away")
    with pytest.raises(UndefinedTable):
        await all_moved(kept, conn, "one", 5)
    assert (await place(conn))["sequence"] == 0, "neither rows nor place"

    await rename(db_url, "away", "webhook_deliveries")

    await all_moved(kept, conn, "one", 5)
    assert await said(conn) == BODIES
    assert (await place(conn))["sequence"] == 5


async def test_one_that_slept_while_another_took_over_changes_nothing(kept: Streams, conn: Conn):
    sleeper = kept.ferry("sleeper")
    assert await sleeper.move(NOW)
    assert not await kept.ferry("other").move(NOW), "it is held"
    await lapse(conn)
    await all_moved(kept, conn, "other", 5)

    await kept.keeper.keep(APP, b"more", NOON)

    async def refused() -> bool:
        return await sleeper.move(NOW)

    await until(refused, lambda moved: not moved)
    assert b"more" not in await said(conn)
    await all_moved(kept, conn, "other", 6)
    assert await said(conn) == [*BODIES, b"more"]


async def test_however_much_waits_all_of_it_is_read(streams: Streams, conn: Conn):
    """Also when a whole question's messages are there at once, with the server's word that these were all."""
    [stream] = streams.names
    await streams.jet.ensure(stream)
    count = 3 * following.ASKED + 7
    for number in range(count):
        await streams.jet.publish(stream, b"%d" % number, f"id {number}")
    follows = await streams.jet.follow(stream, 0)
    found: list[bytes] = []
    while len(found) < count:
        if follows._left <= 0:  # pyright: ignore[reportPrivateUsage]
            await follows._ask()  # pyright: ignore[reportPrivateUsage]
        enough = min(following.ASKED + 1, count - len(found))

        async def waiting() -> int:
            return follows._sub.pending_msgs  # pyright: ignore[reportPrivateUsage]

        await until(waiting, lambda there: there >= enough)  # noqa: B023 — asked at once
        found += [stored.body for stored in await follows.next(1)]
    assert found == [b"%d" % number for number in range(count)]
    await follows.close()


async def test_one_that_ends_well_leaves_the_stream_to_others_at_once(kept: Streams, conn: Conn):
    first = kept.ferry("first")
    assert await first.move(NOW)
    await first.let_go()
    await all_moved(kept, conn, "second", 5)
    assert (await place(conn))["holder"] == "second"


async def test_what_no_door_of_ours_wrote_is_set_aside_and_the_rest_goes_on(
    kept: Streams, conn: Conn
):
    [stream] = kept.names
    stranger = kept.keeper_with(Vault(KeyRing({"test": b"x" * 32}), BlindIndex(bytes(32))))
    await kept.jet.publish(stream, b"nonsense", "poison")
    await stranger.keep(APP, b"not sealed by us", NOON)
    await kept.keeper.keep(APP, b"after it", NOON)

    await all_moved(kept, conn, "one", 8)

    assert (await said(conn))[-1] == b"after it"
    found = await rows(
        conn, "SELECT reason FROM webhook_deliveries WHERE state = 'quarantined' ORDER BY id"
    )
    assert [row["reason"] for row in found] == [
        "came through the stream: It is not written as a door writes.",
        "came through the stream: It does not have our seal.",
    ]


async def test_without_the_key_that_a_door_seals_with_nothing_is_passed_over(
    kept: Streams, conn: Conn
):
    [stream] = kept.names
    newer = kept.keeper_with(Vault(KeyRing({"newer": bytes(32)}), BlindIndex(bytes(32))))
    await newer.keep(APP, b"sealed with the new key", NOON)
    ferry = kept.ferry()

    async def refused() -> bool:
        return await ferry.move(NOW)

    await until(refused, lambda moved: not moved)
    assert b"sealed with the new key" not in await said(conn)
    assert (await kept.jet.ensure(stream)).last == 6, "and it is still there"


async def test_a_stream_that_was_made_anew_is_read_from_its_beginning(kept: Streams, conn: Conn):
    await all_moved(kept, conn, "one", 5)
    [stream] = kept.names
    async with kept.server.asked() as js:
        await js.delete_stream(stream)

    await kept.keeper.keep(APP, b"first of the new one", NOON)
    await lapse(conn)

    await all_moved(kept, conn, "two", 6)
    assert (await place(conn))["sequence"] == 1


async def test_a_stream_that_lost_its_end_is_read_again_and_nothing_doubled(
    kept: Streams, conn: Conn
):
    await all_moved(kept, conn, "one", 5)
    await conn.execute(
        "UPDATE intake_positions SET sequence = 4, message = 'what was there before'"
    )
    await kept.keeper.keep(APP, b"in its place", NOON)
    await lapse(conn)

    await all_moved(kept, conn, "two", 6)

    assert await said(conn) == [*BODIES, b"in its place"]
    assert (await place(conn))["sequence"] == 6


async def test_only_what_was_moved_and_is_old_is_forgotten(kept: Streams, conn: Conn):
    [stream] = kept.names
    ferry = kept.ferry()
    await until(lambda: _moved(ferry, conn), lambda place: place == 5)
    await kept.keeper.keep(APP, b"not moved", NOON)

    await ferry.forget(NOW.replace(year=NOW.year + 1))

    standing = await kept.jet.ensure(stream)
    assert (standing.first, standing.last) == (6, 6)


async def _moved(ferry: Any, conn: Conn) -> int:
    await ferry.move(NOW)
    return int((await place(conn))["sequence"])


async def test_with_the_server_away_nothing_is_acknowledged(streams: Streams):
    await streams.keeper.keep(APP, b"one", NOON)
    await streams.jet.__aexit__(None, None, None)
    with pytest.raises(NotKept):
        await streams.keeper.keep(APP, b"two", NOON)


async def test_a_stream_that_would_forget_is_named_and_mended(streams: Streams):
    [stream] = streams.names
    config = new(stream, 1)
    config.max_age, config.discard, config.max_msgs = 3600, "old", 10  # pyright: ignore
    async with streams.server.asked() as js:
        await js.add_stream(config)
    standing = await streams.jet.ensure(stream)
    assert standing.problems == ("forgets by age", "drops the oldest when it is full")

    await streams.jet.mend(stream)

    assert (await streams.jet.ensure(stream)).problems == ()


async def test_the_same_pack_is_stored_once(streams: Streams):
    [stream] = streams.names
    await streams.jet.ensure(stream)
    places = [await streams.jet.publish(stream, b"pack", "an id") for _ in range(3)]
    assert places == [1, 1, 1]
