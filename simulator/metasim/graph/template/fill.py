"""Fill a template with the parameters of a send.

Source: WhatsApp Cloud API reference, 2.8 "Template messages".
"""

from collections.abc import Callable

from metasim.graph.errors import GraphError
from metasim.graph.template import carousel
from metasim.graph.template.buttons import LONGEST_CODE, buttons
from metasim.graph.template.given import Given, given
from metasim.graph.template.header import header
from metasim.graph.template.texts import texts
from metasim.graph.types.content import Content
from metasim.shapes import Json, as_list, as_object
from metasim.world import Template

LONGEST_WITH_OTHERS = 1024
LONGEST_ALONE = 32_768
"""Characters of the filled body. Source: 2.8 "Hydrated body"."""


def filled(template: Template, content: Json) -> Content:
    """The template as the person reads it. Raises GraphError."""
    call = given(content.get("components") or [], template.parameter_format)
    code = _code(template, call) if template.category == "AUTHENTICATION" else None
    whole = fill(template.components, call)
    carousel.check_tap_target(call)
    call.ensure_used()
    if code is not None:
        _check_code(whole, code)
    whole.template = template
    return whole


def fill(components: list[Json], call: Given) -> Content:
    """Header, body, footer, buttons and cards in the order of the template. Raises GraphError."""
    whole = Content("")
    lines: list[str] = []
    for component in components:
        part = _part(component, call, alone=len(components) == 1)
        if part.text and "cards" not in part.view:
            lines.append(part.text)
        whole.view |= part.view
        whole.buttons += part.buttons
        whole.attachments += part.attachments
    whole.text = "\n\n".join(lines)
    return whole


def _part(component: Json, call: Given, alone: bool) -> Content:
    kind = str(component.get("type", "")).upper()
    if kind == "BODY":
        return _body(component, call, LONGEST_ALONE if alone else LONGEST_WITH_OTHERS)
    return PARTS[kind](component, call) if kind in PARTS else Content("")


def _body(component: Json, call: Given, longest: int) -> Content:
    text = texts(str(component.get("text", "")), call.take("body"), call.style, "body")
    if len(text) > longest:
        raise GraphError(132005, f"body: text is longer than {longest} characters")
    return Content(text, {"body": text})


def _footer(component: Json, _call: Given) -> Content:
    """An authentication template says how long its code is good. Source: 7.3."""
    minutes = component.get("code_expiration_minutes")
    text = str(component.get("text") or "")
    if minutes and not text:
        text = f"This code expires in {minutes} minutes."
    return Content(text, {"footer": text})


def _permission(_component: Json, _call: Given) -> Content:
    return Content("", {}, [{"kind": "call_permission", "text": "Choose preference"}])


PARTS: dict[str, Callable[[Json, Given], Content]] = {
    "HEADER": header,
    "FOOTER": _footer,
    "BUTTONS": lambda component, call: Content("", {}, buttons(component, call)),
    "CAROUSEL": lambda component, call: carousel.carousel(component, call, fill),
    "LIMITED_TIME_OFFER": carousel.offer,
    "CALL_PERMISSION_REQUEST": _permission,
}


def _code(template: Template, call: Given) -> str | None:
    """The code in the body, which the button repeats. Source: 2.8 "Authentication"."""
    kinds = [str(part.get("type", "")).upper() for part in template.components]
    rows = as_list((call.parts.get("body") or {}).get("parameters")) or []
    first = as_object(rows[0]) if rows else None
    if "BUTTONS" not in kinds or first is None:
        return None
    code = str(first.get("text", ""))
    if len(code) > LONGEST_CODE:
        raise GraphError(132018, f"body: the code is longer than {LONGEST_CODE} characters")
    return code


def _check_code(whole: Content, code: str) -> None:
    for button in whole.buttons:
        if button["kind"] == "copy" and button["code"] != code:
            raise GraphError(132018, "buttons: the code differs from the code in the body")
