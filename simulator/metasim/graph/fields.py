"""The `fields` parameter: which members of a node are answered.

Source: WhatsApp Cloud API reference, 1.4 "Success shapes", 1.3 "Unknown field".
"""

import re

from metasim.graph.errors import GraphError
from metasim.graph.request import Request
from metasim.shapes import Json, as_list, as_object

FIELD = re.compile(r"([a-z_0-9]+)(?:\.\w+\([^)]*\))*(\{[^{}]*\})?(?:,|$)")


def chosen(request: Request, node: Json, default: tuple[str, ...], kind: str) -> Json:
    """The asked members (or the default ones) and always `id`. Raises code 100.

    A member may be a function without arguments: it is called when somebody asks for it.
    """
    asked = request.query.get("fields", "").replace(" ", "")
    if not asked:
        picked = {name: _value(node[name]) for name in (*default, "id") if name in node}
        return {name: value for name, value in picked.items() if value is not None}
    if FIELD.sub("", asked):
        raise GraphError(100, message=f"(#100) Syntax error in fields: {asked}")
    picked: Json = {}
    for match in FIELD.finditer(asked):
        name, inner = match.group(1), match.group(2)
        if name not in node:
            raise GraphError(
                100,
                message=f"(#100) Tried accessing nonexisting field ({name}) on node type ({kind})",
            )
        value = _value(node[name])
        if value is not None:
            picked[name] = _inside(value, inner)
    return {**picked, "id": node["id"]}


def _value(member: object) -> object:
    return member() if callable(member) else member


def _inside(value: object, inner: str | None) -> object:
    """`field{a,b}` keeps only a and b of an object, or of every object in a list."""
    rows = as_list(value)
    if rows is not None:
        return [_inside(row, inner) for row in rows]
    members = as_object(value)
    if members is None or inner is None:
        return value
    if "data" in members:
        return {**members, "data": _inside(members["data"], inner)}
    return {name: members[name] for name in inner[1:-1].split(",") if name in members}
