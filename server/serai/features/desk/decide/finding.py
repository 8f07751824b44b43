"""From what somebody types to patterns, and from what was found to the part that is shown."""

import unicodedata
from typing import Any

from msgspec import Struct

MOST_TERMS = 6
BEFORE, LONGEST = 40, 180
"""Characters of what is shown: before the first place that fits, and in all."""


class Snippet(Struct, frozen=True):
    """A part of a text, and where in it the words stand that were looked for."""

    text: str
    marks: tuple[tuple[int, int], ...]
    """From and to, in characters of `text`."""


def words_of(content: dict[str, Any]) -> str:
    """What of a content people read: the same parts in the same order as the database's `words_of`."""
    file: dict[str, Any] = content.get("file") or {}
    name = content.get("name") if content.get("type") == "location" else None
    parts = [content.get(key) for key in ("body", "caption", "title")]
    return " ".join(
        str(each) for each in (*parts, file.get("name"), content.get("address"), name) if each
    )


def terms(query: str) -> list[str]:
    """The words that must all be there, folded; at most six, the same one once."""
    folded = fold(query).replace("\0", " ").split()
    return list(dict.fromkeys(folded))[:MOST_TERMS]


def patterns(words: list[str]) -> list[str]:
    """For LIKE: each anywhere, its own wildcards taken literally."""
    return [f"%{_escaped(word)}%" for word in words]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def fold(text: str) -> str:
    """Small letters without accents, so that `cafe` finds `Café`."""
    return "".join(map(_folded, text))


def _folded(char: str) -> str:
    plain = [c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c)]
    return "".join(plain).lower()


def snippet(text: str, words: list[str]) -> Snippet:
    """The part around the first word that was looked for, with all of them marked."""
    found = _places(text, words)
    start = max(0, found[0][0] - BEFORE) if found else 0
    start = 0 if start < BEFORE // 2 else start
    end = min(len(text), start + LONGEST)
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(head) - start
    marks = tuple((a + shift, min(b, end) + shift) for a, b in found if start <= a < end)
    return Snippet(f"{head}{text[start:end]}{tail}", marks)


def _places(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the words stand, in order, without overlaps."""
    origin = [index for index, char in enumerate(text) for _ in _folded(char)]
    folded = fold(text)
    found: list[tuple[int, int]] = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            found.append((origin[at], origin[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    return _apart(sorted(found))


def _apart(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for begin, end in places:
        if kept and begin < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((begin, end))
    return kept
