"""The files inside a content, wherever they stand in it, and why one is not here."""

import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from itertools import chain, islice
from typing import TypeVar, cast
from uuid import UUID

from msgspec import Struct, ValidationError, convert
from msgspec.structs import replace

from serai.core.content import File
from serai.core.ids import ChannelId, derived

Value = TypeVar("Value")


MOST_IN_FORM = 30
"""Files. Source: WhatsApp Flows, PhotoPicker and DocumentPicker, max-uploaded-photos."""
HEX = re.compile(r"[0-9a-f]{64}")


class FormFile(Struct, frozen=True):
    """A file as the answers of a form name it."""

    id: str
    mime_type: str
    sha256: str | None = None
    file_name: str | None = None


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
            field: object = getattr(value, name)
            if isinstance(
                field, Struct | tuple
            ):  # most are texts, and a whole campaign passes here
                yield from files_in(cast("object", field))
    elif isinstance(value, tuple):
        for each in cast("tuple[object, ...]", value):
            if isinstance(each, Struct | tuple):
                yield from files_in(cast("object", each))


def files_in_form(values: Mapping[str, object]) -> Iterator[File]:
    """Pictures and documents that a person put into a form.

    Source: WhatsApp Flows, PhotoPicker and DocumentPicker: lists of objects with id, mime_type,
    sha256 and file_name.
    """
    lists = (cast("list[object]", value) for value in values.values() if isinstance(value, list))
    for given in islice(chain.from_iterable(lists), MOST_IN_FORM):
        with suppress(ValidationError):
            found = convert(given, FormFile)
            yield File(
                meta_id=found.id,
                mime_type=found.mime_type,
                sha256=found.sha256,
                name=found.file_name,
            )


def hex_of(digest: str | None) -> str | None:
    """A SHA-256 as lower-case hex, from hex or base64; None for what is neither."""
    if digest is None or HEX.fullmatch(digest):
        return digest
    try:
        raw = b64decode(digest, validate=True)
    except ValueError:
        return None
    return raw.hex() if len(raw) == 32 else None


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
