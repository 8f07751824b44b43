"""/contact-attributes: what a business wants to know of people."""

import re
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field, StringConstraints

from serai.core.permissions import Permission
from serai.features.contacts.api.wanted import ensure_business
from serai.features.contacts.decide.attributes import Attribute as Rule
from serai.features.contacts.decide.attributes import Type
from serai.features.contacts.store import attributes
from serai.kit.errors import Conflict, Invalid
from serai.kit.http import Connection, Page, may

router = APIRouter(tags=["contacts"], dependencies=[Depends(may(Permission.CONTACTS_READ))])
SETTING = [Depends(may(Permission.BUSINESS_WRITE))]
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST = 50
"""Attributes of one business."""


class Attribute(BaseModel):
    business_id: UUID
    key: str
    name: str
    type: Type
    choices: list[str]


class AttributeIn(BaseModel):
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    type: Type
    choices: list[str] = Field([], max_length=100, description="Of type choice.")


@router.get("/contact-attributes")
async def list_attributes(
    request: Request, conn: Connection, business_id: UUID | None = None
) -> Page[Attribute]:
    seen = request.state.principal.businesses
    rows = await attributes.listed(conn, [business_id] if business_id else list(seen))
    data = [_shape(row) for row in rows]
    return Page(data=data, next_cursor=None)


@router.get("/businesses/{business_id}/contact-attributes/uses")
async def count_uses(business_id: UUID, request: Request, conn: Connection) -> dict[str, int]:
    """How many people have a value of each, by its key."""
    ensure_business(request, business_id)
    return await attributes.uses(conn, business_id)


@router.put("/businesses/{business_id}/contact-attributes/{key}", dependencies=SETTING)
async def put_attribute(
    business_id: UUID, key: str, body: AttributeIn, request: Request, conn: Connection
) -> Attribute:
    """Add one, or change its name and choices; not its type, for there are values of it."""
    ensure_business(request, business_id)
    known = {row.key: row for row in await attributes.listed(conn, [business_id])}
    if key in known and known[key].type != body.type:
        raise Conflict("attribute_type_fixed", "Its type cannot change. Add another one.", "type")
    if key not in known and len(known) >= MOST:
        raise Conflict("attributes_full", f"A business has at most {MOST} attributes.")
    if not KEY.fullmatch(key):
        raise Invalid("attribute_key_invalid", "Small letters, digits and _, such as grade.", "key")
    if (body.type == "choice") != bool(body.choices):
        raise Invalid("choices_missing", "Say what may be chosen, of type choice only.", "choices")
    choices = tuple(dict.fromkeys(each.strip() for each in body.choices if each.strip()))
    rule = Rule(key=key, name=body.name, type=body.type, choices=choices)
    await attributes.put(conn, business_id, rule)
    [row] = [row for row in await attributes.listed(conn, [business_id]) if row.key == rule.key]
    return _shape(row)


@router.delete(
    "/businesses/{business_id}/contact-attributes/{key}", dependencies=SETTING, status_code=204
)
async def remove_attribute(business_id: UUID, key: str, request: Request, conn: Connection) -> None:
    """With everybody's value of it."""
    ensure_business(request, business_id)
    await attributes.remove(conn, business_id, key)


def _shape(row: attributes.AttributeRow) -> Attribute:
    return Attribute.model_validate({name: getattr(row, name) for name in Attribute.model_fields})
