"""What a saved view counts, by what its address says."""

from uuid import UUID

import pytest
from serai.features.desk.decide.counting import counted

TAG = UUID(int=7)


def test_without_a_word_about_the_state_those_that_are_open_count():
    found = counted({"tag": str(TAG), "order": "waiting"})
    assert found is not None
    assert (found.status, found.tag, found.queue, found.unread) == ("open", TAG, None, False)


def test_where_somebody_was_mentioned_counts_whatever_its_state():
    found = counted({"queue": "mentions", "unread": True})
    assert found is not None
    assert (found.status, found.queue, found.unread) == (None, "mentions", True)


@pytest.mark.parametrize(
    "search", [{"q": "table"}, {"status": "resolved"}, {"status": "lost"}, {"team": "nobody"}]
)
def test_words_what_is_resolved_and_what_cannot_be_read_is_shown_without_a_number(
    search: dict[str, str],
):
    assert counted(search) is None
