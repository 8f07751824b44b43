"""What the API tells of a business."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from serai.core import hours as core_hours
from serai.features.businesses.store import rows
from serai.features.businesses.store.rows import BusinessRow
from serai.kit.errors import NotFound
from serai.kit.http import Connection, example

Sector = Literal["education", "hospitality", "investment", "ecommerce"]


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
    sector: Sector
    time_zone: str
    language: str
    always_human: bool = Field(description="A person answers; automation only acknowledges.")
    open_now: bool
    next_opening_at: datetime | None
    next_closing_at: datetime | None


class BusinessDetail(Business):
    key: str
    team: str | None = Field(description="Who is told to answer what automation hands over.")
    welcome: str | None = Field(description="To somebody's first message, inside hours.")
    away: str | None = Field(description="Outside hours; {next_opening} is when it opens again.")
    acknowledgement: str | None = Field(description="Once, where a person always answers.")
    pack_key: str | None
    pack_version: int | None


def detail(row: BusinessRow, now: datetime) -> BusinessDetail:
    return BusinessDetail(
        **shape(row, now).model_dump(),
        key=row.key,
        team=row.team,
        welcome=row.welcome,
        away=row.away,
        acknowledgement=row.acknowledgement,
        pack_key=row.pack_key,
        pack_version=row.pack_version,
    )


def shape(row: BusinessRow, now: datetime) -> Business:
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


async def found(conn: Connection, business_id: UUID) -> BusinessRow:
    """Raises NotFound, also for one that the caller may not see."""
    [*there] = await rows.find(conn, id_=business_id)
    if not there:
        raise NotFound("business_not_found", "There is no such business.")
    return there[0]
