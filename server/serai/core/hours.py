"""Business hours: when a business is open, in its own time zone, on the wall clock.

A day's exceptions take the place of its weekly rule; an opening among them beats a closing, so
that a one-off opening on a holiday counts. A business without any hours is always open.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

HORIZON_DAYS = 366
"""How far ahead the next opening is looked for."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOCK = re.compile(r"[0-2][0-9]:[0-5][0-9]")


class Interval(Struct, frozen=True, kw_only=True, cache_hash=True):
    weekday: int
    """0 is Monday, 6 Sunday."""
    opens: str
    """HH:MM on the wall clock."""
    closes: str
    """HH:MM, later than `opens`; 24:00 is the end of the day."""


class HoursException(Struct, frozen=True, kw_only=True, cache_hash=True):
    on: date
    name: str
    opens: str | None = None
    """None with `closes` None: closed."""
    closes: str | None = None


class Hours(Struct, frozen=True, kw_only=True, cache_hash=True):
    time_zone: str
    weekly: tuple[Interval, ...] = ()
    exceptions: tuple[HoursException, ...] = ()


class Problem(Struct, frozen=True):
    field: str
    text: str


Span = tuple[datetime, datetime]


def is_open(hours: Hours, at: datetime) -> bool:
    """Whether the business is open at `at` (aware); the minute of closing is closed."""
    if _is_always_open(hours):
        return True
    today = at.astimezone(_zone(hours.time_zone)).date()
    return any(begin <= at < end for begin, end in _around(hours, today))


def next_opening(hours: Hours, at: datetime) -> datetime | None:
    """When it next opens after `at`, UTC; None if it never does within a year, or never closes."""
    if _is_always_open(hours):
        return None
    spans = _spans(hours, at, back=1, ahead=HORIZON_DAYS)
    return next((begin for begin, _ in spans if begin > at), None)


def next_closing(hours: Hours, at: datetime) -> datetime | None:
    """When the present opening ends, UTC; None if it is closed, or stays open for a year."""
    if _is_always_open(hours) or not is_open(hours, at):
        return None
    spans = _spans(hours, at, back=1, ahead=HORIZON_DAYS)
    ending = next((end for begin, end in spans if begin <= at < end), None)
    # An opening that reaches the end of what was looked at has no end there.
    return None if ending is None or ending > at + timedelta(days=HORIZON_DAYS) else ending


def closed_since(hours: Hours, at: datetime) -> datetime | None:
    """When the present closed period began, UTC; None if open. Looks a year back."""
    if _is_always_open(hours) or is_open(hours, at):
        return None
    for back in (8, HORIZON_DAYS):  # a week is nearly always enough, and much quicker
        ended = [end for _, end in _spans(hours, at, back=back, ahead=0) if end <= at]
        if ended:
            return ended[-1]
    return at - timedelta(days=HORIZON_DAYS)


def seconds_open(hours: Hours, since: datetime, until: datetime) -> float:
    """How long it was open between two moments, in seconds; 0 if `until` is not after `since`."""
    if until <= since:
        return 0.0
    if _is_always_open(hours):
        return (until - since).total_seconds()
    days = (until - since).days + 2
    spans = _spans(hours, since, back=1, ahead=days)
    overlaps = (min(end, until) - max(begin, since) for begin, end in spans)
    return sum(each.total_seconds() for each in overlaps if each > timedelta())


def opening_hours(hours: Hours, at: datetime) -> list[tuple[str, str]] | None:
    """From when to when it is open on the day of `at`, HH:MM on the wall clock; None: always."""
    if _is_always_open(hours):
        return None
    zone = _zone(hours.time_zone)
    day = at.astimezone(zone).date()
    return [
        (f"{begin.astimezone(zone):%H:%M}", f"{end.astimezone(zone):%H:%M}")
        for begin, end in spans_on(hours, day)
    ]


