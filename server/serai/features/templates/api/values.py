"""The values of a template, as callers of the API give them."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from serai.core.content import Document, File, Image, Location, Video
from serai.core.interactive import ProductSection
from serai.core.template import Gif, Product, Tap
from serai.core.templates.values import FaceValues, Given, Values
from serai.kit.http import example


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FileIn(Strict):
    """A file by our id, by Meta's id or by a public link: one of the three."""

    id: UUID | None = Field(default=None, description="From POST /files.")
    meta_id: str | None = Field(
        default=None, description="Of a file uploaded to this number at Meta."
    )
    link: str | None = Field(default=None, examples=["https://cdn.example/room.jpg"])
    name: str | None = Field(default=None, description="As the person sees it; for documents.")

    def file(self) -> File:
        return File(id=self.id, meta_id=self.meta_id, link=self.link, name=self.name)


class LocationIn(Strict):
    latitude: float
    longitude: float
    name: str
    address: str


class ProductIn(Strict):
    catalog_id: str
    product_id: str


class HeaderIn(Strict):
    """What stands above the body: exactly one of these."""

    image: FileIn | None = None
    video: FileIn | None = None
    gif: FileIn | None = None
    document: FileIn | None = None
    location: LocationIn | None = None
    product: ProductIn | None = None

    def given(self) -> Given:
        """The first that is said."""
        files = (
            (self.image, Image),
            (self.video, Video),
            (self.gif, Gif),
            (self.document, Document),
        )
        for file, kind in files:
            if file is not None:
                return kind(file=file.file())
        if self.location is not None:
            return Location(**self.location.model_dump())
        return Product(**self.product.model_dump()) if self.product is not None else None


class SectionIn(Strict):
    title: str
    product_ids: list[str]


class ButtonIn(Strict):
    """What one button is given; only what fits its kind."""

    index: int = Field(ge=0, le=9, description="Its place among the template's buttons, from 0.")
    payload: str | None = Field(default=None, max_length=512)
    suffix: str | None = Field(default=None, description="The last part of its link.")
    coupon_code: str | None = None
    flow_token: str | None = None
    flow_data: dict[str, Any] | None = None
    thumbnail_product_id: str | None = None
    sections: list[SectionIn] = []
    ttl_minutes: int | None = None

    def tap(self) -> Tap:
        sections = tuple(
            ProductSection(title=each.title, product_ids=tuple(each.product_ids))
            for each in self.sections
        )
        given: dict[str, Any] = self.model_dump(exclude={"sections"})
        return Tap(**given, sections=sections)


class CardIn(Strict):
    header: str | HeaderIn | None = None
    body: list[str | None] | dict[str, str | None] = Field(
        default=[], description="In the order of the variables, or by their names."
    )
    buttons: list[ButtonIn] = []

    def face(self) -> FaceValues:
        return FaceValues(
            header=_header(self.header),
            body=tuple(self.body) if isinstance(self.body, list) else self.body,
            buttons=tuple(button.tap() for button in self.buttons),
        )


class ValuesIn(CardIn):
    """All that a template is filled in with."""

    model_config = ConfigDict(
        extra="forbid",
        **example(
            {
                "header": {"image": {"link": "https://cdn.example/room.jpg"}},
                "body": {"first_name": "Rosa", "eta": "Tuesday"},
                "buttons": [{"index": 0, "suffix": "5512"}],
            }
        ),
    )
    offer_expires_at: AwareDatetime | None = None
    cards: list[CardIn] = Field(default=[], max_length=10)

    def values(self) -> Values:
        face = self.face()
        return Values(
            header=face.header,
            body=face.body,
            buttons=face.buttons,
            offer_expires_at=self.offer_expires_at,
            cards=tuple(card.face() for card in self.cards),
        )


def _header(header: str | HeaderIn | None) -> Given:
    return header.given() if isinstance(header, HeaderIn) else header
