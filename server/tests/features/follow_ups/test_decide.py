"""What a follow-up says when its time comes."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from serai.core.content import Text
from serai.core.ids import BusinessId, ContactId, ConversationId
from serai.core.message import Author, Purpose
from serai.core.template import TemplateRef
from serai.features.follow_ups import decide
from serai.features.follow_ups.model import Due
from tests.given import NOON, NUMBER, made

NUDGE = TemplateRef("nudge", "en_US", body="Still interested?")
OFFER = TemplateRef("offer", "en_US", category="MARKETING")
OPEN = NOON + timedelta(hours=1)
CLOSED = NOON - timedelta(seconds=1)


def due(**values: Any) -> Due:
    defaults = {
        "id": UUID(int=7),
        "business_id": BusinessId(UUID(int=1)),
        "conversation_id": ConversationId(UUID(int=4)),
        "contact_id": ContactId(UUID(int=3)),
        "channel": NUMBER,
        "asked_by": "key",
        "content": Text("Have you had a look?"),
        "template": NUDGE,
        "is_answered": False,
        "window_closes_at": CLOSED,
    }
    return Due(**made(defaults, values))


@pytest.mark.parametrize(
    ("closes_at", "said"),
    [
        (OPEN, Text("Have you had a look?")),
        (NOON + timedelta(seconds=1), Text("Have you had a look?")),
        (NOON, NUDGE),
        (CLOSED, NUDGE),
        (None, NUDGE),
    ],
)
def test_free_text_inside_the_window_and_the_template_outside(
    closes_at: datetime | None, said: object
):
    asked = decide.asked(due(window_closes_at=closes_at), NOON)
    assert asked is not None
    assert asked.content == said


def test_whoever_has_written_is_not_followed_up():
    answered = due(is_answered=True, window_closes_at=OPEN)
    assert decide.asked(answered, NOON) is None
    assert decide.ended(answered).by == "answered"


def test_without_a_template_what_was_written_is_asked_for_so_that_policy_says_why_not():
    text_only = due(template=None)
    asked = decide.asked(text_only, NOON)
    assert asked is not None
    assert asked.content == Text("Have you had a look?")
    assert (decide.ended(text_only).state, decide.ended(text_only).by) == ("done", "due")


def test_without_a_text_the_template_goes_inside_the_window_too():
    asked = decide.asked(due(content=None, window_closes_at=OPEN), NOON)
    assert asked is not None
    assert asked.content == NUDGE


def test_it_counts_as_what_it_says_and_as_the_words_of_whoever_asked_for_it():
    asked = decide.asked(due(template=OFFER), NOON)
    assert asked is not None
    assert (asked.purpose, asked.author, asked.by) == (Purpose.MARKETING, Author.AGENT, "key")
    assert decide.ended(due(template=OFFER)).state == "done"


def test_the_same_follow_up_is_always_the_same_message():
    one, two = decide.asked(due(), NOON), decide.asked(due(), NOON + timedelta(hours=1))
    assert one is not None
    assert two is not None
    assert one.key == two.key
