"""/reports/service-levels: what an installation promises, and how much of it was kept."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from serai.core.permissions import Permission
from serai.features.reports import decide
from serai.features.reports.decide import Share, days_between, expected_minutes
from serai.features.reports.store import service, watched
from serai.features.reports.store.service import Counts, Wanted
from serai.features.reports.store.watched import Watched
from serai.kit.errors import Invalid
from serai.kit.http import Connection, Moment, may

router = APIRouter(tags=["reports"])

SPAN = timedelta(days=29)
LONGEST_SPAN = timedelta(days=400)


class Level(BaseModel):
    """One promise: what part of `count` was good, and what part should be."""

    aim: float = Field(description="0 to 1: at least so much shall be good; of errors, at most.")
    share: float | None = Field(description="0 to 1; null while there is nothing to tell of.")
    count: int
    part_count: int
    is_kept: bool | None


class Answers(Level):
    within_seconds: float
    mean_seconds: float | None
    slowest_seconds: float | None


class LevelsOf(BaseModel):
    """A day, a business or a number. `up` and `errors` are told of days only: they are everybody's."""

    key: str = Field(description="A day, or the id of a business or channel.")
    name: str | None
    up: Level | None
    answers: Level
    errors: Level | None
    delivery: Level


class ServiceLevels(BaseModel):
    since: date
    until: date
    began_at: datetime | None = Field(description="When watching began; null: not yet.")
    counted_at: datetime | None = Field(
        description="When answers and deliveries were last counted."
    )
    up: Level = Field(description="Minutes in which a server and a worker said that they work.")
    answers: Answers = Field(
        description="From when somebody wrote, by Meta's clock, to when Meta took the first automatic answer."
    )
    errors: Level = Field(
        description="Requests that failed through us (5xx), and what came and could not be handled."
    )
    delivery: Level = Field(description="Messages that were tried and reached a phone.")
    groups: list[LevelsOf]


@router.get("/reports/service-levels", dependencies=[Depends(may(Permission.REPORTS_READ))])
async def service_levels(
    conn: Connection,
    now: Moment,
    by: Literal["day", "business", "channel"] = "day",
    since: date | None = None,
    until: date | None = None,
    business_id: UUID | None = None,
) -> ServiceLevels:
    """What is promised and what was kept; the last 30 days of UTC's unless said otherwise."""
    until = until or now.astimezone(UTC).date()
    since = since or max(date.min + SPAN, until) - SPAN
    if not timedelta() <= until - since <= LONGEST_SPAN:
        raise Invalid("span_invalid", "Choose up to 400 days, the earlier one first.", "since")
    wanted = Wanted(since=since, until=until, by=by, business_id=business_id)
    total, *groups = await service.levels(conn, wanted)
    began_at = await watched.began_at(conn)
    seen = await watched.days(conn, since, until, now)
    minutes = {day: expected_minutes(day, began_at, now) for day in days_between(since, until)}
    return ServiceLevels(
        since=since,
        until=until,
        began_at=began_at,
        counted_at=total.counted_at,
        up=_up(sum(minutes.values()), seen),
        answers=_timed(total),
        errors=_errors(seen),
        delivery=_delivery(total),
        groups=_days(minutes, seen, groups) if by == "day" else [_group(row) for row in groups],
    )


def _days(
    minutes: Mapping[date, int], seen: Sequence[Watched], groups: Sequence[Counts]
) -> list[LevelsOf]:
    """Those of which there is anything to tell, in order."""
    watched_on = {row.day: row for row in seen}
    counted_on = {row.key: row for row in groups}
    return [
        _day(day, minutes[day], watched_on.get(day), counted_on.get(str(day)))
        for day in minutes
        if minutes[day] or str(day) in counted_on
    ]


def _day(day: date, minutes: int, seen: Watched | None, counts: Counts | None) -> LevelsOf:
    counts = counts or Counts()
    known = [seen] if seen else []
    return LevelsOf(
        key=str(day),
        name=None,
        up=_up(minutes, known),
        answers=_answers(counts),
        errors=_errors(known),
        delivery=_delivery(counts),
    )


def _group(row: Counts) -> LevelsOf:
    return LevelsOf(
        key=row.key or "",
        name=row.name,
        up=None,
        answers=_answers(row),
        errors=None,
        delivery=_delivery(row),
    )


def _up(minutes: int, days: Sequence[Watched]) -> Level:
    return _level(decide.UP_AIM, Share(minutes, sum(day.up_minutes or 0 for day in days)))


def _answers(counts: Counts) -> Level:
    return _level(decide.ANSWERS_AIM, Share(counts.answer_count, counts.prompt_count))


def _timed(counts: Counts) -> Answers:
    count = counts.answer_count
    return Answers(
        **_answers(counts).model_dump(),
        within_seconds=service.PROMPT.total_seconds(),
        mean_seconds=counts.answer_seconds / count if count else None,
        slowest_seconds=counts.slowest_seconds if count else None,
    )


def _errors(days: Sequence[Watched]) -> Level:
    share = Share(sum(day.answer_count for day in days), sum(day.failure_count for day in days))
    level = _level(decide.ERRORS_AIM, share)
    kept = None if share.share is None else share.share <= decide.ERRORS_AIM
    return level.model_copy(update={"is_kept": kept})


def _delivery(counts: Counts) -> Level:
    return _level(decide.DELIVERY_AIM, Share(counts.sent_count, counts.delivered_count))


def _level(aim: float, share: Share) -> Level:
    known = share.share
    return Level(
        aim=aim,
        share=known,
        count=share.count,
        part_count=share.part_count,
        is_kept=None if known is None else known >= aim,
    )
