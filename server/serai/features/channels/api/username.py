"""The name by which people find a number of WhatsApp."""

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from serai.core.permissions import Permission
from serai.features.channels.api.number import Done
from serai.features.channels.api.reach import WhatsApp
from serai.features.channels.decide.username import problem
from serai.kit.errors import Conflict, Invalid
from serai.kit.http import may
from serai.meta.errors import Rejected
from serai.meta.management import numbers

router = APIRouter(
    tags=["channels"],
    prefix="/channels/{channel_id}/whatsapp/username",
    dependencies=[Depends(may(Permission.CHANNELS_READ))],
)
changing = [Depends(may(Permission.CHANNELS_WRITE))]

NOT_ALLOWED, TAKEN, NONE_SET = 147001, 147002, 147003
"""Meta's codes. Source: WhatsApp Cloud API, error codes, "Business usernames"."""


class Username(BaseModel):
    username: str | None
    status: str | None = Field(description="Meta's word: reserved, then approved.")


class UsernameIn(BaseModel):
    username: str = Field(
        max_length=200,
        description="3 to 35 small letters, digits, underscores and single dots; at least one letter.",
        examples=["hawana.cafe"],
    )


@router.get("")
async def get_username(reach: WhatsApp) -> Username:
    """As Meta has it now; null while there is none."""
    try:
        found = await numbers.username(reach.graph, reach.token, reach.number)
    except Rejected as error:
        if error.code != NONE_SET:
            raise
        return Username(username=None, status=None)
    return Username(username=found.username, status=found.status)


@router.put("", dependencies=changing)
async def set_username(body: UsernameIn, reach: WhatsApp) -> Username:
    """Ask for a username; Meta's decision shows on the number's page."""
    words = problem(body.username)
    if words is not None:
        raise Invalid("username_invalid", words, "username")
    try:
        await numbers.set_username(reach.graph, reach.token, reach.number, body.username)
    except Rejected as error:
        if error.code == TAKEN:
            raise Conflict(
                "username_taken", "Somebody has this username. Choose another one.", "username"
            ) from error
        if error.code == NOT_ALLOWED:
            raise Invalid(
                "username_not_allowed", "Meta does not allow this one. Choose another.", "username"
            ) from error
        raise
    return await get_username(reach)


@router.delete("", dependencies=changing)
async def remove_username(reach: WhatsApp) -> Done:
    """Give the username up; someone else may take it."""
    await numbers.remove_username(reach.graph, reach.token, reach.number)
    return Done()
