"""What happened. Past tense; an event is never changed after it is read.

Every event has a `key` that names the fact, so that a fact told twice is handled once.
"""

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from serai.core.ids import BusinessId, ContactId, ConversationId, MessageId, MetaId, Person
from serai.core.message import Author, Content, Purpose


class Status(StrEnum):
    """What Meta reports of a message that we sent."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class Event(Struct, frozen=True, kw_only=True, tag=True):
    key: str
    at: datetime
    """When it happened, UTC; by Meta's clock for what Meta reports, so it may come out of order."""


class MessageReceived(Event, frozen=True):
    """A person wrote to one of our numbers."""

    channel: MetaId
    person: Person
    message: MetaId
    content: Content


class StatusReported(Event, frozen=True):
    """Meta says what became of a message that we sent."""

    channel: MetaId
    message: MetaId
    message_id: MessageId | None
    """Ours, as we put it into `biz_opaque_callback_data`; None for what others sent."""
    status: Status
    code: int | None = None
    reason: str | None = None
    """Meta's words for a failure."""
    pricing: dict[str, object] | None = None


class MessageAsked(Event, frozen=True):
    """Someone on our side wants a message sent: an agent, or a program through the API."""

    business_id: BusinessId
    conversation_id: ConversationId | None
    contact_id: ContactId
    channel: MetaId
    content: Content
    purpose: Purpose
    author: Author
    by: str
    """Which user or API key; an id, never a name."""


class Refusal(StrEnum):
    """Why a message does not go out; words for people are in `core.policy`."""

    WINDOW_CLOSED = "window_closed"
    OPTED_OUT = "opted_out"
    SUPPRESSED = "suppressed"
    TEMPLATE_NOT_USABLE = "template_not_usable"
    HUMAN_ONLY = "human_only"
    CHANNEL_DISCONNECTED = "channel_disconnected"
    UNREACHABLE = "unreachable"


class Carried(Event, frozen=True):
    """What became of carrying a message to Meta; the base of those below."""

    message_id: MessageId


class MessageAccepted(Carried, frozen=True):
    """Meta took it; it is not yet delivered."""

    message: MetaId


class MessageRefused(Carried, frozen=True):
    """It waited and will not go: policy says no at the door."""

    reason: str


class MessageFailed(Carried, frozen=True):
    """Meta said no, once and for all."""

    code: int
    reason: str


class SendingStopped(Carried, frozen=True):
    """Meta lets nothing of ours through this number until a person has mended what is wrong.

    The message keeps its place and goes once the channel is connected again.
    """

    code: int
    reason: str


class MessageUnknown(Carried, frozen=True):
    """It may have gone out. Never sent again on its own; a status or a person will tell."""


class UnknownFlagged(Carried, frozen=True):
    """No status came for an unknown message in time: a person must look."""


class ConversationMarked(Event, frozen=True):
    """Someone read, resolved or reopened a conversation."""

    conversation_id: ConversationId
    business_id: BusinessId
    mark: str
    """read, resolved or reopened."""
    by: str


AnyEvent: TypeAlias = (
    MessageReceived
    | StatusReported
    | MessageAsked
    | MessageAccepted
    | MessageRefused
    | MessageFailed
    | SendingStopped
    | MessageUnknown
    | UnknownFlagged
    | ConversationMarked
)
