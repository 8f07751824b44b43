"""/contacts/{id}/timeline: everything that happened, in one list; and who keeps them away."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from serai.core.permissions import Permission
from serai.features.contacts.api.routes import found
from serai.features.contacts.store import blocks, timeline
from serai.kit.http import Connection, Cursor, Limit, Page, cursor_of, may, read_cursor

router = APIRouter(tags=["contacts"], dependencies=[Depends(may(Permission.CONTACTS_READ))])

Kind = Literal[
    "message", "conversation", "work", "note", "consent", "tag", "merge", "identity", "block"
]


class Entry(BaseModel):
    """One thing that happened between a person and the business."""

    kind: Kind = Field(description="work: what colleagues did to a conversation.")
    id: str
    at: datetime
    detail: dict[str, Any] = Field(description="By kind; of a message its direction and words.")
    channel_id: UUID | None
    conversation_id: UUID | None


class Block(BaseModel):
    channel_id: UUID
    blocked_at: datetime
    blocked_by: str


@router.get("/contacts/{contact_id}/timeline")
async def get_timeline(
    contact_id: UUID,
    conn: Connection,
    kind: Annotated[list[Kind] | None, Query(description="Only these.")] = None,
    channel_id: UUID | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[Entry]:
    """Everything that happened, over all channels and merged contacts, the latest first."""
    row = await found(conn, contact_id)
    after = read_cursor(cursor, tuple[datetime, str])
    wanted = timeline.Wanted(
        business_id=row.business_id, contact_id=contact_id, kinds=kind, channel_id=channel_id
    )
    rows = await timeline.page(conn, wanted, after, limit + 1)
    following = cursor_of(rows[limit - 1].at, rows[limit - 1].id) if len(rows) > limit else None
    data = [
        Entry.model_validate({name: getattr(each, name) for name in Entry.model_fields})
        for each in rows[:limit]
    ]
    return Page(data=data, next_cursor=following)


@router.get("/contacts/{contact_id}/blocks")
async def list_blocks(contact_id: UUID, conn: Connection) -> Page[Block]:
    """The numbers that keep them away, as far as it was done here."""
    await found(conn, contact_id)
    data = [
        Block.model_validate({name: getattr(each, name) for name in Block.model_fields})
        for each in await blocks.listed(conn, contact_id)
    ]
    return Page(data=data, next_cursor=None)
