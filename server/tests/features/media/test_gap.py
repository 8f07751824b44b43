"""Gaps between tries grow, and never beyond the longest."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from serai.features.media.model import FIRST_GAP, LONGEST_GAP, gap


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_a_gap_is_never_shorter_than_the_first_nor_much_longer_than_the_longest(
    attempt: int, chance: float
):
    assert FIRST_GAP <= gap(attempt, chance) <= LONGEST_GAP * 1.5


def test_each_gap_is_twice_the_one_before():
    assert [gap(attempt, 0) for attempt in (1, 2, 3)] == [
        FIRST_GAP, FIRST_GAP * 2, FIRST_GAP * 4,
    ]  # fmt: skip
    assert gap(5, 1) == gap(5, 0) * 1.5 < timedelta(minutes=3)
