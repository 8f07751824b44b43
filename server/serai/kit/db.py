"""One way to talk to PostgreSQL: a literal statement, named parameters, typed rows."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from time import perf_counter
from typing import Any, LiteralString, TypeAlias, TypeVar

import msgspec
from psycopg import AsyncConnection, AsyncCursor, Notify, OperationalError
from psycopg.errors import IdleInTransactionSessionTimeout, UniqueViolation
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row
from psycopg.sql import SQL, Identifier
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from serai.kit import arrays, lifeline, tracing
from serai.kit.meters import asked

Conn: TypeAlias = AsyncConnection[DictRow]
Params: TypeAlias = Mapping[str, object]
Row = TypeVar("Row")

arrays.register()

OPTIONS = "-c search_path=serai -c timezone=UTC -c jit=off"
"""jit: our statements are short, compiling them costs more than it saves."""

ENGINE = "serai_engine"
API = "serai_api"
"""The roles that row-level security knows: one sees every business, one those it is told."""

PLANS = {
    ENGINE: "-c enable_seqscan=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan",
    API: "",
}
"""What the engine asks for it finds by indexes, its references too. Without this a plan made while a table
was small reads all of it for each row until PostgreSQL has counted anew, which a rush does not wait for."""
IDLE = {ENGINE: "6s", API: "60s"}
"""How long a transaction may rest in the middle before the database ends it: what a process that was
stopped or cut off holds (lanes, rows) is free again within seconds."""
PATIENT_IDLE = "60s"
"""The same for commands: a replay thinks between two statements, and nobody waits for it."""
SILENCE_SECONDS, ANSWER_SECONDS, COME_BACK_SECONDS = 15.0, 5.0, 1.0
"""Of a line on which we listen: when it is asked whether it is there, how long it may take to say so,
and how long we wait before another is laid."""
HOLD_SECONDS = {ENGINE: 30.0, API: 60.0}
"""How long anybody may keep a connection of a pool; then it is cut, whatever it waits for."""

PASSING = (OperationalError, UniqueViolation, IdleInTransactionSessionTimeout)
"""Another try may well succeed: the database was away, another process was quicker, or we were held up
so long that our transaction was ended."""

ACTING: ContextVar[str] = ContextVar("acting", default="")
"""Who acts and what they ask, as JSON; every transaction of theirs says so to the audit log."""


class Timed(AsyncConnection[DictRow]):
    """A connection whose statements are counted and timed."""

    async def execute(self, query: Any, *args: Any, **more: Any) -> AsyncCursor[DictRow]:
        began = perf_counter()
        try:
            return await super().execute(query, *args, **more)
        finally:
            seconds = perf_counter() - began
            asked(query, seconds)
            if tracing.is_on():
                tracing.statement(query, seconds)


async def fetch(
    conn: Conn,
    row_type: type[Row],
    sql: LiteralString,
    params: Params,
    *,
    prepare: bool | None = None,
    binary: bool = False,
) -> list[Row]:
    """Run `sql` and read each row as `row_type`, by column name.

    `prepare=False` for a statement whose best plan depends on which of its parameters are null;
    `binary` for rows that are mostly bytes, which are twice as long as text.
    """
    cursor = await conn.execute(sql, params, prepare=prepare, binary=binary)
    return msgspec.convert(await cursor.fetchall(), list[row_type])


def json_rows(structs: Sequence[Any]) -> Jsonb:
    """Pack structs as one parameter, for `jsonb_to_recordset` to unpack as rows."""
    return Jsonb(structs, dumps=msgspec.json.encode)


@asynccontextmanager
async def within_transaction(conn: Conn) -> AsyncGenerator[None]:
    """In the transaction that `conn` is in, without a savepoint: an error ends all of it; else in one
    of its own."""
    if conn.info.transaction_status == TransactionStatus.INTRANS:
        yield
        return
    async with conn.transaction():
        yield


class Pool(AsyncConnectionPool[Conn]):
    """Connections that neither wait for ever nor are given out dead."""

    def __init__(self, url: str, role: str, size: int) -> None:
        super().__init__(
            "",
            connection_class=Timed,
            kwargs={**lifeline.line(url), **_manner(role, IDLE[role])},
            min_size=1,
            max_size=size,
            timeout=5,
            open=False,
            configure=_say_who_acts,
            check=lifeline.ensure_alive,
        )
        self._hold_seconds = HOLD_SECONDS[role]

    @asynccontextmanager
    async def connection(self, timeout: float | None = None) -> AsyncGenerator[Conn]:  # noqa: ASYNC109
        """One of them. Raises OperationalError in whoever keeps it too long."""
        async with super().connection(timeout) as conn, lifeline.within(conn, self._hold_seconds):
            yield conn


def pool(url: str, role: str, size: int) -> Pool:
    """A closed pool of connections that act as `role`; open it before use."""
    return Pool(url, role, size)


async def connect(url: str, role: str) -> Conn:
    """One connection outside any pool, for listening and for commands."""
    manner = {**lifeline.line(url), **_manner(role, PATIENT_IDLE)}
    conn = await Timed.connect("", **manner)
    await _say_who_acts(conn)
    return conn


async def hear(url: str, role: str, *channels: str) -> AsyncGenerator[Notify | None]:
    """What is told on these channels, for ever; None whenever something may have been missed.

    A line that is dead without anybody having said so is noticed when nothing was heard for a while.
    """
    while True:
        try:
            async with await connect(url, role) as conn:
                for channel in channels:
                    listen = SQL("LISTEN {}").format(Identifier(channel))
                    await conn.execute(listen.as_bytes(conn))
                yield None
                while True:
                    async for told in conn.notifies(timeout=SILENCE_SECONDS):
                        yield told
                    async with lifeline.within(conn, ANSWER_SECONDS):
                        await conn.execute("SELECT 1")
        except OperationalError:
            await asyncio.sleep(COME_BACK_SECONDS)


def _manner(role: str, rest: str) -> dict[str, Any]:
    idle = f"-c idle_in_transaction_session_timeout={rest}"
    return {
        "row_factory": dict_row,
        "autocommit": True,
        "options": f"{OPTIONS} {idle} {PLANS[role]} -c role={role}",
    }


async def _say_who_acts(conn: Conn) -> None:
    """For commands, whose connections are theirs alone; requests say it in each transaction."""
    if acting := ACTING.get():
        await conn.execute("SELECT set_config('serai.actor', %s, false)", (acting,))


@asynccontextmanager
async def seeing(
    pool: Pool, businesses: Sequence[object], company: object = ""
) -> AsyncGenerator[Conn]:
    """A transaction that sees these businesses, and this company if one is named; no others.

    Whatever it asks is planned for its parameters, in a worker too: see PLANS.
    """
    values = (",".join(map(str, businesses)), str(company), ACTING.get())
    async with pool.connection() as conn, conn.transaction():
        await conn.execute(
            "SELECT set_config('serai.businesses', %s, true), set_config('serai.company', %s, true),"
            " set_config('serai.actor', %s, true), set_config('plan_cache_mode', 'auto', true),"
            " set_config('enable_seqscan', 'on', true), set_config('enable_mergejoin', 'on', true)",
            values,
        )
        yield conn


@asynccontextmanager
async def writing(pool: Pool) -> AsyncGenerator[Conn]:
    """A transaction with the engine's eyes that still says who acts."""
    async with pool.connection() as conn, conn.transaction():
        await conn.execute("SELECT set_config('serai.actor', %s, true)", (ACTING.get(),))
        yield conn
