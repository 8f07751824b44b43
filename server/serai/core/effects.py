"""What shall be done about it. Imperative; an effect is data until `engine.commit` writes it."""

from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from msgspec import Struct

from serai.core.content import Context, Referral
from serai.core.ids import (
    BusinessId,
    ChannelId,
    ContactId,
    ConversationId,
    MessageId,
    MetaId,
)
from serai.core.message import Author, Content, Purpose
from serai.core.template import TemplateTexts


class Effect(Struct, frozen=True, kw_only=True, tag=True):
    business_id: BusinessId


class OpenConversation(Effect, frozen=True, kw_only=True):
    """Begin a period of contact; `meet` found none open in the channel's inbox."""

    conversation_id: ConversationId
    channel_id: ChannelId
    contact_id: ContactId
    at: datetime
    is_past: bool = False
    """It lies before the number was connected, so it begins resolved; made once, found later."""


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


class KeepCallPermission(Effect, frozen=True, kw_only=True):
    """Whether we may call the person."""

    channel_id: ChannelId
    contact_id: ContactId
    granted: bool
    expires_at: datetime | None
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


class ForgetUpload(Effect, frozen=True, kw_only=True):
    """Meta has no such file any more: what was uploaded for this message is uploaded anew."""

    message_id: MessageId


class OpenWindow(Effect, frozen=True, kw_only=True):
    """Something may be sent until `closes_at`, or costs nothing."""

    channel_id: ChannelId
    contact_id: ContactId
    opened_by: MessageId
    opened_at: datetime
    closes_at: datetime
    kind: str = "service"
    """service: they wrote, so free-form messages may go. entry: they came by an advert, and an answer
    opens free_entry, in which whatever goes is free."""


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


class AddMessageEvent(Effect, frozen=True, kw_only=True):
    """A fact about a message; its state is computed from these."""

    message_id: MessageId
    kind: str
    at: datetime
    recorded_at: datetime
    meta_id: MetaId | None = None
    detail: dict[str, object] | None = None


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


class RecordCharge(Effect, frozen=True):
    """What Meta says that a message costs; kept once."""

    message_id: MessageId
    category: str
    at: datetime
    tariff: str | None = None
    """regular, free_customer_service or free_entry_point."""
    model: str | None = None
    billable: bool | None = None


class WatchUnknown(Effect, frozen=True, kw_only=True):
    """Look again at `due_at` whether a status has told what became of the message."""

    message_id: MessageId
    due_at: datetime


class NoteActivity(Effect, frozen=True, kw_only=True):
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


class MarkWelcomed(Effect, frozen=True, kw_only=True):
    contact_id: ContactId
    at: datetime


class NotePlace(Effect, frozen=True, kw_only=True):
    """The person shared where they are; the latest counts."""

    contact_id: ContactId
    latitude: float
    longitude: float
    at: datetime


class RecordConsent(Effect, frozen=True, kw_only=True):
    """They allowed or stopped messages of a purpose; kept for good, with what says so."""

    contact_id: ContactId
    purpose: str
    granted: bool
    at: datetime
    evidence: str


class SuppressContact(Effect, frozen=True, kw_only=True):
    """A technical block: Meta says that this person is not to be, or cannot be, reached."""

    contact_id: ContactId
    scope: str
    """all or marketing."""
    reason: str
    since: datetime
    until: datetime | None = None


class LiftSuppression(Effect, frozen=True, kw_only=True):
    """Meta says that the person may be reached again."""

    contact_id: ContactId
    scope: str


class UpdateTemplate(Effect, frozen=True, kw_only=True):
    """What Meta says of a template, unless something later is known; None leaves a value as it is."""

    channel_id: ChannelId
    """Any of the account that the template belongs to."""
    name: str
    language: str
    at: datetime
    meta_id: str | None = None
    status: str | None = None
    reason: str | None = None
    paused_until: datetime | None = None
    quality: str | None = None
    category: str | None = None
    correct_category: str | None = None
    """Announced, not yet true."""
    texts: TemplateTexts | None = None


class RefreshTemplates(Effect, frozen=True, kw_only=True):
    """Read an account's templates from Meta again: what we know of one no longer fits."""

    channel_id: ChannelId
    due_at: datetime


class PauseChannel(Effect, frozen=True, kw_only=True):
    """Nothing leaves through this number until a person has mended what is wrong."""

    channel_id: ChannelId
    reason: str
    cause: str = "error"
    """token, left, number, account or error: what ends the pause depends on it."""
    code: int | None = None
    """Meta's error code, if it was one."""


class ResumeChannel(Effect, frozen=True, kw_only=True):
    """Let messages out again if one of these causes held them."""

    channel_id: ChannelId
    causes: tuple[str, ...]


class RestrictChannel(Effect, frozen=True, kw_only=True):
    """Messages of these kinds may not go, each until its time or until they are allowed again."""

    channel_id: ChannelId
    kinds: dict[str, datetime | None] = {}
    allowed: tuple[str, ...] = ()
    """Kinds that may go again."""


class NoteChannel(Effect, frozen=True, kw_only=True):
    """What Meta tells of a number; what is None or not named stays as it was."""

    channel_id: ChannelId
    facts: dict[str, object] = {}
    messages_per_second: int | None = None
    messaging_limit: int | None = None


class PostNotice(Effect, frozen=True, kw_only=True):
    """Something that the owner of a number must, or may want to, know; one of a code at a time."""

    channel_id: ChannelId
    code: str
    at: datetime
    level: str = ""
    """informational, warning or critical."""
    words: str = ""
    next_step: str = ""
    holds: bool = True
    """False: what it said is over; also for every notice with a part behind this code and a colon."""


AnyEffect: TypeAlias = (
    OpenConversation
    | RecordMessage
    | ReviseMessage
    | React
    | KeepCallPermission
    | FetchFile
    | ForgetUpload
    | OpenWindow
    | SendMessage
    | RefuseMessage
    | AddMessageEvent
    | FinishSend
    | DeferSend
    | RecordCharge
    | WatchUnknown
    | NoteActivity
    | MarkWelcomed
    | NotePlace
    | RecordConsent
    | SuppressContact
    | LiftSuppression
    | UpdateTemplate
    | RefreshTemplates
    | PauseChannel
    | ResumeChannel
    | RestrictChannel
    | NoteChannel
    | PostNotice
)
