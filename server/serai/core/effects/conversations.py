"""What becomes of a conversation."""

from datetime import datetime
from uuid import UUID

from msgspec import field

from serai.core.effects.effect import Effect
from serai.core.ids import ChannelId, ContactId, ConversationId, MessageId


class OpenConversation(Effect, frozen=True, kw_only=True):
    """Begin a period of contact; `meet` found none open in the channel's inbox."""

    conversation_id: ConversationId
    channel_id: ChannelId
    contact_id: ContactId
    at: datetime
    is_past: bool = False
    """It lies before the number was connected, so it begins resolved; made once, found later."""


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


class AssignConversation(Effect, frozen=True, kw_only=True):
    """Whose it is, exactly so."""

    conversation_id: ConversationId
    assignee_id: UUID | None
    team_id: UUID | None
    at: datetime


class SnoozeConversation(Effect, frozen=True, kw_only=True):
    conversation_id: ConversationId
    until: datetime | None
    """None: until they write."""


class TagConversation(Effect, frozen=True, kw_only=True):
    conversation_id: ConversationId
    added: tuple[UUID, ...]
    removed: tuple[UUID, ...]
    at: datetime


class WriteNote(Effect, frozen=True, kw_only=True):
    """Keep words for colleagues, and tell those who are mentioned."""

    note_id: UUID
    conversation_id: ConversationId
    author_id: UUID
    body: str
    mentions: tuple[UUID, ...]
    at: datetime


class AddLine(Effect, frozen=True, kw_only=True):
    """What was done to a conversation, for its thread to tell."""

    line_id: UUID
    conversation_id: ConversationId
    kind: str
    """resolved, reopened, pending, snoozed, woken, assigned, handed_over, returned, tagged, untagged."""
    at: datetime
    actor_kind: str
    """user, key, automation, contact or system."""
    actor_id: UUID | None = None
    detail: dict[str, object] = field(default_factory=dict[str, object])


class RecordResponse(Effect, frozen=True, kw_only=True):
    """A person of ours ended somebody's wait."""

    message_id: MessageId
    """The answer."""
    conversation_id: ConversationId
    channel_id: ChannelId
    answered_by: str | None
    """Which user or key; None: in WhatsApp's own app."""
    asked_at: datetime
    answered_at: datetime
    seconds: float
    """Of business hours."""
    is_first: bool
    """The conversation's first answer."""
