"""Business hours: DST days in four zones, holidays, and rules that hold for any hours."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from serai.core.hours import (
    HORIZON_DAYS,
    Hours,
    HoursException,
    Interval,
    closed_since,
    is_open,
    next_closing,
    next_opening,
    problems,
)

ROUND_THE_CLOCK = tuple(Interval(weekday=d, opens="00:00", closes="24:00") for d in range(7))
CHRISTMAS = date(2026, 12, 25)


def daily(zone: str, *intervals: tuple[str, str], exceptions: tuple[HoursException, ...] = ()):
    """Hours with the same intervals on every day."""
    weekly = tuple(
        Interval(weekday=day, opens=opens, closes=closes)
        for day in range(7)
        for opens, closes in intervals
    )
    return Hours(time_zone=zone, weekly=weekly, exceptions=exceptions)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def christmas(opens: str | None = None, closes: str | None = None) -> HoursException:
    return HoursException(on=CHRISTMAS, name="Christmas", opens=opens, closes=closes)


# The offsets of each zone on the day, from its published rule: the last Sundays of March and October
# in Berlin, the second of March and first of November in New York, first of October and April in
# Sydney; Cairo skips the midnight that begins its last Friday of April.
DST_DAYS = [
    # zone, opens, closes, UTC opening, UTC closing
    ("Europe/Berlin", "08:00", "17:00", "2026-03-28T07:00", "2026-03-28T16:00"),
    ("Europe/Berlin", "08:00", "17:00", "2026-03-29T06:00", "2026-03-29T15:00"),
    ("Europe/Berlin", "01:00", "04:00", "2026-03-29T00:00", "2026-03-29T02:00"),  # 2 hours
    ("Europe/Berlin", "02:30", "04:00", "2026-03-29T01:00", "2026-03-29T02:00"),  # opens in the gap
    ("Europe/Berlin", "01:00", "02:30", "2026-03-29T00:00", "2026-03-29T01:00"),  # closes in it
    ("Europe/Berlin", "01:00", "04:00", "2026-10-24T23:00", "2026-10-25T03:00"),  # 4 hours
    ("Europe/Berlin", "02:30", "04:00", "2026-10-25T00:30", "2026-10-25T03:00"),  # the first 02:30
    ("America/New_York", "07:00", "16:00", "2026-03-07T12:00", "2026-03-07T21:00"),
    ("America/New_York", "07:00", "16:00", "2026-03-08T11:00", "2026-03-08T20:00"),
    ("America/New_York", "02:15", "16:00", "2026-03-08T07:00", "2026-03-08T20:00"),
    ("America/New_York", "00:30", "03:00", "2026-11-01T04:30", "2026-11-01T08:00"),
    ("America/New_York", "07:00", "16:00", "2026-11-01T12:00", "2026-11-01T21:00"),
    ("Australia/Sydney", "09:00", "18:00", "2026-10-02T23:00", "2026-10-03T08:00"),
    ("Australia/Sydney", "09:00", "18:00", "2026-10-03T22:00", "2026-10-04T07:00"),
    ("Australia/Sydney", "09:00", "18:00", "2026-04-03T22:00", "2026-04-04T07:00"),
    ("Australia/Sydney", "09:00", "18:00", "2026-04-04T23:00", "2026-04-05T08:00"),
    ("Africa/Cairo", "20:00", "24:00", "2026-04-23T18:00", "2026-04-23T22:00"),
    ("Africa/Cairo", "00:00", "02:00", "2026-04-23T22:00", "2026-04-23T23:00"),  # 1 hour
]


@pytest.mark.promise("HRS-01")
@pytest.mark.parametrize(("zone", "opens", "closes", "opening", "closing"), DST_DAYS)
def test_the_wall_clock_rules_on_days_when_it_is_put_forward_or_back(
    zone: str, opens: str, closes: str, opening: str, closing: str
):
    hours = daily(zone, (opens, closes))
    begin, end = utc(opening), utc(closing)
    second = timedelta(seconds=1)

    assert not is_open(hours, begin - second)
    assert is_open(hours, begin)
    assert is_open(hours, end - second)
    assert not is_open(hours, end)
    assert next_opening(hours, begin - second) == begin
    assert next_closing(hours, begin) == end
    assert closed_since(hours, end) == end


@pytest.mark.promise("HRS-01")
def test_a_day_may_have_several_intervals():
    cafe = daily("Asia/Dubai", ("07:00", "15:00"), ("18:00", "22:00"))

    assert is_open(cafe, utc("2026-11-21T10:59"))  # 14:59
    assert not is_open(cafe, utc("2026-11-21T11:00"))
    assert next_opening(cafe, utc("2026-11-21T11:00")) == utc("2026-11-21T14:00")
    assert next_opening(cafe, utc("2026-11-21T18:00")) == utc("2026-11-22T03:00")


@pytest.mark.promise("HRS-01")
def test_each_weekday_has_its_own_hours_in_the_business_s_own_zone():
    monday = Hours(
        time_zone="Pacific/Auckland", weekly=(Interval(weekday=0, opens="08:00", closes="17:00"),)
    )

    assert is_open(monday, utc("2026-11-22T19:00"))  # Sunday in UTC, Monday 08:00 in Auckland
    assert not is_open(monday, utc("2026-11-23T19:00"))
    assert next_opening(monday, utc("2026-11-23T19:00")) == utc("2026-11-29T19:00")


def test_an_opening_that_ends_at_midnight_goes_on_into_one_that_begins_there():
    bar = daily("Europe/Berlin", ("00:00", "02:00"), ("20:00", "24:00"))

    assert next_closing(bar, utc("2026-11-21T20:00")) == utc("2026-11-22T01:00")


@pytest.mark.promise("HRS-02")
def test_a_holiday_takes_the_place_of_the_weekly_rule():
    shop = daily("Europe/Berlin", ("08:00", "17:00"), exceptions=(christmas(),))

    assert not is_open(shop, utc("2026-12-25T10:00"))
    assert next_opening(shop, utc("2026-12-24T16:00")) == utc("2026-12-26T07:00")
    assert closed_since(shop, utc("2026-12-25T10:00")) == utc("2026-12-24T16:00")


@pytest.mark.promise("HRS-02")
def test_a_one_off_opening_beats_the_holiday():
    shop = daily(
        "Europe/Berlin",
        ("08:00", "17:00"),
        exceptions=(christmas(), christmas("12:00", "14:00"), christmas("18:00", "20:00")),
    )

    assert not is_open(shop, utc("2026-12-25T10:00"))  # 11:00, within the weekly rule
    assert is_open(shop, utc("2026-12-25T12:00"))
    assert next_opening(shop, utc("2026-12-25T13:00")) == utc("2026-12-25T17:00")
    assert next_opening(shop, utc("2026-12-25T19:00")) == utc("2026-12-26T07:00")


@pytest.mark.promise("HRS-02")
def test_the_business_s_own_calendar_says_when_a_holiday_is():
    shop = Hours(time_zone="Asia/Tokyo", weekly=ROUND_THE_CLOCK, exceptions=(christmas(),))

    assert is_open(shop, utc("2026-12-24T14:59"))
    assert not is_open(shop, utc("2026-12-24T15:00"))  # 25 December in Tokyo
    assert is_open(shop, utc("2026-12-25T15:00"))


def test_a_business_without_hours_is_always_open():
    always = Hours(time_zone="Europe/Berlin")
    now = utc("2026-11-21T03:00")

    assert is_open(always, now)
    assert next_opening(always, now) is None
    assert next_closing(always, now) is None
    assert closed_since(always, now) is None


def test_a_business_open_round_the_clock_has_no_closing():
    always = Hours(time_zone="Europe/Berlin", weekly=ROUND_THE_CLOCK)

    assert next_closing(always, utc("2026-11-21T03:00")) is None
    assert closed_since(always, utc("2026-11-21T03:00")) is None


def test_a_business_that_never_opens_has_no_next_opening():
    now = utc("2026-11-21T03:00")
    gone = Hours(time_zone="UTC", exceptions=(HoursException(on=CHRISTMAS, name="Closed"),))

    assert next_opening(gone, now) is None
    assert next_closing(gone, now) is None
    assert closed_since(gone, now) == now - timedelta(days=HORIZON_DAYS)


def test_closed_for_months_began_at_the_last_closing():
    season = Hours(
        time_zone="UTC",
        exceptions=(
            HoursException(on=date(2026, 8, 31), name="Fair", opens="10:00", closes="18:00"),
        ),
    )

    assert closed_since(season, utc("2026-11-21T03:00")) == utc("2026-08-31T18:00")


@pytest.mark.parametrize(
    ("weekday", "opens", "closes", "field"),
    [
        (7, "08:00", "17:00", "weekly[0].weekday"),
        (-1, "08:00", "17:00", "weekly[0].weekday"),
        (0, "8:00", "17:00", "weekly[0].opens"),
        (0, "08.00", "17:00", "weekly[0].opens"),
        (0, "24:00", "24:00", "weekly[0].opens"),
        (0, "٠٨:٠٠", "17:00", "weekly[0].opens"),
        (0, "08:00", "17:60", "weekly[0].closes"),
        (0, "08:00", "24:01", "weekly[0].closes"),
        (0, "08:00", "", "weekly[0].closes"),
        (0, "17:00", "08:00", "weekly[0].closes"),
        (0, "08:00", "08:00", "weekly[0].closes"),
    ],
)
def test_hours_that_cannot_be_are_named(weekday: int, opens: str, closes: str, field: str):
    hours = Hours(time_zone="UTC", weekly=(Interval(weekday=weekday, opens=opens, closes=closes),))
    assert [problem.field for problem in problems(hours)] == [field]


def test_an_unknown_zone_an_overlap_and_half_an_exception_are_named():
    hours = daily(
        "Europe/Berlyn",
        ("08:00", "12:00"),
        ("11:59", "17:00"),
        exceptions=(christmas("10:00"), christmas("18:00", "20:00"), christmas("19:00", "21:00")),
    )
    fields = [problem.field for problem in problems(hours)]

    assert fields[0] == "time_zone"
    assert fields[1:8] == [f"weekly[{2 * day + 1}].opens" for day in range(7)]
    assert fields[8:] == ["exceptions[0].closes", "exceptions[2].opens"]


def test_intervals_that_only_touch_do_not_overlap():
    touching = daily(
        "Asia/Dubai", ("08:00", "12:00"), ("12:00", "17:00"), exceptions=(christmas(),)
    )

    assert problems(touching) == []
    assert next_closing(touching, utc("2026-11-21T05:00")) == utc("2026-11-21T13:00")


ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"]


@some.composite
def any_hours(draw: some.DrawFn) -> Hours:
    def interval() -> tuple[str, str]:
        begin, end = sorted(draw(some.sets(some.integers(0, 96), min_size=2, max_size=2)))
        return f"{begin // 4:02}:{begin % 4 * 15:02}", f"{end // 4:02}:{end % 4 * 15:02}"

    weekly = tuple(
        Interval(weekday=day, opens=opens, closes=closes)
        for day in draw(some.lists(some.integers(0, 6), max_size=6))
        for opens, closes in [interval()]
    )
    exceptions = tuple(
        HoursException(on=on, name="x", opens=opens, closes=closes)
        for on in draw(some.lists(some.dates(date(2026, 3, 1), date(2026, 4, 30)), max_size=3))
        for opens, closes in [draw(some.sampled_from([(None, None), interval()]))]
    )
    zone = draw(some.sampled_from(ZONES))
    return Hours(time_zone=zone, weekly=weekly, exceptions=exceptions)


MOMENTS = some.datetimes(datetime(2026, 3, 1), datetime(2026, 4, 30), timezones=some.just(UTC))  # noqa: DTZ001


@given(any_hours(), MOMENTS)
@settings(max_examples=150, deadline=None)
def test_the_next_change_is_a_change_and_nothing_changes_before_it(hours: Hours, at: datetime):
    opened = is_open(hours, at)
    change = next_closing(hours, at) if opened else next_opening(hours, at)
    if change is None:
        return
    assert change > at
    assert is_open(hours, change) is not opened
    assert is_open(hours, change - timedelta(seconds=1)) is opened
    between = at + (change - at) / 2
    assert is_open(hours, between) is opened


@given(any_hours(), MOMENTS)
@settings(max_examples=100, deadline=None)
def test_closed_since_is_told_exactly_when_it_is_closed(hours: Hours, at: datetime):
    since = closed_since(hours, at)

    assert (since is None) is is_open(hours, at)
    assert since is None or (since <= at and not is_open(hours, since))


@given(any_hours(), some.dates(date(2026, 3, 1), date(2026, 4, 30)))
@settings(max_examples=100, deadline=None)
def test_open_is_what_the_clock_on_the_wall_says(hours: Hours, day: date):
    """Away from DST days, a plain reading of the rule gives the same answer."""
    zone = ZoneInfo(hours.time_zone)
    noon = datetime(day.year, day.month, day.day, 12, 7, tzinfo=zone)
    offsets = {(noon + timedelta(days=n)).utcoffset() for n in (-1, 0, 1)}
    special = [(e.opens, e.closes) for e in hours.exceptions if e.on == day]
    weekly = [(e.opens, e.closes) for e in hours.weekly if e.weekday == day.weekday()]
    within = any(
        opens and closes and opens <= "12:07" < closes for opens, closes in special or weekly
    )
    if len(offsets) == 1 and (hours.weekly or hours.exceptions):
        assert is_open(hours, noon) is within


def test_openings_follow_one_another():
    cafe = daily("Europe/Berlin", ("07:00", "15:00"), ("18:00", "22:00"))
    openings = [utc("2026-03-27T00:00")]
    while len(openings) < 8 and (following := next_opening(cafe, openings[-1])):
        openings.append(following)

    gaps = [after - before for before, after in pairwise(openings[1:])]
    assert gaps == [timedelta(hours=h) for h in (11, 13, 11, 12, 11, 13)]  # 29 March is shorter
