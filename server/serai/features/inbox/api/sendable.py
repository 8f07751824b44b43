"""What may be sent through the API: one shape for each kind of content.

They say what there is; how long or how many it may be is checked in one place,
`meta.whatsapp.checks`, for whoever sends.
"""

from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from serai.core.content import (
    Audio,
    Contacts,
    Document,
    Image,
    Location,
    Sticker,
    Text,
    Video,
)
from serai.core.interactive import Interactive
from serai.kit.http import example

Plain: TypeAlias = (
    Text | Image | Video | Audio | Document | Sticker | Location | Contacts | Interactive
)
"""All that needs nothing looked up."""


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


def shown(value: dict[str, Any]) -> ConfigDict:
    """A strict shape with an example for the API's description."""
    return ConfigDict(extra="forbid", **example(value))


class FileIn(Shape):
    """A file by our id, by Meta's id or by a public link: one of the three."""

    id: UUID | None = Field(None, description="From POST /files.")
    meta_id: str | None = Field(None, description="Of a file uploaded to this number at Meta.")
    link: str | None = Field(None, examples=["https://cdn.example/menu.pdf"])
    name: str | None = Field(None, description="As the person sees it; for documents.")


class TextIn(Shape):
    model_config = shown({"type": "text", "body": "See https://shop.example", "preview_url": True})
    type: Literal["text"]
    body: str
    preview_url: bool = Field(False, description="Whether the first link is shown with a preview.")


class ImageIn(Shape):
    model_config = shown(
        {"type": "image", "file": {"link": "https://cdn.example/a.jpg"}, "caption": "Front view"}
    )
    type: Literal["image"]
    file: FileIn
    caption: str | None = None


class VideoIn(Shape):
    model_config = shown({"type": "video", "file": {"link": "https://cdn.example/v.mp4"}})
    type: Literal["video"]
    file: FileIn
    caption: str | None = None


class AudioIn(Shape):
    model_config = shown(
        {"type": "audio", "file": {"id": "0b6ff1c6-0e1e-5a53-9d67-5a2f7d2e8c11"}, "voice": True}
    )
    type: Literal["audio"]
    file: FileIn
    voice: bool = Field(False, description="As a voice note: OGG with Opus, one channel.")


class DocumentIn(Shape):
    model_config = shown(
        {
            "type": "document",
            "file": {"link": "https://cdn.example/i.pdf", "name": "invoice-17.pdf"},
            "caption": "Your invoice",
        }
    )
    type: Literal["document"]
    file: FileIn
    caption: str | None = None


class StickerIn(Shape):
    model_config = shown({"type": "sticker", "file": {"link": "https://cdn.example/s.webp"}})
    type: Literal["sticker"]
    file: FileIn


class LocationIn(Shape):
    model_config = shown(
        {
            "type": "location",
            "latitude": 41.3874,
            "longitude": 2.1686,
            "name": "Old Port Desk",
            "address": "Moll 4, Barcelona",
        }
    )
    type: Literal["location"]
    latitude: float = Field(description="Degrees, north is positive.")
    longitude: float = Field(description="Degrees, east is positive.")
    name: str | None = None
    address: str | None = Field(None, description="Shown below the name.")


class PhoneIn(Shape):
    phone: str
    type: str | None = Field(None, examples=["WORK"])
    wa_id: str | None = Field(None, description="Digits; makes the card say Message, not Invite.")


class LabelledIn(Shape):
    value: str
    type: str | None = Field(None, examples=["WORK"])


class AddressIn(Shape):
    street: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    country_code: str | None = Field(None, examples=["PT"])
    type: str | None = Field(None, examples=["HOME"])


class CardIn(Shape):
    name: str = Field(description="The full name.")
    first_name: str | None = Field(None, description="This or the last name is needed as well.")
    last_name: str | None = None
    phones: list[PhoneIn] = []
    emails: list[LabelledIn] = []
    urls: list[LabelledIn] = []
    addresses: list[AddressIn] = []
    company: str | None = None
    department: str | None = None
    title: str | None = None
    birthday: str | None = Field(None, examples=["1990-04-17"])


class ContactsIn(Shape):
    model_config = shown(
        {
            "type": "contacts",
            "cards": [
                {
                    "name": "Ines Moura",
                    "first_name": "Ines",
                    "phones": [{"phone": "+351 21 000 0000", "type": "WORK"}],
                }
            ],
        }
    )
    type: Literal["contacts"]
    cards: list[CardIn]


class ReactionIn(Shape):
    model_config = shown(
        {
            "type": "reaction",
            "message_id": "0b6ff1c6-0e1e-5a53-9d67-5a2f7d2e8c11",
            "emoji": "👍",
        }
    )
    type: Literal["reaction"]
    message_id: UUID = Field(description="Of the message reacted to, in the same conversation.")
    emoji: str | None = Field(None, description="Left out: an earlier reaction is taken back.")


def content_of(shape: BaseModel) -> Plain:
    """The content that a shape says, not yet checked."""
    return msgspec.convert(shape.model_dump(mode="json", exclude_none=True), Plain)


PlainIn: TypeAlias = Annotated[
    TextIn
    | ImageIn
    | VideoIn
    | AudioIn
    | DocumentIn
    | StickerIn
    | LocationIn
    | ContactsIn
    | ReactionIn,
    Field(discriminator="type"),
]
