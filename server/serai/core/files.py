"""The files inside a content, wherever they stand in it, and why one is not here."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TypeVar, cast
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from serai.core.content import File
from serai.core.ids import ChannelId, derived

Value = TypeVar("Value")


class Reason(StrEnum):
    """Why a file is not here."""

    EXPIRED = "expired"
    TOO_LARGE = "too_large"
    DAMAGED = "damaged"
    REFUSED = "refused"
    GIVEN_UP = "given_up"


WORDS = {
    Reason.EXPIRED: "WhatsApp no longer has this file. Ask them to send it again.",
    Reason.TOO_LARGE: "The file is larger than Serai takes. Ask them to send a smaller one.",
    Reason.DAMAGED: "The file arrived damaged. Ask them to send it again.",
    Reason.REFUSED: "WhatsApp did not give the file out. Ask them to send it again.",
    Reason.GIVEN_UP: "The file could not be fetched for seven days. Ask them to send it again.",
}
INFECTED = "A virus was found in this file. It is kept apart and not given out."


def missing_words(state: str, reason: str | None) -> str | None:
    """Why a file is not given out, with the next step; None if it is, or is on its way."""
    if state == "infected":
        return INFECTED
    return WORDS[Reason(reason)] if reason else None


def id_of(channel: ChannelId, meta_id: str) -> UUID:
    """Ours, for a file that came in through a channel under one of Meta's media ids."""
    return derived("file", channel, meta_id)


def files_in(value: object) -> Iterator[File]:
    """Each file of a content, in its order; those of headers and cards too."""
    if isinstance(value, File):
        yield value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from files_in(getattr(value, name))
    elif isinstance(value, tuple):
        for each in cast("tuple[object, ...]", value):
            yield from files_in(each)


def with_files(value: Value, change: Callable[[File], File]) -> Value:
    """The same content with each file replaced by what `change` makes of it."""
    return cast("Value", _changed(value, change))


def _changed(value: object, change: Callable[[File], File]) -> object:
    if isinstance(value, File):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(each, change) for each in cast("tuple[object, ...]", value))
    if not isinstance(value, Struct):
        return value
    fields = {name: getattr(value, name) for name in value.__struct_fields__}
    changed = {name: _changed(each, change) for name, each in fields.items()}
    different = {name: each for name, each in changed.items() if each is not fields[name]}
    return replace(value, **different) if different else value
