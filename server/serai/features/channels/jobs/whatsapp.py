"""Asks Meta about numbers of WhatsApp."""

from datetime import datetime

from serai.features.channels.decide import reading as decisions
from serai.features.channels.jobs.asking import (
    LEASE,
    PROBE_AGAIN,
    PROBE_EVERY,
    REFRESH_EVERY,
    Checks,
    Learnt,
    Office,
)
from serai.features.channels.model.reading import Target
from serai.features.channels.store import targets
from serai.kit.errors import Upstream
from serai.kit.log import logger
from serai.meta.management import numbers
from serai.meta.management.reading import answer_to, read
from serai.meta.usage import SLOW_FROM

log = logger("serai.channels")


async def probe(office: Office, target: Target, now: datetime) -> Learnt:
    """Whether the number lives; later if Meta's quota runs low."""
    if office.graph.usage.percent(target.account_id, now) >= SLOW_FROM:
        return Learnt(target, (), now + LEASE)
    answer = await answer_to(numbers.status(office.graph, target.token, target.meta_id))
    status = answer if isinstance(answer, Upstream) else answer.status or ""
    effects = list(decisions.probed(target, status, now))
    is_wrong = isinstance(answer, Upstream) or target.state != "active"
    return Learnt(target, effects, now + (PROBE_AGAIN if is_wrong else PROBE_EVERY))


async def refresh(office: Office, target: Target, now: datetime) -> Learnt:
    """All that Meta says of it; a token in its last week is renewed."""
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


CHECKS = Checks(probe, refresh)
