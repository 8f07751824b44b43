"""serai template: the templates of every connected account."""

import asyncio
from typing import Annotated
from uuid import UUID

import typer

from serai.app.wiring import vault_of, wired
from serai.core.templates.standing import words
from serai.features.channels.store import numbers
from serai.features.templates.jobs import Reader, sync_channels
from serai.features.templates.store import read
from serai.features.templates.store.read import TemplateRow
from serai.kit import settings
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, connect, pool
from serai.kit.errors import Upstream
from serai.meta.client import Graph

group = typer.Typer(no_args_is_help=True, help="Message templates.")
MOST_CHANNELS = 1000


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="template")


@group.command()
def sync(
    channel: Annotated[UUID | None, typer.Option(help="Only this number's account.")] = None,
) -> None:
    """Read the templates of every account from Meta now."""
    try:
        count = asyncio.run(_sync(settings.load(), channel))
    except Upstream as error:
        print(f"Meta did not let them be read: {error}")
        raise typer.Exit(1) from error
    print(f"{count} templates are at Meta.")


@group.command("list")
def list_templates(
    channel: Annotated[UUID, typer.Argument(help="Id of a connected number.")],
) -> None:
    """The templates of a number: name, language, category, and why one may not be sent."""
    for row in asyncio.run(_list(settings.load(), channel)):
        why_not = "" if row.standing.is_usable else f"  {words(row.standing)}"
        print(f"{row.name}  {row.language}  {row.category}  {row.status}{why_not}")


async def _sync(wanted: settings.Settings, channel: UUID | None) -> int:
    wiring = wired(vault_of(wanted))
    engine_pool = pool(wanted.database_url, ENGINE, 2)
    graph = Graph(wanted.graph_url, wanted.graph_version, wanted.send_timeout_seconds)
    async with engine_pool, graph:
        async with engine_pool.connection() as conn:
            rows = await numbers.list_channels(conn, id_=channel, limit=MOST_CHANNELS)
        reader = Reader(engine_pool, graph, wiring, Clock().now)
        return await sync_channels(reader, [row.id for row in rows])


async def _list(wanted: settings.Settings, channel: UUID) -> list[TemplateRow]:
    async with await connect(wanted.database_url, ENGINE) as conn:
        return await read.of_channel(conn, channel)
