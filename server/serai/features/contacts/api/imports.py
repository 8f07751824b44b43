"""/contact-imports: people from a table. Upload, say what the columns are, look at what would become of
each row (`import_rows`), then start."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from serai.core.ids import BusinessId, derived
from serai.core.permissions import Permission
from serai.engine import due
from serai.features.contacts.api.jobs import DUE_KIND, Job, awake, found, shape
from serai.features.contacts.api.wanted import ensure_business
from serai.features.contacts.decide import sheet
from serai.features.contacts.decide.sheet import FIELDS, IDENTITIES, Plan
from serai.features.contacts.store import attributes, imports, jobs
from serai.features.contacts.store.jobs import JobRow, Part
from serai.kit import sandbox
from serai.kit.db import seeing
from serai.kit.errors import Conflict, Invalid, TooLarge
from serai.kit.http import Connection, Moment, may

router = APIRouter(tags=["contacts"], dependencies=[Depends(may(Permission.CONTACTS_MOVE))])
LARGEST_BYTES = 32 * 1024**2
MOST_ROWS = 200_000
MOST_COLUMNS = 100
PART_ROWS = 500
SAMPLES = 5
UNREADABLE = {
    "type": "This is no table that we can read. Save it as CSV or XLSX and try again.",
    "packed": "The file says that it unpacks to far more than a list of people.",
    "rows": f"At most {MOST_ROWS:,} rows at once. Split the file.",
    "columns": f"At most {MOST_COLUMNS} columns.",
}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class Mapping(BaseModel):
    columns: list[str] = Field(
        max_length=MOST_COLUMNS,
        description="What each column is: a field, a type of identity, attribute:key, or nothing.",
        examples=[["name", "phone", "tags", "attribute:grade", ""]],
    )
    country: str | None = Field(
        None, pattern=r"^[A-Z]{2}$", description="Of numbers without a code.", examples=["OM"]
    )
    tag_ids: list[UUID] = Field([], max_length=20, description="For all of them.")
    proof: str | None = Field(
        None, max_length=500, description="What proves the consent column; without it nothing does."
    )


@router.post("/contact-imports", openapi_extra=BODY)
async def upload(
    request: Request,
    now: Moment,
    business_id: UUID,
    name: Annotated[str, Query(max_length=200)] = "contacts.csv",
) -> Job:
    """The file as the body. Nothing is written before you start it."""
    ensure_business(request, business_id)
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "source", Path(folder) / "rows"
        await _receive(request, source)
        why = await sandbox.rows_of(source, target, MOST_ROWS, MOST_COLUMNS)
        if why is not None:
            raise Invalid("table_unreadable", UNREADABLE.get(why, UNREADABLE["type"]), "file")
        rows = [
            msgspec.json.decode(line, type=list[str]) for line in target.read_bytes().splitlines()
        ]
    if len(rows) < 2:
        raise Invalid("table_empty", "There are no rows under the first one.", "file")
    principal, vault = request.state.principal, request.app.state.wiring.vault
    async with seeing(request.app.state.pool, principal.businesses) as conn:
        known = await attributes.of(conn, business_id)
        plan = {
            "name": name,
            "heads": rows[0],
            "samples": [cells for cells in rows[1:] if cells][:SAMPLES],
            "mapping": {"columns": list(sheet.guess(rows[0], known))},
        }
        count = sum(1 for cells in rows[1:] if cells)
        row = _row(request, business_id, plan, count, now)
        await jobs.add(conn, row)
        await jobs.put_parts(conn, vault, (row.id, business_id), _parts(rows[1:]))
        await due.hasten(conn, DUE_KIND, [(row.id, row.business_id, now + jobs.KEPT)])
        return shape(row)


@router.put("/contact-imports/{job_id}/mapping")
async def check(job_id: UUID, body: Mapping, conn: Connection, now: Moment) -> Job:
    """Say what the columns are; every row is then looked at, and nothing is written."""
    row = await found(conn, job_id, hold=True)
    if row.kind != "import" or row.state not in ("uploaded", "checking", "checked"):
        raise Conflict("import_begun", "This import has begun already.")
    known = {f"attribute:{each.key}" for each in await attributes.of(conn, row.business_id)}
    for number, column in enumerate(body.columns):
        if column and column not in {*IDENTITIES, *FIELDS, *known}:
            raise Invalid("column_unknown", "There is no such field.", f"columns[{number}]")
    if not set(body.columns) & set(IDENTITIES):
        words = "Say which column has a number, an address or an id."
        raise Invalid("identity_missing", words, "columns")
    mapping = Plan(
        columns=tuple(body.columns),
        country=body.country,
        tag_ids=tuple(map(str, body.tag_ids)),
        proof=(body.proof or "").strip() or None,
    )
    plan = row.plan | {"mapping": msgspec.to_builtins(mapping)}
    await jobs.change(conn, job_id, state="checking", plan=plan)
    await awake(conn, row, now)
    return shape(await found(conn, job_id))


@router.post("/contact-imports/{job_id}/start")
async def start(job_id: UUID, conn: Connection, now: Moment) -> Job:
    """Write the rows that are new or changed."""
    row = await found(conn, job_id, hold=True)
    if row.state != "checked":
        raise Conflict("import_not_checked", "Say what the columns are first.")
    await jobs.change(conn, job_id, state="running", done_count=0)
    await awake(conn, row, now)
    return shape(await found(conn, job_id))


@router.post("/contact-imports/{job_id}/undo")
async def undo(job_id: UUID, conn: Connection, now: Moment) -> Job:
    """Archive the people whom it made, but for those who have written since."""
    row = await found(conn, job_id, hold=True)
    if row.kind != "import" or row.state not in ("done", "cancelled"):
        raise Conflict("import_not_done", "Only an import that has ended can be undone.")
    await imports.undo(conn, job_id, now)
    await jobs.change(conn, job_id, state="undone")
    return shape(await found(conn, job_id))


async def _receive(request: Request, target: Path) -> None:
    size = 0
    with target.open("wb") as file:
        async for piece in request.stream():
            size += len(piece)
            if size > LARGEST_BYTES:
                words = f"At most {LARGEST_BYTES // 1024**2} MB. Split the file."
                raise TooLarge("table_too_large", words, "file")
            file.write(piece)


def _parts(rows: list[list[str]]) -> list[tuple[int, Part]]:
    """The first row under the heads is row 2, as every program counts."""
    starts = range(0, len(rows), PART_ROWS)
    return [(n, Part(at + 2, rows[at : at + PART_ROWS])) for n, at in enumerate(starts)]


def _row(
    request: Request, business: UUID, plan: dict[str, Any], count: int, now: datetime
) -> JobRow:
    return JobRow(
        id=derived("contact-import", request.state.principal.id, business, now),
        business_id=BusinessId(business),
        kind="import",
        state="uploaded",
        by=request.state.principal.name,
        created_at=now,
        ended_at=None,
        done_count=0,
        total_count=count,
        plan=plan,
        counts={},
        position=None,
        reason=None,
    )
