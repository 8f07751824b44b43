"""Asks Meta about every number: every 45 seconds whether it lives, every hour all there is to know.

Probes make a revoked token show within a minute even when nothing is sent. Readings also renew
tokens in their last week. Both are due rows, so any number of workers share them, and a restart
forgets none. When Meta's quota for such calls runs low, both wait; sends never do.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from serai.core.effects import Effect
from serai.engine import due
from serai.features.channels.decide import reading as decisions
from serai.features.channels.model.reading import Kept, Target
from serai.features.channels.model.schedule import PROBE, REFRESH
from serai.features.channels.store import facts, targets
from serai.features.channels.store.targets import Renewed
from serai.kit.db import Pool
from serai.kit.errors import Upstream
from serai.kit.log import logger
from serai.kit.secrets import Vault
from serai.meta.client import Graph
from serai.meta.management import numbers
from serai.meta.management.reading import answer_to, read
from serai.meta.usage import SLOW_FROM

PROBE_EVERY = timedelta(seconds=45)
"""Ours: a revoked token is to show within a minute. Meta's quota for an active account is 5,000
calls an hour. Source: WhatsApp Cloud API, rate limits on management calls."""
PROBE_AGAIN = timedelta(seconds=30)
"""After something went wrong."""
REFRESH_EVERY = timedelta(hours=1)
LEASE = timedelta(minutes=2)
"""Longer than all calls of one job may take."""
MOST_AT_ONCE = 10
log = logger("serai.channels")


class Office(NamedTuple):
    """What asking Meta takes."""

    pool: Pool
    graph: Graph
    vault: Vault


class Learnt(NamedTuple):
    """What one number's answers lead to."""

    target: Target
    effects: Sequence[Effect]
    again_at: datetime
    kept: Kept | None = None
    renewed: Sequence[Renewed] = ()


async def work(office: Office, now: datetime) -> int:
    """Do what is due; returns how many numbers were asked about."""
    return await _round(office, PROBE, now) + await _round(office, REFRESH, now)


async def _round(office: Office, kind: str, now: datetime) -> int:
    async with office.pool.connection() as conn:
        async with conn.transaction():
            await due.for_channels(conn, kind, now)
            jobs = await due.lease(conn, kind, now, now + LEASE, MOST_AT_ONCE)
        if not jobs:
            return 0
        found = await targets.targets(conn, office.vault, [job.subject for job in jobs])
    ask = _probe if kind == PROBE else _refresh
    learnt = await asyncio.gather(*(ask(office, target, now) for target in found))
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


async def _probe(office: Office, target: Target, now: datetime) -> Learnt:
    if office.graph.usage.percent(target.account_id, now) >= SLOW_FROM:
        return Learnt(target, (), now + LEASE)
    answer = await answer_to(numbers.status(office.graph, target.token, target.meta_id))
    status = answer if isinstance(answer, Upstream) else answer.status or ""
    effects = list(decisions.probed(target, status, now))
    is_wrong = isinstance(answer, Upstream) or target.state != "active"
    return Learnt(target, effects, now + (PROBE_AGAIN if is_wrong else PROBE_EVERY))


async def _refresh(office: Office, target: Target, now: datetime) -> Learnt:
    usage = office.graph.usage
    if not usage.may_sync(target.account_id, now):
        return Learnt(target, (), now + usage.gap(target.account_id, now))
    reading = await read(office.graph, target.asked, now)
    kept = decisions.kept(target, reading, now)
    renewed = targets.renewed(target, reading, kept)
    if renewed:
        log.info("token_renewed", channel_id=target.channel_id)
    effects = list(decisions.learnt(target, reading, now))
    return Learnt(target, effects, now + REFRESH_EVERY, kept, renewed)
