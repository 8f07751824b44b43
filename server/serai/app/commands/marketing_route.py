"""serai channel marketing-route: how marketing templates of a number reach Meta."""

import asyncio
from enum import StrEnum
from typing import Annotated

import typer

from serai.app.commands.channel import group
from serai.features.channels.store import marketing
from serai.kit import settings
from serai.kit.db import ENGINE, connect


class Switch(StrEnum):
    ON = "on"
    OFF = "off"


def register(_: typer.Typer) -> None:
    """The command registers itself with its group."""


@group.command("marketing-route")
def marketing_route(
    number: Annotated[str, typer.Argument(help="Meta's id of the phone number.")],
    switch: Switch,
) -> None:
    """Send marketing templates by Meta's Marketing Messages API; accept its terms at Meta first."""
    asyncio.run(_choose(settings.load(), number, is_used=switch is Switch.ON))
    print(f"The marketing route is {switch.value}.")


async def _choose(wanted: settings.Settings, number: str, *, is_used: bool) -> None:
    async with await connect(wanted.database_url, ENGINE) as conn:
        channel = await marketing.of_number(conn, number)
        if channel is None:
            raise settings.SettingsProblem(f"There is no channel with the number id {number}.")
        await marketing.choose(conn, channel, is_used=is_used)
