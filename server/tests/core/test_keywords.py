"""What sets a keyword rule off: forgiving about how people type, strict about which word it is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some
from serai.core.keywords import (
    LONGEST_PATTERN,
    Contains,
    Exact,
    Match,
    Regex,
    Word,
    folded,
    matches,
    problems,
)


@pytest.mark.promise("AUT-03")
@pytest.mark.parametrize("one", ["1", "١", "۱", "१", "൧", "１", "①"])
def test_one_is_one_in_every_script(one: str):
    assert matches(Exact(("1",)), one)
    assert matches(Exact((one,)), "1")
    assert matches(Word(("1",)), f"option {one}, please")


@pytest.mark.promise("AUT-03")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("discount", True),
        ("Any DISCOUNT?", True),
        ("discount!", True),
        ("(discount)", True),
        ("discounts", False),
        ("nodiscount", False),
        ("discount2", False),
        ("", False),
    ],
)
def test_word_mode_wants_the_whole_word(text: str, expected: bool):
    assert matches(Word(("discount",)), text) is expected


@pytest.mark.promise("AUT-03")
@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("menu", "MENÜ"),
        ("café", "Cafe"),
        ("cafe", "CAFÉ"),
        ("café", "cafe\u0301"),
        ("strasse", "Straße"),
        ("menu", "ｍｅｎｕ"),
        ("menu", "  menu \n"),
        ("menu", "\u200emenu\u200f"),
        ("قائمة", "قَائِمَة"),
        ("قائمة", "قـــائمة"),
        ("أهلا", "اهلا"),
        ("ελλαδα", "Ελλάδα"),
        ("ёлка", "Елка"),
        ("ന്‍", "ൻ"),
        ("നന്ദി", "നന്ദി"),
    ],
)
def test_case_accents_width_and_vowel_points_make_no_difference(word: str, text: str):
    assert matches(Exact((word,)), text)
    assert matches(Word((word,)), f"… {text}, …")
    assert matches(Contains((word,)), f"x{text}x")


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("കട", "കുട"),  # shop, umbrella
        ("दन", "दिन"),
        ("मल", "मूल"),
        ("ไก", "ไก่"),
        ("か", "が"),
    ],
)
def test_signs_that_are_letters_of_their_script_do_make_a_difference(word: str, other: str):
    assert not matches(Exact((word,)), other)
    assert not matches(Word((word,)), other)


@pytest.mark.parametrize(
    ("word", "text", "expected"),
    [
        ("حجز", "أريد حجز، شكرا", True),
        ("حجز", "الحجز", False),
        ("വില", "വില എത്ര?", True),
        ("വില", "വിലകൾ", False),
        ("book a table", "I'd like to book  a\ntable.", True),
        ("book a table", "book a tablet", False),
        ("today's menu", "Today's menu", True),
    ],
)
def test_words_end_where_their_script_ends_them(word: str, text: str, expected: bool):
    assert matches(Word((word,)), text) is expected


@pytest.mark.parametrize(
    ("match", "text", "expected"),
    [
        (Exact(("menu",)), "Menu!", True),
        (Exact(("menu",)), "the menu", False),
        (Exact(("hours?",)), "hours", True),
        (Exact(("hours",)), "hours؟", True),
        (Exact(("?",)), "?", True),
        (Exact(("?",)), "anything", False),
        (Exact(("👍",)), "👍", True),
        (Contains(("allerg",)), "She is ALLERGIC to nuts", True),
        (Contains(("allerg",)), "lunch", False),
        (Contains(("menu", "lunch")), "school lunches", True),
        (Regex(r"\border\s*#?\d{3,}"), "Where is Order #١٠٤٢?", True),
        (Regex(r"\border\s*#?\d{3,}"), "order 12", False),
        (Regex(r"^ORDER|^BUY"), "buy two", True),
    ],
)
def test_each_mode_means_what_it_says(match: Match, text: str, expected: bool):
    assert matches(match, text) is expected


@pytest.mark.parametrize(
    "match",
    [
        Exact(()),
        Word(("menu", " ")),
        Word(("?!",)),
        Contains(("",)),
        Contains(("\u0640",)),
        Regex("(unclosed"),
        Regex(r"(?=lookahead)"),
        Regex("a" * (LONGEST_PATTERN + 1)),
    ],
)
def test_a_match_that_cannot_work_is_named(match: Match):
    assert len(problems(match)) == 1


@pytest.mark.parametrize(
    "match", [Exact(("1",)), Word(("حجز",)), Contains(("👍",)), Regex("a" * LONGEST_PATTERN)]
)
def test_a_match_that_works_has_no_problems(match: Match):
    assert problems(match) == []


def test_no_pattern_can_stall_a_worker():
    """A backtracking engine needs years for this one."""
    began = time.perf_counter()
    assert not matches(Regex("(a+)+$"), "a" * 4000 + "b")
    assert time.perf_counter() - began < 1


@given(some.text(max_size=60))
def test_folding_again_changes_nothing(text: str):
    assert folded(folded(text)) == folded(text)


@given(some.text(min_size=1, max_size=20), some.text(max_size=20), some.text(max_size=20))
def test_what_a_word_rule_hears_a_contains_rule_hears_too(word: str, before: str, after: str):
    if problems(Word((word,))) or not word.isalnum():
        return
    text = f"{before} {word} {after}"

    assert matches(Word((word,)), text)
    assert matches(Contains((word,)), text)


@given(some.text(max_size=60), some.text(max_size=10))
def test_any_text_and_any_word_give_an_answer(text: str, word: str):
    for match in (Exact((word,)), Word((word,)), Contains((word,))):
        assert matches(match, text) in {True, False}
