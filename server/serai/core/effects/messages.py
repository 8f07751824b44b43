"""What is kept of messages and their files."""

from datetime import datetime
from uuid import UUID

from serai.core.content import Context, Referral
from serai.core.effects.effect import Effect
from serai.core.ids import ChannelId, ContactId, ConversationId, MessageId, MetaId
from serai.core.message import Author, Content


class RecordMessage(Effect, frozen=True, kw_only=True):
    """Keep a message that was sent elsewhere: by the person, or by us in WhatsApp's own app.

    The same one twice is kept once.
    """

    message_id: MessageId
    conversation_id: ConversationId
    channel_id: ChannelId
    contact_id: ContactId
    meta_id: MetaId
    content: Content
    cause: str
    sent_at: datetime
    at: datetime
    author: Author = Author.CONTACT
    state: str = "received"
    """The first fact about it: received, or what became of one of ours."""
    context: Context | None = None
    referral: Referral | None = None


class ReviseMessage(Effect, frozen=True, kw_only=True):
    """Whoever wrote a message changed it, or took it back when there is no content."""

    channel_id: ChannelId
    meta_id: MetaId
    content: Content | None
    revision: str
    """Names the change, so that it is made once: the key of the event."""
    at: datetime
    is_edit: bool = True
    """False for a call whose end is known now: nobody edited it."""


class React(Effect, frozen=True, kw_only=True):
    """The latest reaction of one side to a message; no emoji takes it back."""

    channel_id: ChannelId
    contact_id: ContactId
    meta_id: MetaId
    """Of the message reacted to."""
    by_us: bool
    emoji: str | None
    at: datetime


class FetchFile(Effect, frozen=True, kw_only=True):
    """Get the bytes of a file that came in; the worker does so after the commit."""

    file_id: UUID
    channel_id: ChannelId
    message: MetaId
    """Meta's id of the message that refers to it."""
    meta_id: str
    """Meta's media id. Source: WhatsApp Cloud API, media: lives 7 days."""
    url: str | None = None
    """Lives 5 minutes from `told_at`."""
    mime_type: str | None = None
    sha256: str | None = None
    """Lower-case hex."""
    name: str | None = None
    told_at: datetime
    at: datetime


class AddMessageEvent(Effect, frozen=True, kw_only=True):
    """A fact about a message; its state is computed from these."""

    message_id: MessageId
    kind: str
    at: datetime
    recorded_at: datetime
    meta_id: MetaId | None = None
    """What Meta calls the message, from whoever may be the first to tell; None from all others."""
    detail: dict[str, object] | None = None


class RecordCharge(Effect, frozen=True):
    """What Meta says that a message costs; kept once."""

    message_id: MessageId
    category: str
    at: datetime
    tariff: str | None = None
    """regular, free_customer_service or free_entry_point."""
    model: str | None = None
    billable: bool | None = None
