"""serai replay: derived rows anew from the log; serai quarantine: what could not be read."""

import asyncio
from typing import Annotated

import typer

from serai.app.wiring import REPLAY_WIPES, vault_of, wired
from serai.engine import items
from serai.engine.replay import replay as rebuild
from serai.kit import settings
from serai.kit.db import ENGINE, connect


def register(app: typer.Typer) -> None:
    @app.command()
    def replay(
        quarantined: Annotated[
            bool, typer.Option(help="Instead, give what was set aside another try.")
        ] = False,
    ) -> None:
        """Build conversations and messages anew from the event log. Sends nothing."""
        wanted = settings.load()
        if quarantined:
            print(f"{asyncio.run(_release(wanted))} items will be tried again.")
        else:
            print(f"{asyncio.run(_replay(wanted))} events replayed; nothing was sent.")


async def _replay(wanted: settings.Settings) -> int:
    async with await connect(wanted.database_url, ENGINE) as conn:
        return await rebuild(conn, wired(vault_of(wanted)), REPLAY_WIPES)


async def _release(wanted: settings.Settings) -> int:
    async with await connect(wanted.database_url, ENGINE) as conn:
        return await items.release_quarantined(conn)
