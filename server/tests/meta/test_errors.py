"""What each of Meta's codes makes us do."""

import json
from datetime import timedelta

import pytest
from serai.kit.errors import Upstream
from serai.meta.codes.action import Action
from serai.meta.codes.table import CODES, OTHER, SECTIONS, code
from serai.meta.errors import Rejected, Throttled, Unauthorised, Unknown, error_from

TABLE = {
    Action.RETRY: (4, 613, 80007, 80008, 130429, 131056, 131208, 133004, 138005, 138013, 139102),
    Action.DEFER: (131049, 131057, 131064, 132069, 134101, 2494100),
    Action.SUPPRESS: (131026,),
    Action.SUPPRESS_MARKETING: (131050,),
    Action.PAUSE_TEMPLATE: (132001, 132007, 132015, 132016),
    Action.PAUSE_CHANNEL: (0, 3, 10, 33, 104, 190, 368, 131005, 131031, 131037, 131042, 131045, 131048,
                           133010),
    Action.UNKNOWN: (1, 2, 131000, 131016, 139103),
    Action.FAIL: (
        100, 2500, 130497, 133016,  # access and throttles that time alone does not mend
        130403, 130472, 131008, 131009, 131021, 131030, 131035, 131036, 131044, 131047, 131051, 131052,
        131053, 131055, 131059, 131060, 131062, 131063, 135000, 137000, 139200,  # the message
        132000, 132005, 132008, 132012, 132018, 132068, 134011, 134100, 134102, 134103, 1752041,
        141002, 200005, 200006, 200007, 2388019, 2388023, 2388024, 2388039, 2388040, 2388047, 2388072,
        2388073, 2388293, 2388299, 2388318, 2388330,  # templates
        133000, 133005, 133006, 133008, 133009, 133015, 136024, 2388001, 2388012, 2388091, 2388093,
        2388103, 2593107, 2593108, 2593109,  # numbers
        138000, 138001, 138002, 138003, 138004, 138006, 138007, 138009, 138012, 138018, 138024, 138025,
        131020, 131041, 131201, 131202, 131204, 131207, 131209, 131210, 131211, 131212, 131213, 131214,
        131215,  # calls and groups
        139000, 139001, 139002, 139003, 139004, 139100, 139101, *range(147001, 147006),
        *range(2494164, 2494180), 2494191,
    ),
}  # fmt: skip
ROWS = [(number, action) for action, numbers in TABLE.items() for number in numbers]
ERRORS: dict[Action, type[Upstream]] = {
    Action.RETRY: Throttled,
    Action.UNKNOWN: Unknown,
    Action.PAUSE_CHANNEL: Unauthorised,
}
WAITS = {131049: 24 * 60, 131057: 1, 131064: 24 * 60, 132069: 60, 134101: 10, 2494100: 1}
"""Minutes."""


def answer(number: int, **more: object) -> bytes:
    return json.dumps({"error": {"code": number, "message": "words", **more}}).encode()


@pytest.mark.promise("POL-10")
@pytest.mark.parametrize(("number", "action"), ROWS)
def test_each_code_has_its_decision_and_words(number: int, action: Action):
    row = code(number)
    assert row.action is action
    assert row.words.endswith(".")
    assert len(row.words.split()) > 4


@pytest.mark.promise("POL-10")
def test_the_table_and_this_test_hold_the_same_codes():
    assert {number for number, _ in ROWS} == set(CODES)
    assert len(ROWS) == len(CODES) == sum(len(section.codes) for section in SECTIONS)


@pytest.mark.promise("POL-10")
@pytest.mark.parametrize(("number", "action"), ROWS)
def test_each_code_becomes_the_error_that_dispatch_acts_on(number: int, action: Action):
    error = error_from(400, None, answer(number))
    assert type(error) is ERRORS.get(action, Rejected)


@pytest.mark.parametrize("number", TABLE[Action.DEFER])
def test_what_time_mends_says_how_long(number: int):
    assert code(number).wait == timedelta(minutes=WAITS[number])


def test_only_what_time_mends_says_how_long():
    assert {number for number, row in CODES.items() if row.wait} == set(TABLE[Action.DEFER])


def test_missing_permissions_are_a_range_of_codes():
    assert {code(number).action for number in range(200, 300)} == {Action.PAUSE_CHANNEL}


def test_a_code_that_meta_invents_tomorrow_fails_the_message_alone():
    assert code(999_999) is OTHER
    assert OTHER.action is Action.FAIL


@pytest.mark.parametrize(
    ("number", "subcode", "action"),
    [
        (100, 2494100, Action.DEFER),
        (100, 2388019, Action.FAIL),
        (100, 33, Action.FAIL),
        (100, 190, Action.FAIL),
        (190, 463, Action.PAUSE_CHANNEL),
        (190, 9_999_999, Action.PAUSE_CHANNEL),
    ],
)
def test_a_subcode_of_the_table_says_more_than_its_code(number: int, subcode: int, action: Action):
    assert code(number, subcode).action is action
    error = error_from(400, None, answer(number, error_subcode=subcode))
    assert type(error) is ERRORS.get(action, Rejected)


def test_an_answer_that_cannot_be_read_leaves_the_outcome_unknown():
    assert type(error_from(502, None, b"<html>")) is Unknown
    assert type(error_from(429, "7", b"")) is Throttled


def test_retry_after_is_honoured():
    error = error_from(429, "7", answer(130429))
    assert isinstance(error, Throttled)
    assert error.retry_after.total_seconds() == 7


def test_meta_s_own_words_for_people_are_passed_on():
    details = answer(131009, error_data={"details": "button title is too long"})
    assert str(error_from(400, None, details)) == "button title is too long"
    as_text = answer(100, error_data="not an object", error_user_msg="Choose another name")
    assert str(error_from(400, None, as_text)) == "Choose another name"
