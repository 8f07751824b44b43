"""Does a text match what a rule waits for? Written for people who type in a hurry.

Case, accents, width, Arabic vowel signs and the script of digits make no difference; vowel signs
that are letters of their script (Malayalam, Hindi, Thai) do. `regex` runs on RE2, whose time grows
with the text only, so that no pattern can stall a worker.
"""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

import re2
from msgspec import Struct

LONGEST_PATTERN = 500
"""Characters; ours: no rule that people can read needs more."""
TATWEEL = "\u0640"
ENDS = " .!?؟"
"""What people put after a word without meaning more by it."""
CHILLUS = str.maketrans(
    {
        "ൺ": "ണ്",
        "ൻ": "ന്",
        "ർ": "ര്",
        "ൽ": "ല്",
        "ൾ": "ള്",
        "ൿ": "ക്",
    }
)
"""Malayalam letters that keyboards write in two ways. Source: Unicode Standard, 12.9 Malayalam."""


class Exact(Struct, frozen=True, tag_field="mode", tag="exact"):
    """The whole text is one of the words or phrases."""

    words: tuple[str, ...]


class Word(Struct, frozen=True, tag_field="mode", tag="word"):
    """One of the words or phrases stands in the text, as whole words."""

    words: tuple[str, ...]


class Contains(Struct, frozen=True, tag_field="mode", tag="contains"):
    """One of the words stands anywhere in the text, also inside longer words."""

    words: tuple[str, ...]


class Regex(Struct, frozen=True, tag_field="mode", tag="regex"):
    """An RE2 pattern is found in the folded text; capitals in it make no difference."""

    pattern: str


class Chosen(Struct, frozen=True, tag_field="mode", tag="choice"):
    """A button or a row with one of these ids was tapped; the ids are ours, taken letter by letter."""

    ids: tuple[str, ...]


Match: TypeAlias = Exact | Word | Contains | Regex | Chosen


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The text as it is compared: small letters, no accents, ASCII digits, single spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(CHILLUS)
    return " ".join(plain.translate(FOLDS).split())


def matches(match: Match, text: str) -> bool:
    """Whether `text`, as a person typed it, sets the rule off."""
    body = folded(text)
    match match:
        case Exact(words=words):
            return _bare(body) in _bare_all(words)
        case Word(words=words):
            padded = f" {_spaced(body)} "
            return any(word in padded for word in _padded_all(words))
        case Contains(words=words):
            return any(word in body for word in _folded_all(words))
        case Regex(pattern=pattern):
            return _finds(pattern, body)
        case Chosen():
            return False


@lru_cache(maxsize=1024)
def _bare_all(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_bare(folded(word)) for word in words)


@lru_cache(maxsize=1024)
def _padded_all(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f" {_spaced(folded(word))} " for word in words)


@lru_cache(maxsize=1024)
def _folded_all(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(folded(word) for word in words)


def is_chosen(match: Match, id_: str, title: str) -> bool:
    """Whether a tap sets the rule off: by the id, or by its title as if it had been typed."""
    return id_ in match.ids if isinstance(match, Chosen) else matches(match, title)


def problems(match: Match) -> list[str]:
    """What is wrong with a match that someone entered; empty if nothing is."""
    if isinstance(match, Chosen):
        return [] if match.ids and all(match.ids) else ["Give at least one id, and no empty one."]
    if not isinstance(match, Regex):
        read = _spaced if isinstance(match, Word) else str
        empty = not match.words or any(not read(folded(word)) for word in match.words)
        return ["Give at least one word, and no empty one."] if empty else []
    if len(match.pattern) > LONGEST_PATTERN:
        return [f"The pattern has more than {LONGEST_PATTERN} characters."]
    try:
        _finds(match.pattern, "")
    except re2.error as error:  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        return [f"The pattern cannot be read: {error}"]
    return []


def _finds(pattern: str, body: str) -> bool:
    return _compiled(pattern).search(body) is not None  # pyright: ignore


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> "re2._Regexp":  # pyright: ignore
    return re2.compile(f"(?i){pattern}")  # pyright: ignore


def _bare(text: str) -> str:
    return text.strip(ENDS) or text


@lru_cache(maxsize=4096)
def _spaced(text: str) -> str:
    """Words with one space between them; everything that belongs to no word is a space."""
    return " ".join(text.translate(SPACES).split())


class Table(dict[int, str]):
    """For `str.translate`: works each character out once, so that long texts cost little."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        self._rule = rule

    def __missing__(self, code: int) -> str:
        self[code] = self._rule(chr(code))
        return self[code]


def _fold(char: str) -> str:
    """Nothing for accents, Arabic and Hebrew vowel points, direction marks and joiners."""
    place = unicodedata.combining(char)
    is_accent = 10 <= place <= 36 or place >= 200  # Source: Unicode, canonical combining classes
    if is_accent or char == TATWEEL or unicodedata.category(char) == "Cf":
        return ""
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def _space(char: str) -> str:
    is_of_a_word = char.isalnum() or unicodedata.category(char) in {"Mc", "Mn"}
    return char if is_of_a_word else " "


FOLDS = Table(_fold)
SPACES = Table(_space)
