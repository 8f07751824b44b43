"""Read, freeze and move the clock."""

from metasim.clock import from_iso, to_iso
from metasim.control.call import Wrong, given
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim

FURTHEST = 10 * 366 * 86_400.0
"""Seconds of one move; ten years."""


def show(sim: Sim, _request: Request) -> Json:
    return {"now": to_iso(sim.clock.now()), "frozen": sim.clock.frozen}


async def change(sim: Sim, request: Request) -> Json:
    """`{"freeze": bool}`, `{"advance_seconds": n}` or `{"advance_to": iso}`, also together."""
    wish = given(request)
    unknown = sorted(set(wish) - {"freeze", "advance_seconds", "advance_to"})
    if unknown or not wish:
        raise Wrong("Give freeze, advance_seconds or advance_to.")
    freeze = wish.get("freeze")
    if freeze is not None and not isinstance(freeze, bool):
        raise Wrong("freeze is true or false.")
    target = _target(sim, wish)
    if freeze is not None:
        sim.clock.freeze(freeze)
    if target is not None:
        await sim.clock.move_to(target, sim.post.settle)
    sim.stream.tell("clock", show(sim, request))
    return show(sim, request)


def _target(sim: Sim, wish: Json) -> float | None:
    """Unix seconds to move to; raises Wrong for the past."""
    now = sim.clock.now()
    if "advance_to" in wish:
        try:
            target = from_iso(str(wish["advance_to"]))
        except ValueError as error:
            raise Wrong(f"advance_to is not an ISO time: {error}") from error
    elif "advance_seconds" in wish:
        seconds = wish["advance_seconds"]
        if isinstance(seconds, bool) or not isinstance(seconds, int | float):
            raise Wrong("advance_seconds is a number.")
        target = now + seconds
    else:
        return None
    if not now <= target <= now + FURTHEST:
        raise Wrong("The clock only moves forward, at most ten years at once.")
    return target
