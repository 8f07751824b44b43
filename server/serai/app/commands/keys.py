"""serai key: keys for the API; serai keys rotate: seal everything with the newest key."""

import asyncio
from typing import Annotated

import typer

from serai.app.rotation import reseal
from serai.app.wiring import vault_of
from serai.features.accounts.store import companies
from serai.kit import settings
from serai.kit.db import ENGINE, connect

group = typer.Typer(help="API keys and encryption keys.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="keys")


@group.command()
def add(
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    organization: Annotated[str, typer.Option(help="Name of the company.")] = "My company",
    read_only: Annotated[bool, typer.Option(help="It may not change or send anything.")] = False,
) -> None:
    """Make an API key and show it, once."""
    wanted = settings.load()
    print(
        asyncio.run(_add(wanted, name, organization, ["read"] if read_only else ["read", "write"]))
    )


@group.command()
def rotate() -> None:
    """Seal everything with the first key of SERAI_KEYS; older keys may then be taken off."""
    print(f"{asyncio.run(_rotate(settings.load()))} values sealed anew.")


async def _add(wanted: settings.Settings, name: str, organization: str, scopes: list[str]) -> str:
    key = companies.new_key()
    async with await connect(wanted.database_url, ENGINE) as conn:
        organization_id = await companies.organization(conn, organization)
        await companies.add_key(conn, organization_id, name, key, scopes)
    return key


async def _rotate(wanted: settings.Settings) -> int:
    async with await connect(wanted.database_url, ENGINE) as conn:
        return await reseal(conn, vault_of(wanted).ring)
