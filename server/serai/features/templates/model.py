"""What a template says beside its words: the samples that were given for its variables."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct


class NamedSample(Struct, frozen=True):
    param_name: str
    example: str = ""


class Example(Struct, frozen=True):
    body_text: tuple[tuple[str, ...] | str, ...] = ()
    """A list of lists; in some answers a flat list."""
    body_text_named_params: tuple[NamedSample, ...] = ()


class Body(Struct, frozen=True):
    example: Example = Example()


def samples_of(components: Sequence[dict[str, Any]], names: Sequence[str]) -> tuple[str, ...]:
    """A sample for each variable of the body, in their order; none where Meta gives too few.

    Source: WhatsApp Cloud API, "Template components".
    """
    body = next((each for each in components if str(each.get("type")).upper() == "BODY"), None)
    try:
        example = msgspec.convert(body or {}, Body, strict=False).example
    except msgspec.ValidationError:
        return ()
    if example.body_text_named_params:
        by_name = {each.param_name: each.example for each in example.body_text_named_params}
        return tuple(by_name.get(name, "") for name in names)
    found: list[str] = []
    for each in example.body_text:
        found += [each] if isinstance(each, str) else each
    return tuple(found[: len(names)]) if len(found) >= len(names) else ()
