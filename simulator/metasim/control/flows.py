"""A person goes through a Flow, one request to the business's endpoint at a time."""

from metasim.control.call import given, number_of, person_of
from metasim.flows import phone
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim


async def step(sim: Sim, request: Request, key: str) -> Json:
    """`{"number", "message" | "flow", "action", "screen", "data"}`; see `metasim.flows.phone`."""
    wish = given(request)
    person, number = person_of(sim, key), number_of(sim, wish.get("number"))
    run = phone.find(sim, number, wish)
    return await phone.step(sim, number, person, run, wish)
