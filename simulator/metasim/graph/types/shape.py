"""Read an object strictly into a struct, and say what is wrong as Meta would.

Source: WhatsApp Cloud API reference, 5.1 (100) and 5.3 (131008, 131009); 1.3 for the wording.
"""

import re
from typing import Annotated, Any, TypeAlias, TypeVar

import msgspec

from metasim.graph.errors import GraphError, invalid

AnyShape = TypeVar("AnyShape")
KINDS = {
    "str": "a string", "bool": "a boolean", "int": "an integer", "float": "a number",
    "object": "an object", "array": "an array", "null": "null",
}  # fmt: skip
UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>.*)`")
MISSING = re.compile(r"Object missing required field `(?P<name>.*)`")
LENGTH = re.compile(r"Expected `(?P<kind>str|array)` of length (?P<sign><=|>=) (?P<size>\d+)")
TYPE = re.compile(r"Expected `(?P<wanted>[^`]+)`, got `(?P<got>[^`]+)`")
RANGE = re.compile(r"Expected `(?:int|float)` (?P<rule>[<>]=? \S+)")
STEP = re.compile(r"\.(\w+)|(\[[^\]]*\])")

Id: TypeAlias = str
Url: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^https?://\S+$", max_length=2000)]
Filled: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]


class Shape(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An object of a request; a field that it does not know is refused and named."""


def read(type_: type[AnyShape], value: object, where: str, wrong_value: int = 100) -> AnyShape:
    """The value as this shape; `where` is its name in errors.

    Raises GraphError: 100 for unknown fields, 131008 for missing ones, `wrong_value` for the rest.
    """
    try:
        return msgspec.convert(value, type_)
    except msgspec.ValidationError as error:
        raise _in_words(str(error), where, wrong_value) from None


def _in_words(text: str, where: str, wrong_value: int) -> GraphError:
    problem, _, path = text.rpartition(" - at `$")
    problem = problem or text
    param = where + _steps(path.removesuffix("`") if problem != text else "")
    if unknown := UNKNOWN.match(problem):
        return invalid(f"Unexpected key {unknown['name']!r} on param {param!r}.")
    if missing := MISSING.match(problem):
        return GraphError(131008, f"The parameter {param}['{missing['name']}'] is required.")
    if problem == "Expected `str` of length >= 1":
        return GraphError(131008, f"The parameter {param} is required.")
    return wrong(f"Param {param} {_rule(problem)}.", wrong_value)


def wrong(details: str, code: int) -> GraphError:
    """Code 100 repeats the details in its message, 131009 does not. Source: 1.3."""
    return invalid(details) if code == 100 else GraphError(code, details)


def _steps(path: str) -> str:
    """`.action.buttons[0].id` as `['action']['buttons'][0]['id']`."""
    return STEP.sub(lambda step: f"['{step[1]}']" if step[1] else step[2], path)


def _rule(problem: str) -> str:
    """What the value must be, behind its name."""
    if length := LENGTH.match(problem):
        bound = "at most" if length["sign"] == "<=" else "at least"
        unit = "characters long" if length["kind"] == "str" else "entries"
        verb = "be" if length["kind"] == "str" else "have"
        return f"must {verb} {bound} {length['size']} {unit}"
    if type_ := TYPE.match(problem):
        wanted = [KINDS.get(name, name) for name in type_["wanted"].split(" | ") if name != "null"]
        return f"must be {' or '.join(wanted)}"
    if range_ := RANGE.match(problem):
        return f"must be {range_['rule']}"
    if problem.startswith("Invalid enum value"):
        return f"has an unknown value {problem.removeprefix('Invalid enum value ')}"
    if "matching regex" in problem:
        return "is not in the expected format"
    return problem


def only(value: Any, allowed: set[str], what: str) -> None:
    """For `__post_init__`: ValueError when the value is none of these."""
    if value not in allowed:
        raise ValueError(f"must have a {what} of {', '.join(sorted(allowed))}")
