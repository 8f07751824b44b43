"""Ids of rows of which there are millions begin with their moment, and are the same when repeated."""

from datetime import UTC, datetime, timedelta

from serai.core.ids import dated

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_the_same_event_makes_the_same_id() -> None:
    assert dated(NOON, "message", "wa:1") == dated(NOON, "message", "wa:1")
    assert dated(NOON, "message", "wa:1") != dated(NOON, "send", "wa:1")


def test_what_comes_later_has_the_greater_id_whatever_its_event() -> None:
    moments = [NOON + timedelta(milliseconds=n) for n in range(500)]
    made = [dated(at, "message", f"wa:{500 - n}") for n, at in enumerate(moments)]
    assert made == sorted(made)


def test_a_thousand_of_one_second_differ() -> None:
    assert len({dated(NOON, "message", n) for n in range(1_000)}) == 1_000


def test_it_is_a_uuid_of_the_version_for_what_others_make() -> None:
    made = dated(NOON, "message", "wa:1")
    assert (made.version, made.variant) == (8, "specified in RFC 4122")
    assert made.int >> 80 == int(NOON.timestamp() * 1000)


def test_a_moment_before_1970_and_the_last_one_there_is_make_one_too() -> None:
    assert dated(datetime.min.replace(tzinfo=UTC), "message", 1).int >> 80 == 0
    last = datetime.max.replace(tzinfo=UTC)
    assert dated(last, "message", 1).int >> 80 == int(last.timestamp() * 1000)
