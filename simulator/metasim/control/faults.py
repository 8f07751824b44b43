"""Order faults, look at the orders, take them away."""

import msgspec

from metasim.control.call import Wrong, given
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim


def add(sim: Sim, request: Request) -> Json:
    return {"id": sim.faults.add(given(request)).id}


def listed(sim: Sim, _request: Request) -> Json:
    return {"faults": [msgspec.to_builtins(fault) for fault in sim.faults.orders.values()]}


def clear(sim: Sim, _request: Request) -> Json:
    sim.faults.orders.clear()
    return {"success": True}


def drop(sim: Sim, _request: Request, fault_id: str) -> Json:
    if sim.faults.orders.pop(fault_id, None) is None:
        raise Wrong(f"There is no fault {fault_id!r}.", 404)
    return {"success": True}
