"""What a business tells of itself: its address, and how else it is reached."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from serai.core.permissions import Permission
from serai.features.businesses.api.shapes import found
from serai.features.businesses.store import profile as store
from serai.features.businesses.store.profile import Profile
from serai.kit.http import Connection, may

router = APIRouter(
    prefix="/businesses/{business_id}/profile",
    dependencies=[Depends(may(Permission.BUSINESS_READ))],
)

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$", examples=["ar"])]


class ProfileShape(BaseModel):
    address: str | None = Field(None, max_length=256)
    website: str | None = Field(None, max_length=256, pattern=r"^https?://[^\s/.]+\.\S+$")
    email: str | None = Field(None, max_length=128, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    phone: str | None = Field(None, pattern=r"^\+?[0-9][0-9 ()./-]{4,29}$")
    languages: list[Language] = Field([], max_length=20, description="Its people answer in these.")


@router.get("")
async def get_profile(business_id: UUID, conn: Connection) -> ProfileShape:
    await found(conn, business_id)
    profile = await store.read(conn, business_id)
    return ProfileShape.model_validate(profile, from_attributes=True)


@router.put("", dependencies=[Depends(may(Permission.BUSINESS_WRITE))])
async def set_profile(business_id: UUID, body: ProfileShape, conn: Connection) -> ProfileShape:
    """Replace the profile. A number's own profile at Meta is apart: see its channel."""
    await found(conn, business_id)
    said = {name: value or None for name, value in body.model_dump(exclude={"languages"}).items()}
    languages = tuple(dict.fromkeys(body.languages))
    await store.write(conn, business_id, Profile(**said, languages=languages))
    return await get_profile(business_id, conn)
