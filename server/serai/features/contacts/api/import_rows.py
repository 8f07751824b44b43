"""/contact-imports/{id}/rows and its report: what becomes of each row of a table, and what is wrong."""

import csv
import io
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from serai.core.permissions import Permission
from serai.features.contacts.api.imports import MOST_ROWS
from serai.features.contacts.api.jobs import found
from serai.features.contacts.store import jobs
from serai.features.contacts.store.jobs import Part
from serai.kit.cells import guarded
from serai.kit.errors import Conflict
from serai.kit.http import Connection, Limit, Page, may

router = APIRouter(tags=["contacts"], dependencies=[Depends(may(Permission.CONTACTS_MOVE))])
PARTS_AT_ONCE = 20
PROBLEMS = ("invalid", "duplicate")
Only = Annotated[
    Literal["all", "problems"],
    Query(description="Or those that are not taken in: not readable, repeated."),
]


class ImportRow(BaseModel):
    row: int = Field(description="As every program counts: the heads are row 1.")
    verdict: str = Field(description="new, changed, same, duplicate or invalid.")
    why: str = Field(description="What is wrong with it, and in which column.")
    cells: list[str]


@router.get("/contact-imports/{job_id}/rows")
async def list_rows(
    job_id: UUID,
    request: Request,
    conn: Connection,
    only: Only = "problems",
    limit: Limit = 50,
) -> Page[ImportRow]:
    """The first rows of the file with what becomes of each, and what is wrong with it."""
    rows = [row async for row in _rows(request, conn, job_id, only, limit)]
    return Page(data=rows, next_cursor=None)


@router.get("/contact-imports/{job_id}/report", response_class=Response)
async def report(job_id: UUID, request: Request, conn: Connection, only: Only = "all") -> Response:
    """Each row with what becomes of it and why, as CSV with the file's own columns, to mend it there."""
    job = await found(conn, job_id)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Row", "What", "Why", *map(guarded, job.plan.get("heads", []))])
    async for row in _rows(request, conn, job_id, only, MOST_ROWS):
        writer.writerow([row.row, row.verdict, row.why, *map(guarded, row.cells)])
    headers = {
        "Content-Disposition": 'attachment; filename="import.csv"',
        "Cache-Control": "no-store",
    }
    return Response("\ufeff" + text.getvalue(), media_type="text/csv", headers=headers)


async def _rows(
    request: Request, conn: Connection, job_id: UUID, only: str, most: int
) -> AsyncIterator[ImportRow]:
    """Raises NotFound, and Conflict when the file is no longer there."""
    job, vault = await found(conn, job_id), request.app.state.wiring.vault
    first, given = 0, 0
    while parts := await jobs.parts(conn, vault, job_id, first, PARTS_AT_ONCE):
        for number, part in parts:
            first = number + 1
            for row in _judged(part):
                if given < most and (only == "all" or row.verdict in PROBLEMS):
                    given += 1
                    yield row
        if given >= most:
            return
    if first == 0:
        gone = (
            f"The file of this import is deleted, as it was {job.state} over a week ago or stopped."
        )
        raise Conflict("file_gone", gone)


def _judged(part: Part) -> Iterator[ImportRow]:
    rows = zip(part.rows, part.verdicts, strict=False)
    for number, (cells, (verdict, why)) in enumerate(rows, start=part.first):
        if cells:
            yield ImportRow(row=number, verdict=verdict, why=why, cells=cells)
