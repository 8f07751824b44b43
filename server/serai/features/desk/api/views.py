"""/views: lists of conversations that somebody keeps, as the filters that make them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from serai.core.ids import derived
from serai.core.permissions import Permission
from serai.features.desk.decide.counting import counted
from serai.features.desk.store import counts
from serai.features.desk.store import views as store
from serai.features.desk.store.views import NewView, ViewRow
from serai.kit.errors import Forbidden, Invalid, NotFound
from serai.kit.http import Connection, CreatingRoute, Moment, example, may

router = APIRouter(tags=["views"], dependencies=[Depends(may(Permission.CONVERSATIONS_READ))])
creating = APIRouter(route_class=CreatingRoute)

MOST_FILTERS = 30
Filter = str | int | bool | list[str] | None


class ViewIn(BaseModel):
    model_config = ConfigDict(
        **example({"name": "Waiting for me", "search": {"status": "open", "assignee": "me"}})
    )
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    search: dict[str, Filter] = Field(description="The search parameters of the inbox's address.")
    is_shared: bool = Field(False, description="For all colleagues; needs business:write.")


class View(ViewIn):
    id: UUID
    is_mine: bool


@router.get("/views")
async def list_views(request: Request, conn: Connection) -> list[View]:
    """One's own, then those that all share, each in their order."""
    me = request.state.principal
    return [_shape(row, me.id) for row in await store.views(conn, me.organization_id, me.id)]


class ViewCounts(BaseModel):
    counts: dict[UUID, int] = Field(
        description="By view. Left out: those that look for words, and those of what is resolved."
    )


@router.get("/views/counts")
async def count_views(request: Request, conn: Connection) -> ViewCounts:
    """How many conversations are in each of the caller's views; of mentions those not read yet."""
    me = request.state.principal
    rows = await store.views(conn, me.organization_id, me.id)
    wanted = {row.id: each for row in rows if (each := counted(row.search)) is not None}
    return ViewCounts(counts=await counts.count(conn, me.id, wanted))


@creating.post("/views")
async def add_view(body: ViewIn, request: Request, conn: Connection, now: Moment) -> View:
    new = _checked(_id(request), body, request)
    await store.add(conn, new, now)
    return _shape(await _found(request, conn, new.id), new.owner_id)


@router.put("/views/order", status_code=204)
async def order_views(ids: list[UUID], request: Request, conn: Connection) -> None:
    """From the first to the last."""
    may_share = request.state.principal.may(Permission.BUSINESS_WRITE)
    await store.order(conn, ids, request.state.principal.id, orders_shared=may_share)


@router.put("/views/{view_id}")
async def change_view(view_id: UUID, body: ViewIn, request: Request, conn: Connection) -> View:
    await _changeable(request, conn, view_id)
    new = _checked(view_id, body, request)
    await store.change(conn, new)
    return _shape(await _found(request, conn, view_id), new.owner_id)


@router.delete("/views/{view_id}", status_code=204)
async def remove_view(view_id: UUID, request: Request, conn: Connection) -> None:
    await _changeable(request, conn, view_id)
    await store.remove(conn, view_id)


def _id(request: Request) -> UUID:
    return derived("view", request.state.principal.id, request.state.idempotency_key)


def _checked(id_: UUID, body: ViewIn, request: Request) -> NewView:
    """Raises Invalid and Forbidden."""
    me = request.state.principal
    if len(body.search) > MOST_FILTERS:
        raise Invalid("view_too_large", "A view has at most 30 filters.", "search")
    if body.is_shared and not me.may(Permission.BUSINESS_WRITE):
        text = "Views that all share need the permission business:write."
        raise Forbidden("view_not_shared", text, "is_shared")
    return NewView(
        id=id_,
        organization_id=me.organization_id,
        owner_id=me.id,
        is_shared=body.is_shared,
        name=body.name,
        search={key: value for key, value in body.search.items() if value is not None},
    )


async def _found(request: Request, conn: Connection, id_: UUID) -> ViewRow:
    me = request.state.principal
    rows = await store.views(conn, me.organization_id, me.id, id_)
    if not rows:
        raise NotFound("view_not_found", "There is no such view.")
    return rows[0]


async def _changeable(request: Request, conn: Connection, id_: UUID) -> None:
    """Raises NotFound and Forbidden: what is somebody else's is changed by those who lead."""
    row = await _found(request, conn, id_)
    me = request.state.principal
    if row.owner_id != me.id and not me.may(Permission.BUSINESS_WRITE):
        raise Forbidden("view_not_yours", "This view is somebody else's. Save one of your own.")


def _shape(row: ViewRow, me: UUID) -> View:
    return View(
        id=row.id,
        name=row.name,
        search=row.search,
        is_shared=row.is_shared,
        is_mine=row.owner_id == me,
    )


router.include_router(creating)
