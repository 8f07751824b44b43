"""What Meta's news about an account or a number makes us do: pause, pace, warn, restrict."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TypeAlias

from serai.core import events
from serai.core.effects import Effect
from serai.core.events import AccountEvent, Event
from serai.core.state import Channel, State
from serai.features.channels.decide.told import Told
from serai.features.channels.model.notices import (
    CRITICAL,
    INFORMATIONAL,
    WARNING,
    needs_reconnecting,
)
from serai.meta.limits import NO_LIMIT

KINDS = {
    "business_initiated": "writing first to people, and templates",
    "replies": "answering people",
    "utility": "utility templates",
    "marketing": "marketing",
    "new_numbers": "adding numbers",
    "calls": "calling people",
}
"""What a restriction stops, in words."""
BY_QUALITY = "marketing"
"""What we stop ourselves while a number's quality is low."""
SEVERITIES = {"CRITICAL": CRITICAL, "WARNING": WARNING}
SECURITY = {
    "PIN_CHANGED": "pin_changed",
    "PIN_RESET_REQUEST": "pin_reset_requested",
    "PIN_REQUEST_SUCCESS": "pin_reset",
}
GOOD_NAMES = frozenset({"APPROVED", "AVAILABLE_WITHOUT_REVIEW"})
REVIEWS = {"APPROVED": "review_approved", "REJECTED": "review_rejected"}
PENDING = "review_pending"
MOST_SHOWN = 300
"""Characters of news that we have no words for."""


def decide(state: State, _: None, event: Event) -> Iterable[Effect]:
    """Effects for every number that the event concerns; a stop by Meta tells the owner."""
    if isinstance(event, AccountEvent):
        told = [_told(channel, state, event) for channel in state.channels]
        return [effect for each in told for effect in _on(each, event)]
    if isinstance(event, events.SendingStopped):
        return stopped(_told(state.channel, state, event), event.code, event.reason)
    return ()


def _told(channel: Channel, state: State, event: Event) -> Told:
    """Meta leaves the time of some news out: then ours counts."""
    at = event.at if event.at.year > 1970 else state.now
    return Told(channel.business_id or state.business.id, channel.id, at)


Effects: TypeAlias = Iterator[Effect]


def _on(told: Told, event: Event) -> Effects:
    match event:
        case events.LimitReported() | events.PaceReported() | events.QualityReported():
            yield from _sending(told, event)
        case events.AccountBanned() | events.AccountLeft() | events.AccountReturned():
            yield from _standing(told, event)
        case events.AccountRestricted(kinds=kinds):
            yield told.restrict(kinds)
            for kind, until in kinds.items():
                yield told.post(f"restricted:{kind}", what=KINDS.get(kind, kind), until=_day(until))
        case events.NameReviewed() | events.UsernameReported() | events.AccountReviewed():
            yield from _looks(told, event)
        case _:
            yield from _warnings(told, event)


def _sending(told: Told, event: Event) -> Effects:
    match event:
        case events.LimitReported(limit=limit):
            yield told.pace(None, limit)
            yield told.post("limit_changed", limit=people(limit))
        case events.PaceReported(messages_per_second=rate, limit=limit):
            yield told.pace(rate, limit)
            yield told.post("throughput_raised", rate=rate)
        case events.QualityReported(rating=rating):
            yield told.note(quality_rating=rating)
            yield from quality(told, rating)
        case _:
            pass


def quality(told: Told, rating: str | None) -> Effects:
    """Low quality stops marketing until it is better; Meta itself only stops the limit's rise.

    Source: WhatsApp Cloud API, quality rating, since October 2025.
    """
    if rating == "RED":
        yield told.restrict({BY_QUALITY: None})
        yield told.end("quality_middling")
        yield told.post("quality_low")
    elif rating in {"YELLOW", "GREEN"}:
        yield told.allow(BY_QUALITY)
        yield told.end("quality_low")
        yield told.post("quality_middling") if rating == "YELLOW" else told.end("quality_middling")


def _standing(told: Told, event: Event) -> Effects:
    match event:
        case events.AccountBanned(stage="disabled"):
            banned = told.post("account_banned")
            yield told.pause("account", banned.words)
            yield told.end("account_ban_scheduled")
            yield banned
        case events.AccountBanned(stage="scheduled", on=on):
            yield told.post("account_ban_scheduled", date=on or "a day not told")
        case events.AccountBanned():
            yield told.resume("account")
            yield told.end("account_banned")
            yield told.end("account_ban_scheduled")
            yield told.post("account_reinstated")
        case events.AccountLeft(how=how):
            gone = told.post("account_gone", event=how)
            yield told.pause("left", gone.words)
            yield gone
        case _:
            yield told.resume("left")
            yield told.end("account_gone")
            yield told.post("account_returned")


def _looks(told: Told, event: Event) -> Effects:
    match event:
        case events.NameReviewed(decision=decision, name=name) if decision in GOOD_NAMES:
            yield told.note(verified_name=name, name_status=decision)
            yield told.end("name_declined")
            yield told.post("name_approved", name=name)
        case events.NameReviewed(decision=decision, name=name, reason=reason):
            yield told.note(name_status=decision)
            yield told.post("name_declined", name=name, reason=reason or decision)
        case events.UsernameReported(username=username, status=status):
            yield told.note(username=None if status == "deleted" else username)
            yield told.post("username_changed", username=username, status=status)
        case events.AccountReviewed(decision=decision):
            yield told.note(account_review_status=decision)
            code = REVIEWS.get(decision, PENDING)
            yield from (told.end(other) for other in (*REVIEWS.values(), PENDING) if other != code)
            yield told.post(code, decision=decision)
        case _:
            pass


def _warnings(told: Told, event: Event) -> Effects:
    match event:
        case events.AccountViolated(violation=violation):
            yield told.post("account_violation", violation=violation)
        case events.SecurityReported(what=what) if what in SECURITY:
            yield told.post(SECURITY[what])
        case events.AlertReported(is_active=False, kind=kind):
            yield told.end(f"alert:{kind}")
        case events.AlertReported(severity=severity, kind=kind, words=words):
            level = SEVERITIES.get(severity, INFORMATIONAL)
            yield told.post(f"alert:{kind}", level, words=words)
        case events.SecurityReported(what=what):
            yield told.post("news:security", field="security", what=what)
        case events.AccountReported(field=field, value=value):
            yield told.post(f"news:{field}", field=field, what=_shown(value))
        case _:
            pass


def stopped(told: Told, code: int, reason: str) -> Effects:
    """Tell the owner that Meta takes nothing more, and whether a new token would mend it."""
    yield told.post("reconnect" if needs_reconnecting(code) else "stopped", reason=reason)


def people(limit: int) -> str:
    """A limit in words."""
    return "any number of" if limit >= NO_LIMIT else f"{limit:,}"


def _day(until: datetime | None) -> str:
    return "further notice" if until is None else f"{until:%d %B %Y, %H:%M} UTC"


def _shown(value: Mapping[str, object]) -> str:
    """The plain members, for people who know Meta's words; never more than a line."""
    plain = (
        f"{name} {value[name]}"
        for name in value
        if isinstance(value[name], str | int | float) and name != "messaging_product"
    )
    return (", ".join(plain) or "nothing more")[:MOST_SHOWN]
