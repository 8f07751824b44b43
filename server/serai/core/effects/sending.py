"""What goes out, and what holds it."""

from datetime import datetime
from uuid import UUID

from serai.core.effects.effect import Effect
from serai.core.ids import ChannelId, ContactId, ConversationId, MessageId, MetaId
from serai.core.message import Author, Content, Purpose


class SendMessage(Effect, frozen=True, kw_only=True):
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
    reply_to: MetaId | None = None
    """Meta's id of the message that this one quotes."""
    author_id: UUID | None = None
    """The person or key of ours who wrote it."""
    hold_until: datetime | None = None
    """Until then whoever wrote it may undo it, and it does not leave."""
    resend_of: MessageId | None = None
    """One that did not arrive, of which this is another try by somebody's wish."""


class UndoMessage(Effect, frozen=True, kw_only=True):
    """Whoever wrote it took it back before it left: as if it had never been written."""

    message_id: MessageId
    conversation_id: ConversationId
    at: datetime


class RefuseMessage(Effect, frozen=True, kw_only=True):
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
    words: str = ""
    """For people: what this case is about, and the next step."""


class FinishSend(Effect, frozen=True, kw_only=True):
    """Nothing more is to be carried for this message."""

    message_id: MessageId
    state: str
    """done, refused, failed or unknown."""


class DeferSend(Effect, frozen=True):
    """Meta did not deliver it for a reason that time mends: carry it again, not before `until`."""

    message_id: MessageId
    code: int
    until: datetime


class ForgetUpload(Effect, frozen=True, kw_only=True):
    """Meta has no such file any more: what was uploaded for this message is uploaded anew."""

    message_id: MessageId


class WatchUnknown(Effect, frozen=True, kw_only=True):
    """Look again at `due_at` whether a status has told what became of the message."""

    message_id: MessageId
    due_at: datetime
