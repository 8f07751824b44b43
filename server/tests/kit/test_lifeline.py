"""Connections that lead nowhere hold nobody up."""

import asyncio

import psycopg
import pytest
from psycopg import OperationalError
from psycopg.errors import IdleInTransactionSessionTimeout
from serai.kit import lifeline
from serai.kit.db import ENGINE, PASSING, Conn, connect, hear, pool

MINE = "SELECT pg_backend_pid() AS pid"


async def test_a_connection_that_died_in_the_pool_is_not_given_out(db_url: str):
    async with pool(db_url, ENGINE, 2) as connections:
        async with connections.connection() as conn:
            [row] = await (await conn.execute(MINE)).fetchall()
        with psycopg.connect(db_url, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (row["pid"],))

        async with connections.connection() as conn:
            [fresh] = await (await conn.execute(MINE)).fetchall()
    assert fresh != row


async def test_whoever_waits_on_a_line_that_hangs_is_let_go_in_time(conn: Conn):
    with pytest.raises(OperationalError):
        async with lifeline.within(conn, 0.05):
            await conn.execute("SELECT pg_sleep(60)")
    assert conn.closed


async def test_a_transaction_that_rests_too_long_is_ended_and_frees_what_it_held(
    conn: Conn, db_url: str
):
    async with await connect(db_url, ENGINE) as held_up:
        await held_up.execute("SET idle_in_transaction_session_timeout = '50ms'")
        with pytest.raises(PASSING) as caught:
            await _begin_and_be_held_up(held_up, conn)
    assert caught.type is IdleInTransactionSessionTimeout


async def _begin_and_be_held_up(held_up: Conn, other: Conn) -> None:
    async with held_up.transaction():
        await held_up.execute("SELECT pg_advisory_xact_lock(70020, 5)")
        await other.execute("SELECT pg_advisory_lock(70020, 5)")  # as soon as it is free
        await held_up.execute("SELECT 1")


async def test_a_lost_line_to_the_database_is_laid_again_and_says_that_something_may_be_missed(
    db_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("serai.kit.db.COME_BACK_SECONDS", 0.01)
    told = hear(db_url, ENGINE, "one", "two")
    assert await anext(told) is None
    with psycopg.connect(db_url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        )
        assert await asyncio.wait_for(anext(told), 10) is None
        other.execute("NOTIFY two, 'hello'")
    heard = await asyncio.wait_for(anext(told), 10)
    assert heard is not None
    assert (heard.channel, heard.payload) == ("two", "hello")
    await told.aclose()
