"""Cards side by side in an interactive message.

Source: WhatsApp Cloud API reference, 2.5 "Media carousel".
"""

from typing import Annotated, Literal, cast

import msgspec

from metasim.graph.types.actions import Action, Label, Link, unique
from metasim.graph.types.content import Attachment
from metasim.graph.types.media import Source
from metasim.graph.types.products import product_button
from metasim.graph.types.shape import Filled, Shape
from metasim.shapes import Json

MOST_LINE_BREAKS = 2


class CardHeader(Shape, kw_only=True):
    type: Literal["image", "video"]
    image: Source | None = None
    video: Source | None = None

    def __post_init__(self) -> None:
        given = [name for name in ("image", "video") if getattr(self, name) is not None]
        if given != [self.type]:
            raise ValueError(f"needs exactly the member {self.type!r} that its type names")

    @property
    def source(self) -> Source:
        return cast("Source", getattr(self, self.type))


class CardBody(Shape, kw_only=True):
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=160)]

    def __post_init__(self) -> None:
        if self.text.count("\n") > MOST_LINE_BREAKS:
            raise ValueError(f"must have at most {MOST_LINE_BREAKS} line breaks")


class QuickReply(Shape, kw_only=True):
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
    title: Label


class QuickReplyButton(Shape, kw_only=True):
    type: Literal["quick_reply"]
    quick_reply: QuickReply


class CardAction(Shape, kw_only=True):
    """A link, quick replies, or a product."""

    name: Literal["cta_url"] | None = None
    parameters: Link | None = None
    buttons: list[QuickReplyButton] | None = None
    catalog_id: Filled | None = None
    product_retailer_id: Filled | None = None

    def __post_init__(self) -> None:
        link = self.name is not None and self.parameters is not None
        product = self.catalog_id is not None and self.product_retailer_id is not None
        if [link, bool(self.buttons), product].count(True) != 1:
            raise ValueError("needs either a link, quick replies, or a product")

    def shape(self) -> tuple[str, int]:
        """What must be the same on all cards."""
        kind = "link" if self.parameters else "buttons" if self.buttons else "product"
        return kind, len(self.buttons or [])

    def shown(self) -> list[Json]:
        if self.parameters is not None:
            link = self.parameters
            return [{"kind": "url", "text": link.display_text, "url": link.url}]
        if self.buttons:
            replies = [button.quick_reply for button in self.buttons]
            return [{"kind": "reply", "text": each.title, "id": each.id} for each in replies]
        return [product_button(self.catalog_id or "", self.product_retailer_id or "", "View")]


class Card(Shape, kw_only=True):
    card_index: Annotated[int, msgspec.Meta(ge=0, le=9)]
    type: Literal["cta_url", "product", "quick_reply"] | None = None
    header: CardHeader | None = None
    body: CardBody | None = None
    action: CardAction

    def __post_init__(self) -> None:
        if (self.header is None) != (self.action.catalog_id is not None):
            raise ValueError("needs a header, and none when it shows a product")


class Carousel(Action, kw_only=True):
    """Two to ten cards of one build."""

    cards: Annotated[list[Card], msgspec.Meta(min_length=2, max_length=10)]

    def __post_init__(self) -> None:
        if [card.card_index for card in self.cards] != list(range(len(self.cards))):
            raise ValueError("must number its cards 0, 1, 2 and so on by card_index")
        builds = {(_header(card), card.body is None, card.action.shape()) for card in self.cards}
        if len(builds) != 1:
            raise ValueError("must have the same header, body and buttons on all cards")
        if len({card.action.catalog_id for card in self.cards}) != 1:
            raise ValueError("must show products of one catalog")
        replies = [each for card in self.cards for each in card.action.buttons or []]
        unique([each.quick_reply.id for each in replies], "button ids")

    def view(self) -> Json:
        return {"cards": [_shown(card) for card in self.cards]}

    def buttons(self) -> list[Json]:
        return [button for card in self.cards for button in card.action.shown()]

    def attachments(self, shown: list[Json]) -> list[Attachment]:
        """The pictures and videos of the cards; their ids go into `shown`."""
        return [
            card.header.source.attachment(
                card.header.type,
                f"interactive['action']['cards'][{card.card_index}]['header']",
                view["header"],
            )
            for card, view in zip(self.cards, shown, strict=True)
            if card.header is not None
        ]


def _header(card: Card) -> str | None:
    return None if card.header is None else card.header.type


def _shown(card: Card) -> Json:
    retailer_id = card.action.product_retailer_id
    return {
        "header": None if card.header is None else {"type": card.header.type, "media": None},
        "body": "" if card.body is None else card.body.text,
        "products": [] if retailer_id is None else [{"title": "", "items": [retailer_id]}],
        "buttons": card.action.shown(),
    }
