"""serai template: the templates of every connected account."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager
from typing import Annotated, Any, TypeVar
from uuid import UUID

import typer

from serai.app.wiring import vault_of, wired
from serai.core.templates.standing import words
from serai.features.channels.store import numbers
from serai.features.templates.api.review import Desk, delete, hand_in
from serai.features.templates.jobs import Reader, sync_channels
from serai.features.templates.store import read
from serai.features.templates.store.read import TemplateRow
from serai.kit import settings
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, Pool, connect, pool
from serai.kit.errors import Refused, Upstream
from serai.meta.client import Graph

group = typer.Typer(no_args_is_help=True, help="Message templates.")
MOST_CHANNELS = 1000
Done = TypeVar("Done")
Which = Annotated[UUID, typer.Argument(help="Id of the template; see `serai template list`.")]


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="template")


@group.command()
def sync(
    channel: Annotated[UUID | None, typer.Option(help="Only this number's account.")] = None,
) -> None:
    """Read the templates of every account from Meta now."""
    count = _ended(_sync(settings.load(), channel))
    print(f"{count} templates are at Meta.")


@group.command("list")
def list_templates(
    channel: Annotated[UUID, typer.Argument(help="Id of a connected number.")],
) -> None:
    """The templates of a number: id, name, language, category, and why one may not be sent."""
    for row in asyncio.run(_list(settings.load(), channel)):
        why_not = "" if row.standing.is_usable else f"  {words(row.standing)}"
        print(f"{row.id}  {row.name}  {row.language}  {row.category}  {row.status}{why_not}")


@group.command()
def submit(template: Which) -> None:
    """Hand a draft in to Meta for review."""
    row = _ended(_submit(settings.load(), template))
    print(f"{row.name} ({row.language}) is {row.status}.")


@group.command("delete")
def remove(template: Which) -> None:
    """Delete one language of a template at Meta; a draft only here."""
    _ended(_delete(settings.load(), template))
    print("Deleted.")


def _ended(work: Coroutine[Any, Any, Done]) -> Done:
    """What the work gives; a refusal, ours or Meta's, is said in a sentence."""
    try:
        return asyncio.run(work)
    except (Refused, Upstream) as error:
        print(f"It was not done: {error}")
        raise typer.Exit(1) from error


@asynccontextmanager
async def _connected(wanted: settings.Settings) -> AsyncGenerator[tuple[Pool, Graph]]:
    graph = Graph(wanted.graph_url, wanted.graph_version, wanted.send_timeout_seconds)
    async with pool(wanted.database_url, ENGINE, 2) as engine_pool, graph:
        yield engine_pool, graph


async def _sync(wanted: settings.Settings, channel: UUID | None) -> int:
    async with _connected(wanted) as (engine_pool, graph):
        async with engine_pool.connection() as conn:
            rows = await numbers.list_channels(conn, id_=channel, limit=MOST_CHANNELS)
        reader = Reader(engine_pool, graph, wired(vault_of(wanted)), Clock().now)
        return await sync_channels(reader, [row.id for row in rows])


async def _list(wanted: settings.Settings, channel: UUID) -> list[TemplateRow]:
    async with await connect(wanted.database_url, ENGINE) as conn:
        return await read.of_channel(conn, channel)


async def _submit(wanted: settings.Settings, template: UUID) -> TemplateRow:
    async with _connected(wanted) as (engine_pool, graph):
        desk = Desk(engine_pool.connection, graph, vault_of(wanted), Clock())
        return await hand_in(desk, template)


async def _delete(wanted: settings.Settings, template: UUID) -> None:
    async with _connected(wanted) as (engine_pool, graph):
        desk = Desk(engine_pool.connection, graph, vault_of(wanted), Clock())
        await delete(desk, template)
