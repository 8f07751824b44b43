"""One message in, at most one automatic answer out.

In this order: a business that answers in person acknowledges once and waits for a person; a person
who has taken over is not interrupted; the best rule answers; outside hours the away message, once
per closed period; a newcomer is welcomed.
"""

from collections.abc import Iterator
from datetime import datetime

from serai.core import hours
from serai.core.content import Choice, Text
from serai.core.effects import AddLine, Effect, MarkWelcomed, NoteActivity, SendMessage
from serai.core.events import Event, MessageReceived
from serai.core.ids import MessageId, dated, derived
from serai.core.keywords import Match, is_chosen, matches
from serai.core.message import Author, Content, Purpose
from serai.core.opening_words import away_text
from serai.core.state import Conversation, State
from serai.features.automation.model import Rule, Rules


def decide(state: State, rules: Rules, event: Event) -> Iterator[Effect]:
    if not isinstance(event, MessageReceived) or event.standby or state.conversation is None:
        return
    is_first = state.contact.welcomed_at is None
    if is_first:
        yield MarkWelcomed(business_id=state.business.id, contact_id=state.contact.id, at=state.now)
    if state.business.always_human:
        yield from _hand_over(state, state.conversation, event)
    elif state.conversation.handled_by != "people":
        yield from _answer(state, rules, event, is_first=is_first)


def _hand_over(state: State, conversation: Conversation, event: Event) -> Iterator[Effect]:
    acknowledgement = state.business.acknowledgement
    if conversation.acknowledged_at is None and acknowledgement:
        yield _send(state, event, acknowledgement, "acknowledgement")
    yield NoteActivity(
        business_id=state.business.id,
        conversation_id=conversation.id,
        handled_by="people",
        team=state.business.team or "team",
        acknowledged_at=state.now if conversation.acknowledged_at is None else None,
    )
    if conversation.handled_by != "people":
        yield AddLine(
            business_id=state.business.id,
            line_id=derived("line", event.key, "handed_over"),
            conversation_id=conversation.id,
            kind="handed_over",
            at=state.now,
            actor_kind="automation",
            detail={"reason": "in_person"},
        )


def _answer(
    state: State, rules: Rules, event: MessageReceived, *, is_first: bool
) -> Iterator[Effect]:
    is_open = hours.is_open(state.business.hours, state.now)
    rule = best(rules.get(state.business.id, ()), state, event, is_open=is_open)
    if rule is not None:
        yield _send(state, event, rule.reply, f"rule:{rule.key}")
    elif not is_open:
        yield from _away(state, event)
    elif is_first and state.business.welcome:
        yield _send(state, event, state.business.welcome, "welcome")


def best(
    rules: tuple[Rule, ...], state: State, event: MessageReceived, *, is_open: bool
) -> Rule | None:
    """The rule of highest priority that a message sets off."""
    language = state.contact.language or state.business.language
    now = "open" if is_open else "closed"
    for rule in sorted(rules, key=lambda rule: -rule.priority):
        fits = (
            rule.hours in {"any", now}
            and rule.language in {None, language}
            and rule.channel in {None, state.channel.kind}
        )
        if fits and _is_set_off(rule.match, event.content):
            return rule
    return None


def _is_set_off(match: Match, content: Content) -> bool:
    match content:
        case Text(body=body):
            return matches(match, body)
        case Choice(id=id_, title=title):
            return is_chosen(match, id_, title)
        case _:
            return False


def _away(state: State, event: Event) -> Iterator[Effect]:
    """Once per closed period, and not when a person has answered in it."""
    since = hours.closed_since(state.business.hours, state.now)
    conversation = state.conversation
    if conversation is None or since is None or not state.business.away:
        return
    if _is_after(conversation.away_at, since) or _is_after(conversation.answered_at, since):
        return
    text = away_text(state.business.away, state.business.hours, state.now)
    yield _send(state, event, text, "away")
    yield NoteActivity(
        business_id=state.business.id, conversation_id=conversation.id, away_at=state.now
    )


def _is_after(at: datetime | None, since: datetime) -> bool:
    return at is not None and at >= since


def _send(state: State, event: Event, text: str, cause: str) -> SendMessage:
    assert state.conversation is not None  # noqa: S101 — asked at the top of decide
    return SendMessage(
        business_id=state.business.id,
        message_id=MessageId(dated(event.at, "send", event.key)),
        conversation_id=state.conversation.id,
        channel_id=state.channel.id,
        contact_id=state.contact.id,
        content=Text(text),
        purpose=Purpose.SERVICE,
        author=Author.AUTOMATION,
        cause=f"{event.key} {cause}",
        at=state.now,
        is_acknowledgement=cause == "acknowledgement",
    )
