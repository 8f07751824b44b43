"""Keep what people write to us, send what is asked, and follow how our messages fare."""

from collections.abc import Iterator
from datetime import timedelta

from serai.core.effects import (
    AddMessageEvent,
    Effect,
    FinishSend,
    NoteActivity,
    OpenConversation,
    OpenWindow,
    PauseChannel,
    PauseTemplate,
    RecordMessage,
    SendMessage,
    SuppressContact,
    WatchUnknown,
)
from serai.core.events import (
    Carried,
    ConversationMarked,
    Event,
    MessageAccepted,
    MessageAsked,
    MessageFailed,
    MessageReceived,
    MessageRefused,
    MessageUnknown,
    SendingStopped,
    Status,
    StatusReported,
    UnknownFlagged,
)
from serai.core.ids import ConversationId, MessageId, derived
from serai.core.message import Author
from serai.core.policy import WINDOW
from serai.core.state import State
from serai.meta.codes.action import Action
from serai.meta.codes.table import code

UNKNOWN_AFTER = timedelta(minutes=10)
"""How long a status may tell what became of a message before a person is asked; ours."""
TELLING = frozenset({"accepted", "sent", "delivered", "read", "failed"})
"""Facts after which a message is no longer unknown."""


def decide(state: State, _: None, event: Event) -> Iterator[Effect]:
    match event:
        case MessageReceived():
            yield from _received(state, event)
        case MessageAsked():
            yield from _asked(state, event)
        case StatusReported():
            yield from _reported(state, event)
        case ConversationMarked():
            yield from _marked(event)
        case Carried() if state.message is not None:
            yield from _carried(state, event)
        case _:
            pass


def _received(state: State, event: MessageReceived) -> Iterator[Effect]:
    business, channel, contact = state.business.id, state.channel.id, state.contact.id
    conversation = _conversation(state, event)
    if state.conversation is None:
        yield OpenConversation(
            business_id=business,
            conversation_id=conversation,
            channel_id=channel,
            contact_id=contact,
            at=state.now,
        )
    message_id = MessageId(derived("message", event.key))
    yield RecordMessage(
        business_id=business,
        message_id=message_id,
        conversation_id=conversation,
        channel_id=channel,
        contact_id=contact,
        meta_id=event.message,
        content=event.content,
        cause=event.key,
        sent_at=event.at,
        at=state.now,
    )
    yield OpenWindow(
        business_id=business,
        channel_id=channel,
        contact_id=contact,
        opened_by=message_id,
        opened_at=event.at,
        closes_at=event.at + WINDOW,
    )
    waiting_since = None
    if state.conversation is None or state.conversation.waiting_since is None:
        waiting_since = state.now
    yield NoteActivity(
        business_id=business,
        conversation_id=conversation,
        at=state.now,
        unread=1,
        waiting_since=waiting_since,
    )


def _asked(state: State, event: MessageAsked) -> Iterator[Effect]:
    conversation = _conversation(state, event)
    if state.conversation is None:
        yield OpenConversation(
            business_id=state.business.id,
            conversation_id=conversation,
            channel_id=state.channel.id,
            contact_id=state.contact.id,
            at=state.now,
        )
    yield SendMessage(
        business_id=state.business.id,
        message_id=MessageId(derived("send", event.key)),
        conversation_id=conversation,
        channel_id=state.channel.id,
        contact_id=state.contact.id,
        content=event.content,
        purpose=event.purpose,
        author=event.author,
        cause=f"{event.key} by {event.by}",
        at=state.now,
    )
    by_person = event.author is Author.AGENT
    yield NoteActivity(
        business_id=state.business.id,
        conversation_id=conversation,
        at=state.now,
        stops_waiting=by_person,
        answered_at=state.now if by_person else None,
        handled_by="people" if by_person else None,
    )


def _conversation(state: State, event: Event) -> ConversationId:
    if state.conversation is not None:
        return state.conversation.id
    return ConversationId(derived("conversation", event.key))


def _marked(event: ConversationMarked) -> Iterator[Effect]:
    note = NoteActivity(business_id=event.business_id, conversation_id=event.conversation_id)
    match event.mark:
        case "read":
            yield _with(note, unread=-1)
        case "resolved":
            yield _with(
                note, unread=-1, status="resolved", stops_waiting=True, needs_attention=False
            )
        case _:
            yield _with(note, status="open")


