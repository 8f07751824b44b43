"""/channels/…/usage, /channels/…/limits, /businesses/…/limits"""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from msgspec import structs
from pydantic import BaseModel, ConfigDict, Field

from serai.core.permissions import Permission
from serai.core.waits import WAITS
from serai.engine.limits import NO_LIMIT, REACH_LASTS, UNKNOWN_PEOPLE
from serai.features.limits import store
from serai.features.limits.store import Limits, Number
from serai.kit.errors import NotFound
from serai.kit.http import Connection, Moment, example, may

router = APIRouter(tags=["limits"], dependencies=[Depends(may(Permission.CHANNELS_READ))])

Waits = Literal["turn", "retry", "pair", "people", "template_day", "meta", "file"]


class OwnLimits(BaseModel):
    """Limits of your own, beside Meta's; null: none."""

    model_config = ConfigDict(
        **example(
            {
                "per_second": 20,
                "per_minute": 60,
                "per_template_day": 1000,
                "retries": 3,
                "batch": 10,
            }
        )
    )
    per_second: int | None = Field(None, ge=1, le=1000, description="Messages of a number.")
    per_minute: int | None = Field(
        None, ge=1, le=60_000, description="Messages of a number in each minute of the clock."
    )
    per_template_day: int | None = Field(
        None, ge=1, le=2_000_000_000, description="Messages of one template and number in a day."
    )
    retries: int | None = Field(
        None, ge=0, le=20, description="More tries when Meta is busy or away; null: 11."
    )
    batch: int | None = Field(None, ge=1, le=1000, description="Messages that leave at once.")


class People(BaseModel):
    reached: int = Field(description="Outside service windows in 24 hours, by all your numbers.")
    limit: int | None = Field(description="Meta's, for all numbers of a portfolio; null: none.")
    is_known: bool = Field(
        description="False until Meta has told the limit; 250 is kept till then."
    )
    next_place_at: datetime | None = Field(description="When the one reached first counts no more.")


class Waiting(BaseModel):
    waits_for: Waits
    count: int
    text: str = Field(description="For people.")
    oldest_since: datetime
    next_at: datetime | None = Field(description="When the first of them is looked at again.")


class Charge(BaseModel):
    category: str
    tariff: str = Field(description="regular, free_customer_service, free_entry_point, unknown.")
    count: int


class Usage(BaseModel):
    day: date = Field(description="In the business's time zone; counters begin anew at midnight.")
    time_zone: str
    sent: dict[str, int] = Field(description="Messages of this day that Meta took, by category.")
    charges: list[Charge]
    messages_per_second: int = Field(description="Meta's limit of the number.")
    people: People
    queue_length: int
    oldest_waiting_since: datetime | None
    waiting: list[Waiting]


@router.get("/channels/{channel_id}/usage")
async def usage(channel_id: UUID, conn: Connection, now: Moment) -> Usage:
    """How much a number has sent today, what waits and why, and how much of Meta's limits is left."""
    of = await _number(conn, channel_id, now)
    waiting = await store.waiting(conn, of)
    return Usage(
        day=of.today,
        time_zone=of.time_zone,
        sent={row.category: row.count for row in await store.sent(conn, of)},
        charges=[_charge(row) for row in await store.charged(conn, of)],
        messages_per_second=of.messages_per_second,
        people=await _people(conn, of, now),
        queue_length=sum(row.count for row in waiting),
        oldest_waiting_since=min((row.since for row in waiting), default=None),
        waiting=[_waiting(row) for row in waiting],
    )


@router.get("/channels/{channel_id}/limits")
async def channel_limits(channel_id: UUID, conn: Connection, now: Moment) -> OwnLimits:
    """The number's own limits; where it has none, those of its business hold."""
    of = await _number(conn, channel_id, now)
    return _own(await store.find(conn, of.business_id, of.id))


@router.put("/channels/{channel_id}/limits", dependencies=[Depends(may(Permission.CHANNELS_WRITE))])
async def set_channel_limits(
    channel_id: UUID, body: OwnLimits, conn: Connection, now: Moment
) -> OwnLimits:
    """Set all limits of a number; they hold from its next message on."""
    of = await _number(conn, channel_id, now)
    await store.keep(conn, of.business_id, of.id, Limits(**body.model_dump()))
    return body


@router.get("/businesses/{business_id}/limits")
async def business_limits(business_id: UUID, conn: Connection) -> OwnLimits:
    """What holds for each number of the business that has no limit of its own."""
    await _ensure_business(conn, business_id)
    return _own(await store.find(conn, business_id, None))


@router.put(
    "/businesses/{business_id}/limits", dependencies=[Depends(may(Permission.CHANNELS_WRITE))]
)
async def set_business_limits(business_id: UUID, body: OwnLimits, conn: Connection) -> OwnLimits:
    """Set what holds for each number of the business that has no limit of its own."""
    await _ensure_business(conn, business_id)
    await store.keep(conn, business_id, None, Limits(**body.model_dump()))
    return body


async def _number(conn: Connection, channel_id: UUID, now: datetime) -> Number:
    of = await store.number(conn, channel_id, now)
    if of is None:
        raise NotFound("channel_not_found", "There is no such channel.")
    return of


async def _ensure_business(conn: Connection, business_id: UUID) -> None:
    if not await store.sees_business(conn, business_id):
        raise NotFound("business_not_found", "There is no such business.")


async def _people(conn: Connection, of: Number, now: datetime) -> People:
    reached = await store.reached(conn, of, now - REACH_LASTS)
    limit = UNKNOWN_PEOPLE if of.messaging_limit is None else of.messaging_limit
    return People(
        reached=reached.count,
        limit=None if limit >= NO_LIMIT else limit,
        is_known=of.messaging_limit is not None,
        next_place_at=reached.oldest_at + REACH_LASTS if reached.oldest_at else None,
    )


def _waiting(row: store.Waiting) -> Waiting:
    waits_for: Any = row.waits_for or "turn"
    return Waiting(
        waits_for=waits_for,
        count=row.count,
        text=WAITS[waits_for],
        oldest_since=row.since,
        next_at=None if waits_for == "people" else row.next_at,
    )


def _charge(row: store.Charged) -> Charge:
    return Charge(category=row.category, tariff=row.tariff, count=row.count)


def _own(limits: Limits) -> OwnLimits:
    return OwnLimits(**structs.asdict(limits))
