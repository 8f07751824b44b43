"""Locking contacts that are known by id, and who stands for those that became part of another."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from psycopg import OperationalError

from serai.core.events import ContactEvent, ContactsMerged, MergeUndone
from serai.core.hours import Hours
from serai.core.ids import BusinessId, ChannelId, ContactId
from serai.core.state import Business, Channel, Contact, State
from serai.engine.wiring import Met
from serai.kit.db import Conn, fetch

STANDS = """
    SELECT id, business_id, merged_into FROM contacts WHERE id = ANY (%(ids)s)
"""
HOLD = """
    SELECT id, business_id, merged_into FROM contacts WHERE id = ANY (%(ids)s)
     ORDER BY id FOR UPDATE
"""
"""In one order everywhere, so that nobody waits for each other."""

NOWHERE = Channel(id=ChannelId(UUID(int=0)))
"""Stands where a channel would, for what concerns a person on all of them."""


class Standing(Struct, frozen=True):
    id: ContactId
    business_id: BusinessId
    merged_into: ContactId | None


async def hold(conn: Conn, contacts: Iterable[ContactId]) -> Mapping[ContactId, ContactId]:
    """Lock each, or whom it is part of; by the id asked for, the id of who stands for it.

    Raises OperationalError if it became part of another while we waited: try again.
    """
    ids = sorted(set(contacts))
    if not ids:
        return {}
    rows = await fetch(conn, Standing, STANDS, {"ids": ids})
    stands = {row.id: row.merged_into or row.id for row in rows}
    held = await fetch(conn, Standing, HOLD, {"ids": sorted(set(stands.values()))})
    if any(row.merged_into for row in held):
        raise OperationalError("a contact became part of another meanwhile; try again")
    return stands


async def meet_contacts(
    conn: Conn, events: Sequence[ContactEvent], now: datetime, met: Met
) -> None:
    """Lock the people of each event, both of a pair; who is not of its business is left out."""
    ids = sorted({contact for event in events for contact in _about(event)})
    rows = {row.id: row for row in await fetch(conn, Standing, HOLD, {"ids": ids})}
    for event in events:
        if all(_is_ours(event, rows.get(contact)) for contact in _about(event)):
            met.subjects[event.key] = event.key
            met.states[event.key] = State(
                now=now,
                business=Business(id=event.business_id, hours=Hours(time_zone="UTC")),
                channel=NOWHERE,
                contact=Contact(id=event.contact_id),
            )


def _about(event: ContactEvent) -> tuple[ContactId, ...]:
    pair = isinstance(event, ContactsMerged | MergeUndone)
    return (event.contact_id, event.gone_id) if pair else (event.contact_id,)


def _is_ours(event: ContactEvent, row: Standing | None) -> bool:
    """Of the event's business, and part of nobody, but for one that is to be parted again."""
    if row is None or row.business_id != event.business_id:
        return False
    parted = isinstance(event, MergeUndone) and row.id == event.gone_id
    return row.merged_into == (event.contact_id if parted else None)
