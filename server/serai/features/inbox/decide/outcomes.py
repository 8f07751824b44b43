"""How our messages fare: what Meta says of them, and what that means beyond the one message."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from serai.core.effects import (
    AddMessageEvent,
    DeferSend,
    Effect,
    FinishSend,
    NoteActivity,
    OpenWindow,
    PauseChannel,
    RecordCharge,
    SuppressContact,
    UndoMessage,
    WatchUnknown,
)
from serai.core.events import (
    Carried,
    Event,
    MessageAccepted,
    MessageFailed,
    MessageRefused,
    MessageUndone,
    MessageUnknown,
    SendingStopped,
    Status,
    StatusReported,
    UnknownFlagged,
)
from serai.core.state import SentMessage, State
from serai.meta.codes.action import Action
from serai.meta.codes.table import OTHER, code

UNKNOWN_AFTER = timedelta(minutes=10)
"""How long a status may tell what became of a message before a person is asked; ours."""
MOST_DEFERRALS = 3
"""How often a message is tried again that Meta sent back; the waits grow from time to time."""
FREE_ENTRY = timedelta(hours=72)
"""Source: WhatsApp Cloud API, pricing: a free entry point lasts 72 hours from our answer."""
TELLING = frozenset({"accepted", "sent", "delivered", "read", "played", "failed"})
"""Facts after which a message is no longer unknown."""


def reported(state: State, event: StatusReported) -> Iterator[Effect]:
    if state.message is None:
        return
    if event.status is Status.FAILED and _may_try_again(state, event.code):
        yield from _deferred(state, event, event.code or 0)
        return
    detail: dict[str, object] = {}
    if event.code is not None:
        detail = {"code": event.code, "reason": code(event.code).words, "meta": event.reason}
    elif event.status is Status.FAILED:
        detail = {"reason": OTHER.words, "meta": event.reason}
    if event.pricing is not None:
        detail["pricing"] = event.pricing
        yield _charge(state, event, event.pricing)
    name = None if _is_named(state.message) else event.message
    yield _fact(state, event, event.status.value, detail or None, meta_id=name)
    if not state.message.kinds & TELLING:
        yield _finish(state, "failed" if event.status is Status.FAILED else "done")
    if event.status is Status.FAILED:
        yield from _consequences(state, event)
        yield _attention(state)


def carried(state: State, event: Carried) -> Iterator[Effect]:
    kinds: frozenset[str] = state.message.kinds if state.message else frozenset()
    match event:
        case MessageAccepted(message=meta_id):
            yield _fact(state, event, "accepted", meta_id=meta_id)
            yield _finish(state, "done")
            yield from _free_entry(state, event)
        case MessageRefused(reason=reason, words=words):
            yield _fact(state, event, "refused", {"reason": reason, "words": words})
            yield _finish(state, "refused")
            yield _attention(state)
        case MessageFailed():
            yield from _failed(state, event)
        case SendingStopped(code=number, reason=reason):
            yield PauseChannel(
                business_id=state.business.id,
                channel_id=state.channel.id,
                reason=reason,
                code=number,
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


def undone(state: State, event: MessageUndone) -> UndoMessage:
    assert state.conversation is not None  # noqa: S101 — a message has a conversation
    return UndoMessage(
        business_id=state.business.id,
        message_id=event.message_id,
        conversation_id=state.conversation.id,
        at=event.at,
    )


def _failed(state: State, event: MessageFailed) -> Iterator[Effect]:
    if event.code is not None and _may_try_again(state, event.code):
        yield from _deferred(state, event, event.code)
        return
    yield _fact(state, event, "failed", {"code": event.code, "reason": event.reason})
    yield _finish(state, "failed")
    yield from _consequences(state, event)
    yield _attention(state)


def _is_named(message: SentMessage) -> bool:
    """Whether Meta's id of it is kept: its answer told it. One that was sent back has more than one."""
    return "accepted" in message.kinds and "deferred" not in message.kinds


def _may_try_again(state: State, number: int | None) -> bool:
    """Whether time mends what Meta says, and there was not time enough yet."""
    count = state.message.deferral_count if state.message else 0
    return number is not None and code(number).wait is not None and count < MOST_DEFERRALS


def _deferred(state: State, event: Event, number: int) -> Iterator[Effect]:
    """Sent back: first after the code's wait, then after twice and three times as long."""
    assert state.message is not None  # noqa: S101 — every caller has asked
    row = code(number)
    until = state.now + (row.wait or timedelta()) * (state.message.deferral_count + 1)
    yield _fact(state, event, "deferred", {"code": number, "reason": row.words})
    yield DeferSend(
        business_id=state.business.id, message_id=state.message.id, code=number, until=until
    )


def _charge(state: State, event: StatusReported, pricing: Mapping[str, object]) -> RecordCharge:
    """Source: WhatsApp Cloud API, webhooks: `pricing` of a status."""
    assert state.message is not None  # noqa: S101 — every caller has asked
    texts = {name: str(pricing[name]) for name in ("type", "pricing_model") if pricing.get(name)}
    billable = pricing.get("billable")
    return RecordCharge(
        business_id=state.business.id,
        message_id=state.message.id,
        category=str(pricing.get("category") or "unknown"),
        tariff=texts.get("type"),
        model=texts.get("pricing_model"),
        billable=billable if isinstance(billable, bool) else None,
        at=event.at,
    )


def _free_entry(state: State, event: MessageAccepted) -> Iterator[Effect]:
    """Our answer within 24 hours to someone who came by an advert.

    Source: WhatsApp Cloud API, pricing: free entry points.
    """
    message = state.message
    if message is None or message.entry_closes_at is None or event.at >= message.entry_closes_at:
        return
    yield OpenWindow(
        business_id=state.business.id,
        channel_id=state.channel.id,
        contact_id=state.contact.id,
        opened_by=message.id,
        opened_at=event.at,
        closes_at=event.at + FREE_ENTRY,
        kind="free_entry",
    )


def _consequences(state: State, event: StatusReported | MessageFailed) -> Iterator[Effect]:
    """What an error code means beyond this one message.

    Who cannot be reached at an address may be reached at another: only that one is shut. Marketing is
    shut for the person, who said so.
    """
    number = event.code
    if number is None:
        return
    action = code(number).action
    if action in {Action.SUPPRESS, Action.SUPPRESS_MARKETING}:
        yield SuppressContact(
            business_id=state.business.id,
            contact_id=state.contact.id,
            scope="all" if action is Action.SUPPRESS else "marketing",
            reason=f"meta_{number}",
            since=event.at,
            recipient=event.recipient if action is Action.SUPPRESS else None,
            channel_kind=state.channel.kind,
        )
    elif action is Action.PAUSE_CHANNEL:
        yield PauseChannel(
            business_id=state.business.id,
            channel_id=state.channel.id,
            reason=code(number).words,
            code=number,
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
