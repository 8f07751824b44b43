"""What was done and what came of it, for people and for programs."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.faults.accounts import Reckoning

WORDS = {
    "deliveries": "deliveries acknowledged",
    "messages": "messages that came in",
    "answers": "answers",
    "lost": "lost",
    "doubled": "sent twice",
    "unknown": "sends whose outcome was unknown for a while",
    "flagged": "of those, shown to a person because nobody told of them",
}


def tell(injected: Counter[str], totals: Sequence[Reckoning], problems: Sequence[str]) -> None:
    """On the screen."""
    for kind, count in sorted(injected.items()):
        print(f"{count:6} {kind}")
    for name in WORDS:
        print(f"{_sum(totals, name):6} {name}")
    print(*problems[:40], sep="\n")


def write(path: Path, how: str, injected: Counter[str], totals: Sequence[Reckoning]) -> None:
    """As `path`.json and `path`.md; `how`: a sentence that says what was asked for."""
    sums = {name: _sum(totals, name) for name in WORDS}
    told = {"how": how, "faults": dict(sorted(injected.items())), **sums}
    path.with_suffix(".json").write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    lines = [
        "# Faults at random under load",
        "",
        how,
        "",
        "| what came of it | count |",
        "|---|---:|",
        *(f"| {WORDS[name]} | {count} |" for name, count in sums.items()),
        "",
        "| fault | count |",
        "|---|---:|",
        *(f"| {kind} | {count} |" for kind, count in sorted(injected.items())),
        f"| **in all** | **{injected.total()}** |",
        "",
    ]
    path.with_suffix(".md").write_text("\n".join(lines), "utf-8")


def _sum(totals: Sequence[Reckoning], name: str) -> int:
    return sum(getattr(each, name) for each in totals)
