"""Send a template: find the translation, compare the parameters with it, and fill it in.

Source: WhatsApp Cloud API reference, 2.8 "Template messages", 5.4 "Templates, flows (send time)".
"""

from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid
from metasim.graph.parameters import header, texts
from metasim.shapes import Json, as_list, as_object
from metasim.sim import Sim
from metasim.world import Template

LONGEST_WITH_OTHERS = 1024
LONGEST_ALONE = 32_768
"""Characters of the filled body. Source: 2.8 "Hydrated body"."""
PARTS = {"header", "body", "button"}


def find(sim: Sim, waba_id: str, content: Json) -> Template:
    """The approved translation. Raises 132001, 132015 or 132016."""
    strict(content, {"name", "language", "components", "namespace"}, "template")
    name = content.get("name")
    if not isinstance(name, str) or not name:
        raise GraphError(131008, "The parameter template['name'] is required.")
    language = as_object(content.get("language"))
    if language is None or not isinstance(language.get("code"), str):
        raise GraphError(131008, "The parameter template['language']['code'] is required.")
    strict(language, {"code", "policy"}, "template['language']")
    template = sim.world.translation(waba_id, name, language["code"])
    status = "" if template is None else template.status
    if status == "PAUSED":
        raise GraphError(132015)
    if status == "DISABLED":
        raise GraphError(132016)
    if template is None or status != "APPROVED":
        raise GraphError(132001, f"template name ({name}) does not exist in {language['code']}")
    return template


def filled(template: Template, content: Json) -> str:
    """The text as the person reads it: header, body and footer. Raises GraphError."""
    given = _given(content)
    parts: list[str] = []
    for component in template.components:
        kind = str(component.get("type", "")).upper()
        if kind == "HEADER":
            parts.append(header(component, given.pop("header", None), template.parameter_format))
        elif kind == "BODY":
            parts.append(_body(template, component, given.pop("body", None)))
        elif kind == "FOOTER":
            parts.append(str(component.get("text", "")))
        elif kind == "BUTTONS":
            _check_buttons(component, given)
    _nothing_left(given)
    return "\n\n".join(part for part in parts if part)


def buttons(template: Template, content: Json) -> list[dict[str, str]]:
    """The quick replies with their payloads; without one the payload is the label. Source: 2.8."""
    payloads = {
        str(part.get("index")): _payload(part)
        for part in as_list(content.get("components")) or []
        if str(part.get("type", "")).lower() == "button"
    }
    return [
        {"text": button["text"], "payload": payloads.get(str(index)) or button["text"]}
        for index, button in enumerate(_buttons(template))
        if str(button.get("type", "")).upper() == "QUICK_REPLY"
    ]


def _buttons(template: Template) -> list[Json]:
    for component in template.components:
        if str(component.get("type", "")).upper() == "BUTTONS":
            return as_list(component.get("buttons")) or []
    return []


def _payload(part: Json) -> str | None:
    parameters = as_list(part.get("parameters")) or []
    first = as_object(parameters[0]) if parameters else None
    return None if first is None else first.get("payload")


def _given(content: Json) -> dict[str, Json]:
    """The components of the call by place: header, body, button 0, button 1 and so on."""
    rows = as_list(content.get("components", []))
    if rows is None:
        raise invalid("Param template['components'] must be an array.")
    given: dict[str, Json] = {}
    for index, row in enumerate(rows):
        part, where = as_object(row), f"template['components'][{index}]"
        kind = "" if part is None else str(part.get("type", "")).lower()
        if part is None or kind not in PARTS:
            raise invalid(f"Param {where}['type'] must be one of {{HEADER, BODY, BUTTON}}.")
        strict(part, {"type", "parameters", "sub_type", "index"}, where)
        given[f"button {part.get('index')}" if kind == "button" else kind] = part
    return given


def _body(template: Template, component: Json, given: Json | None) -> str:
    text = texts(str(component.get("text", "")), given, template.parameter_format, "body")
    longest = LONGEST_ALONE if len(template.components) == 1 else LONGEST_WITH_OTHERS
    if len(text) > longest:
        raise GraphError(132005, f"body: text is longer than {longest} characters")
    return text


def _check_buttons(component: Json, given: dict[str, Json]) -> None:
    """Source: 2.8 "Parameters by place"."""
    for index, button in enumerate(as_list(component.get("buttons")) or []):
        kind = str(button.get("type", "")).upper()
        part = given.pop(f"button {index}", None)
        needed = _needed_by(kind, button)
        if needed is None and (kind == "QUICK_REPLY" or part is None):
            continue
        if needed is None:
            raise GraphError(132000, f"buttons: Button at index {index} takes no parameter")
        parameters = None if part is None else as_list(part.get("parameters"))
        first = as_object(parameters[0]) if parameters else None
        if first is None:
            raise GraphError(
                131008, f"buttons: Button at index {index} of type {kind} requires a parameter"
            )
        if first.get("type") != needed or not first.get(needed):
            raise GraphError(132012, f"buttons: Button at index {index} needs a {needed}")


def _needed_by(kind: str, button: Json) -> str | None:
    if kind == "COPY_CODE":
        return "coupon_code"
    if kind == "OTP" or (kind == "URL" and "{{" in str(button.get("url", ""))):
        return "text"
    return None


def _nothing_left(given: dict[str, Json]) -> None:
    """Parameters for a part that the template does not have: 132000."""
    for place, part in given.items():
        if part.get("parameters"):
            raise GraphError(
                132000,
                f"{place}: number of localizable_params ({len(part['parameters'])}) does not "
                "match the expected number of params (0)",
            )
