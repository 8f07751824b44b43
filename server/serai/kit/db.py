"""One way to talk to PostgreSQL: a literal statement, named parameters, typed rows."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from time import perf_counter
from typing import Any, LiteralString, TypeAlias, TypeVar

import msgspec
from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import DictRow, dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from serai.kit.meters import asked

Conn: TypeAlias = AsyncConnection[DictRow]
Pool: TypeAlias = AsyncConnectionPool[Conn]
Params: TypeAlias = Mapping[str, object]
Row = TypeVar("Row")

OPTIONS = "-c search_path=serai -c timezone=UTC -c jit=off"
"""jit: our statements are short, compiling them costs more than it saves."""

ENGINE = "serai_engine"
API = "serai_api"
"""The roles that row-level security knows: one sees every business, one those it is told."""

ACTING: ContextVar[str] = ContextVar("acting", default="")
"""Who acts and what they ask, as JSON; every transaction of theirs says so to the audit log."""


class Timed(AsyncConnection[DictRow]):
    """A connection whose statements are counted and timed."""

    async def execute(self, query: Any, *args: Any, **more: Any) -> AsyncCursor[DictRow]:
        began = perf_counter()
        try:
            return await super().execute(query, *args, **more)
        finally:
            asked(query, perf_counter() - began)


async def fetch(
    conn: Conn,
    row_type: type[Row],
    sql: LiteralString,
    params: Params,
    *,
    prepare: bool | None = None,
) -> list[Row]:
    """Run `sql` and read each row as `row_type`, by column name.

    `prepare=False` for a statement whose best plan depends on which of its parameters are null.
    """
    cursor = await conn.execute(sql, params, prepare=prepare)
    return msgspec.convert(await cursor.fetchall(), list[row_type])


def json_rows(structs: Sequence[Any]) -> Jsonb:
    """Pack structs as one parameter, for `jsonb_to_recordset` to unpack as rows."""
    return Jsonb(structs, dumps=msgspec.json.encode)


def pool(url: str, role: str, size: int) -> Pool:
    """A closed pool of connections that act as `role`; open it before use."""
    return AsyncConnectionPool(
        url,
        connection_class=Timed,
        kwargs={
            "row_factory": dict_row,
            "autocommit": True,
            "options": f"{OPTIONS} -c role={role}",
        },
        min_size=1,
        max_size=size,
        timeout=5,
        open=False,
        configure=_say_who_acts,
    )


async def connect(url: str, role: str) -> Conn:
    """One connection outside any pool, for listening and for commands."""
    conn = await Timed.connect(
        url, row_factory=dict_row, autocommit=True, options=f"{OPTIONS} -c role={role}"
    )
    await _say_who_acts(conn)
    return conn


async def _say_who_acts(conn: Conn) -> None:
    """For commands, whose connections are theirs alone; requests say it in each transaction."""
    if acting := ACTING.get():
        await conn.execute("SELECT set_config('serai.actor', %s, false)", (acting,))


@asynccontextmanager
async def seeing(
    pool: Pool, businesses: Sequence[object], company: object = ""
) -> AsyncGenerator[Conn]:
    """A transaction that sees these businesses, and this company if one is named; no others."""
    values = (",".join(map(str, businesses)), str(company), ACTING.get())
    async with pool.connection() as conn, conn.transaction():
        await conn.execute(
            "SELECT set_config('serai.businesses', %s, true), set_config('serai.company', %s, true),"
            " set_config('serai.actor', %s, true)",
            values,
        )
        yield conn


@asynccontextmanager
async def writing(pool: Pool) -> AsyncGenerator[Conn]:
    """A transaction with the engine's eyes that still says who acts."""
    async with pool.connection() as conn, conn.transaction():
        await conn.execute("SELECT set_config('serai.actor', %s, true)", (ACTING.get(),))
        yield conn
