"""List, add and change businesses."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field, StringConstraints

from serai.core import hours as core_hours
from serai.core.hours import Hours
from serai.core.ids import BusinessId, derived
from serai.core.opening_words import NEXT_OPENING, unknown_variable
from serai.core.permissions import Permission
from serai.features.businesses.api.shapes import (
    Business,
    BusinessDetail,
    Sector,
    detail,
    found,
    shape,
)
from serai.features.businesses.store import rows
from serai.features.businesses.store.rows import NewBusiness
from serai.kit.errors import Conflict, Invalid
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

CLEARABLE = {"team", "welcome", "away", "acknowledgement"}
KNOWN = {"welcome": (), "away": (NEXT_OPENING,), "acknowledgement": ()}

router = APIRouter(prefix="/businesses", dependencies=[Depends(may(Permission.BUSINESS_READ))])
creating = APIRouter(prefix="/businesses", route_class=CreatingRoute)


SentText = Annotated[str | None, Field(max_length=1000)]
"""The longest that every channel takes."""
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class BusinessIn(BaseModel):
    key: str = Field(pattern=r"^[a-z0-9-]{2,60}$", examples=["hawana-cafe"])
    name: Name
    sector: Sector
    time_zone: str = Field(examples=["Asia/Dubai"])
    language: str = Field("en", pattern=r"^[a-z]{2}$")
    always_human: bool = False


class BusinessChange(BaseModel):
    """What is left out stays; a text that is null is not sent any more."""

    name: Name | None = None
    sector: Sector | None = None
    time_zone: str | None = None
    language: str | None = Field(None, pattern=r"^[a-z]{2}$")
    always_human: bool | None = None
    team: str | None = Field(None, max_length=60)
    welcome: SentText = None
    away: SentText = None
    acknowledgement: SentText = None


@router.get("")
async def list_businesses(
    conn: Connection, now: Moment, limit: Limit = 50, cursor: Cursor = None
) -> Page[Business]:
    """The businesses that the key opens, by name."""
    after = read_cursor(cursor, tuple[str, UUID])
    found_rows = await rows.find(conn, after=after, limit=limit + 1)
    page = found_rows[:limit]
    following = cursor_of(page[-1].name, page[-1].id) if len(found_rows) > limit else None
    return Page(data=[shape(row, now) for row in page], next_cursor=following)


@creating.post("", dependencies=[Depends(may(Permission.COMPANY_WRITE))])
async def add_business(
    body: BusinessIn, request: Request, conn: Connection, now: Moment
) -> Business:
    """Add a business to the organization of the key."""
    _ensure_zone(body.time_zone)
    organization = request.state.principal.organization_id
    id_ = BusinessId(derived("business", organization, body.key))
    await rows.see(conn, id_)
    if await rows.find(conn, id_=id_):
        raise Conflict("business_exists", "There is a business with this key already.", "key")
    await rows.add(conn, NewBusiness(id=id_, organization_id=organization, **body.model_dump()))
    return shape(await found(conn, id_), now)


@router.get("/{business_id}")
async def get_business(business_id: UUID, conn: Connection, now: Moment) -> BusinessDetail:
    """With the texts that it sends by itself."""
    return detail(await found(conn, business_id), now)


@router.patch("/{business_id}", dependencies=[Depends(may(Permission.BUSINESS_WRITE))])
async def change_business(
    business_id: UUID, body: BusinessChange, conn: Connection, now: Moment
) -> BusinessDetail:
    """Change what is given; the rest stays."""
    await found(conn, business_id)
    changes = {
        name: None if value == "" else value
        for name, value in body.model_dump(exclude_unset=True).items()
        if name in CLEARABLE or value is not None
    }
    if body.time_zone is not None:
        _ensure_zone(body.time_zone)
    _ensure_variables(body)
    await rows.change(conn, business_id, changes)
    return detail(await found(conn, business_id), now)


def _ensure_variables(body: BusinessChange) -> None:
    for field, known in KNOWN.items():
        unknown = unknown_variable(getattr(body, field) or "", *known)
        if unknown:
            words = "Away messages know {next_opening}; other texts are sent as they are."
            raise Invalid("text_variable_unknown", f"There is no {{{unknown}}}. {words}", field)


def _ensure_zone(time_zone: str) -> None:
    for problem in core_hours.problems(Hours(time_zone=time_zone)):
        raise Invalid("hours_invalid", problem.text, problem.field)
