"""Windows, rate limits, and sends that are accepted and then fail."""

from datetime import UTC, datetime
from typing import Any

import pytest
from metasim.pricing import price_type
from metasim.world import Waba


def failure(given: Any, message_id: str) -> int:
    given.passes(1)
    found = [one for one in given.receiver.items("statuses") if one["id"] == message_id]
    assert [one["status"] for one in found] == ["failed"]
    return found[0]["errors"][0]["code"]


def test_a_text_without_an_open_window_fails_later(given: Any):
    assert failure(given, given.sent()) == 131047


def test_the_window_closes_24_hours_after_the_person_wrote(given: Any):
    given.writes()
    given.passes(86_399)
    inside = given.sent()
    given.passes(2)

    assert "failed" not in given.statuses(inside)
    assert failure(given, given.sent()) == 131047


def test_the_closed_window_can_be_answered_at_once(given: Any):
    given.put(settings={"synchronous": [131047]})

    assert given.post().json["error"]["code"] == 131047


def test_someone_without_whatsapp_is_accepted_then_131026(given: Any):
    assert failure(given, given.sent(to="+15550000000")) == 131026


def test_stopped_marketing_is_accepted_then_131050(given: Any):
    given.has("people", phone=given.rosa, stopped_marketing=True)
    given.has("templates", id="990", category="MARKETING")

    answer = given.template("Rosa", "1")

    assert failure(given, answer.json["messages"][0]["id"]) == 131050


def test_someone_who_blocked_the_number_gets_nothing(given: Any):
    given.has("people", phone=given.rosa, blocked=[given.number])

    answer = given.template("Rosa", "1")
    given.passes(60)

    assert given.statuses(answer.json["messages"][0]["id"]) == ["sent"]


def test_45_messages_at_once_to_one_person_then_one_in_6_seconds(given: Any):
    given.writes()
    answers = [given.post().status for _ in range(45)]

    assert answers == [200] * 45
    assert given.post().json["error"]["code"] == 131056
    given.passes(6)
    assert given.post().status == 200
    assert given.post().json["error"]["code"] == 131056


def test_a_number_sends_its_messages_per_second_and_no_more(given: Any):
    given.has("numbers", id=given.number, messages_per_second=3)
    people = [f"1555000000{n}" for n in range(5)]
    given.put(people=[{"phone": phone} for phone in people])

    answers = [given.post(to=phone) for phone in people]

    assert [answer.status for answer in answers] == [200, 200, 200, 400, 400]
    assert answers[3].json["error"]["code"] == 130429
    given.passes(1)
    assert given.post().status == 200


def test_a_portfolio_reaches_its_unique_people_in_24_hours(given: Any):
    given.has("portfolios", id="920", messaging_limit="TIER_250")
    given.has("numbers", id=given.number, messages_per_second=1000)
    people = [f"1555000{n:04}" for n in range(251)]
    given.put(people=[{"phone": phone} for phone in people])

    sends = [given.template("a", "b", to=phone).json["messages"][0]["id"] for phone in people]
    again = given.template("a", "b", to=people[0]).json["messages"][0]["id"]
    given.passes(2)

    assert given.statuses(sends[249]) == ["sent", "delivered", "read"]
    assert given.statuses(sends[250]) == ["failed"]
    assert given.statuses(again)[-1] == "read"
    given.passes(86_400)
    later = given.template("a", "b", to=people[250]).json["messages"][0]["id"]
    given.passes(2)
    assert given.statuses(later)[-1] == "read"


@pytest.mark.parametrize(
    ("category", "open_window", "day", "price"),
    [
        ("service", True, (2026, 9, 30), "free_customer_service"),
        ("service", True, (2026, 10, 1), "regular"),
        ("utility", True, (2026, 9, 30), "free_customer_service"),
        ("utility", False, (2026, 9, 30), "regular"),
        ("utility", True, (2026, 10, 1), "regular"),
        ("marketing", True, (2026, 9, 30), "regular"),
    ],
)
def test_what_is_charged(category: str, open_window: bool, day: tuple[int, int, int], price: str):
    now = datetime(*day, 12, tzinfo=UTC).timestamp()

    assert price_type(category, open_window, now, Waba(id="880")) == price


def test_the_day_begins_in_the_time_zone_of_the_account():
    now = datetime(2026, 9, 30, 22, tzinfo=UTC).timestamp()

    muscat = Waba(id="880", timezone_id="Asia/Muscat")

    assert price_type("service", True, now, muscat) == "regular"
    assert price_type("service", True, now, Waba(id="880")) == "free_customer_service"
