"""serai form: forms of several screens (Meta's Flows)."""

import asyncio
from typing import Annotated
from uuid import UUID

import typer

from serai.app.wiring import vault_of
from serai.features.flows.api.install import FORMS, Office, install
from serai.features.flows.store.rows import FlowRow
from serai.kit import settings
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, pool
from serai.kit.errors import Refused, Upstream
from serai.meta.client import Graph

group = typer.Typer(no_args_is_help=True, help="Forms of several screens.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="form")


@group.command()
def publish(
    channel: Annotated[UUID, typer.Argument(help="Id of a connected number.")],
    address: Annotated[str, typer.Option(help="Where Meta reaches this installation, https://…")],
    key: Annotated[str, typer.Option(help=f"Which form: {', '.join(FORMS)}.")] = "booking",
) -> None:
    """Publish a form for a number; again: nothing more happens."""
    try:
        row = asyncio.run(_publish(settings.load(), channel, key, address))
    except (Refused, Upstream) as error:
        print(f"The form was not published: {error}")
        raise typer.Exit(1) from error
    print(f"Published as {row.meta_id}.")


async def _publish(wanted: settings.Settings, channel: UUID, key: str, address: str) -> FlowRow:
    engine_pool = pool(wanted.database_url, ENGINE, 2)
    graph = Graph(wanted.graph_url, wanted.graph_version, wanted.send_timeout_seconds)
    async with engine_pool, graph:
        office = Office(engine_pool, graph, vault_of(wanted), ())
        return await install(office, channel, key, address, Clock().now())
