"""Messages with something to tap or fill in; only a business can send them.

Source of all shapes: WhatsApp Cloud API, "Interactive messages". Their limits are checked in
`meta.whatsapp`, where what Meta takes is known.
"""

from typing import Any, TypeAlias

from msgspec import field

from serai.core.content import File, Part


class Header(Part, frozen=True, kw_only=True):
    """Above the body: a text or one file, never both."""

    kind: str
    """text, image, video or document."""
    text: str | None = None
    file: File | None = None


class Framed(Part, frozen=True, kw_only=True):
    """What most interactive messages have around what is tapped."""

    body: str
    header: Header | None = None
    footer: str | None = None


class Button(Part, frozen=True, kw_only=True):
    id: str
    title: str


class Buttons(Framed, frozen=True, kw_only=True, tag="buttons"):
    """Up to three answers to tap."""

    buttons: tuple[Button, ...]


class Row(Part, frozen=True, kw_only=True):
    id: str
    title: str
    description: str | None = None


class Section(Part, frozen=True, kw_only=True):
    rows: tuple[Row, ...]
    title: str | None = None


class ListMenu(Framed, frozen=True, kw_only=True, tag="list"):
    """A menu that opens from one button."""

    button: str
    sections: tuple[Section, ...]


class LinkButton(Framed, frozen=True, kw_only=True, tag="link_button"):
    label: str
    url: str


class LocationRequest(Part, frozen=True, kw_only=True, tag="location_request"):
    body: str


class AddressRequest(Part, frozen=True, kw_only=True, tag="address_request"):
    """A form for a postal address; Meta offers it in India only."""

    body: str
    country: str = "IN"
    values: dict[str, str] = field(default_factory=dict)


class FlowMessage(Framed, frozen=True, kw_only=True, tag="flow"):
    """A form of several screens."""

    cta: str
    flow_id: str | None = None
    flow_name: str | None = None
    flow_token: str | None = None
    mode: str = "published"
    action: str = "navigate"
    screen: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


class ProductMessage(Part, frozen=True, kw_only=True, tag="product"):
    catalog_id: str
    product_id: str
    body: str | None = None
    footer: str | None = None


class ProductSection(Part, frozen=True, kw_only=True):
    title: str
    product_ids: tuple[str, ...]


class ProductList(Part, frozen=True, kw_only=True, tag="product_list"):
    catalog_id: str
    header: str
    body: str
    sections: tuple[ProductSection, ...]
    footer: str | None = None


class Catalogue(Part, frozen=True, kw_only=True, tag="catalogue"):
    body: str
    thumbnail_product_id: str | None = None
    footer: str | None = None


class CallPermissionRequest(Part, frozen=True, kw_only=True, tag="call_permission_request"):
    body: str | None = None


class VoiceCallButton(Part, frozen=True, kw_only=True, tag="voice_call_button"):
    body: str
    label: str
    ttl_minutes: int | None = None
    payload: str | None = None


class ContactInfoRequest(Part, frozen=True, kw_only=True, tag="contact_info_request"):
    """Asks someone who hides their number to share it."""

    body: str


class CarouselCard(Part, frozen=True, kw_only=True):
    """Either a link, or answers to tap, or a product; all cards of a carousel alike."""

    header: Header | None = None
    body: str | None = None
    label: str | None = None
    url: str | None = None
    buttons: tuple[Button, ...] = ()
    product_id: str | None = None


class Carousel(Part, frozen=True, kw_only=True, tag="carousel"):
    body: str
    cards: tuple[CarouselCard, ...]
    catalog_id: str | None = None
    """For product cards."""


Interactive: TypeAlias = (
    Buttons
    | ListMenu
    | LinkButton
    | LocationRequest
    | AddressRequest
    | FlowMessage
    | ProductMessage
    | ProductList
    | Catalogue
    | CallPermissionRequest
    | VoiceCallButton
    | ContactInfoRequest
    | Carousel
)
