"""The languages in which Serai writes to people who work here: letters and notifications."""

from typing import Literal, TypeAlias, get_args

Language: TypeAlias = Literal["en", "ar"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
RIGHT_TO_LEFT: frozenset[Language] = frozenset({"ar"})


def known(tag: str | None) -> Language | None:
    """The language of a tag such as `ar-EG`; None for one that Serai does not speak."""
    begin = (tag or "").strip().lower().partition("-")[0]
    return begin if begin in LANGUAGES else None


def asked_for(header: str | None) -> Language | None:
    """What a browser asks for most that Serai speaks. Source: RFC 9110, `Accept-Language`."""
    wishes = [_wish(part) for part in (header or "")[:500].split(",")]
    weight, language = max(wishes, key=lambda wish: wish[0] if wish[1] else 0.0)
    return language if weight > 0 else None


def reader(own: str | None, header: str | None = None) -> Language:
    """What somebody reads: their own choice, else as their browser asks, else English."""
    return known(own) or asked_for(header) or "en"


def direction(language: Language) -> Literal["ltr", "rtl"]:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def _wish(part: str) -> tuple[float, Language | None]:
    tag, _, parameter = part.partition(";")
    try:
        weight = float(parameter.strip().removeprefix("q=")) if parameter.strip() else 1.0
    except ValueError:
        weight = 0.0
    return weight, known(tag)
