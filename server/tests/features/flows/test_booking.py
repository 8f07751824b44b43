"""A table is offered when the business is open, and only then."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from serai.core.hours import Hours, HoursException, Interval
from serai.features.flows.api import install
from serai.features.flows.decide import booking
from serai.features.flows.store import tokens
from serai.meta.flows import FlowRequest
from tests.given import VAULT

NOW = datetime(2026, 12, 1, 12, 10, tzinfo=UTC)  # a Tuesday, 16:10 in Muscat
TUESDAY = date(2026, 12, 1)
CAFE = Hours(
    time_zone="Asia/Muscat",
    weekly=tuple(Interval(weekday=day, opens="07:00", closes="22:00") for day in range(6)),
    exceptions=(HoursException(on=date(2026, 12, 3), name="Private party"),),
)
CHANNEL, OTHER = UUID(int=1), UUID(int=2)


def ask(action: str, screen: str | None = None, **data: Any) -> dict[str, Any]:
    request = FlowRequest(action=action, screen=screen, data=data, flow_token="a.b.c.d")
    return booking.answer(request, CAFE, NOW)


def test_days_are_offered_on_which_the_cafe_is_open():
    days = [each["id"] for each in ask("INIT")["data"]["dates"]]
    assert days[0] == "2026-12-01"
    assert "2026-12-03" not in days, "closed for a party"
    assert "2026-12-06" not in days, "closed on Sundays"
    assert len(days) == 11


def test_today_begins_with_the_next_half_hour_and_ends_an_hour_before_closing():
    slots = booking.times(CAFE, TUESDAY, NOW)
    assert (f"{slots[0]:%H:%M}", f"{slots[-1]:%H:%M}") == ("16:30", "20:30")


def test_a_day_shows_its_times_and_a_time_asks_for_the_name():
    shown = ask("data_exchange", "TABLE", date="2026-12-02")
    assert shown["screen"] == "TABLE"
    assert shown["data"]["times"][0] == {"id": "07:00", "title": "07:00"}
    chosen = ask("data_exchange", "TABLE", date="2026-12-02", time="19:30", guests="4")
    assert chosen["screen"] == "DETAILS"
    assert chosen["data"]["summary"] == "Wednesday 2 December, 19:30, 4 guests"


def test_a_time_that_is_gone_is_said_in_words():
    answer = ask("data_exchange", "TABLE", date="2026-12-01", time="09:00", guests="2")
    assert answer["screen"] == "TABLE"
    assert "choose another" in answer["data"]["error_message"]


def test_the_end_hands_what_was_entered_to_the_conversation():
    entered = {"date": "2026-12-02", "time": "19:30", "guests": "4", "name": "Ada", "notes": ""}
    answer = ask("data_exchange", "DETAILS", **entered)
    params = answer["data"]["extension_message_response"]["params"]
    assert answer["screen"] == "SUCCESS"
    assert params == {
        "flow_token": "a.b.c.d",
        "date": "2026-12-02",
        "time": "19:30",
        "guests": "4",
        "name": "Ada",
    }


def test_nonsense_brings_the_first_screen_again():
    nonsense: list[dict[str, Any]] = [
        {},
        {"date": 7},
        {"date": "2026-99-99"},
        {"date": ["x"], "time": {}},
    ]
    for data in nonsense:
        assert ask("data_exchange", "TABLE", **data)["screen"] == "TABLE"


def test_every_screen_that_we_answer_with_is_in_the_form_that_meta_has():
    form = json.loads(install.screens_of("booking"))
    screens = {screen["id"]: set(screen.get("data", {})) for screen in form["screens"]}
    table = ask("data_exchange", "TABLE", date="2026-12-02")
    details = ask("data_exchange", "TABLE", date="2026-12-02", time="19:30", guests="4")
    for answer in (table, details):
        assert set(answer["data"]) - {"error_message"} == screens[answer["screen"]]


def test_a_token_stands_for_one_form_of_one_number_until_its_end():
    token = tokens.mint(VAULT, CHANNEL, "booking", "n1", NOW)
    assert tokens.flow_of(VAULT, CHANNEL, token, NOW) == "booking"
    assert tokens.flow_of(VAULT, OTHER, token, NOW) is None
    assert tokens.flow_of(VAULT, CHANNEL, token, NOW + timedelta(days=8)) is None
    assert tokens.flow_of(VAULT, CHANNEL, token.replace("booking", "payout"), NOW) is None
    for forged in (None, "", "unused", "a.b.c.d", f"{token}x", "booking.n.99999999999.00"):
        assert tokens.flow_of(VAULT, CHANNEL, forged, NOW) is None
