"""/overview: the head office's view, a line for each business and the sums."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from serai.core.permissions import Permission
from serai.features.inbox.store import overview
from serai.kit.http import Connection, may

router = APIRouter(tags=["inbox"], dependencies=[Depends(may(Permission.CONVERSATIONS_READ))])


class Counts(BaseModel):
    open: int
    waiting: int = Field(description="Open, for people to answer, and the contact wrote last.")
    unread: int = Field(description="Conversations with something unread.")
    waiting_since: datetime | None = Field(description="The longest wait began then.")


class BusinessCounts(Counts):
    id: UUID
    name: str


class Overview(BaseModel):
    total: Counts
    businesses: list[BusinessCounts]


@router.get("/overview")
async def get_overview(conn: Connection) -> Overview:
    """What is open, waits and is unread, for each business that may be seen and in all."""
    rows = await overview.count(conn)
    waits = [row.waiting_since for row in rows if row.waiting_since is not None]
    total = Counts(
        open=sum(row.open for row in rows),
        waiting=sum(row.waiting for row in rows),
        unread=sum(row.unread for row in rows),
        waiting_since=min(waits, default=None),
    )
    shapes = [BusinessCounts.model_validate(row, from_attributes=True) for row in rows]
    return Overview(total=total, businesses=shapes)
