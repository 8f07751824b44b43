"""/contacts"""

import math
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import phonenumbers
from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from serai.core.ids import BusinessId
from serai.core.permissions import Permission
from serai.features.contacts.store import read
from serai.features.contacts.store.read import ContactRow, Near, NewContact
from serai.kit.errors import BadRequest, Conflict, NotFound
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
from serai.kit.secrets import Vault

router = APIRouter(tags=["contacts"], dependencies=[Depends(may(Permission.CONTACTS_READ))])
creating = APIRouter(tags=["contacts"], route_class=CreatingRoute)


class Identity(BaseModel):
    type: Literal["phone", "wa_user_id", "username"]
    value: str


class Contact(BaseModel):
    id: UUID
    business_id: UUID
    name: str | None
    language: str | None
    identities: list[Identity]
    created_at: datetime


class ContactIn(BaseModel):
    business_id: UUID
    phone: str = Field(examples=["+1 555 010 0123"], description="With country code.")
    name: str | None = Field(None, max_length=200)
    language: str | None = Field(None, pattern=r"^[a-z]{2}$")


@router.get("/contacts")
async def list_contacts(
    request: Request,
    conn: Connection,
    business_id: UUID | None = None,
    near: Annotated[
        str | None,
        Query(description="Latitude and longitude in degrees.", examples=["23.59,58.38"]),
    ] = None,
    within_km: Annotated[float, Query(gt=0, le=20_000, description="Kilometres.")] = 5,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[Contact]:
    """Contacts, the newest first; with `near` those who last shared a place around there."""
    after = read_cursor(cursor, tuple[datetime, UUID])
    place = _read_place(near, within_km) if near else None
    rows = await read.contacts(
        conn, business_id=business_id, near=place, after=after, limit=limit + 1
    )
    page = rows[:limit]
    following = cursor_of(page[-1].created_at, page[-1].id) if len(rows) > limit else None
    vault = request.app.state.wiring.vault
    return Page(data=[_shape(row, vault) for row in page], next_cursor=following)


@creating.post("/contacts", dependencies=[Depends(may(Permission.CONTACTS_WRITE))])
async def add_contact(body: ContactIn, request: Request, conn: Connection, now: Moment) -> Contact:
    """Add a person by phone number."""
    vault = request.app.state.wiring.vault
    if body.business_id not in request.state.principal.businesses:
        raise NotFound("business_not_found", "There is no such business.", "business_id")
    phone = read_phone(body.phone)
    if await read.find_by_phone(conn, vault, body.business_id, phone):
        raise Conflict("contact_exists", "Somebody has this phone number already.", "phone")
    new = NewContact(
        business_id=BusinessId(body.business_id),
        phone=phone,
        name=body.name,
        language=body.language,
    )
    id_ = await read.add(conn, vault, new, now)
    return await get_contact(id_, request, conn)


@router.get("/contacts/{contact_id}")
async def get_contact(contact_id: UUID, request: Request, conn: Connection) -> Contact:
    rows = await read.contacts(conn, id_=contact_id)
    if not rows:
        raise NotFound("contact_not_found", "There is no such contact.")
    return _shape(rows[0], request.app.state.wiring.vault)


def _read_place(text: str, kilometres: float) -> Near:
    """Raises BadRequest."""
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        latitude, longitude = math.nan, math.nan
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise BadRequest("place_unreadable", "Write a place as 23.59,58.38 in degrees.", "near")
    return Near(latitude, longitude, kilometres)


def read_phone(text: str) -> str:
    """Digits with country code, as WhatsApp writes them. Raises BadRequest."""
    problem = BadRequest(
        "invalid_recipient",
        "Write the number with its country code, such as +1 555 010 0123.",
        "phone",
    )
    try:
        number = phonenumbers.parse(text if text.strip().startswith("+") else f"+{text.strip()}")
    except phonenumbers.NumberParseException:
        raise problem from None
    if not phonenumbers.is_possible_number(number):
        raise problem
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).lstrip("+")


def _shape(row: ContactRow, vault: Vault) -> Contact:
    return Contact(
        id=row.id,
        business_id=row.business_id,
        name=row.name,
        language=row.language,
        identities=[
            Identity(type=type_, value=f"+{value}" if type_ == "phone" else value)  # pyright: ignore
            for type_, value in row.identities(vault)
        ],
        created_at=row.created_at,
    )


router.include_router(creating)
