"""Location, contacts and reaction.

Source: WhatsApp Cloud API reference, 2.4 "Location, contacts, reaction".
"""

from typing import Annotated, Literal

import msgspec

from metasim.graph.types.content import Content
from metasim.graph.types.shape import Filled, Shape, Url, read, wrong
from metasim.shapes import Json

MOST_CONTACTS = 257
LONGEST_EMOJI = 40
"""Characters: a family of several people with skin colours is one emoji of many code points."""


class Location(Shape, kw_only=True):
    latitude: float | str
    longitude: float | str
    name: Annotated[str, msgspec.Meta(max_length=1000)] | None = None
    address: Annotated[str, msgspec.Meta(max_length=1000)] | None = None

    def __post_init__(self) -> None:
        self.latitude = _degrees("latitude", self.latitude, 90)
        self.longitude = _degrees("longitude", self.longitude, 180)


class Name(Shape, kw_only=True):
    formatted_name: Filled
    first_name: str | None = None
    last_name: str | None = None
    middle_name: str | None = None
    suffix: str | None = None
    prefix: str | None = None

    def __post_init__(self) -> None:
        parts = (self.first_name, self.last_name, self.middle_name, self.suffix, self.prefix)
        if not any(parts):
            raise ValueError("needs formatted_name and at least one more part of the name")


class Phone(Shape, kw_only=True):
    phone: str | None = None
    type: str | None = None
    wa_id: str | None = None


class Email(Shape, kw_only=True):
    email: str | None = None
    type: str | None = None


class Web(Shape, kw_only=True):
    url: Url | None = None
    type: str | None = None


class Address(Shape, kw_only=True):
    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    country_code: str | None = None
    type: str | None = None


class Org(Shape, kw_only=True):
    company: str | None = None
    department: str | None = None
    title: str | None = None


class Contact(Shape, kw_only=True):
    name: Name
    birthday: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    phones: list[Phone] | None = None
    emails: list[Email] | None = None
    urls: list[Web] | None = None
    addresses: list[Address] | None = None
    org: Org | None = None


class Reaction(Shape, kw_only=True):
    message_id: Filled
    emoji: Annotated[str, msgspec.Meta(max_length=LONGEST_EMOJI)]


class Pin(Shape, kw_only=True):
    type: Literal["pin", "unpin"]
    message_id: Filled
    expiration_days: Annotated[int, msgspec.Meta(ge=1, le=30)] | None = None


def location(given: object) -> Content:
    """A place on the map. Raises GraphError."""
    place = read(Location, given, "location")
    shown = {name: value for name, value in msgspec.to_builtins(place).items() if value is not None}
    return Content(place.name or "[location]", {"location": shown})


def contacts(given: object) -> Content:
    """Contact cards. Raises GraphError."""
    cards = read(list[Contact], given, "contacts")
    if not 1 <= len(cards) <= MOST_CONTACTS:
        raise wrong(f"Param contacts must have 1 to {MOST_CONTACTS} entries.", 100)
    names = ", ".join(card.name.formatted_name for card in cards)
    rows: list[Json] = [_card(card) for card in cards]
    return Content(names, {"contacts": rows})


def reaction(given: object) -> Content:
    """An emoji under an earlier message; an empty one takes it away. Raises GraphError."""
    wish = read(Reaction, given, "reaction")
    return Content(wish.emoji, target=wish.message_id)


def pin(given: object) -> Content:
    """Pins a message of a group. Source: 2.6. Raises GraphError."""
    wish = read(Pin, given, "pin")
    return Content(f"[{wish.type}]", target=wish.message_id)


def _card(card: Contact) -> Json:
    phones = [phone.phone or phone.wa_id for phone in card.phones or []]
    return {
        "name": card.name.formatted_name,
        "company": None if card.org is None else card.org.company,
        "phones": [phone for phone in phones if phone],
        "emails": [email.email for email in card.emails or [] if email.email],
    }


def _degrees(name: str, value: float | str, most: int) -> float:
    try:
        degrees = float(value)
    except ValueError:
        degrees = most + 1.0
    if not -most <= degrees <= most:
        raise ValueError(f"needs a {name} from -{most} to {most}")
    return degrees
