"""Hours that nobody saved yet, as people would meet them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from serai.core import days as core_days
from serai.core import hours as core_hours
from serai.core.days import Day
from serai.core.hours import Hours
from serai.core.opening_words import away_text
from serai.core.permissions import Permission
from serai.features.businesses.api.hours import HoursShape, ensure_sound, hours_of
from serai.features.businesses.api.shapes import found
from serai.kit.http import Connection, Moment, may

router = APIRouter(
    prefix="/businesses/{business_id}/hours",
    dependencies=[Depends(may(Permission.BUSINESS_READ))],
)

DAYS = 14
MINUTES = Field(description="Minutes of the wall clock since midnight, 0 to 1440.")


class HoursTrial(HoursShape):
    time_zone: str | None = Field(None, description="Instead of the business's own.")
    away: str | None = Field(None, max_length=1000, description="Instead of its away message.")
    first_on: date | None = Field(None, description="The first day shown; today if it is missing.")


class OpeningShape(BaseModel):
    opens: Annotated[int, MINUTES]
    closes: Annotated[int, MINUTES]
    opens_at: datetime
    closes_at: datetime


class ClockChangeShape(BaseModel):
    minutes: int = Field(description="60: an hour forward; -60: an hour back.")
    at: datetime


class DayShape(BaseModel):
    on: date
    openings: list[OpeningShape] = Field(description="None: closed all day.")
    names: list[str] = Field(description="Of the exceptions that take the place of the week.")
    clock_change: ClockChangeShape | None


class Away(BaseModel):
    at: datetime = Field(description="If somebody writes then.")
    text: str


class HoursPreview(BaseModel):
    time_zone: str
    open_now: bool
    next_opening_at: datetime | None
    next_closing_at: datetime | None
    away: Away | None = Field(description="What the first to write outside hours would read.")
    days: list[DayShape]


@router.post("/preview")
async def preview_hours(
    business_id: UUID, body: HoursTrial, conn: Connection, now: Moment
) -> HoursPreview:
    """Two weeks under these hours; nothing is saved."""
    row = await found(conn, business_id)
    hours = hours_of(body, body.time_zone or row.time_zone)
    ensure_sound(hours)
    first = body.first_on or now.astimezone(ZoneInfo(hours.time_zone)).date()
    return HoursPreview(
        time_zone=hours.time_zone,
        open_now=core_hours.is_open(hours, now),
        next_opening_at=core_hours.next_opening(hours, now),
        next_closing_at=core_hours.next_closing(hours, now),
        away=_away(hours, row.away if body.away is None else body.away, now),
        days=[_shape(day) for day in core_days.days(hours, first, DAYS)],
    )


def _away(hours: Hours, text: str | None, now: datetime) -> Away | None:
    at = core_hours.next_closing(hours, now) if core_hours.is_open(hours, now) else now
    return Away(at=at, text=away_text(text, hours, at)) if text and at else None


def _shape(day: Day) -> DayShape:
    return DayShape.model_validate(day, from_attributes=True)
