"""Whose turn it is."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from uuid import UUID

from serai.features.teamwork.model import Agent, Given, Waiting

NEVER = datetime.min.replace(tzinfo=UTC)


def turns(waiting: Iterable[Waiting], agents: Iterable[Agent]) -> Iterator[Given]:
    """The longest waiting first, each to whoever of those with room got one longest ago.

    What nobody has room for stays and waits.
    """
    here = list(agents)
    room = {agent.user_id: agent.room for agent in here}
    order = _in_order(here)
    for each in sorted(waiting, key=lambda each: (each.since, each.conversation_id)):
        free = [agent for agent in here if room[agent.user_id] > 0 and agent.takes(each)]
        if not free:
            continue
        agent = min(free, key=lambda agent: order[agent.user_id])
        room[agent.user_id] -= 1
        order[agent.user_id] = max(order.values()) + 1
        yield Given(each, agent.user_id)


def _in_order(agents: list[Agent]) -> dict[UUID, int]:
    """Places in the round: who got one longest ago, or never, stands first."""
    ranked = sorted(agents, key=lambda agent: (agent.given_at or NEVER, agent.user_id))
    return {agent.user_id: place for place, agent in enumerate(ranked)}
