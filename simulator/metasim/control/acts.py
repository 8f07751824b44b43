"""What people and owners do besides writing, and the switches of their phones."""

from metasim import people, quality, statuses
from metasim.acts import calls, coexistence, groups, preferences, routing, taps
from metasim.acts.news import tell_number
from metasim.control.call import Wrong, given, number_of, person_of
from metasim.graph import pacing
from metasim.graph.errors import failure
from metasim.graph.request import Request
from metasim.ledger import Pace
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Number, Person


def tap(sim: Sim, request: Request, key: str) -> Json:
    person, number, wish = _who(sim, request, key)
    return taps.tap(sim, person, number, wish)


def prefer(sim: Sim, request: Request, key: str) -> Json:
    person, number, wish = _who(sim, request, key)
    return preferences.prefer(sim, person, number, wish)


def block(sim: Sim, request: Request, key: str) -> Json:
    person, number, wish = _who(sim, request, key)
    done = preferences.block(person, number, wish)
    if done["blocked"]:
        quality.note_block(sim, number, person)
    return done


def call(sim: Sim, request: Request, key: str) -> Json:
    person, number, wish = _who(sim, request, key)
    return calls.call(sim, person, number, wish)


def echo(sim: Sim, request: Request, key: str) -> Json:
    person, number, wish = _who(sim, request, key)
    return coexistence.echo(sim, person, number, wish)


def hand_over(sim: Sim, request: Request, key: str) -> Json:
    person, number, wish = _who(sim, request, key)
    return routing.hand_over(sim, person, number, wish)


def overhear(sim: Sim, request: Request, key: str) -> Json:
    person, number, wish = _who(sim, request, key)
    return routing.overhear(sim, person, number, wish)


def play(sim: Sim, request: Request, key: str) -> Json:
    person_of(sim, key)
    people.play(sim, str(given(request).get("message")))
    return {"success": True}


def phone(sim: Sim, request: Request, key: str) -> Json:
    """`{"online": bool}`: switched on, what waited arrives."""
    person, online = person_of(sim, key), given(request).get("online")
    if not isinstance(online, bool):
        raise Wrong("online is true or false.")
    person.online = online
    return {"online": online, "arriving": statuses.phone_on(sim, person) if online else 0}


def history(sim: Sim, request: Request, number_id: str) -> Json:
    return coexistence.history(sim, number_of(sim, number_id), given(request))


def sync(sim: Sim, request: Request, number_id: str) -> Json:
    return coexistence.sync(sim, number_of(sim, number_id), given(request))


def group(sim: Sim, request: Request, number_id: str) -> Json:
    return groups.happen(sim, number_of(sim, number_id), given(request))


def trouble(sim: Sim, request: Request, number_id: str) -> Json:
    """`{"code", "details"}`: an error that belongs to no message. Source: 4.6."""
    wish, number = given(request), number_of(sim, number_id)
    code = wish.get("code", 131000)
    if isinstance(code, bool) or not isinstance(code, int):
        raise Wrong("code is a number.")
    details = wish.get("details")
    row = failure(code, None if details is None else str(details))
    tell_number(sim, number, "messages", {"errors": [row]})
    return {"success": True}


def pace(sim: Sim, request: Request, template_id: str) -> Json:
    """`{"first": n}` lets n sends out and holds the rest; `{"good": bool}` decides about them."""
    wish = given(request)
    if template_id not in sim.world.templates:
        raise Wrong(f"There is no template {template_id!r}.", 404)
    first, good = wish.get("first"), wish.get("good")
    if isinstance(good, bool):
        return {"released" if good else "dropped": pacing.judge(sim, template_id, good)}
    if isinstance(first, bool) or not isinstance(first, int) or first < 0:
        raise Wrong("Give first (a number of sends) or good (true or false).")
    sim.ledger.paces[template_id] = Pace(left=first)
    return {"first": first}


def _who(sim: Sim, request: Request, key: str) -> tuple[Person, Number, Json]:
    wish = given(request)
    person = person_of(sim, key)
    if not person.on_whatsapp:
        raise Wrong("This person is not on WhatsApp.", 409)
    return person, number_of(sim, wish.get("number")), wish
