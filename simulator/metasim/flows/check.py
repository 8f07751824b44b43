"""Is this a Flow JSON? The errors that Meta's editor would show, with their places.

Source: WhatsApp Cloud API reference, 8.12 "Flows" (shape of `validation_errors`, versions). Meta's
schema is larger than what is checked here: structure, screens, routing, actions, text components.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from metasim.flows.places import Places
from metasim.shapes import Json, as_list, as_object

SENDABLE = (
    "2.1", "3.0", "3.1", "4.0", "5.0", "5.1", "6.0", "6.1", "6.2", "6.3", "7.0", "7.1", "7.2",
    "7.3",
)  # fmt: skip
PUBLISHABLE = ("5.1", "6.0", "6.1", "6.2", "6.3", "7.0", "7.1", "7.2", "7.3")
DATA_API = ("3.0", "4.0")
ROOT = {"version", "screens", "routing_model", "data_api_version", "data_channel_uri", "name"}
SCREEN = {
    "id", "title", "layout", "data", "terminal", "success", "refresh_on_back", "sensitive",
}  # fmt: skip
TEXTS = ("TextHeading", "TextSubheading", "TextBody", "TextCaption")
TEXT_MEMBERS = {
    "type", "text", "visible", "font-weight", "strikethrough", "markdown", "id", "name",
}  # fmt: skip
COMPONENTS = {
    *TEXTS, "RichText", "TextInput", "TextArea", "CheckboxGroup", "RadioButtonsGroup", "Dropdown",
    "DatePicker", "CalendarPicker", "OptIn", "Footer", "EmbeddedLink", "Image", "ImageCarousel",
    "If", "Switch", "Form", "PhotoPicker", "DocumentPicker", "ChipsSelector", "NavigationList",
}  # fmt: skip
NEEDED = {
    **dict.fromkeys(TEXTS, ("text",)),
    "TextInput": ("label", "name"),
    "TextArea": ("label", "name"),
    "Dropdown": ("label", "name", "data-source"),
    "RadioButtonsGroup": ("name", "data-source"),
    "CheckboxGroup": ("name", "data-source"),
    "DatePicker": ("label", "name"),
    "OptIn": ("label", "name"),
    "Footer": ("label", "on-click-action"),
    "EmbeddedLink": ("text", "on-click-action"),
    "Image": ("src",),
    "Form": ("children",),
}
ACTIONS = ("navigate", "complete", "data_exchange", "open_url", "update_data")
SCREEN_ID = re.compile(r"[A-Za-z_]+")


class Trouble(msgspec.Struct):
    """One thing that is wrong."""

    error: str
    message: str
    path: str


def errors_of(text: str) -> list[Json]:
    """All that is wrong with this Flow JSON, as Meta answers it; empty when nothing is."""
    try:
        whole = as_object(json.loads(text))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        column = getattr(error, "colno", 1)
        return [_shown(Trouble("INVALID_JSON", str(error), "$root"), _point(line, column))]
    if whole is None:
        return [_shown(Trouble("INVALID_JSON", "The Flow must be an object.", "$root"), _point())]
    places = Places(text)
    return [_shown(each, places.of(each.path)) for each in _troubles(whole)]


def version_of(text: str) -> str | None:
    """`version` of a valid Flow JSON."""
    return _root(text).get("version")


def data_api_version_of(text: str) -> str | None:
    """`data_api_version`; None for a Flow without an endpoint."""
    return _root(text).get("data_api_version")


def screens_of(text: str) -> list[Json]:
    """The screens in their order."""
    return [as_object(each) or {} for each in as_list(_root(text).get("screens")) or []]


def _root(text: str) -> Json:
    try:
        return as_object(json.loads(text)) or {}
    except ValueError:
        return {}


def _troubles(whole: Json) -> Iterator[Trouble]:
    yield from _unknown(whole, ROOT, "$root")
    version = whole.get("version")
    if version not in SENDABLE:
        yield Trouble(
            "INVALID_PROPERTY_VALUE",
            f"Invalid value found for property 'version'. Found {version!r}.",
            "$root/version",
        )
    api = whole.get("data_api_version")
    if api is not None and api not in DATA_API:
        message = f"Invalid value found for property 'data_api_version'. Found {api!r}."
        yield Trouble("INVALID_PROPERTY_VALUE", message, "$root/data_api_version")
    screens = as_list(whole.get("screens"))
    if not screens:
        yield Trouble("MISSING_REQUIRED_PROPERTY", "The Flow has no screens.", "$root/screens")
        return
    yield from _screens(whole, screens)


def _screens(whole: Json, screens: list[Any]) -> Iterator[Trouble]:
    ids = [(as_object(each) or {}).get("id") for each in screens]
    for place, each in enumerate(screens):
        path, screen = f"$root/screens/{place}", as_object(each)
        if screen is None:
            yield Trouble("INVALID_PROPERTY_TYPE", "A screen must be an object.", path)
            continue
        yield from _unknown(screen, SCREEN, path)
        yield from _screen_id(ids, place)
        yield from _layout(screen, path, ids, whole)
    if not any((as_object(each) or {}).get("terminal") for each in screens):
        yield Trouble(
            "MISSING_TERMINAL_SCREEN",
            "At least one screen must be terminal: set 'terminal' to true.",
            "$root/screens",
        )
    yield from _routes(whole, ids)


def _screen_id(ids: list[Any], place: int) -> Iterator[Trouble]:
    own, path = ids[place], f"$root/screens/{place}/id"
    if not isinstance(own, str) or not SCREEN_ID.fullmatch(own) or own == "SUCCESS":
        message = "A screen needs an 'id' of letters and underscores other than SUCCESS."
        yield Trouble("INVALID_SCREEN_ID", message, path)
    elif ids.index(own) != place:
        yield Trouble("DUPLICATE_SCREEN_ID", f"The screen id {own!r} is used twice.", path)


def _layout(screen: Json, path: str, ids: list[Any], whole: Json) -> Iterator[Trouble]:
    layout = as_object(screen.get("layout"))
    if layout is None or as_list(layout.get("children")) is None:
        message = "A screen needs a 'layout' with 'children'."
        yield Trouble("MISSING_REQUIRED_PROPERTY", message, path)
        return
    if layout.get("type") != "SingleColumnLayout":
        message = "Invalid value found for property 'type'. Expected 'SingleColumnLayout'."
        yield Trouble("INVALID_PROPERTY_VALUE", message, f"{path}/layout/type")
    found = list(_components(layout["children"], f"{path}/layout/children"))
    for where, component in found:
        yield from _component(component, where, ids, whole)
    if screen.get("terminal") and not any(each.get("type") == "Footer" for _, each in found):
        message = "A terminal screen needs a Footer component."
        yield Trouble("MISSING_FOOTER_COMPONENT", message, path)


def _components(children: object, path: str) -> Iterator[tuple[str, Json]]:
    """All components with their paths, also those inside of others."""
    for place, each in enumerate(as_list(children) or []):
        component, where = as_object(each), f"{path}/{place}"
        if component is None:
            continue
        yield where, component
        for name in ("children", "then", "else"):
            yield from _components(component.get(name), f"{where}/{name}")
        for name, inner in (as_object(component.get("cases")) or {}).items():
            yield from _components(inner, f"{where}/cases/{name}")


def _component(component: Json, path: str, ids: list[Any], whole: Json) -> Iterator[Trouble]:
    kind = str(component.get("type"))
    if kind not in COMPONENTS:
        message = f"Invalid value found for property 'type'. Found '{kind}'."
        yield Trouble("INVALID_PROPERTY_VALUE", message, f"{path}/type")
        return
    if kind in TEXTS:
        yield from _unknown(component, TEXT_MEMBERS, path)
    for name in NEEDED.get(kind, ()):
        if name not in component:
            message = f"The component {kind} needs the property '{name}'."
            yield Trouble("MISSING_REQUIRED_PROPERTY", message, path)
    action = as_object(component.get("on-click-action"))
    if action is not None:
        yield from _action(action, f"{path}/on-click-action", ids, whole)


def _action(action: Json, path: str, ids: list[Any], whole: Json) -> Iterator[Trouble]:
    name = action.get("name")
    if name not in ACTIONS:
        message = f"Invalid value found for property 'name'. Found {name!r}."
        yield Trouble("INVALID_PROPERTY_VALUE", message, f"{path}/name")
    if name == "navigate":
        target = (as_object(action.get("next")) or {}).get("name")
        if target not in ids:
            message = f"The screen {target!r} of the action does not exist."
            yield Trouble("INVALID_NAVIGATE_ACTION_NEXT_SCREEN_NAME", message, f"{path}/next")
    if name == "data_exchange" and "data_api_version" not in whole:
        message = "'data_exchange' needs the property 'data_api_version'."
        yield Trouble("INVALID_DATA_EXCHANGE_ACTION", message, path)


def _routes(whole: Json, ids: list[Any]) -> Iterator[Trouble]:
    routes = as_object(whole.get("routing_model"))
    if routes is None:
        if "data_api_version" in whole:
            message = "A Flow with an endpoint needs 'routing_model'."
            yield Trouble("MISSING_REQUIRED_PROPERTY", message, "$root/data_api_version")
        return
    for name, targets in routes.items():
        for screen in (name, *(as_list(targets) or [])):
            if screen not in ids:
                message = f"The routing model names the unknown screen {screen!r}."
                yield Trouble("INVALID_ROUTING_MODEL", message, f"$root/routing_model/{name}")


def _unknown(given: Json, known: set[str], path: str) -> Iterator[Trouble]:
    for name in given:
        if name not in known:
            message = f'The property "{name}" cannot be specified at "{path}".'
            yield Trouble("INVALID_PROPERTY", message, f"{path}/{name}")


def _point(line: int = 1, column: int = 1) -> dict[str, int]:
    return {
        "line_start": line,
        "line_end": line,
        "column_start": column,
        "column_end": column + 1,
    }


def _shown(trouble: Trouble, place: dict[str, int]) -> Json:
    pointer = trouble.path.removeprefix("$root/").replace("/", ".")
    kind = "JSON_SCHEMA_ERROR" if "PROPERTY" in trouble.error else "FLOW_JSON_ERROR"
    return {
        "error": trouble.error,
        "error_type": kind,
        "message": trouble.message,
        **place,
        "pointers": [{**place, "path": pointer}],
    }
