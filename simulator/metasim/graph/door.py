"""The door of the Graph API: version, route, errors, journal.

Source: WhatsApp Cloud API reference, 1.1 "Hosts, versions, objects", 1.3 "Error envelope".
"""

import inspect
import re
from collections.abc import Callable
from typing import TypeAlias

from metasim.graph import media, messages, resumable, tokens
from metasim.graph.access import caller
from metasim.graph.errors import GraphError
from metasim.graph.manage import routes as manage
from metasim.graph.manage import usage
from metasim.graph.request import Answer, Request, json_answer
from metasim.ledger import Call
from metasim.sim import Sim
from metasim.world import Token

VERSIONS = {f"v{n}.0" for n in range(21, 27)}
"""Accepted in November 2026. Source: 1.1 "Graph versions"."""

VERSION = re.compile(r"v\d+\.\d+")
OLDEST = "v21.0"
"""What a call without a version means. Source: 1.1 "Base URL"."""

Edge: TypeAlias = Callable[[Sim, Token, str, Request], object]
"""What answers a call about a node: JSON, an `Answer`, or an awaitable of one of them."""
Open: TypeAlias = Callable[[Sim, Request], object]
"""The same for calls that no access token of the world needs to make."""

OPEN: dict[tuple[str, str], Open] = {
    ("GET", "debug_token"): tokens.debug,
    ("GET", "whatsapp_business/attachments"): media.download,
    **manage.OPEN,
}
"""By method and path behind the version; a star stands for the node."""
EDGES: dict[tuple[str, str], Edge] = {
    ("POST", "marketing_messages"): messages.post_marketing,
    ("POST", "media"): media.upload,
    ("POST", "uploads"): resumable.begin,
    **manage.EDGES,
}
"""By method and what follows the node; a star stands for a leaf."""
NODES: dict[str, Edge] = {"GET": manage.node, "POST": manage.node, "DELETE": manage.node}


async def answer(sim: Sim, request: Request) -> Answer:
    """Answer one call and write it into the journal."""
    try:
        result = await _route(sim, request)
    except GraphError as error:
        result = json_answer(error.body(), error.http, error.code)
        sim.ledger.errors[error.code] += 1
    if request.usage_of is not None:
        result.headers = [*result.headers, *usage.headers(sim, request)]
    sim.ledger.calls.append(
        Call(sim.clock.now(), request.method, request.path, result.status, result.code)
    )
    return result


async def _route(sim: Sim, request: Request) -> Answer:
    parts = _parts(request)
    if request.method == "POST" and parts[1:] == ["messages"]:
        return await messages.post(sim, caller(sim, request), parts[0], request)
    opened = _opened(request.method, parts)
    if opened is not None:
        return await _answered(opened(sim, request))
    edge = _own(sim, request.method, parts) or _edge(request, parts)
    token = caller(sim, request)
    usage.count(sim, token, parts, request)
    return await _answered(edge(sim, token, parts[0], request))


def _parts(request: Request) -> list[str]:
    """The path behind the version, which may be left out."""
    parts = request.path.strip("/").split("/")
    version = parts.pop(0) if VERSION.fullmatch(parts[0]) else OLDEST
    if version not in VERSIONS or not 1 <= len(parts) <= 3:
        raise _unknown_path(request.path)
    return parts


def _opened(method: str, parts: list[str]) -> Open | None:
    shapes = ("/".join(parts), "/".join(["*", *parts[1:]]), f"{parts[0]}/*")
    return next((OPEN[method, shape] for shape in shapes if (method, shape) in OPEN), None)


def _own(sim: Sim, method: str, parts: list[str]) -> Edge | None:
    """Calls about files and uploads, whose ids say what they are."""
    if len(parts) > 1:
        return None
    if parts[0].startswith(resumable.PREFIX):
        return {"POST": resumable.write, "GET": resumable.read}.get(method)
    if media.owns(sim, parts[0]):
        return {"GET": media.read, "DELETE": media.delete}.get(method)
    return None


def _edge(request: Request, parts: list[str]) -> Edge:
    node, *rest = parts
    found = NODES.get(request.method) if not rest else None
    if node == "me" and not rest and request.method == "GET":
        found = tokens.me
    if rest:
        method = request.method
        found = EDGES.get((method, "/".join(rest))) or EDGES.get((method, f"{rest[0]}/*"))
    if found is None:
        raise _unknown_path(request.path if not rest else "/" + "/".join(rest))
    return found


async def _answered(result: object) -> Answer:
    if inspect.isawaitable(result):
        result = await result
    return result if isinstance(result, Answer) else json_answer(result)


def _unknown_path(path: str) -> GraphError:
    """Source: 1.3 "Unknown path component"."""
    return GraphError(2500, message=f"Unknown path components: {path}")
