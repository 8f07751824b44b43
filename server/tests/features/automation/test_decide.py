"""At most one automatic answer, and the right one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from serai.core.content import Choice, Text
from serai.core.effects import Effect, MarkWelcomed, SendMessage
from serai.core.hours import Hours, Interval
from serai.core.keywords import Chosen, Contains, Exact, Match, Regex, Word, matches, problems
from serai.core.state import Contact, Conversation, State
from serai.features.automation.decide import decide
from serai.features.automation.model import Rule
from tests.given import NOON, business, message, state

DAY = Hours(
    time_zone="UTC",
    weekly=tuple(Interval(weekday=n, opens="08:00", closes="18:00") for n in range(7)),
)
SHOP = business(hours=DAY, welcome="Welcome!", away="Back {next_opening}.")
NIGHT = NOON + timedelta(hours=10)


def rule(match: Match, reply: str = "yes", **values: Any) -> Rule:
    defaults: dict[str, Any] = {"id": UUID(int=7), "key": reply, "priority": 1}
    return Rule(**(defaults | values), match=match, reply=reply)


def said(who: State, text: str, *rules: Rule) -> list[str]:
    effects: list[Effect] = list(decide(who, {who.business.id: rules}, message(text)))
    return [
        each.content.body
        for each in effects
        if isinstance(each, SendMessage) and isinstance(each.content, Text)
    ]


def newcomer() -> State:
    return state(business=SHOP, contact=Contact(id=state().contact.id))


@pytest.mark.promise("AUT-03")
@pytest.mark.parametrize(
    ("match", "text", "expected"),
    [
        (Word(("discount",)), "a DISCOUNT, please!", True),
        (Word(("discount",)), "any discounts?", False),
        (Contains(("discount",)), "any discounts?", True),
        (Exact(("menu",)), " Menu! ", True),
        (Exact(("menu",)), "the menu", False),
        (Word(("1",)), "I choose ١", True),
        (Word(("١",)), "I choose 1", True),
        (Word(("café",)), "CAFE?", True),
        (Word(("book a table",)), "may I book  a table?", True),
        (Contains(("قائمه",)), "قـائـمَه", True),
        (Word(("മെനു",)), "ഒരു മെനു തരൂ", True),
        (Regex(r"\border\s*#?\d{3,}"), "Where is Order #1042?", True),
        (Regex(r"\border\s*#?\d{3,}"), "I want to order", False),
    ],
)  # fmt: skip
def test_keywords_match_as_people_type(match: Match, text: str, expected: bool):
    assert matches(match, text) is expected


def test_a_pattern_that_cannot_be_read_or_is_too_long_is_named():
    assert problems(Regex("(")) != []
    assert problems(Regex("a" * 501)) != []
    assert problems(Word(())) != []
    assert problems(Word(("menu",))) == []


def test_a_pattern_that_would_stall_other_engines_does_not_stall_this_one():
    assert not matches(Regex("(a+)+$"), "a" * 5000 + "!")


@pytest.mark.promise("AUT-03")
def test_the_highest_priority_answers_alone():
    low, high = rule(Word(("menu",)), "low"), rule(Contains(("men",)), "high", priority=9)
    assert said(state(business=SHOP), "menu", low, high) == ["high"]


@pytest.mark.promise("AUT-03")
def test_a_rule_of_another_language_is_silent():
    arabic = rule(Word(("menu",)), "قائمة", language="ar")
    assert said(state(business=SHOP), "menu", arabic) == []
    reader = Contact(id=state().contact.id, language="ar", welcomed_at=NOON)
    assert said(state(business=SHOP, contact=reader), "menu", arabic) == ["قائمة"]


@pytest.mark.promise("AUT-03")
def test_a_rule_of_another_channel_is_silent():
    elsewhere = rule(Word(("menu",)), "no", channel="instagram", priority=9)
    here = rule(Word(("menu",)), "yes", channel="whatsapp")
    assert said(state(business=SHOP), "menu", elsewhere, here) == ["yes"]


@pytest.mark.promise("AUT-02")
def test_the_same_keyword_has_another_answer_out_of_hours():
    rules = (
        rule(Word(("open",)), "yes", hours="open"),
        rule(Word(("open",)), "no", hours="closed"),
    )
    assert said(state(business=SHOP), "open?", *rules) == ["yes"]
    assert said(state(business=SHOP, now=NIGHT), "open?", *rules) == ["no"]


@pytest.mark.promise("AUT-01")
def test_a_newcomer_is_welcomed_and_nobody_else():
    assert said(newcomer(), "hello") == ["Welcome!"]
    assert said(state(business=SHOP), "hello") == []


def test_a_newcomer_whose_question_is_answered_is_not_also_welcomed():
    assert said(newcomer(), "menu", rule(Word(("menu",)), "soup")) == ["soup"]
    effects = list(decide(newcomer(), {}, message("menu")))
    assert isinstance(effects[0], MarkWelcomed)


@pytest.mark.promise("HRS-04")
def test_the_away_message_names_the_next_opening_and_comes_once_per_closed_period():
    asleep = state(business=SHOP, now=NIGHT)
    assert said(asleep, "hello") == ["Back Wednesday 2 December, 08:00."]

    told = Conversation(id=asleep.conversation.id, away_at=NIGHT - timedelta(hours=1))  # pyright: ignore
    assert said(state(business=SHOP, now=NIGHT, conversation=told), "hello") == []
    yesterday = Conversation(id=told.id, away_at=NIGHT - timedelta(hours=20))
    assert said(state(business=SHOP, now=NIGHT, conversation=yesterday), "hello") != []


@pytest.mark.promise("HRS-04")
def test_no_away_message_when_a_person_answered_after_closing():
    answered = Conversation(id=state().conversation.id, answered_at=NIGHT - timedelta(minutes=5))  # pyright: ignore
    assert said(state(business=SHOP, now=NIGHT, conversation=answered), "hello") == []


def test_automation_is_silent_while_a_person_has_the_conversation():
    taken = Conversation(id=state().conversation.id, handled_by="people")  # pyright: ignore
    assert said(state(business=SHOP, conversation=taken), "menu", rule(Word(("menu",)))) == []


@pytest.mark.promise("AUT-10")
def test_a_business_that_answers_in_person_acknowledges_once_whatever_is_written():
    advisers = business(
        always_human=True, acknowledgement="Noted.", team="advisers", welcome="no", away="no"
    )
    first = state(business=advisers)
    assert said(first, "portfolio", rule(Contains(("portfolio",)), "never")) == ["Noted."]
    later = Conversation(id=first.conversation.id, acknowledged_at=NOON)  # pyright: ignore
    assert said(state(business=advisers, conversation=later), "portfolio") == []


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        (Chosen(("menu-1",)), ["yes"]),
        (Chosen(("MENU-1", "menu-2")), []),
        (Word(("lunch",)), ["yes"]),
        (Word(("menu",)), []),
    ],
)
def test_a_tap_is_answered_by_its_id_or_as_if_its_title_had_been_typed(
    match: Match, expected: list[str]
):
    tap = Choice(kind="button", id="menu-1", title="Lunch today")
    who = state(business=SHOP)
    event = message("", content=tap)

    effects = list(decide(who, {who.business.id: (rule(match),)}, event))

    texts = [each.content.body for each in effects if isinstance(each, SendMessage)]  # pyright: ignore
    assert texts == expected


def test_nobody_types_a_choice():
    assert not matches(Chosen(("menu",)), "menu")
    assert problems(Chosen(("menu",))) == []
    assert len(problems(Chosen(()))) == 1
    assert len(problems(Chosen(("a", "")))) == 1
