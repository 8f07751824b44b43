"""The buttons of a template: which parameter each kind takes, and what a tap on it does.

Source: WhatsApp Cloud API reference, 2.8 "Parameters by place", 7.3 "Buttons".
"""

from typing import Annotated, Any

import msgspec

from metasim.graph.errors import GraphError
from metasim.graph.template.given import Given
from metasim.graph.template.texts import VARIABLE, forbidden
from metasim.graph.types.products import ProductSection
from metasim.graph.types.shape import Shape, read
from metasim.shapes import Json, as_list, as_object

MISMATCH = 132012
LONGEST_COUPON = 20
LONGEST_CODE = 15
SUB_TYPES = {
    "QUICK_REPLY": "quick_reply", "URL": "url", "OTP": "url", "COPY_CODE": "copy_code",
    "CATALOG": "catalog", "MPM": "mpm", "FLOW": "flow", "VOICE_CALL": "voice_call",
    "PHONE_NUMBER": "phone_number", "SPM": "spm", "REQUEST_CONTACT_INFO": "request_contact_info",
}  # fmt: skip
TAKES = {
    "QUICK_REPLY": {"payload"}, "COPY_CODE": {"coupon_code"}, "OTP": {"text"},
    "CATALOG": {"action"}, "MPM": {"action"}, "FLOW": {"action"},
    "VOICE_CALL": {"ttl_minutes", "payload"},
}  # fmt: skip
"""The parameter types that each kind of button takes; others take none."""
NEEDS = {"COPY_CODE", "OTP", "MPM"}


class FlowInput(Shape, kw_only=True):
    flow_token: str | None = None
    flow_action_data: dict[str, Any] | None = None


class CatalogInput(Shape, kw_only=True):
    thumbnail_product_retailer_id: str | None = None


class ProductsInput(Shape, kw_only=True):
    thumbnail_product_retailer_id: str | None = None
    sections: Annotated[list[ProductSection], msgspec.Meta(min_length=1, max_length=10)]


ACTIONS: dict[str, type[Shape]] = {
    "FLOW": FlowInput, "CATALOG": CatalogInput, "MPM": ProductsInput,
}  # fmt: skip


def buttons(component: Json, given: Given) -> list[Json]:
    """What can be tapped, filled in. Raises GraphError."""
    rows = [as_object(row) or {} for row in as_list(component.get("buttons")) or []]
    return [_button(row, index, given) for index, row in enumerate(rows)]


def _button(button: Json, index: int, given: Given) -> Json:
    kind = str(button.get("type", "")).upper()
    part = given.take(f"button {index}")
    where = f"buttons: Button at index {index} of type {kind}"
    if part is not None:
        _check_sub_type(kind, part, where)
    values = _values(kind, button, part, where)
    action = values.get("action")
    if action is not None:
        read(ACTIONS[kind], action, f"{given.places[f'button {index}']}['action']", MISMATCH)
    return _shown(kind, button, values)


def _check_sub_type(kind: str, part: Json, where: str) -> None:
    wanted = SUB_TYPES.get(kind, kind.lower())
    got = part.get("sub_type")
    if got is None:
        raise GraphError(131008, f"{where}: sub_type is required")
    if str(got).lower() != wanted:
        raise GraphError(MISMATCH, f"{where}: sub_type {got!r} does not match {wanted!r}")


def _values(kind: str, button: Json, part: Json | None, where: str) -> Json:
    """The parameters by type, checked against what this kind takes."""
    takes = TAKES.get(kind, set())
    needs = kind in NEEDS
    if kind == "URL" and VARIABLE.search(str(button.get("url", ""))):
        takes, needs = {"text"}, True
    rows = as_list((part or {}).get("parameters", []))
    if rows is None:
        raise GraphError(MISMATCH, f"{where}: parameters must be an array")
    if needs and not rows:
        raise GraphError(131008, f"{where} requires a parameter")
    if len(rows) > len(takes):
        raise GraphError(132000, f"{where} takes {len(takes)} parameters, not {len(rows)}")
    values: Json = {}
    for row in rows:
        name, value = _value(row, takes, where)
        values[name] = value
    return values


def _value(row: object, takes: set[str], where: str) -> tuple[str, Any]:
    parameter = as_object(row) or {}
    name = str(parameter.get("type"))
    if name not in takes or set(parameter) - {"type", name, "parameter_name"}:
        raise GraphError(MISMATCH, f"{where} needs a {' or '.join(sorted(takes))}")
    value = parameter.get(name)
    if value is None or value == "":
        raise GraphError(131008, f"{where}: {name} is required")
    if not _fits(name, value):
        raise GraphError(MISMATCH, f"{where}: {name} has the wrong type")
    _check_text(name, value, where)
    return name, value


def _fits(name: str, value: object) -> bool:
    if name == "ttl_minutes":
        return isinstance(value, int) and not isinstance(value, bool)
    return as_object(value) is not None if name == "action" else isinstance(value, str)


def _check_text(name: str, value: object, where: str) -> None:
    if name == "coupon_code" and len(str(value)) > LONGEST_COUPON:
        raise GraphError(132018, f"{where}: coupon_code is longer than {LONGEST_COUPON} characters")
    if name == "text" and forbidden(str(value)):
        raise GraphError(132018, f"{where}: text cannot have new-lines, tabs or many spaces")


def _shown(kind: str, button: Json, values: Json) -> Json:
    text = str(button.get("text") or kind.replace("_", " ").capitalize())
    action = values.get("action", {})
    extra: dict[str, Json] = {
        "QUICK_REPLY": {"payload": values.get("payload") or text},
        "URL": {"url": VARIABLE.sub(lambda _: values.get("text", ""), str(button.get("url")))},
        "OTP": {"code": values.get("text")},
        "COPY_CODE": {"code": values.get("coupon_code")},
        "PHONE_NUMBER": {"phone": button.get("phone_number")},
        "FLOW": {
            "flow": str(button.get("flow_id") or button.get("flow_name") or ""),
            "flow_token": action.get("flow_token") or "unused",
            "flow_action": str(button.get("flow_action") or "navigate").lower(),
            "payload": {
                "screen": button.get("navigate_screen"),
                "data": action.get("flow_action_data"),
            },
        },
    }
    names = {"PHONE_NUMBER": "phone", "OTP": "copy", "COPY_CODE": "copy", "VOICE_CALL": "call",
             "MPM": "catalog", "SPM": "product", "REQUEST_CONTACT_INFO": "contact"}  # fmt: skip
    return {"kind": names.get(kind, kind.lower()), "text": text, **extra.get(kind, {})}
