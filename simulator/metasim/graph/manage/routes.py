"""Which function answers which management call."""

from collections.abc import Callable
from typing import TypeAlias

from metasim.graph import nodes
from metasim.graph.errors import no_such
from metasim.graph.manage import library, template_reads, template_sets, templates
from metasim.graph.request import Request
from metasim.sim import Sim
from metasim.world import Token

Edge: TypeAlias = Callable[[Sim, Token, str, Request], object]

OPEN: dict[tuple[str, str], Callable[[Sim, Request], object]] = {}
EDGES: dict[tuple[str, str], Edge] = {
    ("GET", "phone_numbers"): nodes.phone_numbers,
    ("GET", "subscribed_apps"): nodes.subscribed_apps,
    ("POST", "subscribed_apps"): nodes.subscribe,
    ("DELETE", "subscribed_apps"): nodes.unsubscribe,
    ("GET", "message_templates"): template_reads.listed,
    ("POST", "message_templates"): templates.create,
    ("DELETE", "message_templates"): templates.delete,
    ("POST", "message_templates/archive"): templates.archive,
    ("POST", "message_templates/unarchive"): templates.archive,
    ("POST", "upsert_message_templates"): templates.upsert,
    ("GET", "message_template_previews"): template_reads.previews,
    ("GET", "message_template_library"): library.listed,
    ("POST", "unpause"): templates.unpause,
    ("GET", "compare"): template_reads.compare,
    ("POST", "migrate_message_templates"): template_sets.migrate,
    ("GET", "template_groups"): template_sets.groups,
    ("POST", "template_groups"): template_sets.create_group,
}
ROOTS: dict[tuple[str, str], Edge] = {
    ("GET", "message_template_library"): library.listed,
}
"""Nodes that are no objects of the world."""
NODES: dict[str, dict[str, Edge]] = {
    "GET": {"template": template_reads.read, "group": template_sets.group},
    "POST": {"template": templates.edit, "group": template_sets.change_group},
    "DELETE": {"group": template_sets.delete_group},
}


def kind_of(sim: Sim, node: str) -> str:
    """What this id is; empty when nothing has it."""
    shelves = {
        "number": sim.world.numbers,
        "waba": sim.world.wabas,
        "template": sim.world.templates,
        "group": sim.desk.groups,
        "flow": sim.desk.flows,
    }
    return next((kind for kind, shelf in shelves.items() if node in shelf), "")


def read(sim: Sim, token: Token, node: str, request: Request) -> object:
    """GET a node."""
    return _node(sim, token, node, request) or nodes.read(sim, token, node, request)


def change(sim: Sim, token: Token, node: str, request: Request) -> object:
    """POST to a node."""
    return _node(sim, token, node, request) or _none("POST", node)


def delete(sim: Sim, token: Token, node: str, request: Request) -> object:
    """DELETE a node."""
    return _node(sim, token, node, request) or _none("DELETE", node)


def _node(sim: Sim, token: Token, node: str, request: Request) -> object | None:
    """Answers are never empty; None says that this is no node of the management side."""
    answers = ROOTS.get((request.method, node)) or NODES[request.method].get(kind_of(sim, node))
    return None if answers is None else answers(sim, token, node, request)


def _none(method: str, node: str) -> object:
    raise no_such(method, node)
