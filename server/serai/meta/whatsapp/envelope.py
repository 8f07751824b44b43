"""One entry of a WhatsApp delivery: which field has changed, and who reads it."""

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct

from serai.meta.item import EPOCH, UNREADABLE, Item, Reader, Source, brief, moment
from serai.meta.whatsapp import accounts, calls, coexistence, messages, preferences, templates


class Entry(Struct, frozen=True):
    id: str = ""
    time: int = 0
    changes: tuple[msgspec.Raw, ...] = ()


class Change(Struct, frozen=True):
    field: str
    value: msgspec.Raw = msgspec.Raw(b"{}")


ENTRY = msgspec.json.Decoder(Entry)
CHANGE = msgspec.json.Decoder(Change)

READERS: Mapping[str, Reader] = {
    "messages": messages.read,
    "standby": messages.read_standby,
    "smb_message_echoes": coexistence.read_echoes,
    "history": coexistence.read_history,
    "smb_app_state_sync": coexistence.read_sync,
    "calls": calls.read,
    "user_preferences": preferences.read,
    **templates.READERS,
}


def read_entry(raw: bytes) -> Iterator[Item]:
    """Every item of one entry, messages before statuses of the same change; each on its own."""
    try:
        entry = ENTRY.decode(raw)
        source = Source(entry.id, moment(entry.time) if entry.time else EPOCH)
    except UNREADABLE as error:
        yield Item(problem=f"entry: {brief(error)}")
        return
    for raw_change in entry.changes:
        yield from _read_change(raw_change, source)


def _read_change(raw: msgspec.Raw, source: Source) -> Iterator[Item]:
    try:
        change = CHANGE.decode(raw)
        reader = READERS.get(change.field) or accounts.reader_of(change.field)
        yield from reader(change.value, source)
    except UNREADABLE as error:
        yield Item(problem=f"change: {brief(error)}")
