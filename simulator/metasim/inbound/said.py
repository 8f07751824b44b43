"""What a person sends, ready for the webhook and for the phone."""

from collections.abc import Callable
from typing import TypeAlias

import msgspec

from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Number, Person


class Said(msgspec.Struct):
    """One message from a person."""

    type: str
    body: Json
    """The members of the webhook's message besides ids and time."""
    text: str
    """As the phone shows it."""
    view: Json = {}
    opens_window: bool = True
    """Source: WhatsApp Cloud API reference, 6.4: what a person writes opens the window."""


class Speaker(msgspec.Struct):
    """Who says it, to which number, and when."""

    sim: Sim
    person: Person
    number: Number


Reader: TypeAlias = Callable[[Speaker, Json, Json], Said]
"""From speaker, the member named after the type, and the whole request. Raises Unfit."""
