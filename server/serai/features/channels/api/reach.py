"""From a route to Meta: the number with its token, read and let go of before Meta is asked.

No transaction is open while Meta is waited for.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Annotated, NamedTuple
from uuid import UUID

from fastapi import Depends, Request

from serai.core.effects import Effect
from serai.core.ids import BusinessId, ChannelId
from serai.features.channels.decide.reading import probed
from serai.features.channels.model.reading import Target
from serai.features.channels.model.schedule import PROBE, REFRESH
from serai.features.channels.store import facts, targets
from serai.features.channels.store.schedule import soon
from serai.kit.db import Pool, seeing, writing
from serai.kit.errors import Conflict, NotFound
from serai.kit.secrets import Vault
from serai.meta.client import Graph
from serai.meta.errors import Unauthorised
from serai.meta.whatsapp.kind import WHATSAPP

TOKEN_IS_DEAD = frozenset({0, 190})
"""Codes that mean the token rather than one thing that it may not do."""


class Reached(NamedTuple):
    """A number that whoever asks may see, and the way to Meta about it."""

    graph: Graph
    target: Target
    vault: Vault
    engine: Pool
    now: datetime

    @property
    def token(self) -> str:
        return self.target.token

    @property
    def number(self) -> str:
        """Meta's id of it."""
        return self.target.meta_id

    @property
    def place(self) -> tuple[BusinessId, ChannelId]:
        return self.target.business_id, self.target.channel_id

    async def write(self, effects: Sequence[Effect]) -> None:
        """Keep what Meta's answer means."""
        async with writing(self.engine) as conn:
            await facts.write(conn, effects)

    async def look_again(self) -> None:
        """Have the workers read the number anew at once."""
        subject = (self.target.channel_id, self.target.business_id)
        async with writing(self.engine) as conn:
            await soon(conn, (PROBE, REFRESH), subject, self.now)


async def reached(channel_id: UUID, request: Request) -> AsyncIterator[Reached]:
    """The number of the route. A token that Meta no longer takes pauses it on the way out.

    Raises NotFound.
    """
    state = request.app.state
    async with seeing(state.pool, request.state.principal.businesses) as conn:
        found = await targets.targets(conn, state.wiring.vault, [channel_id])
    if not found:
        raise NotFound("channel_not_found", "There is no such channel.")
    now = state.clock.now()
    reach = Reached(state.graph, found[0], state.wiring.vault, state.engine_pool, now)
    try:
        yield reach
    except Unauthorised as error:
        if error.code in TOKEN_IS_DEAD:
            await reach.write(list(probed(reach.target, error, now)))
        raise


Reach = Annotated[Reached, Depends(reached)]


async def number(reach: Reach) -> Reached:
    """The same, if it is a number of WhatsApp. Raises Conflict."""
    if reach.target.kind != WHATSAPP.key:
        raise other_kind()
    return reach


def other_kind() -> Conflict:
    """What is said where only a number of WhatsApp has what was asked for."""
    return Conflict("not_of_this_kind", "Only a WhatsApp number has this.", "channel_id")


WhatsApp = Annotated[Reached, Depends(number)]
