"""What keeps us from waiting for ever on a connection to PostgreSQL that leads nowhere.

The kernel notices a peer that is gone (the options of `line`). It does not notice one that takes
what we say and never answers: a stopped server, a proxy that hangs. So whoever waits says how long,
and then the connection is cut below the driver, which raises OperationalError as for any other loss.
"""

import asyncio
import os
import select
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

from psycopg import AsyncConnection
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import AsyncConnectionPool

Line: TypeAlias = "AsyncConnection[Any]"

OPTIONS = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""Seconds, the last in milliseconds: a peer that vanished is given up within about ten seconds.
Source: PostgreSQL, libpq, parameter key words."""


def line(url: str) -> dict[str, Any]:
    """What to connect with; the URL's own parameters go before ours."""
    return {**OPTIONS, **conninfo_to_dict(url)}


@asynccontextmanager
async def within(conn: Line, seconds: float) -> AsyncGenerator[None]:
    """Whatever is asked of `conn` in here fails with OperationalError once the time is over."""
    alarm = asyncio.get_running_loop().call_later(seconds, cut, conn)
    try:
        yield
    finally:
        alarm.cancel()


def cut(conn: Line) -> None:
    """End the connection without a word, from outside of whoever waits on it."""
    if conn.closed:
        return
    with socket.socket(fileno=os.dup(conn.fileno())) as end:
        end.shutdown(socket.SHUT_RDWR)


async def ensure_alive(conn: Line) -> None:
    """Raises OperationalError if `conn`, which rested in a pool, was closed by the other side.

    One that nobody spoke to has nothing to read; so this costs no round trip until something is odd.
    """
    poll = select.poll()
    poll.register(conn.fileno(), select.POLLIN)
    if poll.poll(0):
        await AsyncConnectionPool.check_connection(conn)
