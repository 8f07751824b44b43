"""Which function answers which management call."""

from collections.abc import Callable

from metasim.graph import nodes, templates
from metasim.graph.errors import no_such
from metasim.graph.request import Request
from metasim.sim import Sim
from metasim.world import Token

OPEN: dict[tuple[str, str], Callable[[Sim, Request], object]] = {}
EDGES: dict[tuple[str, str], Callable[[Sim, Token, str, Request], object]] = {
    ("GET", "phone_numbers"): nodes.phone_numbers,
    ("GET", "message_templates"): templates.listed,
    ("GET", "subscribed_apps"): nodes.subscribed_apps,
    ("POST", "subscribed_apps"): nodes.subscribe,
    ("DELETE", "subscribed_apps"): nodes.unsubscribe,
}
read = nodes.read


def change(_sim: Sim, _token: Token, node: str, _request: Request) -> object:
    """POST to a node."""
    raise no_such("POST", node)


def delete(_sim: Sim, _token: Token, node: str, _request: Request) -> object:
    """DELETE a node."""
    raise no_such("DELETE", node)
