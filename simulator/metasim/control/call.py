"""What every control route needs: the call, and how to say that it cannot be done."""

import msgspec

from metasim.graph.request import Request
from metasim.shapes import Json, as_object
from metasim.sim import Sim
from metasim.world import App, Number, Person


class Wrong(Exception):
    """A 4xx of the control API, with a sentence for the caller."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


def given(request: Request) -> Json:
    """The JSON object of the body; an empty body is an empty object. Raises Wrong."""
    if not request.body:
        return {}
    try:
        read = as_object(msgspec.json.decode(request.body))
    except (msgspec.DecodeError, RecursionError) as error:
        raise Wrong(f"The body is not JSON: {error}") from error
    if read is None:
        raise Wrong("The body must be a JSON object.")
    return read


def person_of(sim: Sim, key: str) -> Person:
    person = sim.world.person(key)
    if person is None:
        raise Wrong(f"There is no person {key!r}.", 404)
    return person


def number_of(sim: Sim, key: object) -> Number:
    number = sim.world.numbers.get(key) if isinstance(key, str) else None
    if number is None:
        raise Wrong(f"There is no number {key!r}.", 404)
    return number


def app_of(sim: Sim, key: object) -> App:
    app = sim.world.apps.get(key) if isinstance(key, str) else None
    if app is None:
        raise Wrong(f"There is no app {key!r}.", 404)
    return app
