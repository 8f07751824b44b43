"""A business's own attributes of people: what a value must be."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, TypeAlias

from msgspec import Struct

Type: TypeAlias = Literal["text", "number", "date", "choice", "boolean"]
Value: TypeAlias = str | int | float | bool
LONGEST_TEXT = 2000
LARGEST = 1e15
YES = frozenset({"yes", "true", "1", "ja", "oui", "si", "sí", "نعم", "x"})
NO = frozenset({"no", "false", "0", "nein", "non", "لا", ""})


class Attribute(Struct, frozen=True, kw_only=True):
    key: str
    name: str
    type: Type
    choices: tuple[str, ...] = ()
    """What may be chosen; of type choice only."""


class Misfit(Struct, frozen=True):
    """A value that cannot be kept, and why in words for people."""

    key: str
    words: str


def check(
    attributes: Sequence[Attribute], values: Mapping[str, Value | None]
) -> dict[str, Value | None] | Misfit:
    """The values as they are kept; None takes one away. The first that does not fit otherwise."""
    known = {each.key: each for each in attributes}
    kept: dict[str, Value | None] = {}
    for key, value in values.items():
        if key not in known:
            return Misfit(key, f"There is no attribute {key}. Add it in the settings first.")
        read = None if value is None or value == "" else fit(known[key], value)
        if isinstance(read, Misfit):
            return read
        kept[key] = read
    return kept


def fit(attribute: Attribute, value: Value) -> Value | Misfit:
    """One value, also as text from a file."""
    match attribute.type:
        case "number":
            read = _number(value)
            words = "Write a number, such as 12 or 3.5."
        case "date":
            read = _date(value)
            words = "Write a date as 2026-11-21."
        case "boolean":
            read = _boolean(value)
            words = "Write yes or no."
        case "choice":
            read = _choice(attribute, value)
            words = f"Choose one of: {', '.join(attribute.choices)}."
        case _:
            text = str(value).strip()
            read = text if len(text) <= LONGEST_TEXT else None
            words = f"At most {LONGEST_TEXT} characters."
    return Misfit(attribute.key, f"{attribute.name}: {words}") if read is None else read


def _number(value: Value) -> int | float | None:
    if isinstance(value, bool):
        return None
    try:
        number = float(str(value).strip())
    except ValueError:
        return None
    if not abs(number) <= LARGEST:
        return None
    return int(number) if number.is_integer() else number


def _date(value: Value) -> str | None:
    try:
        return date.fromisoformat(str(value).strip()[:10]).isoformat()
    except ValueError:
        return None


def _boolean(value: Value) -> bool | None:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    return True if text in YES else False if text in NO else None


def _choice(attribute: Attribute, value: Value) -> str | None:
    text = str(value).strip().lower()
    return next((each for each in attribute.choices if each.lower() == text), None)
