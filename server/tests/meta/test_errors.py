"""What each of Meta's codes makes us do."""

import json

import pytest
from serai.meta.client import error_from
from serai.meta.errors import (
    CODES,
    Action,
    Rejected,
    Throttled,
    Unauthorised,
    Unknown,
    code,
)

TABLE = {
    Action.RETRY: (4, 80007, 80008, 130429, 131056),
    Action.DEFER: (131049, 131057),
    Action.FAIL: (100, 130472, 130497, 131008, 131009, 131021, 131030, 131047, 131051, 131053, 132000,
                  132005, 132012, 132018),
    Action.SUPPRESS: (131026,),
    Action.SUPPRESS_MARKETING: (131050,),
    Action.PAUSE_TEMPLATE: (132001, 132007, 132015, 132016),
    Action.PAUSE_CHANNEL: (0, 3, 10, 33, 190, 368, 131005, 131031, 131037, 131042, 131045, 131048, 133010),
    Action.UNKNOWN: (1, 2, 131000, 131016),
}  # fmt: skip
ROWS = [(number, action) for action, numbers in TABLE.items() for number in numbers]


@pytest.mark.promise("POL-10")
@pytest.mark.parametrize(("number", "action"), ROWS)
def test_each_code_has_its_decision_and_words(number: int, action: Action):
    row = code(number)
    assert row.action is action
    assert row.words.endswith((".", "by itself."))


@pytest.mark.promise("POL-10")
def test_the_table_and_this_test_hold_the_same_codes():
    assert {number for number, _ in ROWS} == set(CODES)
    assert len(CODES) >= 30


def answer(number: int, status: int = 400, **more: object) -> bytes:
    return json.dumps({"error": {"code": number, "message": "words", **more}}).encode()


@pytest.mark.parametrize(("number", "action"), ROWS)
def test_each_code_becomes_the_error_that_dispatch_acts_on(number: int, action: Action):
    kinds = {
        Action.RETRY: Throttled,
        Action.UNKNOWN: Unknown,
        Action.PAUSE_CHANNEL: Unauthorised,
    }
    assert type(error_from(400, None, answer(number))) is kinds.get(action, Rejected)


def test_missing_permissions_are_a_range_of_codes():
    assert {code(number).action for number in range(200, 300)} == {Action.PAUSE_CHANNEL}


def test_an_answer_that_cannot_be_read_leaves_the_outcome_unknown():
    assert type(error_from(502, None, b"<html>")) is Unknown
    assert type(error_from(429, "7", b"")) is Throttled


def test_retry_after_is_honoured():
    error = error_from(429, "7", answer(130429))
    assert isinstance(error, Throttled)
    assert error.retry_after.total_seconds() == 7
