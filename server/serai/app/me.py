"""/me: who asks, and what they may do where."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from serai.core.permissions import Permission
from serai.core.principal import Principal
from serai.features.businesses.api.shapes import Business, shape
from serai.features.businesses.store import rows as businesses
from serai.kit.http import Connection, Moment, may

router = APIRouter(tags=["businesses"], dependencies=[Depends(may(Permission.BUSINESS_READ))])


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


@router.get("/me")
async def me(request: Request, conn: Connection, now: Moment) -> Me:
    """Who asks, and what they may do where."""
    asking: Principal = request.state.principal
    rows = await businesses.find(conn)
    organization = Organization(id=asking.organization_id, name=request.state.organization)
    return Me(
        organization=organization,
        businesses=[shape(row, now) for row in rows],
        name=asking.name,
        kind=asking.kind,
        company=sorted(asking.company),
        grants={each: sorted(may) for each, may in asking.grants.items()},
    )
