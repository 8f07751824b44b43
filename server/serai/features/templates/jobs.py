"""Read every account's templates from Meta: a few times a day, and when something has changed."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from serai.core.events import TemplateReported
from serai.core.templates.layout import Unreadable, layout
from serai.engine import due
from serai.engine.handle import handle
from serai.engine.wiring import Wiring
from serai.features.templates.decide import SOON
from serai.features.templates.model import samples_of
from serai.features.templates.store import sync
from serai.features.templates.store.sync import Account, Key, Known, Synced
from serai.features.templates.store.write import SYNC
from serai.kit.db import Conn, Pool
from serai.kit.errors import Upstream
from serai.kit.log import logger
from serai.meta.client import Graph
from serai.meta.management import templates
from serai.meta.management.templates import Listed

EVERY = timedelta(hours=4)
"""Between two reads of an account; webhooks tell of most changes at once."""
AFTER_TROUBLE = timedelta(minutes=1)
LEASE = timedelta(minutes=10)
"""By when a read must have ended; 6,000 templates are 60 pages."""
AT_ONCE = 4

log = logger("serai.templates")


class Reader(Struct, frozen=True):
    """What reading templates needs."""

    pool: Pool
    graph: Graph
    wiring: Wiring
    now: Callable[[], datetime]


async def sync_due(reader: Reader) -> int:
    """Read the accounts that are due; returns how many were looked at."""
    now = reader.now()
    until = now + LEASE
    async with reader.pool.connection() as conn:
        await due.for_channels(conn, SYNC, now)
        jobs = await due.lease(conn, SYNC, now, until, AT_ONCE)
        accounts = await sync.accounts(conn, [job.subject for job in jobs])
    next_times = {job.subject: now + EVERY for job in jobs}
    for account in accounts:
        next_times[account.channel_id] = await _sync(reader, account)
    if jobs:
        async with reader.pool.connection() as conn:
            planned = [(job.subject, job.business_id, next_times[job.subject]) for job in jobs]
            await due.renew(conn, SYNC, planned, until)
    return len(jobs)


async def sync_channels(reader: Reader, channels: Sequence[UUID]) -> int:
    """Read the templates of these channels' accounts now; how many Meta has in all.

    Raises serai.kit.errors.Upstream.
    """
    async with reader.pool.connection() as conn:
        accounts = await sync.accounts(conn, channels)
    counts = [await read_account(reader, account) for account in accounts]
    return sum(counts)


async def _sync(reader: Reader, account: Account) -> datetime:
    """Read one account; when to do it again."""
    now = reader.now()
    if not reader.graph.usage.may_sync(account.account_id, now):
        return now + reader.graph.usage.gap(account.account_id, now)
    try:
        await read_account(reader, account)
    except Upstream as error:
        log.warning("templates_not_read", channel_id=account.channel_id, error=type(error).__name__)
        return reader.now() + AFTER_TROUBLE
    return reader.now() + EVERY


async def read_account(reader: Reader, account: Account) -> int:
    """Bring our rows to what Meta lists; changes that no webhook told are told now.

    Returns how many templates Meta has. Raises serai.kit.errors.Upstream.
    """
    vault = reader.wiring.vault
    token = vault.ring.open(account.token, f"token:{account.channel_id}".encode()).decode()

    async def breathe() -> None:
        gap = reader.graph.usage.gap(account.account_id, reader.now())
        await asyncio.sleep(gap.total_seconds())

    began = reader.now()
    async with reader.pool.connection() as conn:
        before = await sync.known(conn, account)
    listed = await templates.read_all(reader.graph, token, account.account_id, breathe)
    async with reader.pool.connection() as conn, conn.transaction():
        await _bring(conn, reader, account, [synced(each) for each in listed], before, began)
    log.info("templates_read", channel_id=account.channel_id, template_count=len(listed))
    return len(listed)


async def _bring(
    conn: Conn,
    reader: Reader,
    account: Account,
    rows: Sequence[Synced],
    before: Mapping[Key, Known],
    began: datetime,
) -> None:
    """Keep what was listed. A template that news changed meanwhile stays; it is read again soon."""
    held = await sync.held(conn, account)
    current, overtaken = parted(rows, before, held)
    await _tell(conn, reader.wiring, account, current, held, began)
    await sync.keep(conn, account, current, began, overtaken)
    if overtaken:
        at = reader.now() + SOON
        await due.hasten(conn, SYNC, [(account.channel_id, account.business_id, at)])


def parted(
    rows: Sequence[Synced], before: Mapping[Key, Known], held: Mapping[Key, Known]
) -> tuple[list[Synced], list[Synced]]:
    """Those that are as they were before the list was asked for, and those changed since."""
    current, overtaken = list[Synced](), list[Synced]()
    for row in rows:
        key = (row.name, row.language)
        (current if before.get(key) == held.get(key) else overtaken).append(row)
    return current, overtaken


async def _tell(
    conn: Conn,
    wiring: Wiring,
    account: Account,
    rows: Sequence[Synced],
    held: Mapping[Key, Known],
    at: datetime,
) -> None:
    pairs = ((row, held.get((row.name, row.language))) for row in rows)
    changed = [
        _event(account, row, before, at)
        for row, before in pairs
        if before is not None and _differs(row, before)
    ]
    await handle(conn, wiring, changed, at)


def _differs(row: Synced, before: Known) -> bool:
    told = (before.status, before.category, before.correct_category)
    return (row.status, row.category, row.correct_category) != told


def _event(account: Account, row: Synced, before: Known, at: datetime) -> TemplateReported:
    return TemplateReported(
        key=f"{account.account_id}:template_sync:{row.meta_id}:{at.isoformat()}",
        at=at,
        account=account.account_id,
        template=row.meta_id,
        name=row.name,
        language=row.language,
        status=row.status if row.status != before.status else None,
        reason=row.reason,
        previous_category=before.category,
        category=row.category,
        correct_category=row.correct_category,
    )


def synced(listed: Listed) -> Synced:
    """Meta's template as a row."""
    try:
        names = layout(listed.components, listed.category).face.body_variables
    except Unreadable:
        names = ()
    reason = listed.rejected_reason
    return Synced(
        meta_id=listed.id,
        name=listed.name,
        language=listed.language,
        category=listed.category.upper(),
        status=listed.status.upper(),
        components=listed.components,
        parameter_format=listed.parameter_format.upper(),
        parameters=names,
        samples=samples_of(listed.components, names),
        quality=listed.quality_score.score if listed.quality_score else None,
        reason=None if reason in {None, "NONE"} else reason,
        previous_category=listed.previous_category,
        correct_category=listed.correct_category,
    )
