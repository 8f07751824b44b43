"""serai key: keys for the API; serai keys rotate: seal everything with the newest key."""

import asyncio
from datetime import datetime, timedelta
from typing import Annotated, NamedTuple

import typer

from serai.app.rotation import Resealed, reseal
from serai.app.wiring import vault_of
from serai.core.permissions import SCOPES, Permission
from serai.features.accounts.store import companies, keys
from serai.features.accounts.store.keys import NewKey
from serai.kit import settings
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, connect

group = typer.Typer(help="API keys and encryption keys.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="keys")


@group.command()
def add(
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    organization: Annotated[str, typer.Option(help="Name of the company.")] = "My company",
    scope: Annotated[
        list[str] | None,
        typer.Option(help="A permission, or read, write, admin; repeat it. Else read and write."),
    ] = None,
    read_only: Annotated[bool, typer.Option(help="Short for --scope read.")] = False,
    days: Annotated[int | None, typer.Option(help="It ends after so many days.", min=1)] = None,
) -> None:
    """Make an API key and show it, once."""
    scopes = ("read",) if read_only else tuple(scope or ("read", "write"))
    unknown = [each for each in scopes if each not in SCOPES and each not in set(Permission)]
    if unknown:
        raise typer.BadParameter(f"there is no scope {unknown[0]}", param_hint="--scope")
    ends = Clock().now() + timedelta(days=days) if days is not None else None
    print(asyncio.run(_add(settings.load(), organization, Wanted(name, scopes, ends))))


@group.command()
def rotate() -> None:
    """Seal everything with the first key of SERAI_KEYS; older keys may then be taken off."""
    done = asyncio.run(_rotate(settings.load()))
    print(f"{done.value_count} values sealed anew.")
    if done.unopened:
        left = ", ".join(f"{count} of {name}" for name, count in done.unopened.items())
        print(f"No key of SERAI_KEYS opens {left}; put their key back and rotate again.")
        raise typer.Exit(1)


class Wanted(NamedTuple):
    name: str
    scopes: tuple[str, ...]
    ends: datetime | None


async def _add(wanted: settings.Settings, organization: str, key: Wanted) -> str:
    secret = keys.new_secret()
    async with await connect(wanted.database_url, ENGINE) as conn:
        owner = await companies.organization(conn, organization)
        new = NewKey(owner, key.name, key.scopes, None, key.ends, "serai keys add")
        await keys.add(conn, new, secret)
    return secret


async def _rotate(wanted: settings.Settings) -> Resealed:
    async with await connect(wanted.database_url, ENGINE) as conn:
        return await reseal(conn, vault_of(wanted).ring)
