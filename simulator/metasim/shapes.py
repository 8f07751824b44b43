"""JSON as it comes from outside: small readers that say what a value is, or that it is not that."""

from typing import Any, TypeAlias, cast

Json: TypeAlias = dict[str, Any]
"""A JSON object whose members are not known yet."""


def as_object(value: object) -> Json | None:
    """The value as a JSON object, or None when it is something else."""
    return cast("Json", value) if isinstance(value, dict) else None


def as_list(value: object) -> list[Any] | None:
    """The value as a JSON array, or None when it is something else."""
    return cast("list[Any]", value) if isinstance(value, list) else None


def as_text(value: object) -> str | None:
    """The value as a string, or None when it is something else."""
    return value if isinstance(value, str) else None


def digits_of(value: str) -> str:
    """Only the decimal digits 0-9 of a phone number, in order."""
    return "".join(sign for sign in value if sign in "0123456789")
