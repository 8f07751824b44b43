"""The components of a call, by the place they are for.

Source: WhatsApp Cloud API reference, 2.8 "Parameters by place".
"""

import msgspec

from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid
from metasim.shapes import Json, as_list, as_object

MEMBERS = {
    "header": {"type", "parameters"},
    "body": {"type", "parameters"},
    "footer": {"type", "parameters"},
    "button": {"type", "parameters", "sub_type", "index"},
    "limited_time_offer": {"type", "parameters"},
    "carousel": {"type", "cards"},
    "tap_target_configuration": {"type", "parameters"},
}


class Given(msgspec.Struct):
    """What the call says about one template, or about one card of a carousel."""

    where: str
    """Its parameter, for errors: `template['components']`."""
    style: str
    """POSITIONAL or NAMED."""
    parts: dict[str, Json]
    """By place: header, body, `button 0` and so on. Taken out as they are used."""
    places: dict[str, str]
    """Where each part stands in the call."""

    def take(self, place: str) -> Json | None:
        return self.parts.pop(place, None)

    def ensure_used(self) -> None:
        """Raises 132000 for parameters of a part that the template does not have."""
        for place, part in self.parts.items():
            count = len(as_list(part.get("parameters")) or as_list(part.get("cards")) or [])
            if count:
                raise GraphError(
                    132000,
                    f"{place}: number of localizable_params ({count}) does not match the expected "
                    "number of params (0)",
                )


def given(rows: object, style: str, where: str = "template['components']") -> Given:
    """Raises code 100 naming what does not belong here."""
    components = as_list(rows)
    if components is None:
        raise invalid(f"Param {where} must be an array.")
    found = Given(where, style, {}, {})
    for index, row in enumerate(components):
        place, part = _placed(row, f"{where}[{index}]")
        if place in found.parts:
            raise invalid(f"Param {where}[{index}] repeats {place}.")
        found.parts[place] = part
        found.places[place] = f"{where}[{index}]"
    return found


def _placed(row: object, where: str) -> tuple[str, Json]:
    part = as_object(row)
    kind = "" if part is None else str(part.get("type", "")).lower()
    if part is None or kind not in MEMBERS:
        kinds = ", ".join(sorted(name.upper() for name in MEMBERS))
        raise invalid(f"Param {where}['type'] must be one of {{{kinds}}}.")
    strict(part, MEMBERS[kind], where)
    return (f"button {_index(part, where)}" if kind == "button" else kind), part


def _index(part: Json, where: str) -> int:
    """As text or as a number. Source: 1.9."""
    index = part.get("index")
    if index is None:
        raise GraphError(131008, f"The parameter {where}['index'] is required.")
    if isinstance(index, bool) or not str(index).isdecimal() or int(str(index)[:4]) > 9:
        raise invalid(f"Param {where}['index'] must be a number from 0 to 9.")
    return int(str(index))
