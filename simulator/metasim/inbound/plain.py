"""Text, location, contacts, reactions, and what WhatsApp cannot carry.

Source: WhatsApp Cloud API reference, 4.5 "Inbound messages".
"""

from typing import Any

from metasim.graph.errors import failure
from metasim.inbound.said import Said, Speaker
from metasim.register import Unfit
from metasim.shapes import Json, as_list, as_object

LONGEST_TEXT = 65_536
"""Characters that a person can write."""


def text(_speaker: Speaker, given: Json, _request: Json) -> Said:
    body = words(given, "body")
    return Said("text", {"type": "text", "text": {"body": body}}, body)


def location(_speaker: Speaker, given: Json, _request: Json) -> Said:
    place: Json = {"latitude": 25.2048, "longitude": 55.2708, **given}
    for name in ("latitude", "longitude"):
        if isinstance(place[name], bool) or not isinstance(place[name], int | float):
            raise Unfit(f"{name} is a number.")
    body = {"type": "location", "location": place}
    return Said("location", body, str(place.get("name") or "[location]"), {"location": place})


def contacts(speaker: Speaker, _given: Json, request: Json) -> Said:
    """Cards as they are given, or one made up from the person."""
    cards = as_list(request.get("contacts")) or [own_card(speaker)]
    shown = [_shown(as_object(card) or {}) for card in cards]
    names = ", ".join(str(card["name"]) for card in shown)
    return Said("contacts", {"type": "contacts", "contacts": cards}, names, {"contacts": shown})


def own_card(speaker: Speaker, origin: str = "other") -> Json:
    """The person's own contact card. Source: 4.5, `contacts`, `origin`."""
    name, phone = speaker.person.name or "Someone", "+" + speaker.person.phone
    vcard = f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL;type=CELL:{phone}\nEND:VCARD"
    return {
        "name": {"formatted_name": name, "first_name": name.split()[0]},
        "phones": [{"phone": phone, "wa_id": speaker.person.wa_id, "type": "CELL"}],
        "vcard": vcard,
        "origin": origin,
    }


def reaction(_speaker: Speaker, given: Json, _request: Json) -> Said:
    """Without an emoji it takes the reaction away. Source: 4.5, `reaction`."""
    target, emoji = words(given, "message_id"), given.get("emoji")
    if emoji is not None and not isinstance(emoji, str):
        raise Unfit("emoji is text; leave it out to take the reaction away.")
    body: Json = {"message_id": target, **({"emoji": emoji} if emoji else {})}
    return Said("reaction", {"type": "reaction", "reaction": body}, emoji or "", {"target": target})


def unsupported(_speaker: Speaker, given: Json, _request: Json) -> Said:
    """Polls, events and other things. Source: 4.5, `unsupported`."""
    problem = failure(131051, "Message type is currently not supported.")
    problem |= {"title": "Message type unknown", "message": "Message type unknown"}
    problem.pop("href")
    kind = str(given.get("type", "poll"))
    body = {"type": "unsupported", "errors": [problem], "unsupported": {"type": kind}}
    return Said("unsupported", body, f"[{kind}]")


def request_welcome(_speaker: Speaker, _given: Json, _request: Json) -> Said:
    """The chat was opened for the first time. Source: 4.5, `request_welcome`."""
    return Said("request_welcome", {"type": "request_welcome"}, "[opened the chat]")


def raw(_speaker: Speaker, given: Json, _request: Json) -> Said:
    """Any message body, for kinds that do not exist yet; it needs a `type`."""
    kind = words(given, "type")
    return Said(kind, given, f"[{kind}]")


def words(given: Json, name: str, longest: int = LONGEST_TEXT) -> str:
    """A text that must be there. Raises Unfit."""
    value: Any = given.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= longest:
        raise Unfit(f"{name} needs 1 to {longest} characters.")
    return value


def _shown(card: Json) -> Json:
    name = as_object(card.get("name")) or {}
    phones = [as_object(each) or {} for each in as_list(card.get("phones")) or []]
    return {
        "name": name.get("formatted_name", "Contact"),
        "company": (as_object(card.get("org")) or {}).get("company"),
        "phones": [str(each.get("phone")) for each in phones if each.get("phone")],
        "emails": [],
    }
