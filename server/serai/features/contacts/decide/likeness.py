"""How likely two contacts are one person; from what both are known by and called."""

import re
import unicodedata
from collections.abc import Set
from datetime import date
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from msgspec import Struct

Reason: TypeAlias = Literal[
    "same_phone", "same_email", "same_name", "similar_name", "same_birthday", "same_company"
]
ENOUGH = 0.5
"""From which score on two contacts are shown to people."""


class Look(Struct, frozen=True, kw_only=True):
    """What is compared of a contact."""

    name: str | None = None
    phones: Set[str] = frozenset()
    """The last nine digits of each: a number is also written without its country's code."""
    emails: Set[str] = frozenset()
    birthday: date | None = None
    company: str | None = None


class Likeness(Struct, frozen=True):
    score: float
    """0 to 1."""
    reasons: tuple[Reason, ...]


def compare(one: Look, other: Look) -> Likeness:
    """Each sign adds to what the others leave open; a different birthday speaks against it."""
    signs = dict(_signs(one, other))
    doubt = 1.0
    for weight in signs.values():
        doubt *= 1 - weight
    score = 1 - doubt
    if one.birthday and other.birthday and one.birthday != other.birthday:
        score /= 3
    return Likeness(round(score, 2), tuple(signs))


def _signs(one: Look, other: Look) -> list[tuple[Reason, float]]:
    found: list[tuple[Reason, float]] = []
    if one.phones & other.phones:
        found.append(("same_phone", 0.8))
    if one.emails & other.emails:
        found.append(("same_email", 0.9))
    found += _named_alike(one.name, other.name)
    if one.birthday is not None and one.birthday == other.birthday:
        found.append(("same_birthday", 0.4))
    if one.company and other.company and plain(one.company) == plain(other.company):
        found.append(("same_company", 0.2))
    return found


def _named_alike(one: str | None, other: str | None) -> list[tuple[Reason, float]]:
    """A first name alone says little; the same two words say much, whatever their order."""
    words, others = plain(one or "").split(), plain(other or "").split()
    if not words or not others:
        return []
    if sorted(words) == sorted(others):
        return [("same_name", 0.6 if len(words) > 1 else 0.2)]
    likeness = SequenceMatcher(None, " ".join(sorted(words)), " ".join(sorted(others))).ratio()
    is_close = min(len(words), len(others)) > 1 and likeness >= 0.85
    return [("similar_name", 0.4)] if is_close else []


def plain(text: str) -> str:
    """Small letters without accents and signs, for comparing."""
    bare = "".join(
        each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each)
    )
    return re.sub(r"[\W_]+", " ", bare.casefold()).strip()
