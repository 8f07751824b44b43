"""/reports: how long people wait for a person of ours."""

from datetime import datetime, timedelta
from statistics import median
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel, Field

from serai.core.permissions import Permission
from serai.features.reports.store import read as store
from serai.features.reports.store.read import Group, Wanted
from serai.kit.errors import Invalid, NotFound
from serai.kit.http import Connection, Moment, may

router = APIRouter(tags=["reports"])

AIM_SECONDS = 120.0
"""What a company should manage in its hours: an answer within two minutes."""
SPAN = timedelta(days=30)
FIRST_YEAR = 2000
LONGEST_SPAN = timedelta(days=400)


class Times(BaseModel):
    """Seconds of business hours; what automation says is no answer."""

    count: int
    first_count: int = Field(description="First answers of a conversation among them.")
    median_seconds: float | None
    p90_seconds: float | None
    first_median_seconds: float | None
    next_median_seconds: float | None
    share_within_aim: float | None = Field(description="0 to 1.")


class TimesOf(Times):
    key: str | None = Field(description="A day, or the id of a business, channel or agent.")
    name: str | None = Field(description="Nobody's: from WhatsApp's own app.")


class ResponseTimes(BaseModel):
    since: datetime
    until: datetime
    aim_seconds: float
    total: Times
    groups: list[TimesOf]


class WaitShape(BaseModel):
    message_id: UUID = Field(description="The answer.")
    asked_at: datetime
    answered_at: datetime
    seconds: float
    is_first: bool


class ConversationTimes(BaseModel):
    aim_seconds: float
    first_seconds: float | None
    next_median_seconds: float | None
    waits: list[WaitShape]


@router.get("/reports/response-times", dependencies=[Depends(may(Permission.REPORTS_READ))])
async def response_times(
    conn: Connection,
    now: Moment,
    by: Literal["day", "business", "channel", "agent"] = "day",
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    business_id: UUID | None = None,
) -> ResponseTimes:
    """How long people waited who asked in that time; the last 30 days unless said otherwise."""
    until = until or now
    if until.year < FIRST_YEAR:
        raise Invalid("span_invalid", "There was nothing then. Choose a later end.", "until")
    since = since or until - SPAN
    if not timedelta() < until - since <= LONGEST_SPAN:
        raise Invalid("span_invalid", "Choose up to 400 days, the earlier one first.", "since")
    wanted = Wanted(since=since, until=until, by=by, aim=AIM_SECONDS, business_id=business_id)
    rows = await store.response_times(conn, wanted)
    total = next(row for row in rows if row.is_total)
    return ResponseTimes(
        since=since,
        until=until,
        aim_seconds=AIM_SECONDS,
        total=Times(**_numbers(total)),
        groups=[
            TimesOf(key=row.key, name=row.name, **_numbers(row)) for row in rows if not row.is_total
        ],
    )


@router.get(
    "/conversations/{conversation_id}/response-times",
    dependencies=[Depends(may(Permission.CONVERSATIONS_READ))],
)
async def of_conversation(conversation_id: UUID, conn: Connection) -> ConversationTimes:
    """How long they waited in this conversation, each time."""
    if not await store.is_seen(conn, conversation_id):
        raise NotFound("conversation_not_found", "There is no such conversation.")
    rows = await store.of_conversation(conn, conversation_id)
    first = [row.seconds for row in rows if row.is_first]
    later = [row.seconds for row in rows if not row.is_first]
    return ConversationTimes(
        aim_seconds=AIM_SECONDS,
        first_seconds=first[0] if first else None,
        next_median_seconds=median(later) if later else None,
        waits=[
            WaitShape(
                message_id=row.message_id,
                asked_at=row.asked_at,
                answered_at=row.answered_at,
                seconds=row.seconds,
                is_first=row.is_first,
            )
            for row in rows
        ],
    )


def _numbers(row: Group) -> dict[str, Any]:
    return {
        "count": row.count,
        "first_count": row.first_count,
        "median_seconds": row.median,
        "p90_seconds": row.p90,
        "first_median_seconds": row.first_median,
        "next_median_seconds": row.next_median,
        "share_within_aim": row.share_within_aim,
    }
