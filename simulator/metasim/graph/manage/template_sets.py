"""Several templates at once: groups, and copies to another account.

Source: WhatsApp Cloud API reference, 7.1 `template_groups` (body uncertain: 11.9) and
`migrate_message_templates`.
"""

from metasim import review
from metasim.desk import TemplateGroup
from metasim.graph.access import MANAGEMENT, need, waba_for
from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid, missing, no_such, refused
from metasim.graph.fields import chosen
from metasim.graph.manage.template_reads import of_account
from metasim.graph.manage.templates import as_json, keep
from metasim.graph.paging import page
from metasim.graph.request import Request
from metasim.shapes import Json, as_list
from metasim.sim import Sim
from metasim.world import Template, Token

KNOWN = {"name", "description", "whatsapp_business_templates"}
MOST = 500
"""Templates copied in one call. Source: 7.1."""


def groups(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The template groups of an account."""
    waba = waba_for(sim, token, "GET", node)
    need(token, MANAGEMENT)
    found = [group for group in sim.desk.groups.values() if group.waba_id == waba.id]
    return page(request, [_shown(group, request) for group in found])


def create_group(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """A new group of templates of this account."""
    waba = waba_for(sim, token, "POST", node)
    need(token, MANAGEMENT)
    body = request.parameters()
    strict(body, KNOWN, "root")
    if not isinstance(body.get("name"), str) or not body["name"]:
        raise missing("name")
    group = TemplateGroup(sim.desk.next_id(97), waba.id, body["name"])
    _fill(sim, group, body)
    sim.desk.groups[group.id] = group
    return {"id": group.id}


def group(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """One group."""
    return _shown(_group_for(sim, token, "GET", node), request)


def change_group(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Another name, description or set of templates."""
    found = _group_for(sim, token, "POST", node)
    body = request.parameters()
    strict(body, KNOWN, "root")
    _fill(sim, found, body)
    return {"success": True}


def delete_group(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """The group goes; its templates stay."""
    del sim.desk.groups[_group_for(sim, token, "DELETE", node).id]
    return {"success": True}


def migrate(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Copy approved templates of good quality from another account of the same business."""
    waba = waba_for(sim, token, "POST", node)
    need(token, MANAGEMENT)
    given = request.parameters()
    if "source_waba_id" not in given:
        raise missing("source_waba_id")
    source = waba_for(sim, token, "POST", str(given["source_waba_id"]))
    if source.portfolio_id != waba.portfolio_id or source.id == waba.id:
        raise refused("Both accounts must belong to one business.", 2388001)
    wanted = {str(each) for each in as_list(given.get("template_ids")) or []}
    found = [each for each in of_account(sim, source.id) if not wanted or each.id in wanted]
    size = min(_whole(given, "count", MOST), MOST)
    start = _whole(given, "page_number", 0) * size
    done: list[str] = []
    failed: Json = {}
    for template in found[start : start + size]:
        reason = _unfit(sim, template)
        if reason is None:
            reason = _copy(sim, waba.id, template)
        if reason is None:
            done.append(template.id)
        else:
            failed[template.id] = reason
    return {"migrated_templates": done, "failed_templates": failed}


def _whole(given: Json, name: str, default: int) -> int:
    text = str(given.get(name, default))
    if not text.isascii() or not text.isdecimal() or len(text) > 6:
        raise invalid(f"Param {name} must be a whole number.")
    return int(text)


def _unfit(sim: Sim, template: Template) -> str | None:
    if template.status != "APPROVED":
        return f"The template is {template.status}."
    if sim.desk.template(template.id).quality not in ("GREEN", "UNKNOWN"):
        return "The quality of the template is too low."
    return None


def _copy(sim: Sim, waba_id: str, template: Template) -> str | None:
    try:
        if template.category == "AUTHENTICATION":
            return "Authentication templates are created anew."
        copy = keep(sim, sim.world.wabas[waba_id], as_json(template))
    except GraphError as error:
        return error.user[1] if error.user is not None else error.message
    review.approve(sim, copy)
    return None


def _fill(sim: Sim, found: TemplateGroup, body: Json) -> None:
    ids = as_list(body.get("whatsapp_business_templates"))
    if ids is not None:
        known = {each.id for each in of_account(sim, found.waba_id)}
        strange = next((str(key) for key in ids if str(key) not in known), None)
        if strange is not None:
            raise no_such("POST", strange)
        found.templates = [str(key) for key in ids]
    found.name = str(body.get("name", found.name))
    found.description = str(body.get("description", found.description))


def _group_for(sim: Sim, token: Token, method: str, node: str) -> TemplateGroup:
    need(token, MANAGEMENT)
    found = sim.desk.groups.get(node)
    if found is None or found.waba_id not in token.waba_ids:
        raise no_such(method, node)
    return found


def _shown(found: TemplateGroup, request: Request) -> Json:
    node: Json = {
        "id": found.id,
        "name": found.name,
        "description": found.description,
        "whatsapp_business_templates": {"data": [{"id": key} for key in found.templates]},
    }
    return chosen(request, node, ("name", "description"), "WhatsAppBusinessTemplateGroup")
