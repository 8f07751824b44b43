"""From a command to Meta: one number of ours, its token and a way to call."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, NamedTuple, TypeAlias, TypeVar

import typer

from serai.app.wiring import vault_of
from serai.features.channels.model.reading import Target
from serai.features.channels.store.numbers import ChannelRow, list_channels
from serai.features.channels.store.targets import targets
from serai.kit import settings
from serai.kit.db import ENGINE, Conn, connect
from serai.kit.secrets import Vault
from serai.kit.settings import Settings, SettingsProblem
from serai.meta.client import Graph

Answer = TypeVar("Answer")
NumberId: TypeAlias = Annotated[str, typer.Argument(help="Meta's id of the phone number.")]


class Reach(NamedTuple):
    """A number, and the way to Meta about it."""

    graph: Graph
    target: Target
    channel: ChannelRow
    conn: Conn
    vault: Vault
    settings: Settings

    @property
    def token(self) -> str:
        return self.target.token

    @property
    def number(self) -> str:
        return self.target.meta_id


def asked(number: str, ask: Callable[[Reach], Awaitable[Answer]]) -> Answer:
    """What `ask` gives for the number. Raises SettingsProblem, and what Meta refuses."""
    return asyncio.run(_asked(settings.load(), number, ask))


async def _asked(
    wanted: Settings, number: str, ask: Callable[[Reach], Awaitable[Answer]]
) -> Answer:
    async with reaching(wanted, number) as reach:
        return await ask(reach)


@asynccontextmanager
async def reaching(wanted: Settings, number: str) -> AsyncGenerator[Reach]:
    """The number by Meta's id. Raises SettingsProblem."""
    vault = vault_of(wanted)
    graph = Graph(wanted.graph_url, wanted.graph_version, wanted.send_timeout_seconds)
    async with graph, await connect(wanted.database_url, ENGINE) as conn:
        known = {channel.meta_id: channel for channel in await list_channels(conn)}
        channel = known.get(number)
        if channel is None:
            ids = ", ".join(known) or "none is connected"
            raise SettingsProblem(f"There is no number {number}; there are: {ids}.")
        found = await targets(conn, vault, [channel.id])
        if not found:
            raise SettingsProblem("Its token does not open; put its key back in SERAI_KEYS.")
        yield Reach(graph, found[0], channel, conn, vault, wanted)
