"""Templates by the dozen: one authentication text in many languages, archiving.

Source: WhatsApp Cloud API reference, 7.1 "Endpoints".
"""

from metasim import review
from metasim.graph.access import MANAGEMENT, need, waba_for
from metasim.graph.draft import strict
from metasim.graph.errors import invalid, missing
from metasim.graph.manage import template_form as form
from metasim.graph.manage.template_reads import of_account
from metasim.graph.manage.templates import KNOWN, ensure_quota, keep, read_form, texts
from metasim.graph.request import Request
from metasim.shapes import Json, as_list
from metasim.sim import Sim
from metasim.world import Token, Waba


def upsert(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """`POST /{account}/upsert_message_templates`: one authentication text, many languages. 7.1."""
    waba = waba_for(sim, token, "POST", node)
    need(token, MANAGEMENT)
    body = request.parameters()
    languages = as_list(body.get("languages"))
    if not languages:
        raise missing("languages")
    if form.category_of(body) != "AUTHENTICATION":
        raise invalid("Param category must be one of {AUTHENTICATION}.")
    rows = [{**body, "language": language} for language in languages]
    for row in rows:
        row.pop("languages")
        strict(row, KNOWN, "root")
        form.language_of(row)
    return {"data": [_upserted(sim, waba, row) for row in rows]}


def archive(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """`POST /{account}/message_templates/archive` and `/unarchive`, up to 100 at once. 7.1."""
    waba = waba_for(sim, token, "POST", node)
    need(token, MANAGEMENT)
    ids = texts(request.parameters().get("hsm_ids"))
    if not 1 <= len(ids) <= 100:
        raise invalid("Param hsm_ids must be 1 to 100 ids.")
    status = "ARCHIVED" if request.leaf == "archive" else "APPROVED"
    own = {template.id: template for template in of_account(sim, waba.id)}
    done = "archived_templates" if status == "ARCHIVED" else "unarchived_templates"
    results: Json = {done: [], "failed_templates": {}}
    for key in ids:
        template = own.get(key)
        if template is None or (status == "APPROVED") != (template.status == "ARCHIVED"):
            results["failed_templates"][key] = "The template cannot be moved."
            continue
        review.set_status(sim, template, "ARCHIVED" if status == "ARCHIVED" else "UNARCHIVED")
        template.status = status
        results[done].append(key)
    return results


def _upserted(sim: Sim, waba: Waba, body: Json) -> Json:
    known = sim.world.translation(waba.id, form.name_of(body), body["language"])
    if known is None:
        ensure_quota(sim, waba)
        known = keep(sim, waba, body)
    else:
        known.components = read_form(
            "AUTHENTICATION", form.components_of(body, "AUTHENTICATION", form.style_of(body))
        )
    review.approve(sim, known)  # the text is Meta's own: nothing to review
    return {
        "id": known.id,
        "status": known.status,
        "language": known.language,
        "category": known.category,
    }
