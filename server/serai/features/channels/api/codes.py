"""QR codes and short links that open a chat with a text already written."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, Field

from serai.core.permissions import Permission
from serai.features.channels.api.number import Done
from serai.features.channels.api.reach import WhatsApp
from serai.kit.http import CreatingRoute, may
from serai.meta.management import codes

PREFIX = "/channels/{channel_id}/whatsapp/qr-codes"
router = APIRouter(
    tags=["channels"], prefix=PREFIX, dependencies=[Depends(may(Permission.CHANNELS_READ))]
)
creating = APIRouter(tags=["channels"], prefix=PREFIX, route_class=CreatingRoute)
changing = [Depends(may(Permission.CHANNELS_WRITE))]
CodeId = Annotated[str, Path(pattern=r"^[A-Za-z0-9]{1,40}$")]


class QrCode(BaseModel):
    code: str
    text: str = Field(description="What stands in the person's message when they open the chat.")
    link: str = Field(examples=["https://wa.me/message/ABCDEF123456"])
    picture_url: str | None = Field(description="Short-lived; none right after a change.")


class QrCodes(BaseModel):
    data: list[QrCode]


class QrText(BaseModel):
    text: str = Field(min_length=1, max_length=140)


class NewQrCode(QrText):
    picture: Literal["SVG", "PNG"] = "SVG"


@router.get("")
async def list_codes(reach: WhatsApp) -> QrCodes:
    """All codes of the number."""
    found = await codes.codes_of(reach.graph, reach.token, reach.number)
    return QrCodes(data=[_shape(each) for each in found])


@creating.post("", dependencies=changing)
async def create_code(body: NewQrCode, reach: WhatsApp) -> QrCode:
    """A new code; it never expires."""
    made = await codes.create(reach.graph, reach.token, reach.number, body.text, body.picture)
    return _shape(made)


@router.put("/{code}", dependencies=changing)
async def change_code(code: CodeId, body: QrText, reach: WhatsApp) -> QrCode:
    """Another text behind a code that may be printed already."""
    return _shape(await codes.change(reach.graph, reach.token, reach.number, code, body.text))


@router.delete("/{code}", dependencies=changing)
async def remove_code(code: CodeId, reach: WhatsApp) -> Done:
    """Take a code out of use; what is printed leads nowhere then."""
    await codes.remove(reach.graph, reach.token, reach.number, code)
    return Done()


def _shape(code: codes.Code) -> QrCode:
    return QrCode(
        code=code.code,
        text=code.prefilled_message,
        link=code.deep_link_url,
        picture_url=code.qr_image_url,
    )
