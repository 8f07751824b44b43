"""What people of ours, or time, do to a conversation."""

from datetime import datetime
from uuid import UUID

from serai.core.events.event import Event
from serai.core.ids import BusinessId, ConversationId


class ConversationEvent(Event, frozen=True, kw_only=True):
    """Something is done to one conversation; the base of those below."""

    conversation_id: ConversationId
    business_id: BusinessId
    by: str = ""
    """Which user or API key; an id, never a name. Empty for what time or a turn does."""
    by_kind: str = "user"
    """user, key or system."""


class ConversationMarked(ConversationEvent, frozen=True, kw_only=True):
    """Someone read, resolved or reopened a conversation, or waits for something in it."""

    mark: str
    """read, unread, resolved, reopened or pending."""


class ConversationAssigned(ConversationEvent, frozen=True, kw_only=True):
    """It is theirs from now on: this person's, this team's, both, or nobody's."""

    assignee: UUID | None
    team: UUID | None
    by_turn: bool = False
    """Given to the next who is free; not to one that somebody has taken meanwhile."""


class ConversationSnoozed(ConversationEvent, frozen=True, kw_only=True):
    """Out of sight until a time, and until they write at the latest."""

    until: datetime | None
    """None: until they write."""


class ConversationWoken(ConversationEvent, frozen=True, kw_only=True):
    """The time has come that it was put off to."""


class ConversationHanded(ConversationEvent, frozen=True, kw_only=True):
    """From automation to people, or back."""

    to: str
    """people or automation."""


class ConversationTagged(ConversationEvent, frozen=True, kw_only=True):
    added: tuple[UUID, ...] = ()
    removed: tuple[UUID, ...] = ()


class NoteWritten(ConversationEvent, frozen=True, kw_only=True):
    """Words for colleagues; never sent."""

    body: str
    mentions: tuple[UUID, ...] = ()
    """Users who are to see it."""
