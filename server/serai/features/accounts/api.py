"""/me, /businesses"""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from serai.core import hours as core_hours
from serai.core.hours import Hours, HoursException, Interval
from serai.core.ids import BusinessId, derived
from serai.core.permissions import Permission
from serai.core.principal import Principal
from serai.features.accounts import store
from serai.features.accounts.store import BusinessRow, NewBusiness
from serai.kit.errors import Conflict, Invalid, NotFound
from serai.kit.http import (
    Connection,
    CreatingRoute,
    Cursor,
    Limit,
    Moment,
    Page,
    cursor_of,
    example,
    may,
    read_cursor,
)

router = APIRouter(tags=["businesses"], dependencies=[Depends(may(Permission.BUSINESS_READ))])
creating = APIRouter(tags=["businesses"], route_class=CreatingRoute)

CLOCK = Field(description="HH:MM on the wall clock.", examples=["08:00"])


class Business(BaseModel):
    model_config = ConfigDict(
        **example(
            {
                "id": "6a0e4d0e-9f0f-5d8e-8a51-0a1a5a1a5a1a",
                "name": "Hawana Cafe",
                "sector": "hospitality",
                "time_zone": "Asia/Dubai",
                "language": "en",
                "always_human": False,
                "open_now": True,
                "next_opening_at": None,
                "next_closing_at": "2026-11-21T11:00:00Z",
            }
        )
    )
    id: UUID
    name: str
    sector: Literal["education", "hospitality", "investment", "ecommerce"]
    time_zone: str
    language: str
    always_human: bool = Field(description="A person answers; automation only acknowledges.")
    open_now: bool
    next_opening_at: datetime | None
    next_closing_at: datetime | None


class Organization(BaseModel):
    id: UUID
    name: str


class Me(BaseModel):
    organization: Organization
    businesses: list[Business]
    name: str = Field(description="Who asks: the person's or the key's name.")
    kind: Literal["user", "key"]
    company: list[Permission] = Field(description="What they may do to the company itself.")
    grants: dict[UUID, list[Permission]] = Field(description="What they may do, by business.")


class BusinessIn(BaseModel):
    key: str = Field(pattern=r"^[a-z0-9-]{2,60}$", examples=["hawana-cafe"])
    name: str = Field(min_length=1, max_length=120)
    sector: Literal["education", "hospitality", "investment", "ecommerce"]
    time_zone: str = Field(examples=["Asia/Dubai"])
    language: str = Field("en", pattern=r"^[a-z]{2}$")
    always_human: bool = False


class BusinessChange(BaseModel):
    name: str | None = Field(None, min_length=1, max_length=120)
    time_zone: str | None = None
    language: str | None = Field(None, pattern=r"^[a-z]{2}$")


class IntervalShape(BaseModel):
    weekday: int = Field(description="0 is Monday, 6 Sunday.")
    opens: str = CLOCK
    closes: str = CLOCK


class ExceptionShape(BaseModel):
    on: date
    name: str
    opens: str | None = None
    closes: str | None = None


class HoursShape(BaseModel):
    weekly: list[IntervalShape]
    exceptions: list[ExceptionShape]


@router.get("/me")
async def me(request: Request, conn: Connection, now: Moment) -> Me:
    """Who asks, and what they may do where."""
    asking: Principal = request.state.principal
    rows = await store.list_businesses(conn)
    organization = Organization(id=asking.organization_id, name=request.state.organization)
    return Me(
        organization=organization,
        businesses=[_shape(row, now) for row in rows],
        name=asking.name,
        kind=asking.kind,
        company=sorted(asking.company),
        grants={each: sorted(may) for each, may in asking.grants.items()},
    )


@router.get("/businesses")
async def list_businesses(
    conn: Connection, now: Moment, limit: Limit = 50, cursor: Cursor = None
) -> Page[Business]:
    """The businesses that the key opens, by name."""
    after = read_cursor(cursor, tuple[str, UUID])
    rows = await store.list_businesses(conn, after=after, limit=limit + 1)
    page = rows[:limit]
    following = cursor_of(page[-1].name, page[-1].id) if len(rows) > limit else None
    return Page(data=[_shape(row, now) for row in page], next_cursor=following)


@creating.post("/businesses", dependencies=[Depends(may(Permission.COMPANY_WRITE))])
async def add_business(
    body: BusinessIn, request: Request, conn: Connection, now: Moment
) -> Business:
    """Add a business to the organization of the key."""
    _ensure_sound(Hours(time_zone=body.time_zone))
    organization = request.state.principal.organization_id
    id_ = BusinessId(derived("business", organization, body.key))
    await conn.execute(
        "SELECT set_config('serai.businesses', concat_ws(',', nullif(current_setting("
        "'serai.businesses', true), ''), %s::text), true)",
        (str(id_),),
    )
    if await store.list_businesses(conn, id_=id_):
        raise Conflict("business_exists", "There is a business with this key already.", "key")
    await store.add_business(
        conn, NewBusiness(id=id_, organization_id=organization, **body.model_dump())
    )
    return _shape(await _found(conn, id_), now)


@router.get("/businesses/{business_id}")
async def get_business(business_id: UUID, conn: Connection, now: Moment) -> Business:
    return _shape(await _found(conn, business_id), now)


@router.patch("/businesses/{business_id}", dependencies=[Depends(may(Permission.BUSINESS_WRITE))])
async def change_business(
    business_id: UUID, body: BusinessChange, conn: Connection, now: Moment
) -> Business:
    """Change what is given; the rest stays."""
    await _found(conn, business_id)
    if body.time_zone is not None:
        _ensure_sound(Hours(time_zone=body.time_zone))
    await store.change_business(conn, business_id, body.model_dump(exclude_none=True))
    return _shape(await _found(conn, business_id), now)


@router.get("/businesses/{business_id}/hours")
async def get_hours(business_id: UUID, conn: Connection) -> HoursShape:
    row = await _found(conn, business_id)
    return HoursShape.model_validate(row, from_attributes=True)


@router.put(
    "/businesses/{business_id}/hours", dependencies=[Depends(may(Permission.BUSINESS_WRITE))]
)
async def set_hours(business_id: UUID, body: HoursShape, conn: Connection) -> HoursShape:
    """Replace the weekly hours and the exceptions."""
    row = await _found(conn, business_id)
    weekly = tuple(Interval(**each.model_dump()) for each in body.weekly)
    exceptions = tuple(HoursException(**each.model_dump()) for each in body.exceptions)
    _ensure_sound(Hours(time_zone=row.time_zone, weekly=weekly, exceptions=exceptions))
    await store.set_hours(conn, row.id, weekly, exceptions)
    return body


async def _found(conn: Connection, business_id: UUID) -> BusinessRow:
    rows = await store.list_businesses(conn, id_=business_id)
    if not rows:
        raise NotFound("business_not_found", "There is no such business.")
    return rows[0]


def _ensure_sound(hours: Hours) -> None:
    for problem in core_hours.problems(hours):
        raise Invalid("hours_invalid", problem.text, problem.field)


def _shape(row: BusinessRow, now: datetime) -> Business:
    return Business(
        id=row.id,
        name=row.name,
        sector=row.sector,  # pyright: ignore[reportArgumentType]
        time_zone=row.time_zone,
        language=row.language,
        always_human=row.always_human,
        open_now=core_hours.is_open(row.hours, now),
        next_opening_at=core_hours.next_opening(row.hours, now),
        next_closing_at=core_hours.next_closing(row.hours, now),
    )


router.include_router(creating)
