"""/me: who asks, and what they may do where."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from serai.core.permissions import Permission
from serai.core.principal import Principal
from serai.features.accounts.store import people
from serai.features.accounts.store.sessions import SessionRow
from serai.features.businesses.api.shapes import Business, shape
from serai.features.businesses.store import rows as businesses
from serai.kit.http import Connection, Moment, may

router = APIRouter(tags=["businesses"], dependencies=[Depends(may(Permission.BUSINESS_READ))])


class Organization(BaseModel):
    id: UUID
    name: str


class User(BaseModel):
    """What only the person themselves is told."""

    id: UUID
    email: str
    language: str | None = Field(description="`browser`: as each browser asks. None: never chosen.")
    theme: Literal["system", "light", "dark"] | None = Field(description="None: never chosen.")
    density: Literal["comfortable", "compact"] | None = Field(description="None: never chosen.")
    has_second_factor: bool
    must_add_factor: bool = Field(description="Until they do, nothing else is open to them.")


class Me(BaseModel):
    user: User | None = Field(description="None: an API key asks.")
    organization: Organization
    businesses: list[Business]
    id: UUID = Field(description="Of the person, or of the key.")
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
        user=await _user(request) if asking.kind == "user" else None,
        organization=organization,
        businesses=[shape(row, now) for row in rows],
        id=asking.id,
        name=asking.name,
        kind=asking.kind,
        company=sorted(asking.company),
        grants={each: sorted(may) for each, may in asking.grants.items()},
    )


async def _user(request: Request) -> User:
    session: SessionRow = request.state.session
    async with request.app.state.engine_pool.connection() as conn:
        row = await people.of_self(conn, session.user_id)
    chosen = row.preferences
    return User(
        id=session.user_id,
        email=people.opened_email(
            request.app.state.wiring.vault, row.email_sealed, session.user_id
        ),
        language=row.language,
        theme=chosen.get("theme"),  # pyright: ignore[reportArgumentType]
        density=chosen.get("density"),  # pyright: ignore[reportArgumentType]
        has_second_factor=session.has_second_factor,
        must_add_factor=session.must_add_factor,
    )
