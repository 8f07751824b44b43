"""People: define them, let them write and read, look into their chats."""

import msgspec

from metasim import people, statuses
from metasim.control.call import Wrong, given, number_of, person_of
from metasim.graph.request import Request
from metasim.ledger import Chat
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Number, Person

HIDDEN = ("reaction", "edit", "revoke")
"""They change another message instead of being one."""


def listed(sim: Sim, _request: Request) -> Json:
    return {"people": [msgspec.to_builtins(person) for person in sim.world.people.values()]}


def upsert(sim: Sim, request: Request) -> Json:
    person = sim.world.keep_person(given(request))
    sim.stream.tell("people", {"person": person.phone})
    return msgspec.to_builtins(person)


def change(sim: Sim, request: Request, key: str) -> Json:
    before = person_of(sim, key)
    person = sim.world.keep_person({**given(request), "phone": before.phone})
    if person.online and not before.online:
        statuses.phone_on(sim, person)
    return msgspec.to_builtins(person)


def write(sim: Sim, request: Request, key: str) -> Json:
    wish = given(request)
    person = person_of(sim, key)
    if not person.on_whatsapp:
        raise Wrong("This person is not on WhatsApp.", 409)
    return {"id": people.write(sim, person, number_of(sim, wish.get("number")), wish).id}


def read(sim: Sim, request: Request, key: str) -> Json:
    person = person_of(sim, key)
    return {"read": people.read(sim, person, number_of(sim, given(request).get("number")))}


def chat(sim: Sim, _request: Request, key: str, number_id: str) -> Json:
    person, number = person_of(sim, key), number_of(sim, number_id)
    known = sim.ledger.chats.get((number.id, person.phone))
    return {"messages": [] if known is None else [each.shown() for each in known.messages]}


def chats(sim: Sim, _request: Request, key: str) -> Json:
    """Every number as a chat, the latest first: what a phone's first screen shows."""
    person = person_of(sim, key)
    rows = [_row(sim, person, number) for number in sim.world.numbers.values()]
    rows.sort(key=_last_at, reverse=True)
    return {"person": msgspec.to_builtins(person), "chats": rows}


def _row(sim: Sim, person: Person, number: Number) -> Json:
    known = sim.ledger.chats.get((number.id, person.phone))
    last = None if known is None else _last_seen(known)
    return {
        "number": number.id,
        "verified_name": number.verified_name,
        "display_phone_number": number.display_phone_number,
        "blocked": number.id in person.blocked,
        "last_message": last,
        "unread": 0 if known is None else _unread(known),
    }


def _last_at(row: Json) -> str:
    return "" if row["last_message"] is None else row["last_message"]["at"]


def _last_seen(chat: Chat) -> Json | None:
    for message in reversed(chat.messages):
        if message.type in HIDDEN:
            continue
        if message.direction == "in" or message.status in ("delivered", "read", "played"):
            return message.shown()
    return None


def _unread(chat: Chat) -> int:
    return sum(each.direction == "out" and each.status == "delivered" for each in chat.messages)
