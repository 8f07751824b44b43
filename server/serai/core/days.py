"""The days ahead as people will meet them: when each is open, what is special, where the clock moves."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from serai.core.hours import Hours, Span, spans_on

DAY_MINUTES = 24 * 60


class Opening(Struct, frozen=True):
    opens: int
    """Minutes of the wall clock since midnight, 0 to 1440."""
    closes: int
    opens_at: datetime
    """The moment, UTC."""
    closes_at: datetime


class ClockChange(Struct, frozen=True):
    minutes: int
    """How far the clock is put: 60 forward, -60 back."""
    at: datetime
    """The moment, UTC."""


class Day(Struct, frozen=True, kw_only=True):
    on: date
    openings: tuple[Opening, ...]
    """In order; none: closed."""
    names: tuple[str, ...]
    """Of the exceptions that take the place of the week's rule."""
    clock_change: ClockChange | None


def days(hours: Hours, first: date, count: int) -> list[Day]:
    """`count` days from `first` on the business's calendar; without any hours, all open."""
    return [_day(hours, first + timedelta(days=offset)) for offset in range(count)]


def _day(hours: Hours, on: date) -> Day:
    zone = ZoneInfo(hours.time_zone)
    midnights = _midnight(on, zone), _midnight(on + timedelta(days=1), zone)
    always = not hours.weekly and not hours.exceptions
    spans = [_in_utc(midnights)] if always else spans_on(hours, on)
    return Day(
        on=on,
        openings=tuple(_opening(span, on, zone) for span in spans),
        names=tuple(dict.fromkeys(each.name for each in hours.exceptions if each.on == on)),
        clock_change=_clock_change(midnights),
    )


def _in_utc(span: Span) -> Span:
    return span[0].astimezone(UTC), span[1].astimezone(UTC)


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(), zone)


def _opening(span: Span, on: date, zone: ZoneInfo) -> Opening:
    opens, closes = (_minutes(moment, on, zone) for moment in span)
    return Opening(opens, closes, *span)


def _minutes(moment: datetime, on: date, zone: ZoneInfo) -> int:
    wall = moment.astimezone(zone)
    return DAY_MINUTES if wall.date() > on else wall.hour * 60 + wall.minute


def _clock_change(midnights: Span) -> ClockChange | None:
    begin, end = midnights
    zone = begin.tzinfo
    before, after = begin.utcoffset(), end.utcoffset()
    if zone is None or before is None or after is None or before == after:
        return None
    low, high = begin.timestamp(), end.timestamp()
    while high - low > 1:
        middle = (low + high) // 2
        earlier = datetime.fromtimestamp(middle, zone).utcoffset() == before
        low, high = (middle, high) if earlier else (low, middle)
    moved = int((after - before).total_seconds() // 60)
    return ClockChange(moved, datetime.fromtimestamp(high, UTC))
