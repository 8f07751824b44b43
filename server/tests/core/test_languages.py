"""In which language somebody is written to."""

import pytest
from serai.core.languages import direction, reader


@pytest.mark.parametrize(
    ("own", "header", "expected"),
    [
        ("ar", "en", "ar"),
        (None, "ar-EG,ar;q=0.9,en;q=0.8", "ar"),
        (None, "de-DE,de;q=0.9,en;q=0.5,ar;q=0.7", "ar"),
        ("browser", "ar", "ar"),
        (None, "de", "en"),
        (None, "ar;q=0, en;q=0.1", "en"),
        (None, None, "en"),
        (None, "ar;q=much", "en"),
        ("de", "", "en"),
    ],
)
def test_ones_own_choice_comes_first_then_the_browsers(
    own: str | None, header: str | None, expected: str
):
    assert reader(own, header) == expected


def test_arabic_runs_from_right_to_left():
    assert (direction("ar"), direction("en")) == ("rtl", "ltr")
