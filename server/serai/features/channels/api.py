"""/channels"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from serai.core.ids import BusinessId
from serai.features.channels.store import apps, marketing
from serai.features.channels.store import numbers as store
from serai.features.channels.store.numbers import ChannelRow, NewChannel
from serai.kit.errors import Conflict, NotFound
from serai.kit.http import (
    Connection,
    CreatingRoute,
    Cursor,
    Limit,
    Page,
    cursor_of,
    read_cursor,
    writer,
)
from serai.meta.capabilities import sendable

router = APIRouter(tags=["channels"])
creating = APIRouter(tags=["channels"], route_class=CreatingRoute)


class Channel(BaseModel):
    id: UUID
    business_id: UUID
    kind: Literal["whatsapp"]
    name: str
    phone_number_id: str
    display_phone_number: str
    waba_id: str
    state: Literal["active", "paused", "disconnected"]
    paused_reason: str | None
    messages_per_second: int
    created_at: datetime
    uses_marketing_route: bool
    capabilities: list[str] = Field(description="The kinds of content that it can send.")


class ChannelIn(BaseModel):
    business_id: UUID
    name: str = Field(min_length=1, max_length=120)
    phone_number_id: str = Field(min_length=1, max_length=40)
    display_phone_number: str = Field(min_length=3, max_length=40, examples=["+1 555 0100"])
    waba_id: str = Field(min_length=1, max_length=40)
    token: str = Field(min_length=1, max_length=1000, description="Kept sealed, never shown again.")
    app_id: str | None = Field(None, description="Meta's id of the app; default: the first one.")
    messages_per_second: int = Field(80, ge=1, le=1000)


class ChannelChange(BaseModel):
    uses_marketing_route: bool | None = Field(
        None,
        description="Marketing templates go by Meta's Marketing Messages API. Its terms have to be "
        "accepted at Meta first.",
    )


class Reconnect(BaseModel):
    token: str | None = Field(None, min_length=1, max_length=1000)


@router.get("/channels")
async def list_channels(
    conn: Connection, limit: Limit = 50, cursor: Cursor = None
) -> Page[Channel]:
    """The connected numbers."""
    after = read_cursor(cursor, tuple[UUID])
    rows = await store.list_channels(conn, after=after[0] if after else None, limit=limit + 1)
    following = cursor_of(rows[limit - 1].id) if len(rows) > limit else None
    return Page(data=[_shape(row) for row in rows[:limit]], next_cursor=following)


@creating.post("/channels", dependencies=[Depends(writer)])
async def add_channel(body: ChannelIn, request: Request, conn: Connection) -> Channel:
    """Connect a WhatsApp number to a business; with a known number: give it a new token."""
    inbox = await store.inbox_of(conn, body.business_id)
    if inbox is None:
        raise NotFound("business_not_found", "There is no such business.", "business_id")
    organization = request.state.principal.organization_id
    app = await apps.app_of(conn, organization, body.app_id)
    if app is None:
        raise NotFound("app_not_found", "Connect the Meta app first: serai app connect.", "app_id")
    new = NewChannel(
        business_id=BusinessId(body.business_id),
        inbox_id=inbox,
        app_id=app,
        name=body.name,
        meta_id=body.phone_number_id,
        display_phone_number=body.display_phone_number,
        account_id=body.waba_id,
        token=body.token,
        messages_per_second=body.messages_per_second,
    )
    id_ = await store.add(conn, request.app.state.wiring.vault, new)
    if id_ is None:
        raise Conflict("channel_taken", "Another business uses this number.", "phone_number_id")
    return _shape(await _found(conn, id_))


@router.get("/channels/{channel_id}")
async def get_channel(channel_id: UUID, conn: Connection) -> Channel:
    return _shape(await _found(conn, channel_id))


@router.patch("/channels/{channel_id}", dependencies=[Depends(writer)])
async def change_channel(channel_id: UUID, body: ChannelChange, conn: Connection) -> Channel:
    """Change what is given; the rest stays."""
    row = await _found(conn, channel_id)
    if body.uses_marketing_route is not None:
        await marketing.choose(conn, row.id, is_used=body.uses_marketing_route)
    return _shape(await _found(conn, channel_id))


@router.post("/channels/{channel_id}/resume", dependencies=[Depends(writer)])
async def resume_channel(
    channel_id: UUID, body: Reconnect, request: Request, conn: Connection
) -> Channel:
    """Let messages out again after what paused the number is mended; what waits is sent now."""
    row = await _found(conn, channel_id)
    await store.resume(conn, request.app.state.wiring.vault, row.id, body.token)
    return _shape(await _found(conn, channel_id))


async def _found(conn: Connection, channel_id: UUID) -> ChannelRow:
    rows = await store.list_channels(conn, id_=channel_id)
    if not rows:
        raise NotFound("channel_not_found", "There is no such channel.")
    return rows[0]


def _shape(row: ChannelRow) -> Channel:
    return Channel(
        id=row.id,
        business_id=row.business_id,
        kind="whatsapp",
        name=row.name,
        phone_number_id=row.meta_id,
        display_phone_number=row.display_phone_number,
        waba_id=row.account_id,
        state=row.state,  # pyright: ignore[reportArgumentType]
        paused_reason=row.paused_reason,
        messages_per_second=row.messages_per_second,
        created_at=row.created_at,
        uses_marketing_route=row.uses_marketing_route,
        capabilities=sendable(row.kind),
    )


router.include_router(creating)
