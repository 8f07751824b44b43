"""Tells browsers: reads the event log for news, and carries what is due to their push services.

A notice is taken in a transaction of its own before it is carried, so one whose worker dies is not
told twice; it may then not be told at all. What surely was not taken is tried again.
"""

import asyncio
import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from serai.features.push import decide
from serai.features.push.model import Notice, Outcome, Subscription
from serai.features.push.store import devices, notices
from serai.features.push.store.notices import Ended, Later
from serai.kit import web_push
from serai.kit.db import Conn, Pool
from serai.kit.log import logger
from serai.kit.outbound import Answer, NoAnswer, NotAllowed, Outbound, Unreachable
from serai.kit.secrets import CannotOpen, Vault

SETTLES = timedelta(seconds=2)
"""A page that shows the conversation has marked it as read by then, and a burst is one notification."""
MOST_AT_ONCE = 100
MOST_TRIES = 6
WAIT = timedelta(seconds=30)
"""After the first time that a push service could not take it; twice as long after each."""
LONGEST_WAIT = timedelta(hours=1)
KEPT_FOR = timedelta(days=2)
"""Rows; longer than anything that could tell the same fact again."""
log = logger("serai.push")


class Postman(NamedTuple):
    """What telling takes."""

    pool: Pool
    vault: Vault
    outbound: Outbound
    contact: str | None
    now: Callable[[], datetime]
    """When rows are due."""
    real_now: Callable[[], datetime]
    """What push services take for now."""


class Told(NamedTuple):
    outcome: Outcome | None
    """None: not taken, to be tried again."""
    wait: timedelta = WAIT


async def work(postman: Postman) -> int:
    """Do what is due; returns how many notices were taken."""
    now = postman.now()
    async with postman.pool.connection() as conn:
        async with conn.transaction():
            await notices.read_log(conn, now, now + SETTLES)
        async with conn.transaction():
            taken = await notices.take(conn, now, MOST_AT_ONCE)
            loud = await _put_off(conn, taken, now)
        if not loud:
            return len(taken)
        key = await devices.our_key(conn, postman.vault, now)
    groups = decide.grouped(loud)
    told = await asyncio.gather(*(_tell(postman, key, group) for group in groups))
    await _keep(postman, groups, told, now)
    return len(taken)


async def _put_off(conn: Conn, taken: Sequence[Notice], now: datetime) -> list[Notice]:
    """What may be told now; the rest waits until quiet ends, or is over."""
    over = [Ended(each.device_id, each.subject, "old") for each in taken if each.is_over]
    quiet: list[Later] = []
    loud: list[Notice] = []
    for each in taken:
        until = decide.quiet_until(each.choices, each.kind, now)
        if each.is_over:
            continue
        if until is None:
            loud.append(each)
        else:
            quiet.append(Later(each.device_id, each.subject, until))
    if over:
        await notices.end(conn, over, now)
    if quiet:
        await notices.later(conn, quiet)
    return loud


async def _tell(postman: Postman, key: ec.EllipticCurvePrivateKey, group: Sequence[Notice]) -> Told:
    first = group[0]
    try:
        to = _opened(postman.vault, first)
        body = _body(to, group)
        headers = {
            "Authorization": web_push.authorization(
                to.endpoint, key, postman.contact, postman.real_now()
            ),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(decide.lasts(group).total_seconds())),
            "Urgency": decide.urgency(group),
            "Topic": decide.topic(group),
        }
        answer = await postman.outbound.post(to.endpoint, body, headers)
    except (CannotOpen, web_push.BadSubscription, NotAllowed) as error:
        log.warning("push_impossible", error=type(error).__name__, device_id=first.device_id)
        return Told("gone")
    except Unreachable:
        return _again(first, None)
    except NoAnswer:
        return Told("unknown")
    return _outcome(answer, first)


def _opened(vault: Vault, notice: Notice) -> Subscription:
    plain = vault.ring.open(notice.sealed, devices.context_of(notice.digest))
    return msgspec.json.decode(plain, type=Subscription)


def _body(to: Subscription, group: Sequence[Notice]) -> bytes:
    once = ec.generate_private_key(web_push.CURVE)
    message = msgspec.json.encode(decide.pushed(group))
    return web_push.encrypt(message, to.p256dh, to.auth, once, os.urandom(16))


def _outcome(answer: Answer, notice: Notice) -> Told:
    """Source: RFC 8030, sections 5 and 8.4; 404 and 410: the browser has unsubscribed."""
    match answer.status:
        case 200 | 201 | 202 | 204:
            return Told("told")
        case 404 | 410:
            return Told("gone")
        case 429 | 500 | 502 | 503 | 504:
            return _again(notice, answer.retry_after)
        case status:
            log.warning("push_refused", status=status, device_id=notice.device_id)
            return Told("refused")


def _again(notice: Notice, retry_after: str | None) -> Told:
    if notice.tries >= MOST_TRIES:
        return Told("refused")
    said = retry_after or ""
    asked = timedelta(seconds=int(said)) if said.isdecimal() else WAIT
    wait = max(asked, WAIT * 2 ** (notice.tries - 1))
    return Told(None, min(wait, LONGEST_WAIT))


async def _keep(
    postman: Postman, groups: Sequence[Sequence[Notice]], told: Sequence[Told], now: datetime
) -> None:
    pairs = [(each, what) for group, what in zip(groups, told, strict=True) for each in group]
    ended = [Ended(e.device_id, e.subject, w.outcome) for e, w in pairs if w.outcome is not None]
    again = [Later(e.device_id, e.subject, now + w.wait) for e, w in pairs if w.outcome is None]
    async with postman.pool.connection() as conn, conn.transaction():
        await notices.end(conn, ended, now)
        if again:
            await notices.later(conn, again)
