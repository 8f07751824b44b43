"""What may be sent through the API with something to tap or fill in: one shape for each kind."""

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from serai.features.inbox.api.sendable import FileIn, Shape, shown


class HeaderIn(Shape):
    """Above the body: a text, or a picture, video or document."""

    kind: Literal["text", "image", "video", "document"]
    text: str | None = None
    file: FileIn | None = None


class Framed(Shape):
    body: str
    header: HeaderIn | None = None
    footer: str | None = None


class ButtonIn(Shape):
    id: str = Field(description="Comes back when it is tapped.")
    title: str


class ButtonsIn(Framed):
    model_config = shown(
        {
            "type": "buttons",
            "body": "When shall we bring it?",
            "buttons": [
                {"id": "noon", "title": "At noon"},
                {"id": "evening", "title": "In the evening"},
            ],
        }
    )
    type: Literal["buttons"]
    buttons: list[ButtonIn] = Field(description="Up to 3.")


class RowIn(Shape):
    id: str = Field(description="Comes back when it is chosen.")
    title: str
    description: str | None = None


class SectionIn(Shape):
    title: str | None = Field(None, description="Needed when there are two sections or more.")
    rows: list[RowIn]


class ListIn(Framed):
    model_config = shown(
        {
            "type": "list",
            "body": "What would you like?",
            "button": "Menu",
            "sections": [
                {"rows": [{"id": "soup", "title": "Lentil soup", "description": "With lemon"}]}
            ],
        }
    )
    type: Literal["list"]
    button: str = Field(description="Opens the list.")
    sections: list[SectionIn] = Field(description="Up to 10 rows in all.")


class LinkButtonIn(Framed):
    model_config = shown(
        {
            "type": "link_button",
            "body": "Our menu of today",
            "label": "Open",
            "url": "https://shop.example/menu",
        }
    )
    type: Literal["link_button"]
    label: str
    url: str


class LocationRequestIn(Shape):
    model_config = shown({"type": "location_request", "body": "Where shall we bring it?"})
    type: Literal["location_request"]
    body: str


class AddressRequestIn(Shape):
    model_config = shown({"type": "address_request", "body": "Where shall we send it?"})
    type: Literal["address_request"]
    body: str
    country: str = Field("IN", description="Meta offers it in India only.")
    values: dict[str, str] = Field({}, description="What the form begins with.")


class FlowIn(Framed):
    model_config = shown(
        {"type": "flow", "body": "Book a table", "cta": "Book", "flow_name": "table"}
    )
    type: Literal["flow"]
    cta: str = Field(description="The button's label.")
    flow_id: str | None = Field(None, description="This or `flow_name`.")
    flow_name: str | None = None
    flow_token: str | None = Field(None, description="Comes back with the answers.")
    mode: Literal["published", "draft"] = "published"
    action: Literal["navigate", "data_exchange"] = "navigate"
    screen: str | None = Field(None, description="The first one; with `navigate`.")
    data: dict[str, Any] = Field({}, description="For the first screen.")


class ProductIn(Shape):
    model_config = shown(
        {"type": "product", "catalog_id": "194836987003835", "product_id": "lamp-1"}
    )
    type: Literal["product"]
    catalog_id: str
    product_id: str = Field(description="The shop's own id of the product.")
    body: str | None = None
    footer: str | None = None


class ProductSectionIn(Shape):
    title: str = ""
    product_ids: list[str]


class ProductListIn(Shape):
    model_config = shown(
        {
            "type": "product_list",
            "catalog_id": "194836987003835",
            "header": "Lamps",
            "body": "All of them are on the shelf.",
            "sections": [{"title": "Small", "product_ids": ["lamp-1", "lamp-2"]}],
        }
    )
    type: Literal["product_list"]
    catalog_id: str
    header: str
    body: str
    sections: list[ProductSectionIn] = Field(description="Up to 30 products in all.")
    footer: str | None = None


class CatalogueIn(Shape):
    model_config = shown({"type": "catalogue", "body": "All that we have"})
    type: Literal["catalogue"]
    body: str
    thumbnail_product_id: str | None = None
    footer: str | None = None


class CallPermissionRequestIn(Shape):
    model_config = shown({"type": "call_permission_request", "body": "May we call you about it?"})
    type: Literal["call_permission_request"]
    body: str | None = None


class VoiceCallButtonIn(Shape):
    model_config = shown({"type": "voice_call_button", "body": "Talk to us", "label": "Call"})
    type: Literal["voice_call_button"]
    body: str
    label: str
    ttl_minutes: int | None = Field(
        None, description="How long the button works; 7 days if unsaid."
    )
    payload: str | None = Field(None, description="Comes back with the call.")


class ContactInfoRequestIn(Shape):
    model_config = shown({"type": "contact_info_request", "body": "How can we reach you?"})
    type: Literal["contact_info_request"]
    body: str


class CarouselCardIn(Shape):
    """A link with its label, or buttons, or a product; all cards of a carousel alike."""

    header: HeaderIn | None = None
    body: str | None = None
    label: str | None = None
    url: str | None = None
    buttons: list[ButtonIn] = Field([])
    product_id: str | None = None


class CarouselIn(Shape):
    model_config = shown(
        {
            "type": "carousel",
            "body": "Two rooms left",
            "cards": [
                {
                    "header": {
                        "kind": "image",
                        "file": {"link": f"https://cdn.example/{room}.jpg"},
                    },
                    "body": room.title(),
                    "label": "Book",
                    "url": f"https://shop.example/{room}",
                }
                for room in ("garden", "seaside")
            ],
        }
    )
    type: Literal["carousel"]
    body: str
    cards: list[CarouselCardIn] = Field(description="2 to 10.")
    catalog_id: str | None = Field(None, description="For product cards.")


TappableIn: TypeAlias = Annotated[
    ButtonsIn
    | ListIn
    | LinkButtonIn
    | LocationRequestIn
    | AddressRequestIn
    | FlowIn
    | ProductIn
    | ProductListIn
    | CatalogueIn
    | CallPermissionRequestIn
    | VoiceCallButtonIn
    | ContactInfoRequestIn
    | CarouselIn,
    Field(discriminator="type"),
]
