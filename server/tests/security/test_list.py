"""The list of walls names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
NAMED = re.compile(r"`((?:[\w-]+/)+test_\w+\.py)(?:::(\w+))?`")


def test_every_test_that_the_list_of_walls_names_is_there():
    named = set(NAMED.findall((ROOT / "docs" / "security.md").read_text("utf-8")))
    missing: list[str] = []
    for place, name in sorted(named):
        path = ROOT / (place if place.startswith("e2e/") else f"server/tests/{place}")
        if not path.is_file() or (name and f"def {name}(" not in path.read_text("utf-8")):
            missing.append(f"{place}::{name}")
    assert len(named) > 50
    assert missing == []
