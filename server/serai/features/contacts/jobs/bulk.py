"""Tag, untag or archive everybody that a filter finds; and take back just what that changed."""

from datetime import datetime

import msgspec

from serai.features.contacts.store import changes, jobs, listing
from serai.features.contacts.store.changes import Job
from serai.features.contacts.store.jobs import JobRow
from serai.features.contacts.store.listing import Filter
from serai.kit.db import Conn
from serai.kit.secrets import Vault

SLICE = 1000


async def step(conn: Conn, vault: Vault, job: JobRow, now: datetime) -> bool:
    """The next thousand, by id; who was added after it began is left out."""
    if job.state == "undoing":
        return await _undo(conn, job, now)
    wanted = msgspec.convert(job.plan["filter"], Filter)
    ids = await listing.ids_after(conn, vault, wanted, job.position, SLICE)
    changed = await changes.do(conn, _job(job), ids, now)
    more = len(ids) == SLICE
    await jobs.change(
        conn,
        job.id,
        position=ids[-1] if ids else None,
        done_count=job.done_count + len(ids),
        counts={"changed": job.counts.get("changed", 0) + changed},
        **({} if more else {"state": "done", "ended_at": now}),
    )
    return more


async def _undo(conn: Conn, job: JobRow, now: datetime) -> bool:
    count = await changes.undo(conn, _job(job), SLICE)
    more = count == SLICE
    ended = {} if more else {"state": "undone", "ended_at": now}
    await jobs.change(conn, job.id, done_count=job.done_count + count, **ended)
    return more


def _job(job: JobRow) -> Job:
    return Job(id=job.id, kind=job.kind, tag_ids=job.plan.get("tag_ids", ()))
