"""What Meta takes as the username of a business."""

import pytest
from serai.features.channels.decide.username import problem


@pytest.mark.parametrize("name", ["hawana.cafe", "cafe_7", "abc", "a" * 35, "co.op", "shop.dubai"])
def test_a_name_of_small_letters_digits_underscores_and_single_dots_is_taken(name: str):
    assert problem(name) is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "3 characters"),
        ("ab", "3 characters"),
        ("a" * 36, "35 characters"),
        ("Hawana", "small letters"),
        ("hawana cafe", "small letters"),
        ("مقهى", "small letters"),
        ("12345", "one letter"),
        (".hawana", "without a dot"),
        ("hawana.", "without a dot"),
        ("hawana..cafe", "between two dots"),
        ("wwwhawana", "www"),
        ("hawana.com", "website"),
    ],
)
def test_what_meta_does_not_take_is_said_rule_by_rule(name: str, words: str):
    assert words in str(problem(name))
