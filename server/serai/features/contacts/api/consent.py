"""/contacts/{id}/consents: what people allowed or stopped, and what proves it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from serai.core.events import ConsentStated
from serai.core.ids import BusinessId, ContactId
from serai.core.permissions import Permission
from serai.engine.handle import handle
from serai.features.contacts.api.routes import WRITING, found, standing
from serai.features.contacts.store import consents
from serai.kit.http import Connection, CreatingRoute, Moment, Page, may

router = APIRouter(tags=["contacts"], dependencies=[Depends(may(Permission.CONTACTS_READ))])
creating = APIRouter(tags=["contacts"], route_class=CreatingRoute)

Purpose = Literal["service", "utility", "marketing", "profiling"]
Method = Literal["form", "spoken", "paper"]
ChannelKind = Literal["whatsapp", "messenger", "instagram"]


class Consent(BaseModel):
    id: int
    purpose: Purpose
    granted: bool
    at: datetime
    channel_kind: str | None = Field(description="None: through every channel.")
    method: str = Field(description="message, form, spoken, paper, imported or merged.")
    by: str | None = Field(description="Who recorded it; none if they wrote it themselves.")
    wording: str | None
    note: str | None
    message_id: UUID | None = Field(description="The message in which they said so.")
    is_intact: bool = Field(description="The record and all before it are as they were written.")


class ConsentIn(BaseModel):
    purpose: Purpose
    granted: bool
    method: Method
    channel_kind: ChannelKind | None = None
    wording: str | None = Field(
        None, max_length=500, description="What they were asked, and in which version."
    )
    note: str | None = Field(None, max_length=500)


@router.get("/contacts/{contact_id}/consents")
async def list_consents(contact_id: UUID, conn: Connection) -> Page[Consent]:
    """Everything that was recorded, the latest first; each with whether its chain holds."""
    row = await found(conn, contact_id)
    rows = await consents.listed(conn, row.business_id, contact_id)
    names = set(Consent.model_fields) - {"method", "by"}
    data = [
        Consent.model_validate(
            {name: getattr(each, name) for name in names}
            | {"method": each.method or "message", "by": each.actor}
        )
        for each in rows
    ]
    return Page(data=data, next_cursor=None)


@creating.post("/contacts/{contact_id}/consents", dependencies=WRITING)
async def record_consent(
    contact_id: UUID, body: ConsentIn, request: Request, conn: Connection, now: Moment
) -> Page[Consent]:
    """Record what they said, on paper or aloud. Marketing that they stopped is not sent from then on."""
    row = await standing(conn, contact_id)
    principal = request.state.principal
    event = ConsentStated(
        key=f"consent:{principal.id}:{request.state.idempotency_key}",
        at=now,
        business_id=BusinessId(row.business_id),
        contact_id=ContactId(contact_id),
        by=principal.name,
        purpose=body.purpose,
        granted=body.granted,
        method=body.method,
        channel_kind=body.channel_kind,
        wording=body.wording,
        note=body.note,
    )
    await handle(conn, request.app.state.wiring, [event], now)
    return await list_consents(contact_id, conn)


router.include_router(creating)
