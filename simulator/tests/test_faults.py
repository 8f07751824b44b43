"""Faults: each does what its name says, as often and for whom it was ordered."""

import http.client
import time
from typing import Any

import pytest


def test_hang_up_accepts_the_send_and_closes_the_line(given: Any):
    given.writes()
    given.fault("hang_up", times=1)

    with pytest.raises(http.client.RemoteDisconnected):
        given.post()

    given.passes(2)
    send = given.control("GET", "/sends")["sends"][0]
    assert given.statuses(send["id"]) == ["sent", "delivered", "read"]
    assert given.post().status == 200


def test_throttle_refuses_and_nothing_is_sent(given: Any):
    given.writes()
    given.fault("throttle", times=2)
    given.fault("throttle", times=1, code=80007, http=429)

    answers = [given.post() for _ in range(4)]

    found = [(one.status, one.json.get("error", {}).get("code")) for one in answers]
    assert found == [(400, 130429), (400, 130429), (429, 80007), (200, None)]
    assert given.control("GET", "/counters")["sends"] == 1


def test_error_and_expired_token_answer_as_meta_does(given: Any):
    given.fault("error", times=1)
    given.fault("expired_token", times=1)

    expired, failed = given.post(), given.post()

    assert (expired.status, expired.json["error"]["error_subcode"]) == (401, 463)
    assert (failed.status, failed.json["error"]["code"]) == (500, 131000)


def test_slow_answers_late(given: Any):
    given.writes()
    given.fault("slow", times=1, seconds=0.3)
    started = time.monotonic()

    assert given.post().status == 200
    assert time.monotonic() - started >= 0.3


def test_status_first_delivers_before_the_send_is_answered(given: Any):
    given.writes()
    given.fault("status_first", times=1)

    message_id = given.sent()

    assert given.statuses(message_id) == ["delivered"]


def test_a_fault_is_only_for_its_number_and_person(given: Any):
    given.writes()
    given.fault("throttle", to="+1 999 999 9999")
    given.fault("throttle", number="other")
    assert given.post().status == 200

    given.fault("throttle", to=given.rosa)
    assert given.post().status == 400


def test_duplicate_posts_the_same_status_twice(given: Any):
    given.writes()
    given.fault("duplicate", status="delivered", times=1)
    message_id = given.sent()
    given.passes(2)

    assert given.statuses(message_id) == ["sent", "delivered", "delivered", "read"]


def test_drop_loses_a_status(given: Any):
    given.writes()
    given.fault("drop", status="delivered", times=1)
    message_id = given.sent()
    given.passes(2)

    assert given.statuses(message_id) == ["sent", "read"]


def test_reorder_lets_the_next_one_overtake(given: Any):
    given.writes()
    given.fault("reorder", status="sent", times=1)
    message_id = given.sent()
    given.passes(2)

    assert given.statuses(message_id) == ["delivered", "sent", "read"]


def test_delay_holds_a_status_back_on_the_clock(given: Any):
    given.writes()
    given.fault("delay", status="sent", times=1, seconds=60)
    message_id = given.sent()
    given.passes(30)
    assert given.statuses(message_id) == ["delivered", "read"]

    given.passes(31)

    assert given.statuses(message_id) == ["delivered", "read", "sent"]


def test_batch_puts_several_into_one_post(given: Any):
    given.writes()
    given.fault("batch", size=3)
    message_id = given.sent()
    given.passes(2)

    # two POSTs may be under way at once, so their order is open
    assert sorted(given.statuses(message_id)) == ["delivered", "read", "sent"]
    assert len(given.receiver.posts) <= 3


def test_faults_can_be_listed_and_taken_away(given: Any):
    first, second = given.fault("drop"), given.fault("throttle")
    assert [each["id"] for each in given.control("GET", "/faults")["faults"]] == [first, second]

    given.control("DELETE", f"/faults/{first}")
    given.control("DELETE", "/faults")

    assert given.control("GET", "/faults")["faults"] == []
