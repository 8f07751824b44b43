"""What Meta's decisions about templates mean: which sends stop, and what the owner is told."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from serai.core.effects import (
    Effect,
    PostNotice,
    RefreshTemplates,
    UpdateTemplate,
)
from serai.core.events import Event, MessageFailed, StatusReported, TemplateReported
from serai.core.ids import BusinessId
from serai.core.state import Channel, State
from serai.core.templates.standing import Standing, words

AFTER_PAUSE = timedelta(minutes=1)
"""How long after the end of a pause we look whether Meta has ended it."""
SOON = timedelta(seconds=30)
"""Between news that make what we know incomplete and reading it all again: news come in crowds."""
MARKETING = "MARKETING"


class Verdict(Struct, frozen=True):
    status: str
    reason: str | None = None


VERDICTS: Mapping[int, Verdict] = {
    132001: Verdict("ABSENT"),
    132007: Verdict("REJECTED", "its words break a rule of Meta"),
    132015: Verdict("PAUSED"),
    132016: Verdict("DISABLED"),
}
"""What an error at sending says of the template. Source: WhatsApp Cloud API, "Error codes"."""

STALE = frozenset({132000, 132001, 132005, 132008, 132012, 132018})
"""Errors that mean that the template is not as we know it. Source: as above."""


def decide(state: State, _: None, event: Event) -> Iterator[Effect]:
    match event:
        case TemplateReported():
            yield from _reported(state, _dated(event, state.now))
        case MessageFailed(code=int(number)):
            yield from _failed(state, number, event)
        case StatusReported(code=int(number)):
            yield from _failed(state, number, event)
        case _:
            pass


def _reported(state: State, event: TemplateReported) -> Iterator[Effect]:
    for business, channel in _one_each(state):
        yield UpdateTemplate(
            business_id=business,
            channel_id=channel.id,
            name=event.name,
            language=event.language,
            at=event.at,
            meta_id=event.template,
            status=event.status,
            reason=event.reason,
            paused_until=event.paused_until,
            quality=event.quality,
            category=event.category,
            correct_category=event.correct_category,
            texts=event.texts,
        )
        if event.paused_until is not None:
            due_at = event.paused_until + AFTER_PAUSE
            yield RefreshTemplates(business_id=business, channel_id=channel.id, due_at=due_at)
        elif event.texts is not None or event.status == "APPROVED":
            due_at = state.now + SOON
            yield RefreshTemplates(business_id=business, channel_id=channel.id, due_at=due_at)
    for channel in state.channels:
        if channel.business_id is not None:
            yield from _told(channel, channel.business_id, event)


def _dated(event: TemplateReported, now: datetime) -> TemplateReported:
    """Meta leaves the time of some news out: then ours counts."""
    return event if event.at.year > 1970 else replace(event, at=now)


def _one_each(state: State) -> list[tuple[BusinessId, Channel]]:
    """One channel of each business that the account serves."""
    found: dict[BusinessId, Channel] = {}
    for channel in state.channels:
        if channel.business_id is not None:
            found.setdefault(channel.business_id, channel)
    return list(found.items())


def _failed(state: State, number: int, event: Event) -> Iterator[Effect]:
    """Meta refused a message because of its template."""
    template = state.message.template if state.message else None
    if template is None:
        return
    name, language = template
    business, channel = state.business.id, state.channel.id
    if number in STALE:
        due_at = state.now + SOON
        yield RefreshTemplates(business_id=business, channel_id=channel, due_at=due_at)
    verdict = VERDICTS.get(number)
    if verdict is None:
        return
    yield UpdateTemplate(
        business_id=business,
        channel_id=channel,
        name=name,
        language=language,
        at=event.at,
        status=verdict.status,
        reason=verdict.reason,
    )
    standing = Standing(status=verdict.status, category="", reason=verdict.reason)
    yield PostNotice(
        business_id=business,
        channel_id=channel,
        code=f"template_status:{name}:{language}",
        level="warning",
        words=f"Template {name} ({language}): {words(standing)}",
        next_step=NEXT_STEP,
        at=event.at,
    )


NEXT_STEP = "Look at the template; messages with it stay here until it may go again."
MARKETING_STEP = (
    "Send it only to people who agreed to marketing, or make a template of another wording."
)


def _told(channel: Channel, business: BusinessId, event: TemplateReported) -> Iterator[Effect]:
    """What the owner reads on the channel."""
    if event.status is not None:
        yield _of_status(channel, business, event, event.status)
    if event.correct_category is not None:
        coming = f"Meta will make it a {event.correct_category.lower()} template."
        yield _notice(channel, business, event, "category", coming, MARKETING_STEP)
    elif event.category == MARKETING and event.previous_category not in {None, MARKETING}:
        done = "Meta made it a marketing template; it goes only to people who agreed to marketing."
        yield _notice(channel, business, event, "category", done, MARKETING_STEP)
    if event.quality in {"RED", "YELLOW"}:
        low = f"Its quality is {'low' if event.quality == 'RED' else 'falling'}: people block it."
        yield _notice(channel, business, event, "quality", low, "Meta pauses it if that goes on.")


def _of_status(
    channel: Channel, business: BusinessId, event: TemplateReported, status: str
) -> PostNotice:
    """That it may not go, or that it may again."""
    standing = Standing(
        status=status,
        category=event.category or "",
        reason=event.reason,
        paused_until=event.paused_until,
    )
    if not standing.is_usable:
        return _notice(channel, business, event, "status", words(standing), NEXT_STEP)
    return PostNotice(
        business_id=business,
        channel_id=channel.id,
        code=f"template_status:{event.name}:{event.language}",
        at=event.at,
        holds=False,
    )


def _notice(
    channel: Channel,
    business: BusinessId,
    event: TemplateReported,
    topic: str,
    text: str,
    next_step: str,
) -> PostNotice:
    return PostNotice(
        business_id=business,
        channel_id=channel.id,
        code=f"template_{topic}:{event.name}:{event.language}",
        level="warning",
        words=f"Template {event.name} ({event.language}): {text}",
        next_step=next_step,
        at=event.at,
    )
