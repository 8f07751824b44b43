"""Who takes what: what waits, and who is free."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId, ConversationId

CAPACITY = 20
"""Open conversations that one person takes, unless their settings say otherwise."""


class Waiting(Struct, frozen=True, kw_only=True):
    """A conversation that somebody is to get by turn."""

    conversation_id: ConversationId
    business_id: BusinessId
    team_id: UUID | None
    since: datetime


class Agent(Struct, frozen=True, kw_only=True):
    """Someone who is here and may get more."""

    user_id: UUID
    business_ids: frozenset[BusinessId]
    """Where they answer."""
    team_ids: frozenset[UUID]
    room: int
    """How many more they take; may be negative, for hands may give more than turns do."""
    given_at: datetime | None
    """When they last got one by turn."""

    def takes(self, waiting: Waiting) -> bool:
        """Whether it is for them: of their team, or of their business if it has no team."""
        if waiting.team_id is None:
            return waiting.business_id in self.business_ids
        return waiting.team_id in self.team_ids


class Given(Struct, frozen=True):
    waiting: Waiting
    user_id: UUID
