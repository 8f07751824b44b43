"""What a pack would change in a business, before anybody lets it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from serai.app.packs.model import Pack, RulePart, installed
from serai.core.hours import WEEKDAYS, HoursException, Interval
from serai.features.businesses.store.brought import Brought, RuleRow
from serai.features.businesses.store.rows import BusinessRow

Part = Literal["text", "hours", "exception", "rule", "template", "reply"]


class Change(Struct, frozen=True, kw_only=True):
    part: Part
    name: str
    before: str | None
    """None: it is new."""
    after: str | None
    """None: it goes."""


def difference(business: BusinessRow, brought: Brought, pack: Pack) -> list[Change]:
    """In the order texts, hours, exceptions, rules, templates, replies; what stays as it is is left out."""
    return [
        *_changes("text", _texts(business), _texts(pack.texts)),
        *_changes("hours", _week(business.weekly), _week(pack.hours)),
        *_changes("exception", _special(business.exceptions), _special(pack.exceptions)),
        *_changes("rule", _rules(brought, pack), {e.key: _rule(e) for e in pack.rules}),
        *_changes("template", *_templates(brought, pack)),
        *_changes("reply", {}, _replies(brought, pack)),
    ]


def _changes(part: Part, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for name in dict.fromkeys((*after, *before)):
        if before.get(name) != after.get(name):
            yield Change(part=part, name=name, before=before.get(name), after=after.get(name))


def _texts(source: object) -> dict[str, str]:
    said = {name: getattr(source, name) for name in ("welcome", "away", "acknowledgement")}
    return {name: text for name, text in said.items() if text}


def _week(weekly: Iterable[Interval]) -> dict[str, str]:
    week: dict[str, list[str]] = {}
    for each in sorted(weekly, key=lambda each: (each.weekday, each.opens)):
        week.setdefault(WEEKDAYS[each.weekday], []).append(f"{each.opens}–{each.closes}")
    return {day: ", ".join(openings) for day, openings in week.items()}


def _special(exceptions: Iterable[HoursException]) -> dict[str, str]:
    days: dict[str, list[str]] = {}
    for each in sorted(exceptions, key=lambda each: (each.on, each.opens or "")):
        opening = f"{each.opens}–{each.closes}" if each.opens else "closed"
        days.setdefault(f"{each.on.isoformat()} {each.name}", []).append(opening)
    return {day: ", ".join(openings) for day, openings in days.items()}


def _rules(brought: Brought, pack: Pack) -> dict[str, str]:
    """Those that packs brought, and those of people whose name the pack takes."""
    keys = {each.key for each in pack.rules}
    return {each.key: _rule(each) for each in brought.rules if each.of_pack or each.key in keys}


def _rule(rule: RuleRow | RulePart) -> str:
    words = getattr(rule.match, "words", None)
    asked = ", ".join(words) if words else str(getattr(rule.match, "pattern", ""))
    when = "" if rule.hours == "any" else f" (when {rule.hours})"
    return f"{asked}{when}\n{rule.reply}"


def _templates(brought: Brought, pack: Pack) -> tuple[dict[str, str], dict[str, str]]:
    """Before and after; those that Meta already has stay as Meta has them."""
    at_meta = {(each.name, each.language) for each in brought.templates if each.at_meta}
    wanted = [each for each in pack.templates if (each.name, each.language) not in at_meta]
    names = {(each.name, each.language) for each in wanted}
    before = {
        f"{each.name} ({each.language})": _words(each.components)
        for each in brought.templates
        if (each.name, each.language) in names
    }
    after = {f"{e.name} ({e.language})": _words(installed(e).components) for e in wanted}
    return before, after


def _replies(brought: Brought, pack: Pack) -> dict[str, str]:
    """Those whose shortcut nobody has taken."""
    taken = set(brought.replies)
    return {
        f"/{each.shortcut}" + (f" ({each.language})" if each.language else ""): each.body
        for each in pack.replies
        if (each.shortcut, each.language) not in taken
    }


def _words(components: Iterable[Mapping[str, object]]) -> str:
    return "\n".join(str(each["text"]) for each in components if each.get("text"))
