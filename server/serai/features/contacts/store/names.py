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
    candidates = {each: [_candidate(each, n) for n in range(TRIES)] for each in wanted}
    every: list[UUID] = [id_ for ids in candidates.values() for id_ in ids]
    rows = await fetch(conn, Id, TAKEN, {"ids": every}) if every else []
    taken = {row.id for row in rows}
    return {
        each: next((id_ for id_ in ids if id_ not in taken), ids[-1])
        for each, ids in candidates.items()
    }


def _candidate(wanted: Wanted, number: int) -> ContactId:
    business, lookup = wanted
    again = (number,) if number else ()
    return ContactId(derived("contact", business, lookup.hex(), *again))
