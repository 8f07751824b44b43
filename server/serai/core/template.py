"""A template message: what is filled into an approved template, and how the person will read it.

Source: WhatsApp Cloud API, "Template messages".
"""

from typing import Any, TypeAlias

from msgspec import Struct

from serai.core.content import Document, File, Image, Location, Part, Text, Video
from serai.core.interactive import ProductSection


class Gif(Part, frozen=True, kw_only=True, tag="gif"):
    """A short film that plays by itself; Meta takes it in marketing templates only."""

    file: File


class Product(Part, frozen=True, kw_only=True, tag="product_header"):
    catalog_id: str
    product_id: str


HeaderValue: TypeAlias = Text | Image | Video | Gif | Document | Location | Product


class Tap(Part, frozen=True, kw_only=True):
    """What one button is given. Only the member that fits the button's kind is filled in."""

    index: int
    """Its place among the template's buttons, from 0."""
    kind: str = ""
    """quick_reply, url, copy_code, flow, catalog, mpm or voice_call; known once it is filled in."""
    payload: str | None = None
    """Comes back when a quick reply is tapped; without it the label comes back."""
    suffix: str | None = None
    """Takes the place of the variable at the end of a link."""
    coupon_code: str | None = None
    flow_token: str | None = None
    flow_data: dict[str, Any] | None = None
    thumbnail_product_id: str | None = None
    sections: tuple[ProductSection, ...] = ()
    ttl_minutes: int | None = None
    """How long a call button can be used."""


class FilledFace(Part, frozen=True, kw_only=True):
    """The values of one card of a carousel, in the order of its variables."""

    header: HeaderValue | None = None
    header_name: str | None = None
    parameters: tuple[str, ...] = ()
    parameter_names: tuple[str, ...] = ()
    taps: tuple[Tap, ...] = ()


class ShownButton(Part, frozen=True, kw_only=True):
    kind: str
    """Meta's name for it, in small letters."""
    text: str
    url: str | None = None
    phone_number: str | None = None
    code: str | None = None


class Shown(Part, frozen=True, kw_only=True):
    """What stands around the body, as the person sees it."""

    body: str = ""
    header_kind: str | None = None
    """text, image, video, gif, document, location or product."""
    header_text: str | None = None
    footer: str | None = None
    offer: str | None = None
    """The words of a limited-time offer."""
    offer_expires_at_ms: int | None = None
    buttons: tuple[ShownButton, ...] = ()
    cards: tuple["Shown", ...] = ()


class TemplateTexts(Part, frozen=True, kw_only=True):
    """The words of a template that Meta reports as changed, without their examples."""

    body: str
    header: str | None = None
    footer: str | None = None
    buttons: tuple[ShownButton, ...] = ()


class TemplateRef(Struct, frozen=True, tag="template", omit_defaults=True):
    """An approved template with its values, checked against what the template asks for."""

    name: str
    language: str
    parameters: tuple[str, ...] = ()
    """Of the body, in the order of {{1}}, {{2}} … or of `parameter_names`."""
    body: str = ""
    """As the person will read it; filled in when the message is asked for."""
    category: str = "UTILITY"
    """When the message was asked for; policy looks at the present one too."""
    parameter_names: tuple[str, ...] = ()
    """For a template with named variables."""
    header: HeaderValue | None = None
    header_name: str | None = None
    taps: tuple[Tap, ...] = ()
    offer_expires_at_ms: int | None = None
    """Milliseconds since 1970."""
    cards: tuple[FilledFace, ...] = ()
    shown: Shown | None = None
    tried_languages: tuple[str, ...] = ()
    """Which were wanted before this one was found, when the caller left the choice to us."""
