"""How quick people are found among 100,000, and how long 50,000 of them take to come in from a table."""

import asyncio
import statistics
import time
from datetime import UTC, datetime
from uuid import UUID

from serai.core.ids import BusinessId
from serai.engine import due
from serai.features.contacts import jobs as moving
from serai.features.contacts.api.imports import PART_ROWS
from serai.features.contacts.store import jobs, listing, read
from serai.features.contacts.store.jobs import JobRow, Part
from serai.features.contacts.store.listing import Filter, Sort
from serai.kit.db import API, ENGINE, Conn, Pool, connect, pool, seeing

from bench.crowd import gather
from bench.world import VAULT, database

ROWS = 50_000
TRIES = 15
PAGE = 100
LIMITS = {"find": 100.0, "import": 60.0}
"""Milliseconds until the slowest filter shows its first page; seconds until all rows are written."""
BUSINESSES = "SELECT id FROM businesses ORDER BY id"
CONSENTS = """
    INSERT INTO consent_records (business_id, contact_id, purpose, granted, at, evidence)
    SELECT business_id, id, 'marketing', true, now(), 'bench:' || id FROM contacts LIMIT 1000
"""


def once() -> list[dict[str, object]]:
    with database() as url:
        gather(url)
        rows = asyncio.run(_find(url))
        rows += asyncio.run(_bring(url))
    return rows


async def _find(url: str) -> list[dict[str, object]]:
    async with await connect(url, ENGINE) as conn:
        await conn.execute(CONSENTS)
        await conn.execute("ANALYZE consent_records, contacts")
        found = await (await conn.execute(BUSINESSES)).fetchall()
    ids = tuple(row["id"] for row in found)
    asked: dict[str, tuple[Filter, Sort]] = {
        "first page, last seen first": (Filter(business_ids=ids), "seen"),
        "by name": (Filter(business_ids=ids), "name"),
        "a part of a name": (Filter(business_ids=ids, text="haddad 99"), "seen"),
        "agreed to marketing: 1,000 of them": (Filter(business_ids=ids, consent="yes"), "seen"),
        "stopped marketing: nobody": (Filter(business_ids=ids, consent="no"), "seen"),
        "a language that nobody speaks": (Filter(business_ids=ids, language="fr"), "seen"),
    }
    async with pool(url, API, 1) as connections:
        return [
            {
                "what": f"100,000 people: {name}",
                "value": await _median(connections, wanted, sort),
                "unit": "ms",
                "limit": LIMITS["find"],
            }
            for name, (wanted, sort) in asked.items()
        ]


async def _median(connections: Pool, wanted: Filter, sort: Sort) -> float:
    """Of a page with all that it shows."""
    took: list[float] = []
    for _ in range(TRIES):
        began = time.perf_counter()
        async with seeing(connections, wanted.business_ids) as conn:
            await read.find(conn, await listing.page(conn, VAULT, wanted, sort, None, PAGE))
        took.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(took), 1)


async def _bring(url: str) -> list[dict[str, object]]:
    """As a worker does, step after step."""
    async with pool(url, ENGINE, 2) as connections:
        async with connections.connection() as conn:
            [first, *_] = await (await conn.execute(BUSINESSES)).fetchall()
            job = await _uploaded(conn, first["id"])
        mover = moving.Mover(connections, VAULT, lambda: datetime.now(UTC))
        checked = await _work(mover, job, "checking")
        written = await _work(mover, job, "running")
    of = f"{ROWS:,} rows"
    return [
        {"what": f"{of} looked at", "value": checked, "unit": "s", "limit": LIMITS["import"]},
        {"what": f"{of} written", "value": written, "unit": "s", "limit": LIMITS["import"]},
    ]


async def _uploaded(conn: Conn, business: UUID) -> JobRow:
    table = [[f"Person {n}", f"+1555{n:07d}", f"p{n}@example.org", "VIP"] for n in range(ROWS)]
    columns = ["name", "phone", "email", "tags"]
    job = JobRow(
        id=UUID(int=1),
        business_id=BusinessId(business),
        kind="import",
        state="uploaded",
        by="bench",
        created_at=datetime.now(UTC),
        ended_at=None,
        done_count=0,
        total_count=ROWS,
        plan={"mapping": {"columns": columns}},
        counts={},
        position=None,
        reason=None,
    )
    await jobs.add(conn, job)
    parts = [
        (number, Part(at + 2, table[at : at + PART_ROWS]))
        for number, at in enumerate(range(0, ROWS, PART_ROWS))
    ]
    await jobs.put_parts(conn, VAULT, (job.id, job.business_id), parts)
    return job


async def _work(mover: moving.Mover, job: JobRow, state: str) -> float:
    async with mover.pool.connection() as conn:
        await jobs.change(conn, job.id, state=state)
        await due.schedule(conn, moving.KIND, [(job.id, job.business_id, mover.now())])
    began = time.perf_counter()
    while await moving.work(mover):
        pass
    return round(time.perf_counter() - began, 1)
