"""What is asked to be sent, and what becomes of it."""

from enum import StrEnum

from serai.core.events.event import Event
from serai.core.ids import BusinessId, ContactId, ConversationId, MessageId, MetaId, Person
from serai.core.message import Author, Content, Purpose


class Status(StrEnum):
    """What Meta reports of a message that we sent."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    """A voice note was listened to."""
    FAILED = "failed"


class StatusReported(Event, frozen=True, kw_only=True):
    """Meta says what became of a message that we sent."""

    channel: MetaId
    message: MetaId
    message_id: MessageId | None
    """Ours, as we put it into `biz_opaque_callback_data`; None for what others sent."""
    status: Status
    code: int | None = None
    reason: str | None = None
    """Meta's words for a failure."""
    recipient: Person | None = None
    """Where it went, if Meta says so."""
    pricing: dict[str, object] | None = None


class MessageAsked(Event, frozen=True, kw_only=True):
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
    reply_to: MetaId | None = None
    """Meta's id of the message that this one quotes."""
    hold_seconds: int = 0
    """How long whoever wrote it may undo it."""
    resend_of: MessageId | None = None
    """One that did not arrive, of which this is another try."""
    by_kind: str = "user"
    """user or key."""
    takes: bool = False
    """Whoever wrote it is a person, and has the conversation from then on if it is nobody's."""


class Refusal(StrEnum):
    """Why a message does not go out; words for people are in `core.policy`."""

    WINDOW_CLOSED = "window_closed"
    OPTED_OUT = "opted_out"
    SUPPRESSED = "suppressed"
    TEMPLATE_NOT_USABLE = "template_not_usable"
    TEMPLATE_NOW_MARKETING = "template_now_marketing"
    HUMAN_ONLY = "human_only"
    CHANNEL_DISCONNECTED = "channel_disconnected"
    UNREACHABLE = "unreachable"
    KIND_NOT_CARRIED = "kind_not_carried"
    """The channel has no such kind of message."""
    CONTENT_NOT_TAKEN = "content_not_taken"
    """Something in it is longer, shorter or other than Meta takes."""
    CHANNEL_RESTRICTED = "channel_restricted"
    """Meta takes no messages of its kind now, or the number's quality is too low for them."""


class Carried(Event, frozen=True, kw_only=True):
    """What became of carrying a message to Meta; the base of those below."""

    message_id: MessageId


class MessageAccepted(Carried, frozen=True, kw_only=True):
    """Meta took it; it is not yet delivered."""

    message: MetaId


class MessageRefused(Carried, frozen=True, kw_only=True):
    """It waited and will not go: policy says no at the door."""

    reason: str
    words: str = ""


class MessageFailed(Carried, frozen=True, kw_only=True):
    """It never went: Meta said no once and for all, or could not be reached."""

    code: int | None
    """Meta's; None: nothing was heard of Meta."""
    reason: str
    recipient: Person | None = None
    """Where it was to go."""


class SendingStopped(Carried, frozen=True, kw_only=True):
    """Meta lets nothing of ours through this number until a person has mended what is wrong.

    The message keeps its place and goes once the channel is connected again.
    """

    code: int
    reason: str


class MessageUnknown(Carried, frozen=True, kw_only=True):
    """It may have gone out. Never sent again on its own; a status or a person will tell."""


class UnknownFlagged(Carried, frozen=True, kw_only=True):
    """No status came for an unknown message in time: a person must look."""


class MessageUndone(Carried, frozen=True, kw_only=True):
    """Whoever wrote it took it back before it left."""

    by: str


class FilesLost(Carried, frozen=True, kw_only=True):
    """Meta has forgotten a file that was uploaded for the message; it did not take the message."""


class FileSettled(Carried, frozen=True, kw_only=True):
    """A file of a message is here, or will not be."""

    state: str
    """ready, failed or infected."""
