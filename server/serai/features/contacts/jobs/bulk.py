"""Tag, untag or archive everybody that a filter finds."""

from datetime import datetime

import msgspec

from serai.features.contacts.store import jobs, listing, records, tags
from serai.features.contacts.store.jobs import JobRow
from serai.features.contacts.store.listing import Filter
from serai.kit.db import Conn
from serai.kit.secrets import Vault

SLICE = 1000


async def step(conn: Conn, vault: Vault, job: JobRow, now: datetime) -> bool:
    """The next thousand, by id; who was added after it began is left out."""
    wanted = msgspec.convert(job.plan["filter"], Filter)
    ids = await listing.ids_after(conn, vault, wanted, job.position, SLICE)
    match job.kind:
        case "tag":
            await tags.tag(conn, ids, job.plan["tag_ids"], now)
        case "untag":
            await tags.untag(conn, ids, job.plan["tag_ids"])
        case _:
            await records.archive(conn, ids, now)
    more = len(ids) == SLICE
    await jobs.change(
        conn,
        job.id,
        position=ids[-1] if ids else None,
        done_count=job.done_count + len(ids),
        **({} if more else {"state": "done", "ended_at": now}),
    )
    return more
