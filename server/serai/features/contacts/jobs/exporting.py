"""Write everybody that a filter finds into a table, which can be read in again as it is."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from serai.features.contacts.store import attributes, jobs, listing, read
from serai.features.contacts.store.jobs import JobRow, Part
from serai.features.contacts.store.listing import Filter
from serai.features.contacts.store.read import ContactRow
from serai.kit.cells import guarded
from serai.kit.db import Conn
from serai.kit.secrets import Vault

SLICE = 500
MOST_PHONES = 3
ONCE = {
    "email": "E-mail",
    "username": "Username",
    "wa_user_id": "WhatsApp id",
    "ig_user_id": "Instagram id",
    "page_user_id": "Messenger id",
    "external_id": "External id",
}
FIELDS = ("name", "company", "language", "time_zone", "birthday", "notes")
HEADS = ("Name", "Company", "Language", "Time zone", "Birthday", "Notes")


async def step(conn: Conn, vault: Vault, job: JobRow, now: datetime) -> bool:
    """The next five hundred, by id."""
    wanted = msgspec.convert(job.plan["filter"], Filter)
    own = [(each.key, each.name) for each in await attributes.of(conn, job.business_id)]
    ids = await listing.ids_after(conn, vault, wanted, job.position, SLICE)
    rows = [_cells(row, vault, [key for key, _ in own]) for row in await read.find(conn, ids)]
    number = job.done_count // SLICE
    table = [_heads([name for _, name in own]), *rows] if number == 0 else rows
    await jobs.put_parts(conn, vault, (job.id, job.business_id), [(number, Part(0, table))])
    more = len(ids) == SLICE
    await jobs.change(
        conn,
        job.id,
        position=ids[-1] if ids else None,
        done_count=job.done_count + len(ids),
        **({} if more else {"state": "done", "ended_at": now}),
    )
    return more


def _heads(own: Sequence[str]) -> list[str]:
    phones = [f"Phone {number + 1}" for number in range(MOST_PHONES)]
    return [
        *HEADS[:1],
        *phones,
        *ONCE.values(),
        *HEADS[1:],
        "Tags",
        "Marketing",
        *map(guarded, own),
    ]


def _cells(row: ContactRow, vault: Vault, own: Sequence[str]) -> list[str]:
    known = row.known_by(vault)
    phones = [f"+{value}" for each, value in known if each.type == "phone"][:MOST_PHONES]
    values = {each.type: value for each, value in known}
    name, *others = [str(getattr(row, field) or "") for field in FIELDS]
    said = "" if row.marketing == "unknown" else row.marketing
    mine = [_own(row.attributes.get(key)) for key in own]
    cells: list[str] = [
        name,
        *phones,
        *[""] * (MOST_PHONES - len(phones)),
        *(values.get(type_, "") for type_ in ONCE),
        *others,
        "; ".join(tag.name for tag in row.tags),
        said,
        *mine,
    ]
    return [guarded(cell) for cell in cells]


def _own(value: object) -> str:
    return (
        ""
        if value is None
        else {True: "yes", False: "no"}.get(value, str(value))
        if isinstance(value, bool)
        else str(value)
    )
