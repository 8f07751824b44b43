"""Take people in from a table: first look at every row, then, when someone says so, write them."""

from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias
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

AT_ONCE = 2
"""Parts of a step: whoever stops it waits for no more than these."""
READ_AT_ONCE = 20
"""Parts that are opened, or sealed, between two statements."""
WRITTEN = ("new", "changed")
BLANK = "blank"
"""An empty line: it is counted as a row by every program, and is nobody."""


Seen: TypeAlias = dict[tuple[str, bytes], int]
"""In which row something was first."""


async def step(conn: Conn, vault: Vault, job: JobRow, now: datetime) -> bool:
    """Look at the next parts, or write them."""
    plan = _plan(job)
    known = {each.key: each for each in await attributes.of(conn, job.business_id)}
    if job.state == "checking":
        return await _check(conn, vault, job, plan, known)
    return await _write(conn, vault, job, plan, known, now)


def _plan(job: JobRow) -> Plan:
    return msgspec.convert(job.plan["mapping"], Plan)


async def _check(
    conn: Conn, vault: Vault, job: JobRow, plan: Plan, known: Mapping[str, Attribute]
) -> bool:
    """All parts in one go, for a row may repeat any row before it; nothing is written but verdicts.

    The job is not held meanwhile: it can be stopped, or given another plan, which then counts.
    """
    seen: Seen = {}
    counts: Counter[str] = Counter()
    judged: list[tuple[int, Part]] = []
    async for number, part in _parts(conn, vault, job.id):
        read = [sheet.read(plan, known, cells) if cells else None for cells in part.rows]
        found = await _found(conn, vault, job.business_id, read)
        verdicts = [
            _verdict(row, found.get(n), part.first + n, job.plan["heads"], seen)
            for n, row in enumerate(read)
        ]
        counts.update(verdict for verdict, _ in verdicts if verdict != BLANK)
        rows = [row if isinstance(row, Row) else None for row in read]
        judged.append((number, Part(part.first, part.rows, verdicts, rows)))
    held = await jobs.find(conn, job.id, hold=True)
    if held is None or held.state != "checking":
        return False
    if _plan(held) != plan:
        return True
    for start in range(0, len(judged), READ_AT_ONCE):
        some = judged[start : start + READ_AT_ONCE]
        await jobs.put_parts(conn, vault, (job.id, job.business_id), some)
    total = sum(counts.values())
    await jobs.change(
        conn, job.id, state="checked", counts=dict(counts), done_count=0, total_count=total
    )
    return False


async def _parts(conn: Conn, vault: Vault, job_id: UUID) -> AsyncIterator[tuple[int, Part]]:
    """All of a file, some at a time: the database ends a transaction that rests while we open a long one."""
    first = 0
    while some := await jobs.parts(conn, vault, job_id, first, READ_AT_ONCE):
        for number, part in some:
            yield number, part
            first = number + 1


async def _found(
    conn: Conn, vault: Vault, business: UUID, rows: list[Row | Problem | None]
) -> dict[int, tuple[Judged, Read]]:
    """By their place in the list."""
    read = {n: imports.found_by(vault, row) for n, row in enumerate(rows) if isinstance(row, Row)}
    judged = await imports.judge(conn, business, list(read.values()))
    return {n: (judged, each) for (n, each), judged in zip(read.items(), judged, strict=True)}


def _verdict(
    row: Row | Problem | None,
    found: tuple[Judged, Read] | None,
    number: int,
    heads: Sequence[str],
    seen: Seen,
) -> tuple[str, str]:
    if isinstance(row, Problem):
        head = heads[row.column] if row.column < len(heads) else ""
        column = f"Column {row.column + 1} ({head})" if head else f"Column {row.column + 1}"
        return "invalid", f"{column}: {row.words}"
    return _once(*found, number, seen) if found else (BLANK, "")


def _once(judged: Judged, read: Read, number: int, seen: Seen) -> tuple[str, str]:
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
    written = job.counts.get("written", 0)
    for number, part in waiting:
        written += await _write_part(conn, vault, shared, plan.tag_ids, _still(part, known))
        await jobs.part_done(conn, job.id, number, now)
    done = job.done_count + sum(1 for _, part in waiting for cells in part.rows if cells)
    more = len(waiting) == AT_ONCE
    ended = {} if more else {"state": "done", "ended_at": now}
    counts = job.counts | {"written": written}
    await jobs.change(conn, job.id, done_count=done, counts=counts, **ended)
    return more


async def _write_part(
    conn: Conn,
    vault: Vault,
    job: Import,
    tag_ids: Sequence[str],
    read: Sequence[Row],
) -> int:
    """Returns of how many people something was written."""
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
    return len(pairs)


def _still(part: Part, known: Mapping[str, Attribute]) -> list[Row]:
    """Rows to write, as they were read when they were looked at; without fields that are no more."""
    return [
        msgspec.structs.replace(
            row, attributes={key: value for key, value in row.attributes.items() if key in known}
        )
        for row, (verdict, _) in zip(part.read, part.verdicts, strict=True)
        if verdict in WRITTEN and row is not None
    ]
