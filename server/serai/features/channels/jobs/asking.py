"""What asking Meta about a channel takes, and what one channel's answers lead to."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias

from serai.core.effects import Effect
from serai.features.channels.model.reading import Kept, Target
from serai.features.channels.store.targets import Renewed
from serai.kit.db import Pool
from serai.kit.secrets import Vault
from serai.meta.client import Graph

PROBE_EVERY = timedelta(seconds=45)
"""Ours: a revoked token is to show within a minute. Meta's quota for an active account is 5,000
calls an hour. Source: WhatsApp Cloud API, rate limits on management calls."""
PROBE_AGAIN = timedelta(seconds=30)
"""After something went wrong."""
REFRESH_EVERY = timedelta(hours=1)
LEASE = timedelta(minutes=2)
"""Longer than all calls of one job may take."""


class Office(NamedTuple):
    """What asking Meta takes."""

    pool: Pool
    graph: Graph
    vault: Vault


class Learnt(NamedTuple):
    """What one channel's answers lead to."""

    target: Target
    effects: Sequence[Effect]
    again_at: datetime
    kept: Kept | None = None
    renewed: Sequence[Renewed] = ()


Ask: TypeAlias = Callable[[Office, Target, datetime], Awaitable[Learnt]]


@dataclass(frozen=True)
class Checks:
    """How the health of one kind of channel is learnt."""

    probe: Ask
    """Often and cheap: does it live?"""
    refresh: Ask
    """Now and then: all there is to know."""


async def nothing(_: Office, target: Target, now: datetime) -> Learnt:
    """For a kind that has no checks."""
    return Learnt(target, (), now + REFRESH_EVERY)
