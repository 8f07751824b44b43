"""Flows: create, change, upload, publish, deprecate, delete, copy.

Source: WhatsApp Cloud API reference, 8.12 "Flows", 5.7 (139000 to 139004), 4.9 (`flows`).
"""

from metasim.desk import Flow
from metasim.flows import check
from metasim.graph.access import MANAGEMENT, need, waba_for
from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid, missing, no_such, refused
from metasim.graph.manage.flow_reads import flow_for
from metasim.graph.manage.forms import parameters, texts
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.webhooks.account import tell
from metasim.world import Token

CATEGORIES = (
    "SIGN_UP", "SIGN_IN", "APPOINTMENT_BOOKING", "LEAD_GENERATION", "CONTACT_US",
    "CUSTOMER_SUPPORT", "SURVEY", "OTHER",
)  # fmt: skip
LONGEST_NAME = 200
UPDATE_FAILED, PUBLISH_FAILED, DEPRECATE_FAILED, DELETE_FAILED = 139001, 139002, 139003, 139004
MOST_MIGRATED = 100
LARGEST = 10_000_000
"""Bytes of a Flow JSON. Source: 8.12."""


def create(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """A draft, perhaps with its JSON, perhaps published at once."""
    waba = waba_for(sim, token, "POST", node)
    need(token, MANAGEMENT)
    body = parameters(request)
    known = {"name", "categories", "clone_flow_id", "endpoint_uri", "flow_json", "publish"}
    strict(body, known | {"messaging_product"}, "root")
    flow = Flow(sim.desk.next_id(43), waba.id, _name(sim, waba.id, body), _categories(body))
    flow.updated_at, flow.endpoint_uri = sim.clock.now(), _endpoint(body)
    flow.application_id = token.app_id
    if "clone_flow_id" in body:
        flow.text = flow_for(sim, token, "POST", str(body["clone_flow_id"])).text
    if "flow_json" in body:
        flow.text = str(body["flow_json"])
    errors = check.errors_of(flow.text) if flow.text else []
    sim.desk.flows[flow.id] = flow
    wants = str(body.get("publish", "false")).lower() == "true"
    if wants and not errors and not _obstacle(sim, flow):
        _move(sim, flow, "PUBLISHED")
    return {"id": flow.id, "success": not (wants and errors), "validation_errors": errors}


def change(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Name, categories, endpoint or app."""
    flow = flow_for(sim, token, "POST", node)
    body = parameters(request)
    known = {"name", "categories", "endpoint_uri", "application_id", "messaging_product"}
    strict(body, known, "root")
    if flow.status in ("DEPRECATED", "BLOCKED"):
        raise GraphError(UPDATE_FAILED, f"A Flow that is {flow.status} cannot be changed.")
    name = _name(sim, flow.waba_id, body, flow) if "name" in body else flow.name
    categories = _categories(body) if "categories" in body else flow.categories
    endpoint = _endpoint(body) if "endpoint_uri" in body else flow.endpoint_uri
    app_id = str(body.get("application_id", flow.application_id))
    if app_id not in sim.world.apps:
        raise no_such("POST", app_id)
    flow.name, flow.categories, flow.endpoint_uri = name, categories, endpoint
    flow.application_id, flow.updated_at = app_id, sim.clock.now()
    return {"success": True}


def upload(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """`POST /{flow}/assets`: the Flow JSON. It is kept also when it has errors."""
    flow = flow_for(sim, token, "POST", node)
    body = parameters(request)
    if body.get("asset_type") != "FLOW_JSON":
        raise invalid("Param asset_type must be one of {FLOW_JSON}.")
    if body.get("name") != "flow.json":
        raise invalid("Param name must be flow.json.")
    text = body.get("file")
    if not isinstance(text, str) or not text:
        raise missing("file")
    if len(text) > LARGEST:
        raise invalid("The file is larger than 10 MB.")
    if flow.status not in ("DRAFT", "PUBLISHED"):
        raise GraphError(UPDATE_FAILED, f"A Flow that is {flow.status} cannot be changed.")
    flow.text, flow.updated_at = text, sim.clock.now()
    flow.status = "DRAFT"
    return {"success": True, "validation_errors": check.errors_of(text)}


def publish(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """A draft without errors becomes final."""
    flow = flow_for(sim, token, "POST", node)
    obstacle = _obstacle(sim, flow)
    if obstacle is not None:
        error = GraphError(PUBLISH_FAILED, obstacle)
        error.user = ("Flow can't be published", obstacle)
        raise error
    _move(sim, flow, "PUBLISHED")
    return {"success": True}


def deprecate(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """A published Flow is no longer sent."""
    flow = flow_for(sim, token, "POST", node)
    if flow.status not in ("PUBLISHED", "THROTTLED"):
        raise GraphError(DEPRECATE_FAILED, f"A Flow that is {flow.status} is not deprecated.")
    _move(sim, flow, "DEPRECATED")
    return {"success": True}


def delete(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """Only drafts."""
    flow = flow_for(sim, token, "DELETE", node)
    if flow.status != "DRAFT":
        raise GraphError(DELETE_FAILED, f"A Flow that is {flow.status} cannot be deleted.")
    del sim.desk.flows[flow.id]
    return {"success": True}


def migrate(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Copies from another account of the business, published like the original."""
    waba = waba_for(sim, token, "POST", node)
    need(token, MANAGEMENT)
    body = parameters(request)
    source = waba_for(sim, token, "POST", str(body.get("source_waba_id", "")))
    if source.portfolio_id != waba.portfolio_id:
        raise refused("Both accounts must belong to one business.")
    own = {flow.name: flow for flow in sim.desk.flows.values() if flow.waba_id == source.id}
    names = texts(body.get("source_flow_names")) or list(own)
    if len(names) > MOST_MIGRATED:
        raise invalid(f"Param source_flow_names has at most {MOST_MIGRATED} entries.")
    taken = {flow.name for flow in sim.desk.flows.values() if flow.waba_id == waba.id}
    done: list[Json] = []
    failed: list[Json] = []
    for name in names:
        if name not in own or name in taken:
            failed.append(_failed(name, name in own))
            continue
        copy = Flow(sim.desk.next_id(43), waba.id, name, list(own[name].categories))
        copy.text, copy.endpoint_uri = own[name].text, own[name].endpoint_uri
        copy.application_id, copy.updated_at = token.app_id, sim.clock.now()
        copy.status = "PUBLISHED" if own[name].status == "PUBLISHED" else "DRAFT"
        sim.desk.flows[copy.id] = copy
        row = {"source_name": name, "source_id": own[name].id, "migrated_id": copy.id}
        done.append(row)
    return {"migrated_flows": done, "failed_flows": failed}


def _failed(name: str, is_taken: bool) -> Json:
    """Source: Meta's OpenAPI, `migrate_flows`."""
    text = (
        "Flow with the same name exists in destination WABA."
        if is_taken
        else "Flow name not found in source WABA."
    )
    return {
        "source_name": name,
        "error_code": "4233041",
        "error_message": f"Flows Migration Error: {text}",
    }


def _name(sim: Sim, waba_id: str, body: Json, own: Flow | None = None) -> str:
    name = body.get("name")
    if not isinstance(name, str) or not 1 <= len(name) <= LONGEST_NAME:
        raise missing("name")
    others = [each for each in sim.desk.flows.values() if each is not own]
    if any(each.name == name and each.waba_id == waba_id for each in others):
        raise refused("Flow name must be unique. There is one of this name already.", 4016019)
    return name


def _categories(body: Json) -> list[str]:
    names = texts(body.get("categories"))
    if not names or not set(names) <= set(CATEGORIES):
        raise invalid(f"Param categories must be of {{{', '.join(CATEGORIES)}}}.")
    return names


def _endpoint(body: Json) -> str | None:
    uri = body.get("endpoint_uri")
    if uri is None or uri == "":
        return None
    if not isinstance(uri, str) or not uri.startswith(("http://", "https://")):
        raise invalid("Param endpoint_uri must be a URL.")
    return uri


def _obstacle(sim: Sim, flow: Flow) -> str | None:
    """Why it cannot be published; None when it can."""
    if flow.status != "DRAFT":
        return f"A Flow that is {flow.status} cannot be published."
    if not flow.text or check.errors_of(flow.text):
        return "The Flow JSON is missing or has errors."
    if check.version_of(flow.text) not in check.PUBLISHABLE:
        return f"Flow JSON {check.version_of(flow.text)} can no longer be published."
    return None if check.data_api_version_of(flow.text) is None else _unreachable(sim, flow)


def _unreachable(sim: Sim, flow: Flow) -> str | None:
    """What a Flow with an endpoint still lacks."""
    if not flow.endpoint_uri:
        return "The Flow needs an endpoint_uri."
    numbers = [each.id for each in sim.world.numbers.values() if each.waba_id == flow.waba_id]
    if not any(sim.desk.number(each).public_key for each in numbers):
        return "No number of the account has a public key for the endpoint."
    return None


def _move(sim: Sim, flow: Flow, status: str) -> None:
    before, flow.status = flow.status, status
    value = {
        "event": "FLOW_STATUS_CHANGE",
        "message": f"Flow {flow.name} changed status from {before} to {status}",
        "flow_id": flow.id,
        "old_status": before,
        "new_status": status,
    }
    tell(sim, flow.waba_id, "flows", value)
