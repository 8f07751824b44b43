"""What is done to many contacts: in steps, each a transaction, by whichever worker has time.

A step that was cut short is done again; what it had written is gone with its transaction. A week after a
job ended its files and what it would take to undo it are deleted.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from serai.engine import due
from serai.features.contacts.jobs import bulk, exporting, importing
from serai.features.contacts.store import changes, jobs
from serai.features.contacts.store.jobs import KEPT, JobRow
from serai.kit.db import Conn, Pool, seeing
from serai.kit.secrets import Vault

KIND = "contact_job"
LEASE = timedelta(seconds=60)
"""When a worker dies, another goes on after this."""
BUSY = ("checking", "running", "undoing")

Step: TypeAlias = Callable[[Conn, Vault, JobRow, datetime], Awaitable[bool]]
"""Does some of it; whether there is more."""

STEPS: Mapping[str, Step] = {
    "import": importing.step,
    "export": exporting.step,
    "tag": bulk.step,
    "untag": bulk.step,
    "archive": bulk.step,
}


@dataclass(frozen=True)
class Mover:
    pool: Pool
    vault: Vault
    now: Callable[[], datetime]


async def work(mover: Mover) -> int:
    """Take one job and do steps of it until it ends, or for as long as its lease; returns how many steps."""
    until = mover.now() + LEASE
    async with mover.pool.connection() as conn:
        leased = await due.lease(conn, KIND, mover.now(), until, 1)
    for job in leased:
        steps = 1
        while await step(mover, job):
            steps += 1
            if mover.now() > until - LEASE / 2:
                await _pass_on(mover, job)
                break
        return steps
    return 0


async def _pass_on(mover: Mover, job: due.Job) -> None:
    """Whoever has time next goes on."""
    async with mover.pool.connection() as conn:
        await due.schedule(conn, KIND, [(job.subject, job.business_id, mover.now())])


async def step(mover: Mover, leased: due.Job) -> bool:
    """One transaction; whether there is more. A job that somebody stopped meanwhile is left as it is."""
    now = mover.now()
    async with seeing(mover.pool, [leased.business_id]) as conn:
        job = await jobs.find(conn, leased.subject, hold=True, unless="checking")
        if job is None:
            await due.finish(conn, KIND, leased.subject, now)
            return False
        if job.state not in BUSY:
            await _rest(conn, job, now)
            return False
        more = await STEPS[job.kind](conn, mover.vault, job, now)
        if not more:
            await due.schedule(conn, KIND, [(job.id, job.business_id, now + KEPT)])
        return more


async def _rest(conn: Conn, job: JobRow, now: datetime) -> None:
    """Nothing is to be done of it; what it needed is deleted in its time."""
    until = (job.ended_at or job.created_at) + KEPT
    if now < until:
        await due.schedule(conn, KIND, [(job.id, job.business_id, until)])
        return
    if job.ended_at is None:
        await jobs.change(conn, job.id, state="cancelled", ended_at=now)
    await jobs.drop_parts(conn, job.id)
    await changes.forget(conn, job.id)
    await due.finish(conn, KIND, job.id, now)
