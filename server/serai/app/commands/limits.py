"""serai channel limits, usage: a company's own limits of a number, and how much of all is used.

serai error: what a code of Meta's means.
"""

import asyncio
from datetime import datetime
from typing import Annotated

import typer
from msgspec import structs

from serai.app.commands.channel import group
from serai.core.waits import WAITS
from serai.engine.limits import REACH_LASTS
from serai.features.limits import store
from serai.features.limits.store import Limits, Number
from serai.kit import settings
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, Conn, connect
from serai.meta.codes.page import what_happens
from serai.meta.codes.table import code

NumberId = Annotated[str, typer.Argument(help="Meta's id of the phone number.")]


def register(app: typer.Typer) -> None:
    @app.command("error")
    def error(number: Annotated[int, typer.Argument(help="Meta's error code.")]) -> None:
        """What a code of Meta's means, and what Serai does about it."""
        row = code(number)
        print(f"{number}: {row.words}\nSerai: {what_happens(row)}.")


@group.command("limits")
def limits(
    number: NumberId,
    per_second: Annotated[int | None, typer.Option(min=1, max=1000)] = None,
    per_minute: Annotated[int | None, typer.Option(min=1, max=60_000)] = None,
    per_template_day: Annotated[int | None, typer.Option(min=1)] = None,
    retries: Annotated[int | None, typer.Option(min=0, max=20)] = None,
    batch: Annotated[int | None, typer.Option(min=1, max=1000)] = None,
) -> None:
    """Set those of a number's own limits that are named, and show all of them."""
    changes = {
        "per_second": per_second,
        "per_minute": per_minute,
        "per_template_day": per_template_day,
        "retries": retries,
        "batch": batch,
    }
    named = {name: value for name, value in changes.items() if value is not None}
    for name, value in asyncio.run(_limit(settings.load(), number, named)).items():
        print(f"{name.replace('_', '-'):18} {'no limit' if value is None else value}")


@group.command("usage")
def usage(number: NumberId) -> None:
    """How much a number has sent today, whom it has reached, and what waits for what."""
    for line in asyncio.run(_usage(settings.load(), number)):
        print(line)


async def _limit(
    wanted: settings.Settings, number: str, named: dict[str, int]
) -> dict[str, int | None]:
    async with await connect(wanted.database_url, ENGINE) as conn, conn.transaction():
        of = await _number(conn, number, Clock().now())
        known = structs.asdict(await store.find(conn, of.business_id, of.id))
        if named:
            await store.keep(conn, of.business_id, of.id, Limits(**(known | named)))
        return known | named


async def _usage(wanted: settings.Settings, number: str) -> list[str]:
    async with await connect(wanted.database_url, ENGINE) as conn:
        now = Clock().now()
        of = await _number(conn, number, now)
        reached = await store.reached(conn, of, now - REACH_LASTS)
        lines = [f"{row.count:8} {row.category} today" for row in await store.sent(conn, of)]
        lines.append(f"{reached.count:8} people reached in 24 hours")
        return lines + [
            f"{row.count:8} wait: {WAITS[row.waits_for or 'turn']}"
            for row in await store.waiting(conn, of)
        ]


async def _number(conn: Conn, meta_id: str, now: datetime) -> Number:
    """Raises SettingsProblem."""
    of = await store.number_of(conn, meta_id, now)
    if of is None:
        raise settings.SettingsProblem(f"There is no channel with the number id {meta_id}.")
    return of
