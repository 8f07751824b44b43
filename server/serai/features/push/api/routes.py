"""/push: on which of my browsers I am notified, of what, and when not."""

from datetime import datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import available_timezones

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from serai.core.languages import asked_for
from serai.core.permissions import Permission
from serai.features.push.model import CHOOSABLE, Choices, Kind, Subscription
from serai.features.push.store import devices, notices
from serai.features.push.store.devices import NewDevice
from serai.kit import outbound, web_push
from serai.kit.errors import Forbidden, Invalid, NotFound
from serai.kit.http import Moment, may

router = APIRouter(
    prefix="/push", tags=["push"], dependencies=[Depends(may(Permission.CONVERSATIONS_READ))]
)
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="HH:MM.")]
Weekday = Annotated[int, Field(ge=0, le=6, description="0 is Monday.")]


class PushKey(BaseModel):
    key: str = Field(description="The `applicationServerKey` to subscribe with, base64url.")


class PushDevice(BaseModel):
    id: UUID
    name: str
    created_at: datetime
    reached_at: datetime | None = Field(description="When it last took a notification.")
    digest: str = Field(description="SHA-256 of its endpoint: a browser knows itself by it.")


class PushChoices(BaseModel):
    kinds: list[Kind] = Field(
        description="assigned: given to me; mention: I am named in a note; mine: a message in a "
        "conversation of mine; unassigned: in one that nobody has."
    )
    private: bool = Field(description="Neither names nor words in notifications.")
    quiet_days: list[Weekday] = Field(description="Days on which quiet begins; none: never quiet.")
    quiet_from: Clock
    quiet_to: Clock = Field(description="On the next day, if it is not later than `quiet_from`.")
    time_zone: str = Field(description="Such as Asia/Dubai.")
    urgent_passes: bool = Field(description="What is for me alone is told in quiet hours too.")
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kinds": ["assigned", "mention", "mine"],
                    "private": False,
                    "quiet_days": [0, 1, 2, 3, 6],
                    "quiet_from": "22:00",
                    "quiet_to": "07:00",
                    "time_zone": "Asia/Dubai",
                    "urgent_passes": True,
                }
            ]
        }
    )


class PushSettings(BaseModel):
    key: str
    devices: list[PushDevice]
    choices: PushChoices


class SubscriptionKeys(BaseModel):
    p256dh: str = Field(max_length=200)
    auth: str = Field(max_length=100)


class NewPushDevice(BaseModel):
    """What `PushSubscription.toJSON()` gives, and a name to know the device by."""

    endpoint: str = Field(max_length=2048)
    keys: SubscriptionKeys
    name: str | None = Field(default=None, max_length=120)


class Tested(BaseModel):
    devices: int = Field(description="How many will hear of it.")


@router.get("")
async def push_settings(request: Request) -> PushSettings:
    """My devices, the newest first, and my choices."""
    person = _person(request)
    async with request.app.state.engine_pool.connection() as conn:
        rows = await devices.devices(conn, person)
        chosen = await devices.choices(conn, person)
    key = await push_key(request)
    return PushSettings(
        key=key.key,
        devices=[PushDevice.model_validate(row, from_attributes=True) for row in rows],
        choices=PushChoices.model_validate(chosen, from_attributes=True),
    )


@router.get("/key")
async def push_key(request: Request) -> PushKey:
    """What a browser subscribes with."""
    state = request.app.state
    async with state.engine_pool.connection() as conn:
        key = await devices.our_key(conn, state.wiring.vault, state.clock.now())
    return PushKey(key=web_push.as_text(web_push.public_bytes(key)))


@router.post("/devices")
async def add_push_device(request: Request, body: NewPushDevice, now: Moment) -> PushDevice:
    """Notify me on this browser. The same browser again changes its entry."""
    person = _person(request)
    state = request.app.state
    if not outbound.allowed(body.endpoint, private=state.settings.push_private_addresses):
        raise Invalid("push_endpoint_refused", "This is no address of a push service.", "endpoint")
    try:
        web_push.read_keys(body.keys.p256dh, body.keys.auth)
    except web_push.BadSubscription as error:
        raise Invalid("push_keys_invalid", f"{error} Subscribe anew.", "keys") from error
    to = Subscription(body.endpoint, body.keys.p256dh, body.keys.auth)
    asks = asked_for(request.headers.get("Accept-Language"))
    new = NewDevice(person, body.name or "Browser", to, asks)
    async with state.engine_pool.connection() as conn:
        row = await devices.subscribe(conn, state.wiring.vault, new, now)
    return PushDevice.model_validate(row, from_attributes=True)


@router.delete("/devices/{device_id}", status_code=204)
async def remove_push_device(request: Request, device_id: UUID) -> None:
    """Notify me there no more."""
    async with request.app.state.engine_pool.connection() as conn:
        if not await devices.remove(conn, _person(request), device_id):
            raise NotFound("push_device_unknown", "You have no such device.")


@router.put("/choices")
async def choose(request: Request, body: PushChoices) -> PushChoices:
    """What I want to hear of, and when not."""
    if body.time_zone not in available_timezones():
        raise Invalid("time_zone_unknown", "There is no such time zone.", "time_zone")
    if body.quiet_days and body.quiet_from == body.quiet_to:
        raise Invalid(
            "quiet_hours_empty", "Quiet must end at another time than it begins.", "quiet_to"
        )
    chosen = Choices(
        kinds=tuple(kind for kind in CHOOSABLE if kind in body.kinds),
        private=body.private,
        quiet_days=tuple(sorted(set(body.quiet_days))),
        quiet_from=body.quiet_from,
        quiet_to=body.quiet_to,
        time_zone=body.time_zone,
        urgent_passes=body.urgent_passes,
    )
    async with request.app.state.engine_pool.connection() as conn:
        await devices.choose(conn, _person(request), chosen)
    return PushChoices.model_validate(chosen, from_attributes=True)


@router.post("/test")
async def test_push(request: Request, now: Moment) -> Tested:
    """Send a notification to all my devices."""
    person = _person(request)
    async with request.app.state.engine_pool.connection() as conn:
        count = await notices.test(conn, person, f"test:{now.isoformat()}", now)
    return Tested(devices=count)


def _person(request: Request) -> UUID:
    """Whoever asks, if it is a person. Raises Forbidden."""
    principal = request.state.principal
    if principal.kind != "user":
        raise Forbidden(
            "people_only", "Notifications are for people. Sign in instead of using a key."
        )
    return principal.id
