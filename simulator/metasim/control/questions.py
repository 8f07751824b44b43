"""What a Flow asks, as plain fields: enough for the phone page to fill it in by hand.

Source: WhatsApp Cloud API reference, 8.12 "Flows".
"""

from collections.abc import Iterator

from metasim.flows.check import screens_of
from metasim.graph.request import Request
from metasim.shapes import Json, as_list, as_object
from metasim.sim import Sim

CHOICES = ("Dropdown", "RadioButtonsGroup", "ChipsSelector", "CheckboxGroup")
TEXTS = ("TextInput", "TextArea", "DatePicker", "CalendarPicker")
DYNAMIC = "${"
"""A text that begins so is filled in by the business's endpoint."""


def listed(sim: Sim, _request: Request, flow_id: str) -> Json:
    """`{"fields": [{"name", "label", "choices"}]}`; empty for a Flow that is not kept here."""
    flow = sim.desk.flows.get(flow_id)
    flow = flow or next((each for each in sim.desk.flows.values() if each.name == flow_id), None)
    screens = [] if flow is None else screens_of(flow.text)
    fields = [_field(each, screen) for screen in screens for each in _parts(screen.get("layout"))]
    return {"fields": [field for field in fields if field is not None]}


def _parts(place: object) -> Iterator[Json]:
    """All components, whatever they stand in."""
    part = as_object(place)
    if part is None:
        return
    yield part
    for name in ("children", "then", "else"):
        for inner in as_list(part.get(name)) or []:
            yield from _parts(inner)


def _field(part: Json, screen: Json) -> Json | None:
    kind, name = part.get("type"), part.get("name")
    if not isinstance(name, str) or kind not in (*TEXTS, *CHOICES):
        return None
    label = part.get("label")
    known = isinstance(label, str) and not label.startswith(DYNAMIC)
    options = [as_object(row) or {} for row in _options(part.get("data-source"), screen)]
    choices = {str(option.get("id")): str(option.get("title")) for option in options}
    return {"name": name, "label": label if known else name, "choices": choices}


def _options(source: object, screen: Json) -> list[object]:
    """The choices as they stand, or the examples of those that the endpoint fills in."""
    if isinstance(source, str) and source.startswith("${data."):
        data = as_object(screen.get("data")) or {}
        about = as_object(data.get(source.removeprefix("${data.").removesuffix("}"))) or {}
        return as_list(about.get("__example__")) or []
    return as_list(source) or []
