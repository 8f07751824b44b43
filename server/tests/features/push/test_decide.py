"""When somebody is disturbed, and what a notification says."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from serai.features.push import decide
from serai.features.push.model import Choices, Kind, Notice
from tests.given import NOON, made

NIGHTS = Choices(quiet_days=(0, 1, 2, 3, 4, 5, 6), time_zone="Asia/Dubai", urgent_passes=False)
"""From 22:00 to 07:00 in Dubai, which is 18:00 to 03:00 UTC."""
TALK = UUID(int=4)


def notice(**values: Any) -> Notice:
    defaults = {
        "device_id": UUID(int=1),
        "subject": "a message",
        "kind": "unassigned",
        "tries": 1,
        "user_id": UUID(int=2),
        "sealed": b"",
        "digest": b"",
        "choices": Choices(),
        "business": "Hawana Cafe",
        "conversation_id": TALK,
        "contact": "Ada",
        "unread_count": 1,
        "is_over": False,
        "said": "Is there cake?",
        "created_at": NOON,
    }
    return Notice(**made(defaults, values))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """1 December 2026 is a Tuesday."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(1, 12), None),
        (at(1, 17, 59), None),
        (at(1, 18), at(2, 3)),
        (at(2, 2, 59), at(2, 3)),
        (at(2, 3), None),
    ],
)
def test_quiet_lasts_over_midnight_on_the_clock_of_its_person(
    now: datetime, until: datetime | None
):
    assert decide.quiet_until(NIGHTS, "unassigned", now) == until


@pytest.mark.parametrize(
    ("kind", "passes"),
    [("unassigned", False), ("mine", True), ("assigned", True), ("mention", True), ("test", True)],
)
def test_what_is_for_one_person_alone_passes_quiet_hours_if_they_want_it(kind: Kind, passes: bool):
    choices = Choices(quiet_days=NIGHTS.quiet_days, time_zone="Asia/Dubai", urgent_passes=True)

    assert (decide.quiet_until(choices, kind, at(1, 20)) is None) is passes
    assert decide.quiet_until(NIGHTS, kind, at(1, 20)) == at(2, 3)


def test_quiet_begins_on_the_chosen_days_only():
    sundays = Choices(quiet_days=(6,), urgent_passes=False)

    assert decide.quiet_until(sundays, "mine", at(6, 23)) == at(7, 7)
    assert decide.quiet_until(sundays, "mine", at(7, 23)) is None


def test_who_chose_no_quiet_hears_at_any_hour():
    assert decide.quiet_until(Choices(), "unassigned", at(1, 2)) is None


def test_news_about_one_conversation_on_one_browser_is_one_notification():
    one, two = notice(subject="1"), notice(subject="2", unread_count=2)
    other = notice(subject="3", conversation_id=UUID(int=9))
    elsewhere = notice(subject="1", device_id=UUID(int=8))

    assert decide.grouped([one, other, two, elsewhere]) == [[one, two], [other], [elsewhere]]
    assert decide.topic([one]) == decide.topic([two]) != decide.topic([other])


def test_a_notification_says_who_wrote_what_and_leads_there():
    told = decide.pushed([notice(unread_count=3)])

    assert told.title == "Ada · Hawana Cafe"
    assert told.body == "Is there cake? (+2)"
    assert told.path == f"/inbox/{TALK}"
    assert told.tag == f"conversation-{TALK}"


def test_a_private_one_names_nobody_and_says_no_word():
    told = decide.pushed([notice(choices=Choices(private=True), unread_count=3)])

    assert (told.title, told.body) == ("Hawana Cafe", "3 new messages")


def test_the_most_personal_reason_is_the_one_that_is_given():
    told = decide.pushed([notice(), notice(kind="assigned"), notice(kind="mine")])

    assert told.body == "Assigned to you: Is there cake?"
    assert decide.urgency([notice(), notice(kind="assigned")]) == "high"
    assert decide.urgency([notice()]) == "normal"


def test_long_words_are_cut():
    told = decide.pushed([notice(said="cake " * 100)])

    assert len(told.body) <= decide.MOST_WORDS
    assert told.body.endswith("…")


def test_a_message_without_words_is_a_new_message():
    assert decide.pushed([notice(said=None)]).body == "New message"
