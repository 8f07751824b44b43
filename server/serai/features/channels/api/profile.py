"""The business profile that people see in WhatsApp: about, address, e-mail, sites, category, picture."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from serai.core.permissions import Permission
from serai.features.channels.api.reach import WhatsApp
from serai.features.channels.model.reading import Kept
from serai.features.channels.store import facts
from serai.kit.db import writing
from serai.kit.errors import Conflict, Invalid, NotFound, TooLarge
from serai.kit.http import example, may
from serai.meta import transfer
from serai.meta.management import profile
from serai.meta.management.nodes import Profile as MetaProfile

router = APIRouter(
    tags=["channels"],
    prefix="/channels/{channel_id}/whatsapp/profile",
    dependencies=[Depends(may(Permission.CHANNELS_READ))],
)

PICTURES = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
"""Kinds that Meta takes, and how such a file begins."""
LARGEST_PICTURE = 5 * 1024 * 1024
"""Bytes. Source: WhatsApp Cloud API, business profile, picture."""

SHOWN = {
    "Cache-Control": "private, max-age=300",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}

Site = Annotated[str, Field(max_length=256, pattern=r"^https?://\S+$")]


class Profile(BaseModel):
    about: str
    address: str
    description: str
    email: str
    websites: list[str]
    category: str = Field(description="Meta's name for it, such as RESTAURANT.")
    picture_url: str = Field(description="Short-lived; empty while there is no picture.")


class ProfileChange(BaseModel):
    """What is left out stays. The limits are Meta's; which categories there are, Meta decides."""

    model_config = ConfigDict(
        **example({"about": "Coffee and cakes since 1998", "category": "RESTAURANT"})
    )

    about: str | None = Field(None, min_length=1, max_length=139)
    address: str | None = Field(None, max_length=256)
    description: str | None = Field(None, max_length=512)
    email: str | None = Field(None, max_length=128, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s]+$")
    websites: list[Site] | None = Field(None, max_length=2)
    category: str | None = Field(None, max_length=40)


@router.get("")
async def get_profile(reach: WhatsApp) -> Profile:
    """As Meta has it now."""
    return await _kept(reach)


@router.patch("", dependencies=[Depends(may(Permission.CHANNELS_WRITE))])
async def change_profile(body: ProfileChange, reach: WhatsApp) -> Profile:
    """Change what is given. What Meta refuses comes back with Meta's own words."""
    changes: dict[str, Any] = body.model_dump(exclude_none=True)
    if "category" in changes:
        changes["vertical"] = changes.pop("category")
    if changes:
        await profile.write(reach.graph, reach.token, reach.number, changes)
    return await _kept(reach)


@router.get("/picture", response_class=Response)
async def get_picture(reach: WhatsApp) -> Response:
    """The picture itself: a page that showed Meta's address of it would tell Meta who looks."""
    found = await profile.read(reach.graph, reach.token, reach.number)
    if not found.profile_picture_url:
        raise NotFound("picture_not_found", "The number has no picture yet.")
    try:
        content = await transfer.picture(reach.graph, found.profile_picture_url, LARGEST_PICTURE)
    except (transfer.Gone, transfer.TooLarge, transfer.NotMetas) as error:
        raise NotFound("picture_not_found", "Meta does not give the picture out now.") from error
    mime_type = kind_of(content)
    if mime_type is None:
        raise NotFound("picture_not_found", "What Meta gives out is no picture.")
    return Response(content, media_type=mime_type, headers=SHOWN)


@router.put("/picture", dependencies=[Depends(may(Permission.CHANNELS_WRITE))])
async def change_picture(request: Request, reach: WhatsApp) -> Profile:
    """The picture as the body, a JPEG or PNG of at most 5 MB; square, 640 pixels or more."""
    if reach.target.app is None:
        raise Conflict("app_secret_missing", "Give the Meta app its secret: serai connect-app.")
    content = await _picture(request)
    mime_type = kind_of(content)
    if mime_type is None:
        raise Invalid("picture_invalid", "The picture has to be a JPEG or a PNG.", "body")
    handle = await profile.upload(reach.graph, reach.token, reach.target.app.id, content, mime_type)
    await profile.write(reach.graph, reach.token, reach.number, {"profile_picture_handle": handle})
    return await _kept(reach)


def kind_of(content: bytes) -> str | None:
    """image/jpeg or image/png, by how the file begins."""
    return next((kind for kind, head in PICTURES.items() if content.startswith(head)), None)


async def _picture(request: Request) -> bytes:
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > LARGEST_PICTURE:
            raise TooLarge("picture_too_large", "The picture has more than 5 MB. Make it smaller.")
    return bytes(content)


async def _kept(reach: WhatsApp) -> Profile:
    """What Meta has, kept here as well for pages that only show it."""
    found = await profile.read(reach.graph, reach.token, reach.number)
    kept = Kept(
        channel_id=reach.target.channel_id,
        business_id=reach.target.business_id,
        profile=msgspec.to_builtins(found),
    )
    async with writing(reach.engine) as conn:
        await facts.keep(conn, [kept])
    return shape(found)


def shape(found: MetaProfile) -> Profile:
    return Profile(
        about=found.about,
        address=found.address,
        description=found.description,
        email=found.email,
        websites=list(found.websites),
        category=found.vertical,
        picture_url=found.profile_picture_url,
    )
