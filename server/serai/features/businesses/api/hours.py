"""When a business is open."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from serai.core import hours as core_hours
from serai.core.hours import Hours, HoursException, Interval
from serai.core.permissions import Permission
from serai.features.businesses.api.shapes import found
from serai.features.businesses.store import hours as store
from serai.kit.errors import Invalid
from serai.kit.http import Connection, may

router = APIRouter(
    prefix="/businesses/{business_id}/hours",
    dependencies=[Depends(may(Permission.BUSINESS_READ))],
)

CLOCK = Field(description="HH:MM on the wall clock.", examples=["08:00"])


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


@router.get("")
async def get_hours(business_id: UUID, conn: Connection) -> HoursShape:
    row = await found(conn, business_id)
    return HoursShape.model_validate(row, from_attributes=True)


@router.put("", dependencies=[Depends(may(Permission.BUSINESS_WRITE))])
async def set_hours(business_id: UUID, body: HoursShape, conn: Connection) -> HoursShape:
    """Replace the weekly hours and the exceptions."""
    row = await found(conn, business_id)
    hours = hours_of(body, row.time_zone)
    ensure_sound(hours)
    await store.replace(conn, row.id, hours.weekly, hours.exceptions)
    return body


def hours_of(body: HoursShape, time_zone: str) -> Hours:
    return Hours(
        time_zone=time_zone,
        weekly=tuple(Interval(**each.model_dump()) for each in body.weekly),
        exceptions=tuple(HoursException(**each.model_dump()) for each in body.exceptions),
    )


def ensure_sound(hours: Hours) -> None:
    """Raises Invalid, which names everything that is wrong."""
    problems = core_hours.problems(hours)
    if problems:
        faults = [(problem.field, problem.text) for problem in problems]
        raise Invalid("hours_invalid", problems[0].text, problems[0].field, faults)
