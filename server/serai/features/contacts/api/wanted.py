"""Which contacts are meant, as parameters of an address or a part of a body."""

import math
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request
from pydantic import BaseModel, Field

from serai.features.contacts.api.shapes import Said, Source
from serai.features.contacts.model.known_by import IdentityType
from serai.features.contacts.store.listing import Filter
from serai.kit.errors import BadRequest, NotFound


class Wanted(BaseModel):
    """Which contacts; what is left out does not matter."""

    business_id: UUID | None = None
    q: str | None = Field(
        None, max_length=200, description="A part of the name, or a whole number or address."
    )
    tag_id: list[UUID] | None = Field(None, description="With any of these tags.")
    language: str | None = Field(None, pattern=r"^[a-z]{2}$")
    source: Source | None = None
    import_id: UUID | None = Field(None, description="Those that this import made.")
    channel_id: UUID | None = Field(None, description="Who was ever talked to through it.")
    has: IdentityType | None = None
    lacks: IdentityType | None = None
    consent: Said | None = Field(None, description="To marketing, as last said.")
    seen_after: datetime | None = None
    seen_before: datetime | None = Field(None, description="Also who never wrote.")
    attribute: list[str] | None = Field(
        None, description="`key:value`, all of them.", examples=[["grade:5"]]
    )
    near: str | None = Field(
        None, description="Latitude and longitude in degrees.", examples=["23.59,58.38"]
    )
    within_km: float = Field(5, gt=0, le=20_000, description="Kilometres.")
    archived: bool = False


def everybody() -> Wanted:
    return Wanted.model_validate({})


Asked = Annotated[Wanted, Query()]


def read_filter(wanted: Wanted, request: Request, **more: Any) -> Filter:
    """As the store wants it, within what the caller may see. Raises BadRequest, NotFound."""
    latitude, longitude = _place(wanted.near) if wanted.near else (None, None)
    names = ("language", "source", "import_id", "channel_id", "has", "lacks", "consent")
    same = {name: getattr(wanted, name) for name in names}
    return Filter(
        business_ids=_businesses(wanted.business_id, request),
        text=wanted.q,
        tag_ids=tuple(wanted.tag_id) if wanted.tag_id else None,
        seen_after=_aware(wanted.seen_after, "seen_after"),
        seen_before=_aware(wanted.seen_before, "seen_before"),
        attributes=_attributes(wanted.attribute) if wanted.attribute else None,
        latitude=latitude,
        longitude=longitude,
        kilometres=wanted.within_km if wanted.near else None,
        archived=wanted.archived,
        **same,
        **more,
    )


def _businesses(business: UUID | None, request: Request) -> tuple[UUID, ...]:
    if business is None:
        return request.state.principal.businesses
    ensure_business(request, business)
    return (business,)


def ensure_business(request: Request, business: UUID) -> None:
    """Raises NotFound unless the caller may do there what the route asks for."""
    if business not in request.state.principal.businesses:
        raise NotFound("business_not_found", "There is no such business.", "business_id")


def _aware(at: datetime | None, field: str) -> datetime | None:
    if at is not None and at.tzinfo is None:
        raise BadRequest("time_without_zone", "Write the time with its zone, such as …Z.", field)
    return at


def _attributes(asked: list[str]) -> dict[str, str]:
    return {key: value for key, _, value in (each.partition(":") for each in asked)}


def _place(text: str) -> tuple[float, float]:
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        latitude, longitude = math.nan, math.nan
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise BadRequest("place_unreadable", "Write a place as 23.59,58.38 in degrees.", "near")
    return latitude, longitude
