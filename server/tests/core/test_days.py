"""The days ahead as people meet them."""

from datetime import UTC, date, datetime

import pytest
from serai.core.days import DAY_MINUTES, ClockChange, days
from serai.core.hours import Hours, HoursException, Interval
from serai.core.opening_words import away_text, unknown_variable

SUNDAY = date(2026, 3, 29)
"""Berlin puts its clock forward at 2."""


def sundays(*openings: tuple[str, str], exceptions: tuple[HoursException, ...] = ()) -> Hours:
    weekly = tuple(Interval(weekday=6, opens=opens, closes=closes) for opens, closes in openings)
    return Hours(time_zone="Europe/Berlin", weekly=weekly, exceptions=exceptions)


def test_a_day_shows_its_openings_on_the_wall_clock_and_as_moments():
    [day] = days(sundays(("09:00", "12:00"), ("22:00", "24:00")), SUNDAY, 1)

    assert [(each.opens, each.closes) for each in day.openings] == [(540, 720), (1320, DAY_MINUTES)]
    assert day.openings[0].opens_at == datetime(2026, 3, 29, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "on", "change"),
    [
        ("Europe/Berlin", SUNDAY, ClockChange(60, datetime(2026, 3, 29, 1, tzinfo=UTC))),
        (
            "Europe/Berlin",
            date(2026, 10, 25),
            ClockChange(-60, datetime(2026, 10, 25, 1, tzinfo=UTC)),
        ),
        (
            "Australia/Lord_Howe",
            date(2026, 10, 4),
            ClockChange(30, datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        ),
        ("Asia/Dubai", SUNDAY, None),
    ],
)
def test_a_day_on_which_the_clock_moves_says_how_far_and_when(
    zone: str, on: date, change: ClockChange | None
):
    [day] = days(Hours(time_zone=zone), on, 1)

    assert day.clock_change == change


def test_a_business_without_hours_is_open_all_day():
    [day] = days(Hours(time_zone="Asia/Dubai"), SUNDAY, 1)

    assert [(each.opens, each.closes) for each in day.openings] == [(0, DAY_MINUTES)]


def test_an_exception_takes_the_place_of_the_week_and_is_named():
    fair = HoursException(on=SUNDAY, name="Fair")
    [day, _] = days(sundays(("09:00", "12:00"), exceptions=(fair,)), SUNDAY, 2)

    assert (day.openings, day.names) == ((), ("Fair",))


def test_an_away_text_says_when_it_opens_again_on_the_business_s_own_clock():
    text = away_text(
        "Back {next_opening}.", sundays(("09:00", "12:00")), datetime(2026, 3, 27, 12, tzinfo=UTC)
    )

    assert text == "Back Sunday 29 March, 09:00."


def test_a_variable_that_nobody_fills_is_found():
    assert unknown_variable("Back {opening}", "{next_opening}") == "opening"
    assert unknown_variable("Back {next_opening}", "{next_opening}") is None
