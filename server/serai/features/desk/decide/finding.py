"""From what was found to the part that is shown."""

from typing import Any

from msgspec import Struct

from serai.core.search import fold, folded

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
    origin = [index for index, char in enumerate(text) for _ in folded(char)]
    plain = fold(text)
    found: list[tuple[int, int]] = []
    for word in words:
        at = plain.find(word)
        while at >= 0:
            found.append((origin[at], origin[at + len(word) - 1] + 1))
            at = plain.find(word, at + len(word))
    return _apart(sorted(found))


def _apart(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for begin, end in places:
        if kept and begin < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((begin, end))
    return kept
