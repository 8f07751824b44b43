"""What is done to many contacts: in steps, each a transaction, by whichever worker has time.

A step that was cut short is done again; what it had written is gone with its transaction.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from serai.engine import due
from serai.features.contacts.jobs import bulk, exporting, importing
from serai.features.contacts.store import jobs
from serai.features.contacts.store.jobs import JobRow
from serai.kit.db import Conn, Pool, seeing
from serai.kit.secrets import Vault

KIND = "contact_job"
LEASE = timedelta(seconds=60)
"""When a worker dies, another goes on after this."""

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
        while await _step(mover, job):
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


async def _step(mover: Mover, leased: due.Job) -> bool:
    """One transaction. A job that somebody stopped meanwhile is left as it is."""
    now = mover.now()
    async with seeing(mover.pool, [leased.business_id]) as conn:
        job = await jobs.find(conn, leased.subject, hold=True)
        if job is None or job.state not in ("checking", "running"):
            await due.finish(conn, KIND, leased.subject, now)
            return False
        more = await STEPS[job.kind](conn, mover.vault, job, now)
        if not more:
            await due.finish(conn, KIND, job.id, now)
        return more
