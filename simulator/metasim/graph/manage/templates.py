"""Create, edit and delete templates.

Source: WhatsApp Cloud API reference, 7.1 "Endpoints", 7.2 "Create body", 7.5 "Lifecycle".
"""

from metasim import review, standing
from metasim.graph.access import MANAGEMENT, need, template_for, waba_for
from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, missing, no_such, refused
from metasim.graph.manage import auth_text, library
from metasim.graph.manage import template_form as form
from metasim.graph.manage.template_reads import limit_of, of_account
from metasim.graph.request import Request
from metasim.shapes import Json, as_list, as_object
from metasim.sim import Sim
from metasim.world import Template, Token, Waba

KNOWN = {
    "name", "language", "category", "parameter_format", "components", "allow_category_change",
    "message_send_ttl_seconds", "library_template_name", "library_template_button_inputs",
    "library_template_body_inputs", "cta_url_link_tracking_opted_out", "degrees_of_freedom_spec",
    "sub_category", "display_format", "bid_spec", "optimization_spec",
    "is_primary_device_delivery_only",
}  # fmt: skip
"""Source: 7.2."""
LIMIT_REACHED, NAME_BEING_DELETED, NAME_TAKEN = 2388019, 2388023, 2388024
CREATIONS_AN_HOUR = 100
HOUR, DAY = 3_600.0, 86_400.0
EDITS_A_MONTH = 10
"""Of an approved template, and one in 24 hours. Source: 7.5 "editing"."""
PACING_REST = 300.0
"""Seconds between a pacing pause and `unpause`. Source: 6.3 "Pausing"."""


