"""How long a send waits before it is tried again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from serai.engine.dispatch import LONGEST_GAP, gap
from serai.meta.errors import Throttled, Unavailable


@pytest.mark.promise("MSG-23")
@given(some.integers(1, 6), some.floats(0, 1), some.floats(0, 1), some.integers(1, 5))
def test_gaps_grow_and_are_never_shorter_than_meta_asks(
    attempt: int, one: float, two: float, asked: int
):
    error = Throttled(130429, timedelta(seconds=asked))
    first, second = gap(attempt, error, one), gap(attempt + 1, error, two)
    assert timedelta(seconds=asked) <= first < second


@given(some.integers(12, 40), some.floats(0, 1))
def test_gaps_do_not_grow_without_end(attempt: int, chance: float):
    assert gap(attempt, Unavailable(), chance) <= LONGEST_GAP * 1.5
