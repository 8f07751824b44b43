"""Reads of templates.

Source: WhatsApp Cloud API reference, 7.1 "Endpoints", 7.5 "GET fields".
"""

from metasim.graph.access import MANAGEMENT, need, waba_for
from metasim.graph.fields import chosen
from metasim.graph.paging import page
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Template, Token

DEFAULT = ("name", "parameter_format", "components", "language", "status", "category")
FILTERS = ("status", "category", "language")


def listed(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The templates of an account, filtered and paged."""
    waba = waba_for(sim, token, "GET", node)
    need(token, MANAGEMENT)
    found = [each for each in sim.world.templates.values() if each.waba_id == waba.id]
    rows = [read(template, request) for template in found if _fits(template, request.query)]
    return page(request, rows)


def read(template: Template, request: Request) -> Json:
    """The asked fields of one template."""
    node: Json = {
        "id": template.id,
        "name": template.name,
        "language": template.language,
        "status": template.status,
        "category": template.category,
        "parameter_format": template.parameter_format,
        "components": template.components,
        "quality_score": {"score": "UNKNOWN"},
        "rejected_reason": "NONE",
    }
    return chosen(request, node, DEFAULT, "WhatsAppBusinessHSM")


def _fits(template: Template, query: dict[str, str]) -> bool:
    """`name` finds parts of names, the others compare whole values in any case."""
    if query.get("name", "") not in template.name:
        return False
    if query.get("content", "").casefold() not in str(template.components).casefold():
        return False
    return all(
        query[name].casefold() == str(getattr(template, name)).casefold()
        for name in FILTERS
        if query.get(name)
    )
