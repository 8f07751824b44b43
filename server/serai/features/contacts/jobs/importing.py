"""Take people in from a table: first look at every row, then, when someone says so, write them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from serai.core.ids import derived
from serai.features.contacts.decide import sheet
from serai.features.contacts.decide.attributes import Attribute
from serai.features.contacts.decide.sheet import Plan, Problem, Row
from serai.features.contacts.store import attributes, imports, jobs, tags
from serai.features.contacts.store.imports import Import, Judged, Read
from serai.features.contacts.store.jobs import JobRow, Part
from serai.kit.db import Conn
from serai.kit.secrets import Vault

AT_ONCE = 4
"""Parts of a step."""
WRITTEN = ("new", "changed")


async def step(conn: Conn, vault: Vault, job: JobRow, now: datetime) -> bool:
    """Look at the next parts, or write them."""
    plan = msgspec.convert(job.plan["mapping"], Plan)
    known = {each.key: each for each in await attributes.of(conn, job.business_id)}
    if job.state == "checking":
        return await _check(conn, vault, job, plan, known)
    return await _write(conn, vault, job, plan, known, now)


async def _check(
    conn: Conn, vault: Vault, job: JobRow, plan: Plan, known: Mapping[str, Attribute]
) -> bool:
    """All parts in one go, for a row may repeat any row before it; nothing is written but verdicts."""
    seen: dict[tuple[str, bytes], int] = {}
    counts: Counter[str] = Counter()
    judged: list[tuple[int, Part]] = []
    for number, part in await jobs.parts(conn, vault, job.id, 0, 1_000_000):
        read = [sheet.read(plan, known, cells) for cells in part.rows]
        verdicts = await _verdicts(conn, vault, job.business_id, read, part.first, seen)
        counts.update(verdict for verdict, _ in verdicts)
        rows = [row if isinstance(row, Row) else None for row in read]
        judged.append((number, Part(part.first, part.rows, verdicts, rows)))
    await jobs.put_parts(conn, vault, (job.id, job.business_id), judged)
    total = sum(counts.values())
    await jobs.change(
        conn, job.id, state="checked", counts=dict(counts), done_count=0, total_count=total
    )
    return False


async def _verdicts(
    conn: Conn,
    vault: Vault,
    business: UUID,
    rows: list[Row | Problem],
    first: int,
    seen: dict[tuple[str, bytes], int],
) -> list[tuple[str, str]]:
    found = {n: imports.found_by(vault, row) for n, row in enumerate(rows) if isinstance(row, Row)}
    judged = dict(
        zip(found, await imports.judge(conn, business, list(found.values())), strict=True)
    )
    return [
        ("invalid", f"Column {row.column + 1}: {row.words}")
        if isinstance(row, Problem)
        else _once(judged[n], found[n], first + n, seen)
        for n, row in enumerate(rows)
    ]


def _once(
    judged: Judged, read: Read, number: int, seen: dict[tuple[str, bytes], int]
) -> tuple[str, str]:
    """The first row about someone counts; those after it are duplicates."""
    lookups = [(each.type, each.lookup) for each in read.known_by]
    earlier = next((seen[each] for each in lookups if each in seen), None)
    if earlier is not None:
        return "duplicate", f"The same person as in row {earlier}."
    if judged.verdict != "invalid":
        seen.update(dict.fromkeys(lookups, number))
    return judged.verdict, judged.words


async def _write(
    conn: Conn, vault: Vault, job: JobRow, plan: Plan, known: Mapping[str, Attribute], now: datetime
) -> bool:
    shared = Import(id=job.id, business_id=job.business_id, by=job.by, proof=plan.proof, now=now)
    waiting = await jobs.parts(conn, vault, job.id, 0, AT_ONCE, done=False)
    for number, part in waiting:
        await _write_part(conn, vault, shared, plan.tag_ids, _still(part, known))
        await jobs.part_done(conn, job.id, number, now)
    done = job.done_count + sum(len(part.rows) for _, part in waiting)
    more = len(waiting) == AT_ONCE
    ended = {} if more else {"state": "done", "ended_at": now}
    await jobs.change(conn, job.id, done_count=done, **ended)
    return more


async def _write_part(
    conn: Conn,
    vault: Vault,
    job: Import,
    tag_ids: Sequence[str],
    read: Sequence[Row],
) -> None:
    names = sorted({name for row in read for name in row.tags})
    new = [(derived("tag", job.business_id, name.lower(), job.id), name) for name in names]
    await tags.add(conn, job.business_id, new, "grey", job.now)
    found = [imports.found_by(vault, row) for row in read]
    judged = await imports.judge(conn, job.business_id, found)
    pairs = [
        (each, whose.contact_id)
        for each, whose in zip(found, judged, strict=True)
        if whose.verdict in WRITTEN
    ]
    if pairs:
        ids = await imports.write(conn, vault, job, pairs)
        await tags.tag(conn, ids, [UUID(each) for each in tag_ids], job.now)


def _still(part: Part, known: Mapping[str, Attribute]) -> list[Row]:
    """Rows to write, as they were read when they were looked at; without fields that are no more."""
    return [
        msgspec.structs.replace(
            row, attributes={key: value for key, value in row.attributes.items() if key in known}
        )
        for row, (verdict, _) in zip(part.read, part.verdicts, strict=True)
        if verdict in WRITTEN and row is not None
    ]