def _with(note: NoteActivity, **changes: object) -> NoteActivity:
    return NoteActivity(
        business_id=note.business_id,
        conversation_id=note.conversation_id,
        **changes,  # pyright: ignore[reportArgumentType]
    )


def _reported(state: State, event: StatusReported) -> Iterator[Effect]:
    if state.message is None:
        return
    detail: dict[str, object] = {}
    if event.code is not None:
        detail = {"code": event.code, "reason": code(event.code).words, "meta": event.reason}
    if event.pricing is not None:
        detail["pricing"] = event.pricing
    yield _fact(state, event, event.status.value, detail or None, meta_id=event.message)
    if not state.message.kinds & TELLING:
        yield _finish(state, "failed" if event.status is Status.FAILED else "done")
    if event.status is Status.FAILED:
        yield from _consequences(state, event.code or 0, event)
        yield _attention(state)


def _carried(state: State, event: Carried) -> Iterator[Effect]:
    kinds: frozenset[str] = state.message.kinds if state.message else frozenset()
    match event:
        case MessageAccepted(message=meta_id):
            yield _fact(state, event, "accepted", meta_id=meta_id)
            yield _finish(state, "done")
        case MessageRefused(reason=reason):
            yield _fact(state, event, "refused", {"reason": reason})
            yield _finish(state, "refused")
            yield _attention(state)
        case MessageFailed(code=number, reason=reason):
            yield _fact(state, event, "failed", {"code": number, "reason": reason})
            yield _finish(state, "failed")
            yield from _consequences(state, number, event)
            yield _attention(state)
        case SendingStopped(reason=reason):
            yield PauseChannel(
                business_id=state.business.id, channel_id=state.channel.id, reason=reason
            )
        case MessageUnknown() if not kinds & TELLING:
            yield _fact(state, event, "unknown")
            yield _finish(state, "unknown")
            yield WatchUnknown(
                business_id=state.business.id,
                message_id=event.message_id,
                due_at=state.now + UNKNOWN_AFTER,
            )
        case MessageUnknown():
            yield _finish(state, "done")
        case UnknownFlagged() if not kinds & TELLING:
            yield _fact(state, event, "flagged")
            yield _attention(state)
        case _:
            pass


def _consequences(state: State, number: int, event: Event) -> Iterator[Effect]:
    """What an error code means beyond this one message."""
    action = code(number).action
    message = state.message
    if action in {Action.SUPPRESS, Action.SUPPRESS_MARKETING}:
        yield SuppressContact(
            business_id=state.business.id,
            contact_id=state.contact.id,
            scope="all" if action is Action.SUPPRESS else "marketing",
            reason=f"meta_{number}",
            since=event.at,
        )
    elif action is Action.PAUSE_TEMPLATE and message is not None and message.template is not None:
        name, language = message.template
        yield PauseTemplate(
            business_id=state.business.id, name=name, language=language, status="PAUSED"
        )
    elif action is Action.PAUSE_CHANNEL:
        yield PauseChannel(
            business_id=state.business.id, channel_id=state.channel.id, reason=code(number).words
        )


def _fact(
    state: State,
    event: Event,
    kind: str,
    detail: dict[str, object] | None = None,
    *,
    meta_id: object = None,
) -> AddMessageEvent:
    assert state.message is not None  # noqa: S101 — every caller has asked
    return AddMessageEvent(
        business_id=state.business.id,
        message_id=state.message.id,
        kind=kind,
        at=event.at,
        recorded_at=state.now,
        meta_id=meta_id,  # pyright: ignore[reportArgumentType]
        detail=detail,
    )


def _finish(state: State, outcome: str) -> FinishSend:
    assert state.message is not None  # noqa: S101 — every caller has asked
    return FinishSend(business_id=state.business.id, message_id=state.message.id, state=outcome)


def _attention(state: State) -> NoteActivity:
    assert state.conversation is not None  # noqa: S101 — a message has a conversation
    return NoteActivity(
        business_id=state.business.id,
        conversation_id=state.conversation.id,
        needs_attention=True,
    )
