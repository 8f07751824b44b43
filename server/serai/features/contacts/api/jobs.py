"""/contact-jobs: what is done to many contacts at once, how far it is, and the files that come of it."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, Field

from serai.core.ids import BusinessId, derived
from serai.core.permissions import Permission
from serai.engine import due
from serai.features.contacts.api.wanted import Wanted, ensure_business, everybody, read_filter
from serai.features.contacts.store import changes, jobs, listing
from serai.features.contacts.store.jobs import JobRow
from serai.kit import xlsx
from serai.kit.db import seeing
from serai.kit.errors import Conflict, Invalid, NotFound
from serai.kit.http import Connection, CreatingRoute, Moment, Page, may

router = APIRouter(tags=["contacts"], dependencies=[Depends(may(Permission.CONTACTS_READ))])
creating = APIRouter(tags=["contacts"], route_class=CreatingRoute)
WRITING = [Depends(may(Permission.CONTACTS_WRITE))]
MOVING = [Depends(may(Permission.CONTACTS_MOVE))]
PARTS_AT_ONCE = 20
DUE_KIND = "contact_job"


class Job(BaseModel):
    id: UUID
    business_id: UUID
    kind: Literal["import", "export", "tag", "untag", "archive"]
    state: Literal[
        "uploaded",
        "checking",
        "checked",
        "running",
        "done",
        "cancelled",
        "failed",
        "undoing",
        "undone",
    ]
    by: str
    created_at: datetime
    ended_at: datetime | None
    done_count: int
    total_count: int
    counts: dict[str, int] = Field(
        description="Of an import: rows by what becomes of them; else `changed`, how much was not so before."
    )
    name: str | None = Field(description="Of the file.")
    columns: list[str] = Field(description="Of an import: what stands over each column.")
    samples: list[list[str]] = Field(description="Of an import: its first rows.")
    mapping: list[str] = Field(description="Of an import: what each column is.")


class BulkIn(BaseModel):
    business_id: UUID
    kind: Literal["tag", "untag", "archive"]
    wanted: Wanted = Field(default_factory=everybody)
    ids: list[UUID] | None = Field(None, max_length=10_000, description="Only these.")
    tag_ids: list[UUID] = Field([], max_length=20)


class ExportIn(BaseModel):
    business_id: UUID
    wanted: Wanted = Field(default_factory=everybody)
    ids: list[UUID] | None = Field(None, max_length=10_000)


@router.get("/contact-jobs")
async def list_jobs(conn: Connection, business_id: UUID | None = None) -> Page[Job]:
    """The last fifty, the latest first."""
    data = [shape(row) for row in await jobs.listed(conn, business_id)]
    return Page(data=data, next_cursor=None)


@router.get("/contact-jobs/{job_id}")
async def get_job(job_id: UUID, conn: Connection) -> Job:
    return shape(await found(conn, job_id))


@creating.post("/contact-jobs", dependencies=WRITING)
async def change_many(body: BulkIn, request: Request, conn: Connection, now: Moment) -> Job:
    """Tag, untag or archive everybody that a filter finds, in the background."""
    if body.kind != "archive" and not body.tag_ids:
        raise Invalid("tag_missing", "Say which tag.", "tag_ids")
    plan = {"tag_ids": [str(each) for each in body.tag_ids]}
    return await _begin(request, conn, body.kind, body, plan, now)


@creating.post("/contact-exports", dependencies=MOVING)
async def export(body: ExportIn, request: Request, conn: Connection, now: Moment) -> Job:
    """Write everybody that a filter finds into a file; fetch it when the job is done."""
    return await _begin(request, conn, "export", body, {"name": f"contacts-{now:%Y-%m-%d}"}, now)


@router.post("/contact-jobs/{job_id}/cancel", dependencies=WRITING)
async def cancel(job_id: UUID, conn: Connection, now: Moment) -> Job:
    """Stop it where it is; what is done stays done, and a file that came or would come with it is deleted."""
    row = await found(conn, job_id, hold=True)
    if row.state in ("uploaded", "checking", "checked", "running"):
        await jobs.change(conn, job_id, state="cancelled", ended_at=now)
        await jobs.drop_parts(conn, job_id)
    return shape(await found(conn, job_id))


@router.post("/contact-jobs/{job_id}/undo", dependencies=WRITING)
async def undo_job(job_id: UUID, conn: Connection, now: Moment) -> Job:
    """Take back a change of many: just what it changed. For a week after it ended."""
    row = await found(conn, job_id, hold=True)
    if row.kind not in changes.UNDO or row.state not in ("done", "cancelled"):
        raise Conflict("job_not_done", "Only a change that has ended can be undone.")
    count = await changes.count(conn, job_id)
    await jobs.change(conn, job_id, state="undoing", done_count=0, total_count=count)
    await awake(conn, row, now)
    return shape(await found(conn, job_id))


@router.get("/contact-jobs/{job_id}/file", dependencies=MOVING, response_class=Response)
async def get_file(
    job_id: UUID,
    request: Request,
    now: Moment,
    kind: Annotated[Literal["csv", "xlsx"], Query(alias="format")] = "csv",
) -> Response:
    """What an export wrote, as CSV (UTF-8) or XLSX. Kept for a week."""
    principal = request.state.principal
    async with seeing(request.app.state.pool, principal.businesses) as conn:
        row = await found(conn, job_id)
    if row.kind != "export" or row.state != "done":
        raise Conflict("export_not_done", "The file is not ready yet.")
    if row.ended_at is not None and row.ended_at + jobs.KEPT < now:
        raise Conflict("file_gone", "Files are kept for a week. Export again.")
    name = f"{row.plan.get('name', 'contacts')}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    if kind == "csv":
        return StreamingResponse(_csv(request, job_id), media_type="text/csv", headers=headers)
    book = xlsx.written("Contacts", _tables(request, job_id))
    return StreamingResponse(book, media_type=xlsx.TYPE, headers=headers)


async def found(conn: Connection, job_id: UUID, *, hold: bool = False) -> JobRow:
    """Raises NotFound."""
    row = await jobs.find(conn, job_id, hold=hold)
    if row is None:
        raise NotFound("job_not_found", "There is no such job.")
    return row


async def awake(conn: Connection, row: JobRow, now: datetime) -> None:
    """Let a worker take it now."""
    await due.hasten(conn, DUE_KIND, [(row.id, row.business_id, now)])


def shape(row: JobRow) -> Job:
    same = set(Job.model_fields) - {"name", "columns", "samples", "mapping"}
    fields: dict[str, Any] = {name: getattr(row, name) for name in same}
    plan = row.plan
    extra = {"name": plan.get("name"), "mapping": plan.get("mapping", {}).get("columns", [])}
    return Job.model_validate(
        fields | extra | {"columns": plan.get("heads", []), "samples": plan.get("samples", [])}
    )


async def _begin(
    request: Request,
    conn: Connection,
    kind: str,
    body: BulkIn | ExportIn,
    plan: dict[str, Any],
    now: datetime,
) -> Job:
    ensure_business(request, body.business_id)
    wanted = body.wanted.model_copy(update={"business_id": body.business_id})
    ids = tuple(body.ids) if body.ids is not None else None
    filter_ = read_filter(wanted, request, ids=ids, created_before=now)
    count = await listing.count(conn, request.app.state.wiring.vault, filter_)
    row = JobRow(
        id=derived("contact-job", request.state.principal.id, request.state.idempotency_key),
        business_id=BusinessId(body.business_id),
        kind=kind,
        state="running",
        by=request.state.principal.name,
        created_at=now,
        ended_at=None,
        done_count=0,
        total_count=count,
        plan=plan | {"filter": msgspec.to_builtins(filter_)},
        counts={},
        position=None,
        reason=None,
    )
    await jobs.add(conn, row)
    await awake(conn, row, now)
    return shape(row)


async def _tables(request: Request, job_id: UUID) -> AsyncIterator[list[list[str]]]:
    first = 0
    while True:
        async with seeing(request.app.state.pool, request.state.principal.businesses) as conn:
            vault = request.app.state.wiring.vault
            parts = await jobs.parts(conn, vault, job_id, first, PARTS_AT_ONCE)
        for number, part in parts:
            yield part.rows
            first = number + 1
        if len(parts) < PARTS_AT_ONCE:
            return


async def _csv(request: Request, job_id: UUID) -> AsyncIterator[bytes]:
    yield b"\xef\xbb\xbf"  # Excel takes it for UTF-8 only with this
    async for rows in _tables(request, job_id):
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        yield text.getvalue().encode()


router.include_router(creating)
