"""serai pack: ready businesses."""

import asyncio
from typing import Annotated

import typer

from serai.app import packs
from serai.kit import settings
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, connect

group = typer.Typer(help="Ready businesses: hours, texts, rules and templates.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="pack")


@group.command("list")
def list_packs() -> None:
    """The packs that ship with Serai."""
    for pack in packs.shipped():
        print(f"{pack.key}  version {pack.version}  {pack.business.name} ({pack.business.sector})")


@group.command()
def install(
    key: Annotated[str, typer.Argument(help="Of a shipped pack; see `serai pack list`.")],
    organization: Annotated[str, typer.Option(help="Name of the company.")] = "My company",
) -> None:
    """Make the pack's business, or bring it to the pack's version. Safe to repeat."""
    pack = packs.find(key)
    wanted = settings.load()
    asyncio.run(_install(wanted, organization, pack))
    print(f"{pack.business.name}: version {pack.version} is installed.")


async def _install(wanted: settings.Settings, organization: str, pack: packs.Pack) -> None:
    async with await connect(wanted.database_url, ENGINE) as conn, conn.transaction():
        await packs.install(conn, organization, pack, Clock().now())
