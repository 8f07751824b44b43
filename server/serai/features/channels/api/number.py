"""A number's set-up at Meta: verified, registered, named, with what people see before they write."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from serai.core.permissions import Permission
from serai.features.channels.api.reach import WhatsApp
from serai.kit.http import may
from serai.meta.management import accounts, numbers, profile
from serai.meta.management.nodes import Commerce

router = APIRouter(
    tags=["channels"],
    prefix="/channels/{channel_id}/whatsapp",
    dependencies=[Depends(may(Permission.CHANNELS_READ))],
)
changing = [Depends(may(Permission.CHANNELS_WRITE))]

Pin = Annotated[str, Field(pattern=r"^\d{6}$", description="Six digits.")]
REGIONS = Literal[
    "AU", "ID", "IN", "JP", "SG", "KR", "DE", "CH", "GB", "BR", "BH", "ZA", "AE", "CA"
]


class Done(BaseModel):
    """Meta did it."""

    done: bool = True


class Registration(BaseModel):
    pin: Pin
    region: REGIONS | None = Field(
        None, description="Keep messages at rest in this country; cannot be changed later."
    )


class NewPin(BaseModel):
    pin: Pin


class CodeRequest(BaseModel):
    method: Literal["SMS", "VOICE"] = "SMS"
    language: str = Field("en_US", pattern=r"^[a-z]{2}(_[A-Z]{2})?$")


class Code(BaseModel):
    code: str = Field(pattern=r"^\d{6}$", description="Six digits, without a hyphen.")


class DisplayName(BaseModel):
    name: str = Field(min_length=3, max_length=512)


class Command(BaseModel):
    name: str = Field(min_length=1, max_length=32)
    hint: str = Field(min_length=1, max_length=256)


class Automation(BaseModel):
    """What people see before they write. Source: "Conversational components"."""

    ice_breakers: list[Annotated[str, Field(min_length=1, max_length=80)]] = Field(max_length=4)
    commands: list[Command] = Field(max_length=30)


class CommerceSettings(BaseModel):
    cart: bool = Field(description="People may fill a cart.")
    catalogue: bool = Field(description="The catalogue shows in chats and on the profile.")


class IdentityCheck(BaseModel):
    enabled: bool


@router.post("/register", dependencies=changing)
async def register(body: Registration, reach: WhatsApp) -> Done:
    """Take the number into use; the PIN is the one it has, or becomes it. 10 tries in 72 hours."""
    await numbers.register(reach.graph, reach.token, reach.number, body.pin, body.region)
    await reach.look_again()
    return Done()


@router.post("/deregister", dependencies=changing)
async def deregister(reach: WhatsApp) -> Done:
    """Take the number out of use; nothing can be sent or received through it then."""
    await numbers.deregister(reach.graph, reach.token, reach.number)
    await reach.look_again()
    return Done()


@router.put("/pin", dependencies=changing)
async def set_pin(body: NewPin, reach: WhatsApp) -> Done:
    """Set the two-step PIN. Keep it: registering the number again takes it."""
    await numbers.set_pin(reach.graph, reach.token, reach.number, body.pin)
    return Done()


@router.post("/request-code", dependencies=changing)
async def request_code(body: CodeRequest, reach: WhatsApp) -> Done:
    """Have Meta text or call the number with a code."""
    await numbers.request_code(reach.graph, reach.token, reach.number, body.method, body.language)
    return Done()


@router.post("/verify-code", dependencies=changing)
async def verify_code(body: Code, reach: WhatsApp) -> Done:
    """Prove that the number is yours with the code that Meta sent it."""
    await numbers.verify_code(reach.graph, reach.token, reach.number, body.code)
    await reach.look_again()
    return Done()


@router.post("/display-name", dependencies=changing)
async def ask_name(body: DisplayName, reach: WhatsApp) -> Done:
    """Ask Meta to show another name; its review shows on the number's page."""
    await numbers.ask_name(reach.graph, reach.token, reach.number, body.name)
    return Done()


@router.get("/automation")
async def get_automation(reach: WhatsApp) -> Automation:
    """Ice breakers and commands."""
    found = await numbers.automation(reach.graph, reach.token, reach.number)
    commands = [
        Command(name=each.command_name, hint=each.command_description) for each in found.commands
    ]
    return Automation(ice_breakers=list(found.prompts), commands=commands)


@router.put("/automation", dependencies=changing)
async def set_automation(body: Automation, reach: WhatsApp) -> Automation:
    """Replace ice breakers and commands."""
    commands = [
        {"command_name": each.name, "command_description": each.hint} for each in body.commands
    ]
    await numbers.set_automation(
        reach.graph, reach.token, reach.number, body.ice_breakers, commands
    )
    return body


@router.get("/commerce")
async def get_commerce(reach: WhatsApp) -> CommerceSettings:
    """Whether the cart and the catalogue show."""
    found = await profile.commerce(reach.graph, reach.token, reach.number)
    return CommerceSettings(cart=found.is_cart_enabled, catalogue=found.is_catalog_visible)


@router.put("/commerce", dependencies=changing)
async def set_commerce(body: CommerceSettings, reach: WhatsApp) -> CommerceSettings:
    """Show or hide the cart and the catalogue."""
    wanted = Commerce(is_cart_enabled=body.cart, is_catalog_visible=body.catalogue)
    await profile.set_commerce(reach.graph, reach.token, reach.number, wanted)
    return body


@router.get("/settings")
async def get_settings(reach: WhatsApp) -> dict[str, Any]:
    """Calling, identity check and storage, as Meta shapes them."""
    return await numbers.settings(reach.graph, reach.token, reach.number)


@router.put("/identity-check", dependencies=changing)
async def set_identity_check(body: IdentityCheck, reach: WhatsApp) -> IdentityCheck:
    """Have Meta refuse messages to a person whose identity changed since they last wrote."""
    await numbers.check_identity(reach.graph, reach.token, reach.number, is_on=body.enabled)
    return body


@router.get("/health")
async def health(reach: WhatsApp) -> dict[str, Any]:
    """Whether messages can be sent, link by link, asked of Meta now."""
    found = await accounts.health(reach.graph, reach.token, reach.number)
    return {
        "can_send_message": found.can_send_message,
        "parts": [
            {
                "kind": part.entity_type.lower(),
                "id": part.id,
                "can_send_message": part.can_send_message,
                "notes": list(part.additional_info),
                "errors": [
                    {
                        "code": error.error_code,
                        "words": error.error_description,
                        "next_step": error.possible_solution,
                    }
                    for error in part.errors
                ],
            }
            for part in found.entities
        ],
    }
