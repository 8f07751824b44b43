"""What a template is made of and what it asks for, read from its components as Meta gives them.

Source: WhatsApp Cloud API, "Template components".
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from serai.core.content import Part

VARIABLE = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")
AUTHENTICATION = "AUTHENTICATION"


class RawButton(Struct, frozen=True):
    type: str
    text: str | None = None
    url: str | None = None
    phone_number: str | None = None


class RawOffer(Struct, frozen=True):
    text: str = ""
    has_expiration: bool = False


class RawComponent(Struct, frozen=True):
    type: str
    format: str | None = None
    text: str | None = None
    buttons: tuple[RawButton, ...] | None = None
    cards: tuple[dict[str, Any], ...] | None = None
    limited_time_offer: RawOffer | None = None


class Button(Part, frozen=True, kw_only=True):
    index: int
    kind: str
    """As Meta names it, in small letters: quick_reply, url, phone_number, copy_code, otp …"""
    text: str = ""
    url: str | None = None
    phone_number: str | None = None

    @property
    def has_variable(self) -> bool:
        return self.url is not None and VARIABLE.search(self.url) is not None


class Face(Part, frozen=True, kw_only=True):
    """Header, body, footer and buttons: of the template itself, or of one card."""

    header_kind: str | None = None
    """text, image, video, gif, document, location or product."""
    header_text: str = ""
    header_variables: tuple[str, ...] = ()
    body: str = ""
    body_variables: tuple[str, ...] = ()
    """In the order in which their values are given."""
    footer: str | None = None
    buttons: tuple[Button, ...] = ()


class Offer(Part, frozen=True, kw_only=True):
    text: str
    has_expiration: bool


class Layout(Part, frozen=True, kw_only=True):
    face: Face
    offer: Offer | None = None
    cards: tuple[Face, ...] = ()


class Unreadable(Exception):
    """The components are not what Meta documents."""


def layout(components: Sequence[Any], category: str = "") -> Layout:
    """What `components` ask for. Raises Unreadable."""
    try:
        parts = _by_type(components)
        carousel = parts.get("CAROUSEL")
        cards = tuple(
            _face(_by_type(card.get("components", ())))
            for card in (carousel and carousel.cards) or ()
        )
    except (msgspec.ValidationError, AttributeError) as error:
        raise Unreadable(str(error)) from error
    face = _face(parts)
    if category == AUTHENTICATION and not face.body_variables:
        face = msgspec.structs.replace(face, body=face.body or "{{1}}", body_variables=("1",))
    return Layout(face=face, offer=_offer(parts), cards=cards)


def variables(text: str) -> tuple[str, ...]:
    """The variables of a text, each once: numbers in their order, names as they appear."""
    found = tuple(dict.fromkeys(VARIABLE.findall(text)))
    if all(name.isdecimal() for name in found):
        return tuple(sorted(found, key=int))
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with each variable replaced by its value; one without a value stays."""
    return VARIABLE.sub(lambda match: values.get(match[1], match[0]), text)


def _by_type(components: Sequence[Any]) -> dict[str, RawComponent]:
    read = msgspec.convert(components, tuple[RawComponent, ...], strict=False)
    return {part.type.upper(): part for part in read}


def _face(parts: Mapping[str, RawComponent]) -> Face:
    header, body, footer = parts.get("HEADER"), parts.get("BODY"), parts.get("FOOTER")
    header_text = (header and header.text) or ""
    text = (body and body.text) or ""
    return Face(
        header_kind=(header.format or "TEXT").lower() if header else None,
        header_text=header_text,
        header_variables=variables(header_text),
        body=text,
        body_variables=variables(text),
        footer=footer.text if footer else None,
        buttons=_buttons(parts.get("BUTTONS")),
    )


def _buttons(part: RawComponent | None) -> tuple[Button, ...]:
    return tuple(
        Button(
            index=index,
            kind=each.type.lower(),
            text=each.text or "",
            url=each.url,
            phone_number=each.phone_number,
        )
        for index, each in enumerate((part and part.buttons) or ())
    )


def _offer(parts: Mapping[str, RawComponent]) -> Offer | None:
    raw = parts.get("LIMITED_TIME_OFFER")
    if raw is None or raw.limited_time_offer is None:
        return None
    offer = raw.limited_time_offer
    return Offer(text=offer.text, has_expiration=offer.has_expiration)
