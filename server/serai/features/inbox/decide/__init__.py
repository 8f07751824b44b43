"""Keep what is said, send what is asked, and follow how our messages fare."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from serai.core.content import Reaction
from serai.core.effects import Effect, NoteActivity, OpenConversation, SendMessage
from serai.core.events import (
    CallReported,
    Carried,
    ConversationMarked,
    EchoReceived,
    Event,
    IdentityChanged,
    MessageAsked,
    MessageEdited,
    MessageReceived,
    MessageRevoked,
    MessageUndone,
    PastReceived,
    Reacted,
    StatusReported,
)
from serai.core.ids import ConversationId, MessageId, dated
from serai.core.message import Author
from serai.core.state import State
from serai.engine import permit
from serai.features.inbox.decide import incoming, outcomes, phone_app, responses

OPENING = frozenset({"reopened", "pending"})
"""Marks after which a conversation is not resolved any more."""


def decide(state: State, _: None, event: Event) -> Iterator[Effect]:
    match event:
        case MessageReceived():
            yield from incoming.received(state, event)
        case StatusReported():
            yield from outcomes.reported(state, event)
        case MessageUndone() if state.message is not None:
            yield outcomes.undone(state, event)
        case Carried() if state.message is not None:
            yield from outcomes.carried(state, event)
        case MessageAsked():
            yield from _asked(state, event)
        case ConversationMarked():
            yield from _marked(state, event)
        case _:
            yield from _decide_rarer(state, event)


def _decide_rarer(state: State, event: Event) -> Iterator[Effect]:
    match event:
        case Reacted():
            yield from incoming.reacted(state, event)
        case MessageEdited():
            yield from incoming.revised(state, event, event.target, event.content)
        case MessageRevoked():
            yield from incoming.revised(state, event, event.target, None)
        case IdentityChanged():
            yield from incoming.renamed(state, event)
        case CallReported():
            yield from incoming.called(state, event)
        case EchoReceived():
            yield from phone_app.echoed(state, event)
        case PastReceived():
            yield from phone_app.remembered(state, event)
        case _:
            pass


def _asked(state: State, event: MessageAsked) -> Iterator[Effect]:
    conversation = incoming.conversation_of(state, event)
    if state.conversation is None:
        yield OpenConversation(
            business_id=state.business.id,
            conversation_id=conversation,
            channel_id=state.channel.id,
            contact_id=state.contact.id,
            at=state.now,
        )
    message = _message(state, event, conversation)
    yield message
    if permit.refusal(state, message) is not None:
        yield NoteActivity(
            business_id=state.business.id,
            conversation_id=conversation,
            at=state.now,
            needs_attention=True,
        )
        return
    by_person = event.author is Author.AGENT and not isinstance(event.content, Reaction)
    if by_person:
        yield from responses.ended(state, message.message_id, state.now, event.by)
    yield NoteActivity(
        business_id=state.business.id,
        conversation_id=conversation,
        at=state.now,
        stops_waiting=by_person,
        answered_at=state.now if by_person else None,
        handled_by="people" if by_person else None,
    )


def _message(state: State, event: MessageAsked, conversation: ConversationId) -> SendMessage:
    held = timedelta(seconds=event.hold_seconds)
    return SendMessage(
        business_id=state.business.id,
        message_id=MessageId(dated(event.at, "send", event.key)),
        conversation_id=conversation,
        channel_id=state.channel.id,
        contact_id=state.contact.id,
        content=event.content,
        purpose=event.purpose,
        author=event.author,
        cause=f"{event.key} by {event.by}",
        at=state.now,
        reply_to=event.reply_to,
        author_id=_id(event.by) if event.author is Author.AGENT else None,
        hold_until=state.now + held if held else None,
        resend_of=event.resend_of,
    )


def _id(by: str) -> UUID | None:
    """Of a person or key; None for what else may ask, such as a program of ours."""
    try:
        return UUID(by)
    except ValueError:
        return None


def _marked(state: State, event: ConversationMarked) -> Iterator[Effect]:
    """One that gives way is not opened: a person has one open conversation at a time."""
    if event.mark in OPENING and state.conversation and state.conversation.gives_way:
        return
    note = NoteActivity(business_id=event.business_id, conversation_id=event.conversation_id)
    match event.mark:
        case "read":
            yield _with(note, unread=-1)
        case "resolved":
            yield _with(
                note, unread=-1, status="resolved", stops_waiting=True, needs_attention=False
            )
        case "unread":
            yield _with(note, unread=1)
        case "pending":
            yield _with(note, unread=-1, status="pending", stops_waiting=True)
        case _:
            yield _with(note, status="open")


def _with(note: NoteActivity, **changes: object) -> NoteActivity:
    return NoteActivity(
        business_id=note.business_id,
        conversation_id=note.conversation_id,
        **changes,  # pyright: ignore[reportArgumentType]
    )