def create(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """`POST /{account}/message_templates`. Nothing is kept when a GraphError is raised."""
    waba = waba_for(sim, token, "POST", node)
    need(token, MANAGEMENT)
    body = request.parameters()
    strict(body, KNOWN, "root")
    ensure_quota(sim, waba)
    if "library_template_name" in body:
        body, as_it_is = library.filled(body)
    else:
        as_it_is = False
    template = keep(sim, waba, body)
    if as_it_is:
        sim.desk.template(template.id).library_name = str(body["library_template_name"])
        review.approve(sim, template)
    else:
        review.ask(sim, template)
    return {"id": template.id, "status": template.status, "category": template.category}


def keep(sim: Sim, waba: Waba, body: Json) -> Template:
    """Check a create body and keep the template, not yet reviewed. Raises GraphError."""
    name, language = form.name_of(body), form.language_of(body)
    category, style = form.category_of(body), form.style_of(body)
    standing.ensure_may_create(sim, waba.id, category)
    components = form.components_of(body, category, style)
    ttl = form.ttl_of(body, category)
    _ensure_name_free(sim, waba, name, language)
    key = sim.desk.next_id(99)
    sim.world.merge(
        {
            "templates": [
                {
                    "id": key,
                    "waba_id": waba.id,
                    "name": name,
                    "language": language,
                    "category": category,
                    "parameter_format": style,
                    "components": read_form(category, components),
                    "status": "PENDING",
                }
            ]
        }
    )
    desk = sim.desk.template(key)
    desk.created_at, desk.ttl_seconds = sim.clock.now(), ttl
    desk.sub_category = body.get("sub_category")
    sim.desk.waba(waba.id).creations.append(desk.created_at)
    return sim.world.templates[key]


def edit(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """`POST /{template}`: category, components or TTL. Source: 7.5 "editing"."""
    need(token, MANAGEMENT)
    template = template_for(sim, token, node)
    body = request.parameters()
    strict(body, KNOWN, "root")
    desk = sim.desk.template(template.id)
    for name, now in (("name", template.name), ("language", template.language)):
        if body.get(name, now) != now:
            raise refused(f"The {name} of a template cannot be changed.")
    if "cta_url_link_tracking_opted_out" in body:
        desk.tracking_opted_out = str(body["cta_url_link_tracking_opted_out"]).lower() == "true"
        if form.category_of({"category": template.category, **body}) == template.category:
            return _edited(template)
    _ensure_editable(sim, template, body)
    category = form.category_of({"category": template.category, **body})
    ttl = form.ttl_of(body, category)
    if "components" in body:
        style = form.style_of({"parameter_format": template.parameter_format, **body})
        parts = form.components_of(body, category, style)
        template.components = read_form(category, parts)
    template.category = category
    desk.ttl_seconds = desk.ttl_seconds if ttl is None else ttl
    if template.status in ("APPROVED", "PAUSED"):
        desk.edits.append(sim.clock.now())
    review.ask(sim, template)
    return _edited(template)


def delete(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """`DELETE /{account}/message_templates` by `name`, with `hsm_id`, or by `hsm_ids`."""
    waba = waba_for(sim, token, "DELETE", node)
    need(token, MANAGEMENT)
    given = request.parameters()
    found = _to_delete(of_account(sim, waba.id), given)
    if any(template.status == "DISABLED" for template in found):
        raise refused("A disabled template cannot be deleted.")
    for template in found:
        review.delete(sim, template)
    return {"success": True}


def unpause(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """`POST /{template}/unpause`: only pacing pauses need it. Source: 6.3, 7.1."""
    need(token, MANAGEMENT)
    template = template_for(sim, token, node)
    desk = sim.desk.template(template.id)
    if template.status != "PAUSED" or not desk.paused_by_pacing:
        return {"success": False, "reason": "The template was not paused by pacing."}
    if sim.clock.now() - desk.paused_at < PACING_REST:
        return {"success": False, "reason": "Wait five minutes after the pause."}
    review.unpause(sim, template.id)
    return {"success": True}


def ensure_quota(sim: Sim, waba: Waba) -> None:
    """100 creations an hour, and the account's limit. Source: 1.6, 7.5 "limits"."""
    desk = sim.desk.waba(waba.id)
    desk.creations = [at for at in desk.creations if at > sim.clock.now() - HOUR]
    if len(desk.creations) >= CREATIONS_AN_HOUR:
        raise GraphError(80007, message="(#80007) Template creation limit of 100 an hour reached.")
    if len(of_account(sim, waba.id)) >= limit_of(sim, waba):
        raise refused(
            "You have reached the limit of message templates of this account.", LIMIT_REACHED
        )


def _ensure_name_free(sim: Sim, waba: Waba, name: str, language: str) -> None:
    if sim.world.translation(waba.id, name, language) is not None:
        raise refused(
            f"There is already {language} content for this template.",
            NAME_TAKEN,
            "Content in this language already exists",
        )
    if review.name_is_blocked(sim, waba.id, name):
        raise refused(
            "New content can't be added while the template of that name is being deleted. Try "
            "again in 4 weeks or choose another name.",
            NAME_BEING_DELETED,
            "Message template is being deleted",
        )


def _ensure_editable(sim: Sim, template: Template, body: Json) -> None:
    if template.status not in ("APPROVED", "REJECTED", "PAUSED"):
        raise refused(f"A template that is {template.status} cannot be edited.")
    if template.status != "APPROVED":
        return
    if form.category_of({"category": template.category, **body}) != template.category:
        raise refused("The category of an approved template cannot be changed.")
    now, desk = sim.clock.now(), sim.desk.template(template.id)
    desk.edits = [at for at in desk.edits if at > now - 30 * DAY]
    if len(desk.edits) >= EDITS_A_MONTH or any(at > now - DAY for at in desk.edits):
        raise refused(
            "An approved template can be edited once in 24 hours and 10 times in 30 days."
        )


def _edited(template: Template) -> Json:
    """Source: 7.1: newer replies add id, name and category."""
    return {
        "success": True,
        "id": template.id,
        "name": template.name,
        "category": template.category,
    }


def read_form(category: str, components: list[Json]) -> list[Json]:
    """As reads give the components."""
    return auth_text.written_out(components) if category == "AUTHENTICATION" else components


def _to_delete(own: list[Template], given: Json) -> list[Template]:
    ids = texts(given.get("hsm_ids") or given.get("hsm_id"))
    name = given.get("name")
    if not ids and not isinstance(name, str):
        raise missing("name")
    found = [each for each in own if (not ids or each.id in ids) and name in (None, each.name)]
    if not found:
        raise no_such("DELETE", str(name or ids[0]))
    return found


def texts(value: object) -> list[str]:
    """Ids as a list, or written with commas."""
    rows = as_list(value)
    texts = [str(row) for row in rows] if rows is not None else str(value or "").split(",")
    return [text.strip(" []\"'") for text in texts if text.strip(" []\"'")]


def as_json(template: Template) -> Json:
    """The create body that would make this template again."""
    return {
        "name": template.name,
        "language": template.language,
        "category": template.category,
        "parameter_format": template.parameter_format,
        "components": [dict(as_object(part) or {}) for part in template.components],
    }
