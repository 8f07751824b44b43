"""What happened. Past tense; an event is never changed after it is read.

Every event has a `key` that names the fact, so that a fact told twice is handled once.
"""

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct

from serai.core.content import Call, Context, Referral
from serai.core.ids import BusinessId, ContactId, ConversationId, MessageId, MetaId, Person
from serai.core.message import Author, Content, Purpose
from serai.core.template import TemplateTexts


class Status(StrEnum):
    """What Meta reports of a message that we sent."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    """A voice note was listened to."""
    FAILED = "failed"


class Event(Struct, frozen=True, kw_only=True, tag=True):
    key: str
    at: datetime
    """When it happened, UTC; by Meta's clock for what Meta reports, so it may come out of order."""


class PersonEvent(Event, frozen=True, kw_only=True):
    """Something between a person and one of our numbers; the base of those below."""

    channel: MetaId
    person: Person


class MessageReceived(PersonEvent, frozen=True, kw_only=True):
    """A person wrote to one of our numbers."""

    message: MetaId
    content: Content
    context: Context | None = None
    referral: Referral | None = None
    standby: bool = False
    """Another program owns the conversation: kept, but nothing of ours answers."""


class EchoReceived(PersonEvent, frozen=True, kw_only=True):
    """Someone of ours wrote to the person from WhatsApp's own app."""

    message: MetaId
    content: Content
    context: Context | None = None


class PastReceived(PersonEvent, frozen=True, kw_only=True):
    """A message from before the number was connected, from the phone app's history."""

    message: MetaId
    content: Content
    context: Context | None = None
    by_us: bool = False
    status: str | None = None
    """sent, delivered, read or failed, of a message of ours."""


class ContactSynced(PersonEvent, frozen=True, kw_only=True):
    """The phone app's address book knows this person; the name is in `person`."""


class MessageEdited(PersonEvent, frozen=True, kw_only=True):
    """Whoever wrote a message changed it."""

    target: MetaId
    content: Content


class MessageRevoked(PersonEvent, frozen=True, kw_only=True):
    """Whoever wrote a message took it back."""

    target: MetaId


class Reacted(PersonEvent, frozen=True, kw_only=True):
    """A reaction was set, changed or, with no emoji, taken back."""

    target: MetaId
    emoji: str | None = None
    by_us: bool = False


class IdentityChanged(PersonEvent, frozen=True, kw_only=True):
    """A person is known by something else now, or WhatsApp tells something else about who they are;
    `person` is who they were.
    """

    message: MetaId
    kind: str
    """Meta's name, such as user_changed_number."""
    now_known_by: Person
    body: str = ""


class PreferenceReported(PersonEvent, frozen=True, kw_only=True):
    """A person told WhatsApp what they want from us.

    Source: WhatsApp Cloud API, `user_preferences` webhook.
    """

    value: str
    """stop, resume or signup."""
    category: str = "marketing_messages"


class CallReported(PersonEvent, frozen=True, kw_only=True):
    """A voice call began, or ended."""

    message: MetaId
    """The call's id."""
    call: Call


class AccountEvent(Event, frozen=True, kw_only=True):
    """Something about an account or a number rather than a person; the base of such events."""

    account: str
    """WhatsApp Business Account."""
    display_phone_number: str | None = None
    """Digits, when it is about one number."""


class AccountReported(AccountEvent, frozen=True, kw_only=True):
    """What no other event stands for; kept, and shown to the owner."""

    field: str
    value: dict[str, object] = {}


class LimitReported(AccountEvent, frozen=True, kw_only=True):
    """How many people the portfolio may write to first, in 24 hours."""

    limit: int
    """2147483647: as many as it likes."""


class PaceReported(AccountEvent, frozen=True, kw_only=True):
    """How fast a number may send now."""

    messages_per_second: int
    limit: int | None = None
    """People that the portfolio may write to first, if that was told as well."""


class QualityReported(AccountEvent, frozen=True, kw_only=True):
    """How people took what a number sent: GREEN, YELLOW, RED or UNKNOWN."""

    rating: str


class NameReviewed(AccountEvent, frozen=True, kw_only=True):
    """Meta decided about a display name."""

    decision: str
    """APPROVED, DECLINED, DEFERRED and so on."""
    name: str
    reason: str = ""


class SecurityReported(AccountEvent, frozen=True, kw_only=True):
    """Someone changed, or wants to change, a number's two-step PIN."""

    what: str


class AlertReported(AccountEvent, frozen=True, kw_only=True):
    """Meta warns the owner."""

    severity: str
    """CRITICAL, WARNING or INFORMATIONAL."""
    is_active: bool
    kind: str
    words: str = ""


class AccountRestricted(AccountEvent, frozen=True, kw_only=True):
    """Meta takes no messages of these kinds for a while."""

    kinds: dict[str, datetime | None]
    """Our names, and Meta's where we have none, each with its end if that is known."""


class AccountBanned(AccountEvent, frozen=True, kw_only=True):
    """The account is disabled, will be, or is no longer."""

    stage: str
    """disabled, scheduled or reinstated."""
    on: str = ""
    """Meta's prose for the day."""


class AccountViolated(AccountEvent, frozen=True, kw_only=True):
    violation: str


class AccountReviewed(AccountEvent, frozen=True, kw_only=True):
    """APPROVED, REJECTED, PENDING or DEFERRED."""

    decision: str


class AccountLeft(AccountEvent, frozen=True, kw_only=True):
    """The account was deleted, or is not shared with our app any more."""

    how: str
    """Meta's name for it."""


class AccountReturned(AccountEvent, frozen=True, kw_only=True):
    """The account is shared with our app, perhaps again."""


class UsernameReported(AccountEvent, frozen=True, kw_only=True):
    username: str
    status: str
    """approved, reserved or deleted."""


class TemplateReported(AccountEvent, frozen=True, kw_only=True):
    """Meta decided something about a template; what is None was not said."""

    template: str
    name: str
    language: str
    status: str | None = None
    reason: str | None = None
    paused_until: datetime | None = None
    quality: str | None = None
    previous_category: str | None = None
    category: str | None = None
    correct_category: str | None = None
    texts: TemplateTexts | None = None


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
    """Meta said no, once and for all."""

    code: int
    reason: str


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


class FilesLost(Carried, frozen=True, kw_only=True):
    """Meta has forgotten a file that was uploaded for the message; it did not take the message."""


class FileSettled(Carried, frozen=True, kw_only=True):
    """A file of a message is here, or will not be."""

    state: str
    """ready, failed or infected."""


class ConversationMarked(Event, frozen=True, kw_only=True):
    """Someone read, resolved or reopened a conversation."""

    conversation_id: ConversationId
    business_id: BusinessId
    mark: str
    """read, resolved or reopened."""
    by: str


AnyEvent: TypeAlias = (
    MessageReceived
    | EchoReceived
    | PastReceived
    | ContactSynced
    | MessageEdited
    | MessageRevoked
    | Reacted
    | IdentityChanged
    | PreferenceReported
    | CallReported
    | AccountReported
    | LimitReported
    | PaceReported
    | QualityReported
    | NameReviewed
    | SecurityReported
    | AlertReported
    | AccountRestricted
    | AccountBanned
    | AccountViolated
    | AccountReviewed
    | AccountLeft
    | AccountReturned
    | UsernameReported
    | TemplateReported
    | StatusReported
    | MessageAsked
    | MessageAccepted
    | MessageRefused
    | MessageFailed
    | SendingStopped
    | MessageUnknown
    | UnknownFlagged
    | FilesLost
    | FileSettled
    | ConversationMarked
)
