"""The header of a template: its variable, or the file, place or product above the body."""

from collections.abc import Mapping

from serai.core.content import Document, Image, Location, Text, Video
from serai.core.template import Gif, HeaderValue, Product
from serai.core.templates.layout import Face
from serai.core.templates.texts import texts
from serai.core.templates.values import (
    FileHeader,
    Given,
    Problem,
    Template,
    file_problem,
    place_problem,
)

HEADER_KINDS: Mapping[type, str] = {
    Image: "image",
    Video: "video",
    Gif: "gif",
    Document: "document",
    Location: "location",
    Product: "product",
}


def header(
    template: Template, face: Face, value: Given, at: str
) -> tuple[HeaderValue | None, dict[str, str], list[Problem]]:
    """What goes to Meta, the words by variable, and what is wrong."""
    if face.header_kind in {None, "text"}:
        return _text_header(template, face, value, at)
    kind = face.header_kind or ""
    if value is None:
        return None, {}, [Problem(at, f"The header needs {_article(kind)}.")]
    if isinstance(value, str) or HEADER_KINDS.get(type(value)) != kind:
        return None, {}, [Problem(at, f"The header takes {_article(kind)}.")]
    wrong = _header_problem(value)
    return value, {}, [Problem(at, wrong)] if wrong else []


def _text_header(
    template: Template, face: Face, value: Given, at: str
) -> tuple[HeaderValue | None, dict[str, str], list[Problem]]:
    if not face.header_variables:
        surplus = [] if value is None else [Problem(at, "The template's header takes no value.")]
        return None, {}, surplus
    if value is not None and not isinstance(value, str):
        return None, {}, [Problem(at, "The header takes a text.")]
    words, problems = texts(template, face.header_variables, (value,), at)
    return Text(words.get(face.header_variables[0], "")), words, problems


def _header_problem(value: FileHeader | Location | Product) -> str | None:
    match value:
        case Location():
            return place_problem(value)
        case Product():
            return None
        case _:
            return file_problem(HEADER_KINDS[type(value)], value.file)


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
