"""/audit: who did what, when, and what it was before."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from serai.core.permissions import Permission
from serai.features.audit import store
from serai.features.audit.store import EntryRow, Filter
from serai.kit.cells import guarded
from serai.kit.db import seeing
from serai.kit.http import Connection, Cursor, Limit, Page, cursor_of, example, may, read_cursor

EXPORTED_AT_ONCE = 1000
VERIFIED_AT_ONCE = 5000
router = APIRouter(
    prefix="/audit", tags=["audit"], dependencies=[Depends(may(Permission.AUDIT_READ))]
)
COLUMNS = (
    "number", "at", "actor_kind", "actor_id", "actor", "action", "subject", "business_id",
    "request_id", "remote", "changes", "detail", "hash",
)  # fmt: skip


class Change(BaseModel):
    """One row that changed; `before` and `after` hold the columns that differ."""

    table: str
    id: str = ""
    kind: Literal["added", "changed", "removed"]
    before: dict[str, Any]
    after: dict[str, Any]
    hidden: list[str] = Field([], description="Columns that changed and are never shown.")


class Entry(BaseModel):
    model_config = ConfigDict(
        **example(
            {
                "number": 41,
                "at": "2026-11-21T08:30:00Z",
                "actor_kind": "user",
                "actor_id": "6a0e4d0e-9f0f-5d8e-8a51-0a1a5a1a5a1a",
                "actor": "Amal",
                "action": "businesses.change_business",
                "subject": "/businesses/6a0e4d0e-9f0f-5d8e-8a51-0a1a5a1a5a1a",
                "business_id": "6a0e4d0e-9f0f-5d8e-8a51-0a1a5a1a5a1a",
                "request_id": "0b7f1d5e-2f0f-4f53-9b43-0d7f0a3f3c55",
                "remote": "203.0.113.7",
                "changes": [
                    {
                        "table": "businesses",
                        "id": "6a0e4d0e-9f0f-5d8e-8a51-0a1a5a1a5a1a",
                        "kind": "changed",
                        "before": {"name": "Cafe"},
                        "after": {"name": "Hawana Cafe"},
                        "hidden": [],
                    }
                ],
                "detail": {},
                "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            }
        )
    )
    number: int = Field(description="Its place in the company's chain, from 1, without gaps.")
    at: datetime
    actor_kind: str = Field(description="user, key, command, serai, meta or unknown.")
    actor_id: UUID | None
    actor: str = Field(description="Who did it, by the name they had then.")
    action: str
    subject: str = Field(description="The address that was asked, or what it was about.")
    business_id: UUID | None
    request_id: str | None
    remote: str | None
    changes: list[Change]
    detail: dict[str, Any]
    hash: str = Field(description="SHA-256 over this entry and the hash of the one before, hex.")


class Verdict(BaseModel):
    holds: bool
    entries: int
    broken_at: int | None = Field(
        description="The first entry that was changed, or before which one was removed."
    )


class Actor(BaseModel):
    id: UUID
    name: str
    kind: str


def wanted(
    request: Request,
    business_id: UUID | None = None,
    actor_id: UUID | None = None,
    who: Annotated[str | None, Query(max_length=120, description="Part of a name.")] = None,
    action: Annotated[str | None, Query(max_length=120, description="Part of an action.")] = None,
    subject: Annotated[
        str | None,
        Query(max_length=200, description="Part of the address, or a changed row's id or table."),
    ] = None,
    since: Annotated[AwareDatetime | None, Query(description="From then on.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Before then.")] = None,
) -> Filter:
    """Which entries are asked for."""
    return Filter(
        organization_id=request.state.principal.organization_id,
        business_id=business_id,
        actor_id=actor_id,
        who=who,
        action=action,
        subject=subject,
        since=since,
        until=until,
    )


Wanted = Annotated[Filter, Depends(wanted)]


@router.get("")
async def list_entries(
    conn: Connection, wanted: Wanted, limit: Limit = 50, cursor: Cursor = None
) -> Page[Entry]:
    """What was done, the newest first."""
    after = read_cursor(cursor, tuple[int])
    rows = await store.find(conn, wanted, after[0] if after else None, limit + 1)
    page = rows[:limit]
    following = cursor_of(page[-1].number) if len(rows) > limit else None
    return Page(data=[_shape(row) for row in page], next_cursor=following)


@router.get("/actors")
async def list_actors(conn: Connection, request: Request) -> Page[Actor]:
    """Everybody who is named in the log: people, and keys."""
    rows = await store.people(conn, request.state.principal.organization_id)
    shapes = [Actor(id=row.actor_id, name=row.actor, kind=row.actor_kind) for row in rows]
    return Page(data=shapes, next_cursor=None)


@router.get("/verify")
async def verify(request: Request) -> Verdict:
    """Whether the company's chain of entries holds, from the first to the last."""
    asking = request.state.principal
    walked = store.Walked()
    while not walked.is_over:  # a transaction each: nothing is held while years are looked at
        async with seeing(request.app.state.pool, asking.businesses) as conn:
            walked = await store.verify(conn, asking.organization_id, walked, VERIFIED_AT_ONCE)
    return Verdict(
        holds=walked.broken_at is None, entries=walked.entries, broken_at=walked.broken_at
    )


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}, "application/jsonl": {}}}},
)
async def export(
    request: Request,
    wanted: Wanted,
    form: Annotated[Literal["csv", "jsonl"], Query(alias="format")] = "csv",
) -> StreamingResponse:
    """All entries that fit, as a file: a row or a line each, the newest first."""
    write = _csv if form == "csv" else _lines
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/jsonl"
    headers = {
        "Content-Disposition": f'attachment; filename="audit.{form}"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(write(_pages(request, wanted)), media_type=kind, headers=headers)


async def _pages(request: Request, wanted: Filter) -> AsyncIterator[list[EntryRow]]:
    """No connection is kept while whoever asked reads: they may be slow, and there are few."""
    asking = request.state.principal
    company = asking.visible_company or ""
    before: int | None = None
    while True:
        async with seeing(request.app.state.pool, asking.businesses, company) as conn:
            page = await store.find(conn, wanted, before, EXPORTED_AT_ONCE)
        if not page:
            return
        yield page
        before = page[-1].number


async def _lines(pages: AsyncIterator[list[EntryRow]]) -> AsyncIterator[bytes]:
    async for page in pages:
        yield b"".join(msgspec.json.encode(row) + b"\n" for row in page)


async def _csv(pages: AsyncIterator[list[EntryRow]]) -> AsyncIterator[str]:
    yield _line(COLUMNS)
    async for page in pages:
        yield "".join(_line([_cell(getattr(row, name)) for name in COLUMNS]) for row in page)


def _line(cells: object) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)  # pyright: ignore[reportArgumentType]
    return text.getvalue()


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, (list, dict)):
        return msgspec.json.encode(value).decode()
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return guarded(text)


def _shape(row: EntryRow) -> Entry:
    return Entry.model_validate(msgspec.structs.asdict(row))
