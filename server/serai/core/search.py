"""From what somebody types to patterns that find it."""

import unicodedata
from collections.abc import Sequence

MOST_TERMS = 6


def terms(query: str) -> list[str]:
    """The words that must all be there, folded; at most six, the same one once."""
    folded = fold(query).replace("\0", " ").split()
    return list(dict.fromkeys(folded))[:MOST_TERMS]


def patterns(words: Sequence[str]) -> list[str]:
    """For LIKE: each anywhere, its own wildcards taken literally."""
    return [f"%{_escaped(word)}%" for word in words]


def fold(text: str) -> str:
    """Small letters without accents, so that `cafe` finds `Café`."""
    return "".join(map(folded, text))


def folded(char: str) -> str:
    """What is left of one character: often one, sometimes more or none."""
    plain = [c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c)]
    return "".join(plain).lower()


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
