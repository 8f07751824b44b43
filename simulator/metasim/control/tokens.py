"""Take tokens away, or make them."""

import secrets

import msgspec

from metasim.clock import to_iso
from metasim.control.call import Wrong, given
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim

SUBCODES = (460, 463, 467)
"""Password changed, expired, invalid. Source: WhatsApp Cloud API reference, 1.3."""


def make(sim: Sim, request: Request) -> Json:
    """A token like those of the world; its text is made up, and `expires_in` is in seconds."""
    wish = given(request)
    seconds = wish.pop("expires_in", None)
    if seconds is not None and (isinstance(seconds, bool) or not isinstance(seconds, int | float)):
        raise Wrong("expires_in is a number of seconds.")
    text = str(wish.get("token") or "EAA" + secrets.token_urlsafe(60))
    now = sim.clock.now()
    wish |= {"token": text, "issued_at": to_iso(now)}
    if seconds is not None:
        wish["expires_at"] = to_iso(now + seconds)
    if "app_id" not in wish:
        raise Wrong("A token needs app_id.")
    sim.world.merge({"tokens": [wish]})
    return msgspec.to_builtins(sim.world.tokens[text])


def revoke(sim: Sim, request: Request, text: str) -> Json:
    """From now on 190 with `subcode` (467 when left out)."""
    if text not in sim.world.tokens:
        raise Wrong("There is no such token.", 404)
    subcode = given(request).get("subcode", 467)
    if subcode not in SUBCODES:
        raise Wrong(f"subcode is one of {', '.join(map(str, SUBCODES))}.")
    sim.desk.revoked[text] = str(subcode)
    return {"success": True}
