"""What must be in no log: people's addresses and words, and whatever opens anything."""

import re
from collections.abc import Iterable
from pathlib import Path

FORBIDDEN = {
    "phone": re.compile(
        r"(?<![\w.-])\+?\(?1[ .-]?\(?(?:212|646)\)?[ .-]?555[ .-]?\d{2}[ .-]?\d{2}(?!\d)"
    ),
    "e-mail": re.compile(r"[\w.+-]+@[\w-]+\.\w[\w.-]*"),
    "token of Meta's": re.compile(r"\bEAA\w{8,}|\bdemo-token-\d"),
    "key of ours": re.compile(r"\bserai_[A-Za-z0-9_-]{20,}|(?i:bearer) +[\w-]{8,}"),
    "secret": re.compile(r"demo-app-secret|demo-verify-token|a long way to the harbour"),
    "message's id": re.compile(r"wamid\.[\w+/=-]{6,}"),
    "link that opens": re.compile(r"^\{.*#token=\w"),
}
"""By what it is. The phones are those of the tests' people: 1 212 555 and 1 646 555. The first owner's link
is said to whoever starts a server, on its standard output, which is in the same file here; in a line of the
log it must not be."""
OUTSIDE = ("metasim",)
"""Logs of what only plays somebody else."""


def leaks(text: str) -> list[str]:
    """What was found, each once with the line it is in."""
    return sorted(
        {
            f"{name}: {line[:300]}"
            for line in text.splitlines()
            for name, pattern in FORBIDDEN.items()
            if pattern.search(line)
        }
    )


def ensure_clean(folder: Path, names: Iterable[str] = ("*.log",)) -> None:
    """Every log in the folder says nothing of anybody. Raises AssertionError."""
    for pattern in names:
        for path in folder.glob(pattern):
            if path.stem.startswith(OUTSIDE):
                continue
            found = leaks(path.read_text("utf-8", errors="replace"))
            assert not found, f"{path.name} holds what no log may hold: {found[:5]}"
