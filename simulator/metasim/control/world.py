"""The world as a whole, and the subscription handshake."""

import msgspec

from metasim.clock import to_iso
from metasim.control.call import app_of, given
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.webhooks.handshake import shake


def health(sim: Sim, _request: Request) -> Json:
    return {"status": "ok", "now": to_iso(sim.clock.now())}


def reset(sim: Sim, _request: Request) -> Json:
    sim.reset()
    sim.stream.tell("people", {})
    return {"success": True}


def show(sim: Sim, _request: Request) -> Json:
    return msgspec.to_builtins(sim.world.world())


def merge(sim: Sim, request: Request) -> Json:
    sim.world.merge(given(request))
    sim.stream.tell("people", {})
    return msgspec.to_builtins(sim.world.world())


async def subscribe(sim: Sim, request: Request, app_id: str) -> Json:
    """Meta's GET handshake with the app's callback; `{"callback_url"}` sets it first."""
    app = app_of(sim, app_id)
    change = {name: value for name, value in given(request).items() if name != "id"}
    if change:
        sim.world.merge({"apps": [{**change, "id": app.id}]})
    return await shake(app_of(sim, app_id))
