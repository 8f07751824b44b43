"""Parts of a file as players ask for them."""

import pytest
from serai.features.media.api.giving import part_of


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-", (0, 100)),
        ("bytes=90-200", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-1000", (0, 100)),
        ("bytes=99-99", (99, 100)),
        ("bytes=100-", None),
        ("bytes=5-4", None),
        ("bytes=-0", None),
        ("bytes=-", None),
        ("bytes=1-2,4-5", None),
        ("lines=1-2", None),
        ("bytes=١-٢", None),
        ("bytes=9999999999999999999-", None),
    ],
)
def test_a_range_of_a_hundred_bytes(wanted: str, part: tuple[int, int] | None):
    assert part_of(wanted, 100) == part
