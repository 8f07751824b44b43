"""When somebody may be disturbed, and what they are told."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from serai.core import hours
from serai.core.hours import Hours, Interval
from serai.core.languages import direction, reader
from serai.features.push.decide.words import WORDS, Words
from serai.features.push.model import PERSONAL, Choices, Kind, Notice, Pushed

MOST_WORDS = 140
"""Of a message in a notification; phones show less."""
LASTS = {
    "assigned": timedelta(hours=12),
    "mention": timedelta(hours=12),
    "mine": timedelta(hours=4),
    "unassigned": timedelta(hours=1),
    "test": timedelta(minutes=5),
}
"""How long a push service keeps it for a browser that is away; ours."""


def quiet_until(choices: Choices, kind: Kind, now: datetime) -> datetime | None:
    """When quiet ends for this kind of news; None if they may hear it now."""
    if not choices.quiet_days or (choices.urgent_passes and kind in PERSONAL):
        return None
    quiet = Hours(time_zone=choices.time_zone, weekly=tuple(_intervals(choices)))
    if not hours.is_open(quiet, now):
        return None
    return hours.next_closing(quiet, now) or now + timedelta(days=1)


def grouped(notices: Sequence[Notice]) -> list[list[Notice]]:
    """Those of one browser about one conversation together, in the order of the first."""
    groups: dict[tuple[UUID, object], list[Notice]] = defaultdict(list)
    for notice in notices:
        groups[notice.device_id, notice.conversation_id or notice.subject].append(notice)
    return list(groups.values())


def pushed(group: Sequence[Notice]) -> Pushed:
    """What is shown for news about one conversation; the most personal says why."""
    first = min(group, key=lambda each: (each.kind not in PERSONAL, each.kind == "mine"))
    language = reader(first.language)
    if first.conversation_id is None:
        return Pushed(
            title="Serai",
            body=WORDS[language].test,
            lang=language,
            dir=direction(language),
            tag="test",
            path="/settings/notifications",
            again=True,
        )
    return Pushed(
        title=_title(first, WORDS[language]),
        body=_body(first, WORDS[language]),
        lang=language,
        dir=direction(language),
        tag=f"conversation-{first.conversation_id}",
        path=f"/inbox/{first.conversation_id}",
        again=True,
    )


def topic(group: Sequence[Notice]) -> str:
    """By it a push service drops what it still holds of the same. Source: RFC 8030 5.4: 32 characters."""
    about = str(group[0].conversation_id or group[0].subject)
    return hashlib.sha256(about.encode()).hexdigest()[:32]


def urgency(group: Sequence[Notice]) -> str:
    """Source: RFC 8030 5.3."""
    return "high" if any(each.kind in PERSONAL for each in group) else "normal"


def lasts(group: Sequence[Notice]) -> timedelta:
    return max(LASTS[each.kind] for each in group)


def _title(notice: Notice, words: Words) -> str:
    if notice.choices.private:
        return notice.business or "Serai"
    return " · ".join(part for part in (notice.contact or words.somebody, notice.business) if part)


def _body(notice: Notice, words: Words) -> str:
    why = words.why.get(notice.kind)
    count = notice.unread_count
    news = words.new(count)
    if notice.choices.private:
        return why or news
    said = _short(notice.said) or news
    many = f" (+{count - 1})" if count > 1 and notice.said else ""
    return f"{why}: {said}" if why else said + many


def _short(text: str | None) -> str:
    line = " ".join((text or "").split())
    return line if len(line) <= MOST_WORDS else line[: MOST_WORDS - 1].rstrip() + "…"


def _intervals(choices: Choices) -> list[Interval]:
    """The quiet spans of a week; one over midnight is two, which belong together."""
    begin, end = choices.quiet_from, choices.quiet_to
    found: list[Interval] = []
    for day in choices.quiet_days:
        if begin < end:
            found.append(Interval(weekday=day, opens=begin, closes=end))
            continue
        found.append(Interval(weekday=day, opens=begin, closes="24:00"))
        if end > "00:00":
            found.append(Interval(weekday=(day + 1) % 7, opens="00:00", closes=end))
    return found
