"""/tags: a business's tags, and giving them to people."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from psycopg.errors import UniqueViolation
from pydantic import BaseModel, Field, StringConstraints

from serai.core.ids import derived
from serai.core.permissions import Permission
from serai.features.contacts.api.routes import WRITING, standing
from serai.features.contacts.api.shapes import Colour, Tag
from serai.features.contacts.api.wanted import ensure_business
from serai.features.contacts.store import tags
from serai.kit.errors import Conflict, Invalid, NotFound
from serai.kit.http import Connection, Moment, Page, may

router = APIRouter(tags=["contacts"], dependencies=[Depends(may(Permission.CONTACTS_READ))])
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
SETTING = [Depends(may(Permission.BUSINESS_WRITE))]


class BusinessTag(Tag):
    business_id: UUID
    contact_count: int
    conversation_count: int


class TagIn(BaseModel):
    business_id: UUID
    name: Name
    colour: Colour = "grey"


class TagMerge(BaseModel):
    into_id: UUID = Field(description="Whatever has the merged one has this one then.")


class TagChange(BaseModel):
    name: Name | None = None
    colour: Colour | None = None


@router.get("/tags")
async def list_tags(conn: Connection, business_id: UUID | None = None) -> Page[BusinessTag]:
    """All of them, by name."""
    rows = await tags.listed(conn, business_id)
    return Page(data=[_shape(row) for row in rows], next_cursor=None)


@router.post("/tags", dependencies=SETTING)
async def add_tag(body: TagIn, request: Request, conn: Connection, now: Moment) -> BusinessTag:
    """A new tag, for people and conversations."""
    ensure_business(request, body.business_id)
    name = body.name
    if await tags.listed(conn, body.business_id, name=name):
        raise Conflict("tag_exists", "There is a tag with this name already.", "name")
    await tags.add(
        conn, body.business_id, [(_id(body.business_id, name, now), name)], body.colour, now
    )
    [row] = await tags.listed(conn, body.business_id, name=name)
    return _shape(row)


@router.patch("/tags/{tag_id}", dependencies=SETTING)
async def change_tag(tag_id: UUID, body: TagChange, conn: Connection) -> BusinessTag:
    """Another name or colour, everywhere."""
    try:
        await tags.change(conn, tag_id, body.name, body.colour)
    except UniqueViolation as error:
        raise Conflict("tag_exists", "There is a tag with this name already.", "name") from error
    return _shape(await _found(conn, tag_id))


@router.post("/tags/{tag_id}/merge", dependencies=SETTING)
async def merge_tag(tag_id: UUID, body: TagMerge, conn: Connection, now: Moment) -> BusinessTag:
    """Make one tag of two that mean the same; answers with the one that stays."""
    gone, kept = await _found(conn, tag_id), await _found(conn, body.into_id)
    if gone.id == kept.id:
        raise Invalid("merge_with_itself", "Choose another tag.", "into_id")
    if gone.business_id != kept.business_id:
        raise Invalid("merge_across_businesses", "They are of different businesses.", "into_id")
    await tags.merge(conn, gone.id, kept.id, now)
    return _shape(await _found(conn, kept.id))


@router.delete("/tags/{tag_id}", dependencies=SETTING, status_code=204)
async def remove_tag(tag_id: UUID, conn: Connection) -> None:
    """Off everybody and every conversation."""
    await _found(conn, tag_id)
    await tags.remove(conn, tag_id)


@router.put("/contacts/{contact_id}/tags/{tag_id}", dependencies=WRITING, status_code=204)
async def tag_contact(contact_id: UUID, tag_id: UUID, conn: Connection, now: Moment) -> None:
    await standing(conn, contact_id)
    await _found(conn, tag_id)
    await tags.tag(conn, [contact_id], [tag_id], now)


@router.delete("/contacts/{contact_id}/tags/{tag_id}", dependencies=WRITING, status_code=204)
async def untag_contact(contact_id: UUID, tag_id: UUID, conn: Connection) -> None:
    await standing(conn, contact_id)
    await tags.untag(conn, [contact_id], [tag_id])


async def _found(conn: Connection, tag_id: UUID) -> tags.TagRow:
    rows = await tags.listed(conn, id_=tag_id)
    if not rows:
        raise NotFound("tag_not_found", "There is no such tag.")
    return rows[0]


def _id(business: UUID, name: str, now: datetime) -> UUID:
    return derived("tag", business, name.lower(), now)


def _shape(row: tags.TagRow) -> BusinessTag:
    return BusinessTag.model_validate(
        {name: getattr(row, name) for name in BusinessTag.model_fields}
    )
