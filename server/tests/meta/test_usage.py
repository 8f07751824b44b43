"""Syncs slow down and stop before Meta's quotas are used up."""

import json
from datetime import timedelta

import pytest
from serai.meta.usage import LONGEST_GAP, REGAIN, Usage
from tests.given import NOON

ACCOUNT = "880012340000011"
OTHER = "880012340000012"


def told(percent: float, *, regain: float = 0, account: str = ACCOUNT) -> Usage:
    usage = Usage()
    quota = {
        "type": "whatsapp",
        "call_count": percent,
        "total_cputime": 20,
        "total_time": 20,
        "estimated_time_to_regain_access": regain,
    }
    usage.note(None, json.dumps({account: [quota]}), NOON)
    return usage


@pytest.mark.parametrize(
    ("percent", "gap"),
    [
        (0, timedelta()),
        (74, timedelta()),
        (75, timedelta()),
        (85, LONGEST_GAP / 2),
        (94, LONGEST_GAP * 0.95),
    ],
)
def test_a_sync_slows_down_from_three_quarters_of_the_quota(percent: float, gap: timedelta):
    usage = told(percent)
    assert usage.gap(ACCOUNT, NOON) == gap
    assert usage.may_sync(ACCOUNT, NOON)


@pytest.mark.parametrize("percent", [95, 100, 250])
def test_a_sync_stops_at_95_percent_until_meta_gives_access_again(percent: float):
    usage = told(percent, regain=7)
    assert not usage.may_sync(ACCOUNT, NOON)
    assert usage.gap(ACCOUNT, NOON) == timedelta(minutes=7)
    assert not usage.may_sync(ACCOUNT, NOON + timedelta(minutes=6, seconds=59))
    assert usage.may_sync(ACCOUNT, NOON + timedelta(minutes=7))


def test_without_an_estimate_it_stops_for_our_own_time():
    assert told(99).gap(ACCOUNT, NOON) == REGAIN


def test_one_account_does_not_hold_up_another_but_the_app_holds_up_all():
    usage = told(99)
    assert usage.may_sync(OTHER, NOON)
    usage.note('{"call_count":28,"total_time":96,"total_cputime":25}', None, NOON)
    assert not usage.may_sync(OTHER, NOON)
    assert usage.percent(OTHER, NOON) == 96


def test_the_highest_of_several_figures_counts_and_the_latest_answer():
    usage = Usage()
    quotas = [{"type": "whatsapp", "call_count": 10, "total_time": 80}, {"call_count": 97}]
    usage.note(None, json.dumps({ACCOUNT: quotas}), NOON)
    assert usage.percent(ACCOUNT, NOON) == 97
    usage.note(None, json.dumps({ACCOUNT: [{"call_count": 12}]}), NOON + timedelta(minutes=1))
    assert usage.percent(ACCOUNT, NOON) == 12


def test_what_was_said_an_hour_ago_counts_no_more():
    usage = told(90)
    assert usage.gap(ACCOUNT, NOON + timedelta(minutes=59)) > timedelta()
    assert usage.gap(ACCOUNT, NOON + timedelta(minutes=60)) == timedelta()


@pytest.mark.parametrize("header", ["", "{", "[]", '{"call_count":"many"}', "null", '{"x":[1]}'])
def test_headers_that_cannot_be_read_stop_nothing(header: str):
    usage = Usage()
    usage.note(header, header, NOON)
    assert usage.may_sync(ACCOUNT, NOON)
