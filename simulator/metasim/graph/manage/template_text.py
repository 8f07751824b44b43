"""The text of a template: its variables, their examples, and what Meta refuses at once.

Source: WhatsApp Cloud API reference, 7.4 "Variables and validation", 5.5 (subcodes).
"""

import re

from metasim.graph.errors import GraphError, refused
from metasim.shapes import Json, as_list, as_object

TOO_LONG = 2388040
HEADER, BODY, FOOTER = 2388047, 2388072, 2388073
TOO_MANY_VARIABLES = 2388293
VARIABLE_AT_EDGE = 2388299
EXAMPLE_MISSING = 2388043
"""Observed; Meta's lists leave it out."""

VARIABLE = re.compile(r"\{\{([^{}]*)\}\}")
NAME = re.compile(r"[a-z0-9_]+")
CROWDED = re.compile(r"\n{3,}| {5,}")
EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2b55\U0001f1e6-\U0001faff]")
MARKUP = re.compile(r"[*_~`]")


def variables(text: str, style: str, subcode: int) -> list[str]:
    """The distinct names in the order of the text; checked. Raises GraphError."""
    found = [each.strip() for each in VARIABLE.findall(text)]
    left = VARIABLE.sub("", text)
    names = list(dict.fromkeys(found))
    if "{{" in left or "}}" in left:
        raise refused("A variable is not closed: write {{1}} or {{name}}.", subcode)
    if style == "NAMED":
        _ensure_names(names, subcode)
    elif names != [str(place + 1) for place in range(len(names))]:
        raise refused("Variables must be {{1}}, {{2}} and so on, without a gap.", subcode)
    return names


def _ensure_names(names: list[str], subcode: int) -> None:
    for name in names:
        if not NAME.fullmatch(name) or name.isdecimal():
            raise refused(
                f"Variable {{{{{name}}}}} must have a name of lower-case letters, digits and "
                "underscores.",
                subcode,
            )


def body(component: Json, style: str, longest: int) -> None:
    """A BODY with free text. Raises GraphError."""
    text = required_text(component, "BODY", longest, BODY)
    if CROWDED.search(text):
        raise refused(
            "The body has more than two line breaks or four spaces in a row.", BODY, "Body format"
        )
    names = variables(text, style, BODY)
    bare = text.strip()
    if names and (bare.startswith("{{") or bare.endswith("}}")):
        raise refused(
            "Variables can't be at the start or end of the template.",
            VARIABLE_AT_EDGE,
            "Variables at start or end",
        )
    words = [word for word in VARIABLE.sub(" ", text).split() if any(map(str.isalnum, word))]
    if len(words) < 2 * len(names) + 1:
        raise refused(
            "This template has too many variables for its length. Reduce the number of variables "
            "or increase the message length.",
            TOO_MANY_VARIABLES,
        )
    examples(component, names, style, "body")


def header(component: Json, style: str) -> None:
    """A HEADER of text: one variable at most, plain signs only. Raises GraphError."""
    text = required_text(component, "HEADER", 60, HEADER)
    if "\n" in text or EMOJI.search(text) or MARKUP.search(VARIABLE.sub("", text)):
        raise refused(
            "The header can't have any new lines, formatting characters or emojis.", HEADER
        )
    names = variables(text, style, HEADER)
    if len(names) > 1:
        raise refused("The header can have one variable only.", HEADER)
    examples(component, names, style, "header")


def footer(component: Json) -> None:
    """A FOOTER: text without variables. Raises GraphError."""
    text = required_text(component, "FOOTER", 60, FOOTER)
    if "{{" in text:
        raise refused("The footer can't have variables.", FOOTER)


def required_text(component: Json, part: str, longest: int, subcode: int) -> str:
    """The `text`, present and not too long. Raises GraphError."""
    text = component.get("text")
    if not isinstance(text, str) or not text.strip():
        raise refused(f"Component of type {part} needs 'text'.", subcode)
    if len(text) > longest:
        raise refused(
            f"The {part.lower()} is longer than {longest} characters.",
            TOO_LONG,
            "Character limit exceeded",
        )
    return text


def examples(component: Json, names: list[str], style: str, part: str) -> None:
    """One example for every variable. Source: 7.4, rule 4. Raises GraphError."""
    if not names:
        return
    example = as_object(component.get("example")) or {}
    given = _named(example, part) if style == "NAMED" else _positional(example, part)
    if set(given) != set(names):
        raise example_missing(part.upper())


def example_missing(part: str) -> GraphError:
    return refused(
        f"component of type {part} is missing expected field(s) (example)",
        EXAMPLE_MISSING,
        'Message template "components" param is missing expected field(s)',
    )


def _named(example: Json, part: str) -> list[str]:
    rows = as_list(example.get(f"{part}_text_named_params")) or []
    pairs = [as_object(row) or {} for row in rows]
    return [str(pair.get("param_name")) for pair in pairs if pair.get("example")]


def _positional(example: Json, part: str) -> list[str]:
    """A header has a flat list; a body a list of lists, or (observed) a flat one."""
    rows = as_list(example.get(f"{part}_text")) or []
    first = as_list(rows[0]) if rows else None
    values = rows if first is None else first
    return [str(place + 1) for place, value in enumerate(values) if value]
