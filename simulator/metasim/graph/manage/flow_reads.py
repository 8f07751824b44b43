"""Reads of Flows: the list, one by id, its JSON.

Source: WhatsApp Cloud API reference, 8.12 "Flows".
"""

from metasim.clock import to_iso
from metasim.desk import Flow
from metasim.flows import check
from metasim.graph.access import MANAGEMENT, need, waba_for
from metasim.graph.errors import GraphError, no_such
from metasim.graph.fields import chosen
from metasim.graph.manage import health
from metasim.graph.manage.links import own_url
from metasim.graph.paging import page
from metasim.graph.request import Answer, Request
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Token

KIND = "WhatsAppFlow"
DEFAULT = ("name", "status", "categories", "validation_errors")
PREVIEW_SECONDS = 30 * 86_400.0


def listed(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The Flows of an account, paged."""
    waba = waba_for(sim, token, "GET", node)
    need(token, MANAGEMENT)
    own = [flow for flow in sim.desk.flows.values() if flow.waba_id == waba.id]
    return page(request, [_chosen(sim, flow, request) for flow in own])


def read(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """One Flow."""
    return _chosen(sim, flow_for(sim, token, "GET", node), request)


def assets(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The uploaded JSON, with an address to download it from."""
    flow = flow_for(sim, token, "GET", node)
    return page(request, _asset_rows(flow, request))


def asset(sim: Sim, request: Request) -> Answer:
    """The file itself, public as on Meta's content servers."""
    flow = sim.desk.flows.get(request.leaf)
    if flow is None or not flow.text:
        raise GraphError(100, message="URL signature expired", http=404)
    return Answer(200, flow.text.encode(), headers=[(b"cache-control", b"no-store")])


def flow_for(sim: Sim, token: Token, method: str, node: str) -> Flow:
    """The Flow, if the token may touch its account; otherwise code 100/33."""
    flow = sim.desk.flows.get(node)
    if flow is None or flow.waba_id not in token.waba_ids:
        raise no_such(method, node)
    need(token, MANAGEMENT)
    return flow


def _chosen(sim: Sim, flow: Flow, request: Request) -> Json:
    app = sim.world.apps.get(flow.application_id or "")
    waba = sim.world.wabas[flow.waba_id]
    until = to_iso(sim.clock.now() + PREVIEW_SECONDS)[:19] + "+0000"
    node: Json = {
        "id": flow.id,
        "name": flow.name,
        "status": flow.status,
        "categories": flow.categories,
        "validation_errors": lambda: check.errors_of(flow.text) if flow.text else [],
        "json_version": lambda: check.version_of(flow.text),
        "data_api_version": lambda: check.data_api_version_of(flow.text),
        "endpoint_uri": flow.endpoint_uri,
        "data_channel_uri": flow.endpoint_uri,
        "updated_at": to_iso(flow.updated_at)[:19] + "+0000",
        "preview": {
            "preview_url": own_url(request, f"/flow_assets/{flow.id}"),
            "expires_at": until,
        },
        "whatsapp_business_account": {
            "id": waba.id,
            "name": waba.name,
            "currency": waba.currency,
            "timezone_id": waba.timezone_id,
            "message_template_namespace": f"{waba.id}_namespace",
        },
        "application": None
        if app is None
        else {
            "id": app.id,
            "name": app.name,
            "link": f"https://www.facebook.com/games/?app_id={app.id}",
        },
        "health_status": lambda: health.of_flow(sim, flow.id),
        "assets": lambda: {"data": _asset_rows(flow, request)},
    }
    return chosen(request, node, DEFAULT, KIND)


def _asset_rows(flow: Flow, request: Request) -> list[Json]:
    url = own_url(request, f"/flow_assets/{flow.id}")
    row: Json = {"name": "flow.json", "asset_type": "FLOW_JSON", "download_url": url}
    return [row] if flow.text else []
