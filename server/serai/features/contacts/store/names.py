"""Ids of new contacts: derived from what they are known by, so that two workers name one person alike."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId, ContactId, derived
from serai.kit.db import Conn, fetch

TAKEN = """
    SELECT id FROM contacts WHERE id = ANY (%(ids)s)
"""
TRIES = 8
"""How many people in turn may lose the same number or id before its next owner cannot be named."""

Wanted: TypeAlias = tuple[BusinessId, bytes]
"""A business, and the lookup of the steadiest thing that someone new is known by."""


class Id(Struct, frozen=True):
    id: ContactId


async def name(conn: Conn, wanted: Sequence[Wanted]) -> Mapping[Wanted, ContactId]:
    """An id for each that no contact has: a number that was taken off someone belongs to another now."""
    first = {each: _candidate(each, 0) for each in wanted}
    taken = await _taken(conn, list(first.values()))
    later = {
        each: [_candidate(each, n) for n in range(1, TRIES)]
        for each, id_ in first.items()
        if id_ in taken
    }
    taken |= await _taken(conn, [id_ for ids in later.values() for id_ in ids])
    again = {
        each: next((id_ for id_ in ids if id_ not in taken), ids[-1]) for each, ids in later.items()
    }
    return first | again


async def _taken(conn: Conn, ids: Sequence[UUID]) -> set[ContactId]:
    rows = await fetch(conn, Id, TAKEN, {"ids": list(ids)}) if ids else []
    return {row.id for row in rows}


def _candidate(wanted: Wanted, number: int) -> ContactId:
    business, lookup = wanted
    again = (number,) if number else ()
    return ContactId(derived("contact", business, lookup.hex(), *again))
