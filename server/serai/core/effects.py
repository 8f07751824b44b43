"""What shall be done about it. Imperative; an effect is data until `engine.commit` writes it."""

from datetime import datetime
from typing import TypeAlias

from msgspec import Struct

from serai.core.ids import (
    BusinessId,
    ChannelId,
    ContactId,
    ConversationId,
    MessageId,
    MetaId,
)
from serai.core.message import Author, Content, Purpose


class Effect(Struct, frozen=True, kw_only=True, tag=True):
    business_id: BusinessId


class OpenConversation(Effect, frozen=True):
    """Begin a period of contact; `meet` found none open in the channel's inbox."""

    conversation_id: ConversationId
    channel_id: ChannelId
    contact_id: ContactId
    at: datetime


class RecordMessage(Effect, frozen=True):
    """Keep a message that a person sent us; the same one twice is kept once."""

    message_id: MessageId
    conversation_id: ConversationId
    channel_id: ChannelId
    contact_id: ContactId
    meta_id: MetaId
    content: Content
    cause: str
    sent_at: datetime
    at: datetime


class OpenWindow(Effect, frozen=True):
    """The person wrote, so free-form messages may be sent until `closes_at`."""

    channel_id: ChannelId
    contact_id: ContactId
    opened_by: MessageId
    opened_at: datetime
    closes_at: datetime


class SendMessage(Effect, frozen=True):
    """Queue a message; `engine.dispatch` carries it to Meta after the commit."""

    message_id: MessageId
    conversation_id: ConversationId
    channel_id: ChannelId
    contact_id: ContactId
    content: Content
    purpose: Purpose
    author: Author
    cause: str
    at: datetime
    is_acknowledgement: bool = False
    """Says only that a message arrived; all that a business answering in person lets automation say."""


class RefuseMessage(Effect, frozen=True):
    """Keep a message that someone wanted sent and policy forbids, so that people see why."""

    message_id: MessageId
    conversation_id: ConversationId
    channel_id: ChannelId
    contact_id: ContactId
    content: Content
    author: Author
    cause: str
    reason: str
    at: datetime


class AddMessageEvent(Effect, frozen=True):
    """A fact about a message; its state is computed from these."""

    message_id: MessageId
    kind: str
    at: datetime
    recorded_at: datetime
    meta_id: MetaId | None = None
    detail: dict[str, object] | None = None


class FinishSend(Effect, frozen=True):
    """Nothing more is to be carried for this message."""

    message_id: MessageId
    state: str
    """done, refused, failed or unknown."""


class WatchUnknown(Effect, frozen=True):
    """Look again at `due_at` whether a status has told what became of the message."""

    message_id: MessageId
    due_at: datetime


class NoteActivity(Effect, frozen=True):
    """What the conversation's list entry shows. None leaves a value as it is."""

    conversation_id: ConversationId
    at: datetime | None = None
    """When something last happened in it that people care about."""
    unread: int = 0
    """How many more messages are unread; -1 marks all as read."""
    stops_waiting: bool = False
    status: str | None = None
    handled_by: str | None = None
    team: str | None = None
    waiting_since: datetime | None = None
    answered_at: datetime | None = None
    acknowledged_at: datetime | None = None
    away_at: datetime | None = None
    needs_attention: bool | None = None


class MarkWelcomed(Effect, frozen=True):
    contact_id: ContactId
    at: datetime


class RecordConsent(Effect, frozen=True):
    """They allowed or stopped messages of a purpose; kept for good, with what says so."""

    contact_id: ContactId
    purpose: str
    granted: bool
    at: datetime
    evidence: str


class SuppressContact(Effect, frozen=True):
    """A technical block: Meta says that this person is not to be, or cannot be, reached."""

    contact_id: ContactId
    scope: str
    """all or marketing."""
    reason: str
    since: datetime
    until: datetime | None = None


class PauseTemplate(Effect, frozen=True):
    name: str
    language: str
    status: str


class PauseChannel(Effect, frozen=True):
    """Nothing leaves through this number until a person has mended what is wrong."""

    channel_id: ChannelId
    reason: str


AnyEffect: TypeAlias = (
    OpenConversation
    | RecordMessage
    | OpenWindow
    | SendMessage
    | RefuseMessage
    | AddMessageEvent
    | FinishSend
    | WatchUnknown
    | NoteActivity
    | MarkWelcomed
    | RecordConsent
    | SuppressContact
    | PauseTemplate
    | PauseChannel
)
