"""People that a number does not want to hear from."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from serai.core.ids import Person
from serai.core.permissions import Permission
from serai.features.channels.api.number import Done
from serai.features.channels.api.reach import Reach
from serai.features.channels.store import people
from serai.kit.db import seeing
from serai.kit.errors import Conflict, NotFound
from serai.kit.http import may
from serai.meta.management import blocks

router = APIRouter(
    tags=["channels"],
    prefix="/channels/{channel_id}/blocked",
    dependencies=[Depends(may(Permission.CHANNELS_READ))],
)
changing = [Depends(may(Permission.CHANNELS_WRITE))]


class BlockedPerson(BaseModel):
    """By what WhatsApp knows them; `contact_id` if they are a contact of ours."""

    phone: str | None
    user_id: str | None


class BlockedPeople(BaseModel):
    data: list[BlockedPerson]


@router.get("")
async def list_blocked(reach: Reach) -> BlockedPeople:
    """Everyone whom Meta keeps away from the number."""
    found = await blocks.blocked(reach.graph, reach.token, reach.number)
    return BlockedPeople(
        data=[BlockedPerson(phone=each.wa_id, user_id=each.user_id) for each in found]
    )


@router.put("/{contact_id}", dependencies=changing)
async def block(contact_id: UUID, request: Request, reach: Reach) -> Done:
    """Neither side reaches the other any more. Meta allows it within 24 hours of their last message."""
    person = await _person(contact_id, request, reach)
    await blocks.block(reach.graph, reach.token, reach.number, person)
    return Done()


@router.delete("/{contact_id}", dependencies=changing)
async def unblock(contact_id: UUID, request: Request, reach: Reach) -> Done:
    """They may write again."""
    person = await _person(contact_id, request, reach)
    await blocks.unblock(reach.graph, reach.token, reach.number, person)
    return Done()


async def _person(contact_id: UUID, request: Request, reach: Reach) -> Person:
    state = request.app.state
    async with seeing(state.pool, request.state.principal.businesses) as conn:
        found = await people.person(conn, reach.vault, contact_id, reach.target.business_id)
    if found is None:
        raise NotFound("contact_not_found", "This business has no such contact.")
    if not (found.phone or found.user_id):
        raise Conflict("address_unknown", "No address in WhatsApp is known for this contact.")
    return found
