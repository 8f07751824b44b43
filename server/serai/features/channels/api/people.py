"""People that a number does not want to hear from."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from serai.core.ids import Person
from serai.core.permissions import Permission
from serai.features.channels.api.number import Done
from serai.features.channels.api.reach import Reached, WhatsApp
from serai.features.channels.store import blocked, people
from serai.features.channels.store.blocked import KnownRow, Who
from serai.kit.db import seeing
from serai.kit.errors import Conflict, Invalid, NotFound
from serai.kit.http import may
from serai.meta.management import blocks

router = APIRouter(
    tags=["channels"],
    prefix="/channels/{channel_id}/blocked",
    dependencies=[Depends(may(Permission.CHANNELS_READ))],
)
changing = [Depends(may(Permission.CHANNELS_WRITE))]


class BlockedPerson(BaseModel):
    """By what WhatsApp knows them."""

    phone: str | None
    user_id: str | None
    contact_id: UUID | None = Field(description="If they are a contact of the business.")
    name: str | None
    blocked_at: datetime | None = Field(description="None: it was done at Meta, not here.")
    blocked_by: str | None


class BlockedPeople(BaseModel):
    data: list[BlockedPerson]


@router.get("")
async def list_blocked(reach: WhatsApp, request: Request) -> BlockedPeople:
    """Everyone whom Meta keeps away from the number, those whom we blocked last first."""
    found = await blocks.blocked(reach.graph, reach.token, reach.number)
    who = [Who(each.wa_id, each.user_id) for each in found]
    async with seeing(request.app.state.pool, request.state.principal.businesses) as conn:
        known = await blocked.known(conn, reach.vault, reach.place, who)
    data = [_shape(each, row) for each, row in zip(who, known, strict=True)]
    data.sort(key=lambda each: each.blocked_at.timestamp() if each.blocked_at else 0, reverse=True)
    return BlockedPeople(data=data)


@router.put("/{contact_id}", dependencies=changing)
async def block(contact_id: UUID, request: Request, reach: WhatsApp) -> Done:
    """Neither side reaches the other any more. Meta allows it within 24 hours of their last message."""
    person = await _person(contact_id, request, reach)
    await blocks.block(reach.graph, reach.token, reach.number, person)
    principal = request.state.principal
    async with seeing(request.app.state.pool, principal.businesses) as conn:
        await blocked.note(conn, reach.place, contact_id, principal.name, reach.now)
    return Done()


@router.delete("/{contact_id}", dependencies=changing)
async def unblock(contact_id: UUID, request: Request, reach: WhatsApp) -> Done:
    """They may write again."""
    person = await _person(contact_id, request, reach)
    await blocks.unblock(reach.graph, reach.token, reach.number, person)
    principal, channel = request.state.principal, reach.target.channel_id
    async with seeing(request.app.state.pool, principal.businesses) as conn:
        await blocked.lift(conn, channel, contact_id, principal.name, reach.now)
    return Done()


@router.delete("", dependencies=changing)
async def unblock_stranger(
    reach: WhatsApp,
    phone: Annotated[str | None, Query(pattern=r"^\+?\d{6,15}$")] = None,
    user_id: Annotated[str | None, Query(max_length=128)] = None,
) -> Done:
    """Someone who is no contact, by what the list says of them, may write again."""
    if not (phone or user_id):
        raise Invalid("identity_missing", "Say the phone or the user id.", "phone")
    person = Person(phone=phone.lstrip("+") if phone else None, user_id=user_id)
    await blocks.unblock(reach.graph, reach.token, reach.number, person)
    return Done()


def _shape(who: Who, row: KnownRow | None) -> BlockedPerson:
    return BlockedPerson(
        phone=who.phone,
        user_id=who.user_id,
        contact_id=row.contact_id if row else None,
        name=row.name if row else None,
        blocked_at=row.blocked_at if row else None,
        blocked_by=row.blocked_by if row else None,
    )


async def _person(contact_id: UUID, request: Request, reach: Reached) -> Person:
    state = request.app.state
    async with seeing(state.pool, request.state.principal.businesses) as conn:
        found = await people.person(conn, reach.vault, contact_id, reach.target.business_id)
    if found is None:
        raise NotFound("contact_not_found", "This business has no such contact.")
    if not (found.phone or found.user_id):
        raise Conflict("address_unknown", "No address in WhatsApp is known for this contact.")
    return found
