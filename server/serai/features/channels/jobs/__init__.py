"""Asks Meta about every channel: every 45 seconds whether it lives, every hour all there is to know.

Probes make a revoked token show within a minute even when nothing is sent. Readings also renew
tokens in their last week. Both are due rows, so any number of workers share them, and a restart
forgets none. When Meta's quota for such calls runs low, both wait; sends never do.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from serai.engine import due
from serai.features.channels.jobs import whatsapp
from serai.features.channels.jobs.asking import LEASE, Checks, Learnt, Office, nothing
from serai.features.channels.model.reading import Target
from serai.features.channels.model.schedule import PROBE, REFRESH
from serai.features.channels.store import facts, targets

MOST_AT_ONCE = 10

CHECKS: dict[str, Checks] = {"whatsapp": whatsapp.CHECKS}
"""By kind of channel."""
NO_CHECKS = Checks(nothing, nothing)


async def work(office: Office, now: datetime) -> int:
    """Do what is due; returns how many channels were asked about."""
    return await _round(office, PROBE, now) + await _round(office, REFRESH, now)


async def _round(office: Office, kind: str, now: datetime) -> int:
    async with office.pool.connection() as conn:
        async with conn.transaction():
            await due.for_channels(conn, kind, now)
            jobs = await due.lease(conn, kind, now, now + LEASE, MOST_AT_ONCE)
        if not jobs:
            return 0
        found = await targets.targets(conn, office.vault, [job.subject for job in jobs])
    learnt = await asyncio.gather(*(_ask(office, kind, target, now) for target in found))
    await _keep(office, kind, learnt, now)
    return len(jobs)


async def _keep(office: Office, kind: str, learnt: Sequence[Learnt], now: datetime) -> None:
    """Write down what was learnt, but not what was asked with a token that is no longer in use."""
    asked = [each.target.channel_id for each in learnt]
    times = [(e.target.channel_id, e.target.business_id, e.again_at) for e in learnt]
    async with office.pool.connection() as conn, conn.transaction():
        in_use = {t.channel_id: t.token for t in await targets.targets(conn, office.vault, asked)}
        valid = [e for e in learnt if in_use.get(e.target.channel_id) == e.target.token]
        await facts.keep(conn, [each.kept for each in valid if each.kept is not None])
        await facts.write(conn, [effect for each in valid for effect in each.effects])
        await targets.renew(conn, office.vault, [new for each in valid for new in each.renewed])
        await facts.retire(conn, asked, now)
        await due.schedule(conn, kind, times)


async def _ask(office: Office, kind: str, target: Target, now: datetime) -> Learnt:
    checks = CHECKS.get(target.kind, NO_CHECKS)
    ask = checks.probe if kind == PROBE else checks.refresh
    return await ask(office, target, now)
