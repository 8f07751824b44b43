"""The clock moves everything, and says so in every answer."""

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from metasim.testing import Refused


def test_every_answer_carries_the_simulated_date(given: Any):
    given.passes(40 * 86_400)

    now = datetime.fromisoformat(given.control("GET", "/clock")["now"].replace("Z", "+00:00"))

    for path in ("/", "/_sim/health", "/v25.0/me", "/nowhere"):
        answer = given.meta.call("GET", path)
        date = parsedate_to_datetime(answer.headers["date"])
        assert abs((date - now).total_seconds()) < 1, path


def test_a_frozen_clock_stands_still_and_can_be_moved_to_a_time(given: Any):
    before = given.control("GET", "/clock")
    assert before["frozen"] is True
    assert given.control("GET", "/clock") == before

    year = int(before["now"][:4]) + 1
    given.control("POST", "/clock", {"advance_to": f"{year}-01-01T10:00:00+04:00"})

    assert given.control("GET", "/clock")["now"] == f"{year}-01-01T06:00:00.000Z"


def test_after_a_move_a_running_clock_wakes_what_is_due_in_real_time(given: Any):
    given.control("POST", "/clock", {"freeze": False})
    given.receiver.answers = [503]
    given.writes()  # tried again in 15 s: an alarm is set
    given.passes(3600)

    message_id = given.sent()
    given.receiver.wait_for(3)

    assert given.statuses(message_id) == ["sent"]


@pytest.mark.parametrize(
    "change",
    [
        {"advance_seconds": -1},
        {"advance_to": "2001-01-01T00:00:00Z"},
        {"advance_to": "soon"},
        {"advance_seconds": "many"},
        {"freeze": "yes"},
        {"backwards": True},
        {},
    ],
)
def test_the_clock_never_goes_back(given: Any, change: dict[str, Any]):
    with pytest.raises(Refused) as refused:
        given.control("POST", "/clock", change)

    assert refused.value.answer.status == 400
    assert refused.value.answer.json["error"]["message"]
