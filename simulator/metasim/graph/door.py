"""The door of the Graph API: version, route, errors, journal.

Source: WhatsApp Cloud API reference, 1.1 "Hosts, versions, objects", 1.3 "Error envelope".
"""

from collections.abc import Callable
from typing import TypeAlias

from metasim.graph import messages, nodes, templates, tokens
from metasim.graph.access import caller
from metasim.graph.errors import GraphError
from metasim.graph.request import Answer, Request, json_answer
from metasim.ledger import Call
from metasim.sim import Sim
from metasim.world import Token

VERSIONS = {f"v{n}.0" for n in range(21, 27)}
"""Accepted in November 2026. Source: 1.1 "Graph versions"."""

Edge: TypeAlias = Callable[[Sim, Token, str, Request], object]

EDGES: dict[tuple[str, str], Edge] = {
    ("GET", "phone_numbers"): nodes.phone_numbers,
    ("GET", "message_templates"): templates.listed,
    ("GET", "subscribed_apps"): nodes.subscribed_apps,
    ("POST", "subscribed_apps"): nodes.subscribe,
    ("DELETE", "subscribed_apps"): nodes.unsubscribe,
}


async def answer(sim: Sim, request: Request) -> Answer:
    """Answer one call and write it into the journal."""
    try:
        result = await _route(sim, request)
    except GraphError as error:
        result = json_answer(error.body(), error.http, error.code)
        sim.ledger.errors[error.code] += 1
    sim.ledger.calls.append(
        Call(sim.clock.now(), request.method, request.path, result.status, result.code)
    )
    return result


async def _route(sim: Sim, request: Request) -> Answer:
    parts = request.path.strip("/").split("/")
    if parts[0] not in VERSIONS or not 2 <= len(parts) <= 3:
        raise _unknown_path(request.path)
    if parts[1] == "debug_token" and len(parts) == 2:
        return json_answer(tokens.debug(sim, request))
    token = caller(sim, request)
    if len(parts) == 2:
        return json_answer(_node(sim, token, parts[1], request))
    if request.method == "POST" and parts[2] == "messages":
        return await messages.post(sim, token, parts[1], request)
    edge = EDGES.get((request.method, parts[2]))
    if edge is None:
        raise _unknown_path("/" + parts[2])
    return json_answer(edge(sim, token, parts[1], request))


def _node(sim: Sim, token: Token, node: str, request: Request) -> object:
    if request.method != "GET":
        raise _unknown_path(request.path)
    if node == "me":
        return tokens.me(sim, token, request)
    return nodes.read(sim, token, node, request)


def _unknown_path(path: str) -> GraphError:
    """Source: 1.3 "Unknown path component"."""
    return GraphError(2500, message=f"Unknown path components: {path}")
