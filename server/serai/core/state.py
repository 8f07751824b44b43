"""What we know about the person behind an event, at the moment we decide."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import reduce
from typing import TypeAlias
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from serai.core.effects import (
    AssignConversation,
    Effect,
    LiftSuppression,
    MarkWelcomed,
    NoteActivity,
    OpenConversation,
    OpenWindow,
    RecordConsent,
    SuppressContact,
)
from serai.core.hours import Hours
from serai.core.ids import BusinessId, ChannelId, ContactId, ConversationId, MessageId
from serai.core.rules import Rules
from serai.core.templates.standing import Standing

TemplateKey: TypeAlias = tuple[str, str, str]
"""Account, name and language; no account for a template that no account has yet."""


class Business(Struct, frozen=True, kw_only=True):
    id: BusinessId
    hours: Hours
    language: str = "en"
    always_human: bool = False
    team: str | None = None
    welcome: str | None = None
    away: str | None = None
    acknowledgement: str | None = None
    templates: Mapping[TemplateKey, Standing] = {}
    """Only those that Meta does not let go now, or has moved to another category."""


class Channel(Struct, frozen=True, kw_only=True):
    id: ChannelId
    kind: str = "whatsapp"
    rules: Rules = Rules(anytime=frozenset({"template"}))
    """What the kind lets through, and when."""
    state: str = "active"
    account: str = ""
    """At Meta: for WhatsApp, the WhatsApp Business Account."""
    restrictions: frozenset[str] = frozenset()
    """Kinds of messages that may not go now, such as business_initiated or marketing."""
    business_id: BusinessId | None = None
    """Filled in for what concerns an account, where channels may be of several businesses."""


class Contact(Struct, frozen=True, kw_only=True):
    id: ContactId
    language: str | None = None
    welcomed_at: datetime | None = None
    """When they first wrote; None makes the present message their first."""
    stopped_marketing: bool = False
    agreed_to_marketing: bool = False
    """They said so, and have not said otherwise since."""
    suppressed: bool = False
    marketing_suppressed: bool = False


NOBODY = Contact(id=ContactId(UUID(int=0)))
"""Stands where a person would, for what concerns an account."""


class Conversation(Struct, frozen=True, kw_only=True):
    id: ConversationId
    status: str = "open"
    handled_by: str = "automation"
    team: str | None = None
    assignee_id: UUID | None = None
    """Whose it is."""
    team_id: UUID | None = None
    waiting_since: datetime | None = None
    answered_at: datetime | None = None
    acknowledged_at: datetime | None = None
    away_at: datetime | None = None
    gives_way: bool = False
    """It is resolved, and they have another one that is open, or will be by the same wish."""


class SentMessage(Struct, frozen=True, kw_only=True):
    """A message of ours that an event is about."""

    id: MessageId
    kinds: frozenset[str] = frozenset()
    """What is known to have happened to it."""
    template: tuple[str, str] | None = None
    """Name and language."""
    deferral_count: int = 0
    """How often Meta sent it back to be tried later."""
    entry_closes_at: datetime | None = None
    """Until when an answer opens a free entry point, for someone who came by an advert."""


class State(Struct, frozen=True, kw_only=True):
    """For an event about a message of ours only the ids and `message` are filled in; for one about
    an account only `channels`, and `business` and `channel` are those of the first.
    """

    now: datetime
    business: Business
    channel: Channel
    contact: Contact
    conversation: Conversation | None = None
    window_closes_at: datetime | None = None
    """End of the customer service window; None if they never wrote."""
    message: SentMessage | None = None
    channels: tuple[Channel, ...] = ()
    """Those that an event about an account concerns."""


def evolve(state: State, effects: Iterable[Effect]) -> State:
    """The state as later deciders shall see it, as if `effects` were already committed."""
    return reduce(_apply, effects, state)


def _apply(state: State, effect: Effect) -> State:
    match effect:
        case OpenConversation(is_past=False):
            return replace(state, conversation=Conversation(id=effect.conversation_id))
        case OpenWindow(kind="service"):
            closes_at = max(effect.closes_at, state.window_closes_at or effect.closes_at)
            return replace(state, window_closes_at=closes_at)
        case NoteActivity():
            return replace(state, conversation=_noted(state.conversation, effect))
        case AssignConversation() if state.conversation is not None:
            whose = replace(
                state.conversation, assignee_id=effect.assignee_id, team_id=effect.team_id
            )
            return replace(state, conversation=whose)
        case MarkWelcomed() | RecordConsent() | SuppressContact() | LiftSuppression():
            return replace(state, contact=_changed(state.contact, effect))
        case _:
            return state


def _changed(
    contact: Contact, effect: MarkWelcomed | RecordConsent | SuppressContact | LiftSuppression
) -> Contact:
    match effect:
        case MarkWelcomed(at=at):
            return replace(contact, welcomed_at=at)
        case RecordConsent(purpose="marketing", granted=granted):
            return replace(contact, stopped_marketing=not granted, agreed_to_marketing=granted)
        case SuppressContact(scope="all"):
            return replace(contact, suppressed=True)
        case SuppressContact():
            return replace(contact, marketing_suppressed=True)
        case LiftSuppression(scope=scope):
            return replace(
                contact,
                suppressed=contact.suppressed and scope != "all",
                marketing_suppressed=contact.marketing_suppressed and scope != "marketing",
            )
        case _:
            return contact


NOTED = (
    "status",
    "handled_by",
    "team",
    "waiting_since",
    "answered_at",
    "acknowledged_at",
    "away_at",
)


def _noted(conversation: Conversation | None, effect: NoteActivity) -> Conversation | None:
    if conversation is None:
        return None
    values = {name: getattr(effect, name) for name in NOTED if getattr(effect, name) is not None}
    if effect.stops_waiting:
        values["waiting_since"] = None
    return replace(conversation, **values)