def problems(hours: Hours) -> list[Problem]:
    """What is wrong with hours that someone entered; empty if nothing is."""
    found: list[Problem] = []
    if hours.time_zone not in available_timezones():
        found.append(Problem("time_zone", f"{hours.time_zone} is no time zone, try Europe/Berlin."))
    found += [
        Problem(f"weekly[{i}].weekday", "Weekdays run from 0, Monday, to 6, Sunday.")
        for i, e in enumerate(hours.weekly)
        if not 0 <= e.weekday <= 6
    ]
    weekly = [
        (f"weekly[{i}]", WEEKDAYS[e.weekday % 7], e.opens, e.closes)
        for i, e in enumerate(hours.weekly)
    ]
    special = [
        (f"exceptions[{i}]", f"{e.on.day} {e.on:%B %Y}", e.opens, e.closes)
        for i, e in enumerate(hours.exceptions)
        if e.opens is not None or e.closes is not None
    ]
    return found + list(_interval_problems(weekly)) + list(_interval_problems(special))


Entry = tuple[str, str, str | None, str | None]
"""Field, day in words, opens, closes."""


def _interval_problems(entries: Sequence[Entry]) -> Iterator[Problem]:
    taken: dict[str, list[tuple[int, int]]] = {}
    for field, day, opens, closes in entries:
        begin, end = _minutes(opens), _minutes(closes)
        if begin is None or begin == 24 * 60:
            yield Problem(f"{field}.opens", "Write the time as HH:MM, such as 08:30.")
        elif end is None:
            yield Problem(f"{field}.closes", "Write the time as HH:MM, at the latest 24:00.")
        elif end <= begin:
            yield Problem(f"{field}.closes", "It has to close later than it opens.")
        elif other := next((o for o in taken.get(day, []) if begin < o[1] and o[0] < end), None):
            pair = f"{opens}–{closes} overlaps with {_clock(other[0])}–{_clock(other[1])}"
            yield Problem(f"{field}.opens", f"On {day}, {pair}. Change one of them.")
        else:
            taken.setdefault(day, []).append((begin, end))


def _minutes(text: str | None) -> int | None:
    """Minutes since midnight, 0 to 1440; None if the text is no time."""
    if not CLOCK.fullmatch(text or ""):
        return None
    hour, _, minute = (text or "").partition(":")
    minutes = int(hour) * 60 + int(minute)
    return minutes if minutes <= 24 * 60 else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _is_always_open(hours: Hours) -> bool:
    return not hours.weekly and not hours.exceptions


@lru_cache(maxsize=1024)
def _around(hours: Hours, day: date) -> tuple[Span, ...]:
    """The spans of the day before, that day and the next: asked for with every message."""
    return tuple(_joined(hours, day - timedelta(days=1), days=3))


def _spans(hours: Hours, at: datetime, *, back: int, ahead: int) -> Iterator[Span]:
    first = at.astimezone(_zone(hours.time_zone)).date() - timedelta(days=back)
    return _joined(hours, first, days=back + ahead + 1)


def _joined(hours: Hours, first: date, *, days: int) -> Iterator[Span]:
    """Opening times as UTC spans, in order, joined where one ends as the next begins."""
    pending: Span | None = None
    for offset in range(days):
        for begin, end in spans_on(hours, first + timedelta(days=offset)):
            if pending is not None and begin <= pending[1]:
                pending = (pending[0], max(pending[1], end))
                continue
            if pending is not None:
                yield pending
            pending = (begin, end)
    if pending is not None:
        yield pending


def spans_on(hours: Hours, day: date) -> list[Span]:
    """The openings of one day as UTC spans, in order; not joined with those of its neighbours."""
    zone = _zone(hours.time_zone)
    special = [entry for entry in hours.exceptions if entry.on == day]
    openings = (
        [(entry.opens, entry.closes) for entry in special if entry.opens and entry.closes]
        if special
        else [(e.opens, e.closes) for e in hours.weekly if e.weekday == day.weekday()]
    )
    spans = [
        (_instant(day, opens, zone), _instant(day, closes, zone)) for opens, closes in openings
    ]
    return sorted(span for span in spans if span[0] < span[1])


@lru_cache(maxsize=8192)
def _instant(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """The UTC moment of a wall-clock time.

    One that the clock skips in spring is the end of the gap; one that it shows twice in autumn is
    the first of the two.
    """
    minutes = _minutes(clock) or 0
    day += timedelta(days=minutes // (24 * 60))
    wall = datetime.combine(day, time(minutes // 60 % 24, minutes % 60))
    instant = _utc(wall, zone)
    while instant.astimezone(zone).replace(tzinfo=None) != wall:
        wall += timedelta(minutes=1)
        instant = _utc(wall, zone)
    return instant


def _utc(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
