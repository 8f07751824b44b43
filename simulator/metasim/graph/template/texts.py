"""The text parameters of one template component.

Source: WhatsApp Cloud API reference, 2.8: positional by order, named by `parameter_name`;
a wrong count is 132000, a wrong kind 132012, an empty text 131008, forbidden signs 132018.
"""

import re
from functools import lru_cache

from metasim.graph.draft import strict
from metasim.graph.errors import GraphError
from metasim.shapes import Json, as_list, as_object

VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
FORBIDDEN = re.compile(r"[\n\t]| {5}")
"""Source: 2.8: no newlines, tabs, or more than 4 spaces in a row."""


def texts(text: str, given: Json | None, style: str, where: str) -> str:
    """The text with its variables replaced. Raises GraphError."""
    names = _names(text, style)
    rows = as_list((given or {}).get("parameters", []))
    if rows is None:
        raise GraphError(132012, f"{where}: parameters must be an array")
    if len(rows) != len(names):
        raise GraphError(
            132000,
            f"{where}: number of localizable_params ({len(rows)}) does not match the expected "
            f"number of params ({len(names)})",
        )
    if not names:
        return text
    values = _values(rows, names, style, where)
    return VARIABLE.sub(lambda match: values[match.group(1)], text)


@lru_cache(4096)
def _names(text: str, style: str) -> tuple[str, ...]:
    """The variables of a text in the order of their parameters."""
    names = dict.fromkeys(VARIABLE.findall(text))
    if style == "NAMED":
        return tuple(names)
    return tuple(sorted(names, key=lambda name: int(name) if name.isdecimal() else 0))


def forbidden(text: str) -> bool:
    """Has it signs that no parameter may have? Source: 2.8."""
    return FORBIDDEN.search(text) is not None


def _values(rows: list[object], names: tuple[str, ...], style: str, where: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for index, (row, name) in enumerate(zip(rows, names, strict=True)):
        parameter = as_object(row)
        if parameter is None:
            raise GraphError(132012, f"{where}: parameter {index + 1} must be an object")
        own = parameter.get("parameter_name")
        if (own is not None) != (style == "NAMED") or (own is not None and own not in names):
            raise GraphError(132012, f"{where}: Parameter name is missing or does not exist")
        values[str(own) if own is not None else name] = _value(parameter, index, where)
    if len(values) != len(names):
        raise GraphError(132012, f"{where}: a parameter name is given twice")
    return values


def _value(parameter: Json, index: int, where: str) -> str:
    """Currency and date print their fallback: the Cloud API does not localise. Source: 2.8."""
    kind = parameter.get("type")
    strict(parameter, {"type", "parameter_name", str(kind)}, f"{where} parameter {index + 1}")
    if kind in ("currency", "date_time"):
        value = (as_object(parameter.get(kind)) or {}).get("fallback_value")
    elif kind == "text":
        value = parameter.get("text")
    else:
        raise GraphError(132012, f"{where}: parameter {index + 1} has type {kind!r}, not text")
    if value is None or value == "":
        raise GraphError(131008, f"{where}: parameter {index + 1} is empty")
    if not isinstance(value, str):
        raise GraphError(132012, f"{where}: parameter {index + 1} must be text")
    if forbidden(value):
        raise GraphError(
            132018,
            f"{where}: parameter {index + 1} cannot have new-line/tab characters or more than 4 "
            "consecutive spaces",
        )
    return value
