"""Reading templates, writing drafts, and having Meta's list read again."""

from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from serai.core.ids import derived
from serai.core.permissions import Permission
from serai.core.templates.draft import check
from serai.core.templates.layout import layout
from serai.features.templates.api.shapes import Template, shape
from serai.features.templates.model import samples_of
from serai.features.templates.store import drafts, read
from serai.features.templates.store.drafts import Draft
from serai.features.templates.store.read import TemplateRow, Where
from serai.features.templates.store.write import hasten
from serai.kit.errors import Conflict, Invalid, NotFound
from serai.kit.http import Connection, CreatingRoute, Moment, Page, may

router = APIRouter(dependencies=[Depends(may(Permission.TEMPLATES_READ))])
creating = APIRouter(
    route_class=CreatingRoute, dependencies=[Depends(may(Permission.TEMPLATES_WRITE))]
)


class TemplateIn(BaseModel):
    """A template as Meta wants it."""

    channel_id: UUID
    name: str = Field(examples=["parcel_update"])
    language: str = Field(min_length=2, max_length=15, examples=["en_US"])
    category: Literal["AUTHENTICATION", "MARKETING", "UTILITY"]
    parameter_format: Literal["POSITIONAL", "NAMED"] = "POSITIONAL"
    components: list[dict[str, Any]] = Field(min_length=1, max_length=10)
    fallbacks: dict[str, str] = {}


class Changes(BaseModel):
    fallbacks: dict[str, str] = Field(examples=[{"body.first_name": "friend"}])


class SyncAsked(BaseModel):
    """The list is read shortly; `synced_at` of the templates says when it was."""

    channel_id: UUID


@router.get("/templates")
async def list_templates(
    channel_id: UUID, conn: Connection, name: str | None = None
) -> Page[Template]:
    """The templates known for a channel, by name and language; all of them."""
    await ensure_channel(conn, channel_id)
    rows = await read.of_channel(conn, channel_id, name)
    return Page(data=[shape(row) for row in rows], next_cursor=None)


@router.get("/templates/{template_id}")
async def get_template(template_id: UUID, conn: Connection) -> Template:
    return shape(await ensure_template(conn, template_id))


@creating.post("/templates", status_code=201)
async def draft_template(body: TemplateIn, request: Request, conn: Connection) -> Template:
    """Write a draft. Meta sees it when it is submitted; 422 names what Meta would not accept."""
    where = await ensure_channel(conn, body.channel_id)
    is_named = body.parameter_format == "NAMED"
    problems = check(body.name, body.category, body.components, is_named=is_named)
    if problems:
        faults = [(problem.field, problem.text) for problem in problems]
        raise Invalid("template_not_acceptable", faults[0][1], faults[0][0], faults)
    key = f"{request.state.principal.id}:{request.state.idempotency_key}"
    names = layout(body.components, body.category).face.body_variables
    draft = Draft(
        id=derived("template", key),
        business_id=where.business_id,
        account_id=where.account_id,
        name=body.name,
        language=body.language.replace("-", "_"),
        category=body.category,
        components=body.components,
        parameter_format=body.parameter_format,
        parameters=names,
        samples=samples_of(body.components, names),
        fallbacks=body.fallbacks,
    )
    id_ = await drafts.add(conn, draft)
    if id_ is None:
        text = "Meta has a template of this name and language. Delete it, or take another name."
        raise Conflict("template_exists", text, "name")
    return shape(await ensure_template(conn, id_))


@router.patch("/templates/{template_id}", dependencies=[Depends(may(Permission.TEMPLATES_WRITE))])
async def change_template(template_id: UUID, body: Changes, conn: Connection) -> Template:
    """Say what stands in where a value is missing."""
    await ensure_template(conn, template_id)
    await drafts.set_fallbacks(conn, template_id, body.fallbacks)
    return shape(await ensure_template(conn, template_id))


@router.post(
    "/channels/{channel_id}/templates/sync",
    status_code=202,
    dependencies=[Depends(may(Permission.TEMPLATES_WRITE))],
)
async def sync_templates(channel_id: UUID, conn: Connection, now: Moment) -> SyncAsked:
    """Have the account's templates read from Meta now."""
    where = await ensure_channel(conn, channel_id)
    await hasten(conn, where.channel_id, where.business_id, now)
    return SyncAsked(channel_id=channel_id)


async def ensure_channel(conn: Connection, channel_id: UUID) -> Where:
    where = await read.where(conn, channel_id)
    if where is None:
        raise NotFound("channel_not_found", "There is no such channel.", "channel_id")
    return where


async def ensure_template(conn: Connection, template_id: UUID) -> TemplateRow:
    row = await read.one(conn, template_id)
    if row is None:
        raise NotFound("template_not_found", "There is no such template.")
    return row


router.include_router(creating)
