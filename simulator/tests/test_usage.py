"""Quotas of management calls, and the headers that tell how much is used."""

import json
from typing import Any


def waba_usage(answer: Any) -> Any:
    told = answer.headers.get("x-business-use-case-usage")
    return None if told is None else json.loads(told)["880"][0]


def use(given: Any, percent: int | None, **more: str) -> None:
    given.control("PUT", "/usage", {"app": "314", "percent": percent, **more})


def test_usage_is_told_once_there_is_some(given: Any):
    first = given.call("GET", "/880")

    use(given, 42, waba="880")
    later = given.call("GET", "/880")

    assert waba_usage(first)["call_count"] == 1
    assert waba_usage(later)["call_count"] == 42
    assert waba_usage(later)["estimated_time_to_regain_access"] == 0
    assert json.loads(later.headers["x-app-usage"])["call_count"] == 42


def test_a_used_up_account_is_80007_with_the_minutes_to_wait(given: Any):
    use(given, 100, waba="880")

    answer = given.call("GET", f"/{given.number}")

    assert answer.json["error"]["code"] == 80007
    assert waba_usage(answer)["estimated_time_to_regain_access"] > 0
    use(given, None, waba="880")
    assert given.call("GET", f"/{given.number}").status == 200


def test_a_used_up_app_is_4_for_every_management_call(given: Any):
    use(given, 100)

    for path in ("/880", "/me", f"/{given.number}/settings"):
        assert given.call("GET", path).json["error"]["code"] == 4


def test_messages_are_sent_when_the_quota_is_used_up(given: Any):
    given.writes()
    use(given, 100, waba="880")
    use(given, 100)

    answer = given.post()

    assert answer.status == 200
    assert "x-app-usage" not in answer.headers


def test_an_account_without_a_registered_number_has_200_calls_an_hour(given: Any):
    given.has("numbers", id=given.number, status="PENDING")
    for _ in range(200):
        assert given.call("GET", "/880").status == 200

    assert given.call("GET", "/880").json["error"]["code"] == 80007
    given.passes(3601)
    assert given.call("GET", "/880").status == 200


def test_calls_that_do_not_count_do_not_use_the_quota(given: Any):
    for _ in range(5):
        given.call("GET", f"/{given.number}/whatsapp_business_profile")

    assert waba_usage(given.call("GET", "/880"))["call_count"] == 1
