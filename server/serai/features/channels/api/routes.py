"""/channels"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field, StringConstraints

from serai.core.ids import BusinessId
from serai.core.permissions import Permission
from serai.features.channels.api import (
    codes,
    connect,
    golive,
    number,
    people,
    profile,
    shapes,
    username,
    webhooks,
)
from serai.features.channels.api.external import chosen_ids, known_kind, refuse_taken, taken
from serai.features.channels.api.reach import other_kind
from serai.features.channels.api.shapes import Channel, Detail, Notice
from serai.features.channels.api.wizard import ExternalIds
from serai.features.channels.decide.told import Told
from serai.features.channels.store import apps, cards, facts, marketing
from serai.features.channels.store import numbers as store
from serai.features.channels.store.mending import mended
from serai.features.channels.store.numbers import NewChannel
from serai.kit.errors import NotFound
from serai.kit.http import (
    Connection,
    CreatingRoute,
    Cursor,
    Limit,
    Moment,
    Page,
    cursor_of,
    may,
    read_cursor,
)
from serai.meta.whatsapp.kind import WHATSAPP

router = APIRouter(tags=["channels"], dependencies=[Depends(may(Permission.CHANNELS_READ))])
router.include_router(connect.router)  # first: "connect" is no channel's id
creating = APIRouter(tags=["channels"], route_class=CreatingRoute)

MOST_NOTICES = 100
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class ChannelIn(BaseModel):
    business_id: UUID
    kind: str = Field("whatsapp", max_length=40)
    name: Name
    external_ids: ExternalIds
    address: str = Field(
        min_length=1,
        max_length=120,
        description="What people know it by.",
        examples=["+1 555 0100"],
    )
    token: str = Field(min_length=1, max_length=1000, description="Kept sealed, never shown again.")
    app_id: str | None = Field(None, description="Meta's id of the app; default: the first one.")
    messages_per_second: int = Field(80, ge=1, le=1000)


class WhatsAppChange(BaseModel):
    uses_marketing_route: bool | None = Field(
        None,
        description="Marketing templates go by Meta's Marketing Messages API. Its terms have to be "
        "accepted at Meta first.",
    )


class ChannelChange(BaseModel):
    name: Name | None = None
    whatsapp: WhatsAppChange | None = Field(None, description="For a number of WhatsApp only.")


class Reconnect(BaseModel):
    token: str | None = Field(None, min_length=1, max_length=1000)


class Notices(BaseModel):
    data: list[Notice]


@router.get("/channels")
async def list_channels(
    conn: Connection, now: Moment, limit: Limit = 50, cursor: Cursor = None
) -> Page[Channel]:
    """The connected channels: how each is, what it did last and what went wrong last."""
    after = read_cursor(cursor, tuple[UUID])
    rows = await cards.cards(conn, after=after[0] if after else None, limit=limit + 1)
    following = cursor_of(rows[limit - 1].id) if len(rows) > limit else None
    return Page(data=[shapes.channel(row, now) for row in rows[:limit]], next_cursor=following)


@creating.post("/channels", dependencies=[Depends(may(Permission.CHANNELS_WRITE))])
async def add_channel(body: ChannelIn, request: Request, conn: Connection, now: Moment) -> Channel:
    """Connect a channel to a business; with one that is known: give it a new token."""
    kind = known_kind(body.kind)
    own, account = chosen_ids(kind, body.external_ids)
    inbox = await store.inbox_of(conn, body.business_id)
    if inbox is None:
        raise NotFound("business_not_found", "There is no such business.", "business_id")
    organization = request.state.principal.organization_id
    app = await apps.app_of(conn, organization, body.app_id)
    if app is None:
        raise NotFound("app_not_found", "Connect the Meta app first: serai connect-app.", "app_id")
    await refuse_taken(request.app.state.engine_pool, kind.key, own, body.business_id)
    new = NewChannel(
        business_id=BusinessId(body.business_id),
        inbox_id=inbox,
        app_id=app,
        name=body.name,
        kind=kind.key,
        meta_id=own,
        display_phone_number=body.address,
        account_id=account,
        token=body.token,
        messages_per_second=body.messages_per_second,
    )
    id_ = await store.add(conn, request.app.state.wiring.vault, new)
    if id_ is None:
        raise taken()
    await mended(conn, id_, body.business_id, now)
    return await _found(conn, id_, now)


@router.get("/channels/{channel_id}")
async def get_channel(channel_id: UUID, conn: Connection, now: Moment) -> Detail:
    """All that its page shows."""
    card = await _card(conn, channel_id)
    known = await facts.facts(conn, [card.id])
    notices = await facts.notices(conn, [card.id])
    return shapes.detail(card, known.get(card.id), notices, now)


@router.get("/channels/{channel_id}/notices")
async def list_notices(channel_id: UUID, conn: Connection) -> Notices:
    """What the owner must or may want to know: what holds first, then the newest that are over."""
    card = await _card(conn, channel_id)
    rows = await facts.notices(conn, [card.id], with_ended=True, limit=MOST_NOTICES)
    return Notices(data=[shapes.notice(row) for row in rows])


@router.post(
    "/channels/{channel_id}/notices/{code}/end",
    dependencies=[Depends(may(Permission.CHANNELS_WRITE))],
)
async def end_notice(channel_id: UUID, code: str, conn: Connection, now: Moment) -> Notices:
    """Put a notice away; should it still hold, it comes back."""
    card = await _card(conn, channel_id)
    await facts.post(conn, [Told(card.business_id, card.id, now).end(code)])
    return await list_notices(channel_id, conn)


@router.patch("/channels/{channel_id}", dependencies=[Depends(may(Permission.CHANNELS_WRITE))])
async def change_channel(
    channel_id: UUID, body: ChannelChange, conn: Connection, now: Moment
) -> Channel:
    """Change what is given; the rest stays."""
    card = await _card(conn, channel_id)
    if body.whatsapp is not None:
        if card.kind != WHATSAPP.key:
            raise other_kind()
        if body.whatsapp.uses_marketing_route is not None:
            await marketing.choose(conn, card.id, is_used=body.whatsapp.uses_marketing_route)
    if body.name is not None:
        await store.rename(conn, card.id, body.name)
    return await _found(conn, channel_id, now)


@router.post(
    "/channels/{channel_id}/resume", dependencies=[Depends(may(Permission.CHANNELS_WRITE))]
)
async def resume_channel(
    channel_id: UUID, body: Reconnect, request: Request, conn: Connection, now: Moment
) -> Channel:
    """Let messages out again after what paused the number is mended; what waits is sent now."""
    card = await _card(conn, channel_id)
    await store.resume(conn, request.app.state.wiring.vault, card.id, body.token)
    await mended(conn, card.id, card.business_id, now)
    return await _found(conn, channel_id, now)


async def _card(conn: Connection, channel_id: UUID) -> cards.Card:
    rows = await cards.cards(conn, id_=channel_id)
    if not rows:
        raise NotFound("channel_not_found", "There is no such channel.")
    return rows[0]


async def _found(conn: Connection, channel_id: UUID, now: datetime) -> Channel:
    return shapes.channel(await _card(conn, channel_id), now)


router.include_router(creating)
router.include_router(codes.creating)
for part in (number, username, profile, codes, webhooks, people, golive):
    router.include_router(part.router)
