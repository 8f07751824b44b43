"""The values that a caller gives for one message, and what can be wrong with them."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from msgspec import Struct

from serai.core.content import Document, File, Image, Location, Part, Video
from serai.core.template import Gif, Product, Tap
from serai.core.templates.layout import Layout

Texts: TypeAlias = tuple[str | None, ...] | Mapping[str, str | None]
"""In the order of the variables, or by their names."""

FileHeader: TypeAlias = Image | Video | Gif | Document
Given: TypeAlias = str | FileHeader | Location | Product | None
"""For a header: its variable, its file, its place or its product."""

LONGEST_BODY = 1024
"""Characters of a filled-in body with other parts beside it. Source: "Template messages"."""
LONGEST_LONE_BODY = 32_768
"""Characters of a filled-in body that stands alone. Source: as above."""
LONGEST_CODE = 15
"""Characters of a one-time password. Source: WhatsApp Cloud API, "Authentication templates"."""
LONGEST_COUPON = 20
"""Characters, since 3 December 2025. Source: WhatsApp Cloud API, "Coupon code templates"."""
LONGEST_URL = 2000
"""Characters of a link with its variable filled in. Source: "Template components"."""
PRODUCT_CARDS = range(2, 11)
"""How many product cards may be sent, whatever number was approved. Source: as above."""
MOST_SECTIONS = 10
MOST_PRODUCTS = 30
LONGEST_SECTION_TITLE = 24
"""Of a multi-product template. Source: "Template messages"."""

BROKEN = re.compile(r"[\n\t\r]| {5,}")
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


class FaceValues(Part, frozen=True, kw_only=True):
    header: Given = None
    body: Texts = ()
    buttons: tuple[Tap, ...] = ()


class Values(FaceValues, frozen=True, kw_only=True):
    offer_expires_at: datetime | None = None
    cards: tuple[FaceValues, ...] = ()


class Template(Struct, frozen=True, kw_only=True):
    """A template as sending needs it."""

    name: str
    language: str
    category: str
    layout: Layout
    labels: Mapping[str, str] = {}
    """What people call the numbered variables of the body, by number."""
    fallbacks: Mapping[str, str] = {}
    """What is said where a value is missing, by place: `body.first_name`, `header.1`."""


class Problem(Struct, frozen=True):
    """One thing that is wrong with the values."""

    field: str
    """Where: body.first_name, buttons[1].suffix, cards[0].header."""
    text: str
    parameter: str | None = None
    """The variable's name or number, if it is about one."""
    kind: str = "wrong"
    """missing, surplus or wrong."""


def text_problem(text: str) -> str | None:
    """What WhatsApp would refuse about a text value.

    Source: WhatsApp Cloud API, errors 131008 and 132018.
    """
    if not text.strip():
        return "It is empty."
    if BROKEN.search(text):
        return "It has a line break, a tab or more than 4 spaces in a row."
    return None


def file_problem(kind: str, file: File) -> str | None:
    """What would keep Meta from taking the file of a header."""
    if not (file.id or file.meta_id or file.link):
        return "It names no file."
    if file.link and not file.link.startswith(("https://", "http://")):
        return "Its link is not a web address."
    if kind == "image" and file.mime_type and not file.mime_type.startswith("image/"):
        return "It is not a picture."
    if kind in {"video", "gif"} and file.mime_type and not file.mime_type.startswith("video/"):
        return "It is not a film."
    return None


def place_problem(place: Location) -> str | None:
    """Meta wants all four members of a location header, within the globe."""
    if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
        return "There is no such place on the globe."
    if not (place.name and place.address):
        return "It needs a name and an address."
    return None
