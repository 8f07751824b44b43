"""Would Meta take this? Everything that it is known to refuse is found here before it leaves.

Templates are checked against what Meta approved (`core.templates`), for their limits are their own.
Source of all rules: WhatsApp Cloud API, "Send messages" and its pages for each kind.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import Struct

from serai.core.content import (
    Audio,
    Card,
    Contacts,
    Document,
    Image,
    Location,
    Media,
    Reaction,
    Sticker,
    Text,
    Video,
)
from serai.core.message import Content, kind_of
from serai.core.template import TemplateRef
from serai.meta.kind import Problem
from serai.meta.whatsapp import interactive_checks, limits, rules
from serai.meta.whatsapp.rules import Problems

EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
COUNTRY_CODE = re.compile(r"[A-Za-z]{2}")
BIRTHDAY = re.compile(r"\d{4}-\d\d-\d\d")


def check(content: Content) -> list[Problem]:
    """What Meta would refuse, in the order of the fields; empty if nothing is known against it."""
    checker = CHECKS.get(type(content))
    if checker is None:
        return [Problem("type", f"A message of kind {kind_of(content)} only comes in.")]
    return list(checker(content))


def _text(content: Text) -> Problems:
    yield from rules.text("body", content.body, limits.TEXT)


def _media(content: Media) -> Problems:
    yield from rules.file("file", content.file, kind_of(content))
    caption = getattr(content, "caption", None)
    yield from rules.text("caption", caption, limits.CAPTION, needed=False)


def _audio(content: Audio) -> Problems:
    yield from _media(content)
    mime_type = (content.file.mime_type or "").partition(";")[0]
    if content.voice and mime_type and mime_type != "audio/ogg":
        yield Problem("file", "A voice note is OGG with Opus; send others without `voice`.")


def _location(content: Location) -> Problems:
    if not -90 <= content.latitude <= 90:
        yield Problem("latitude", "Degrees from -90 to 90.")
    if not -180 <= content.longitude <= 180:
        yield Problem("longitude", "Degrees from -180 to 180.")
    if content.address and not content.name:
        yield Problem("name", "An address is shown only below a name. Give one.")


def _contacts(content: Contacts) -> Problems:
    yield from rules.count("cards", content.cards, 1, limits.CONTACTS)
    for number, card in enumerate(content.cards):
        yield from _card(f"cards[{number}]", card)


def _card(field: str, card: Card) -> Problems:
    yield from rules.text(f"{field}.name", card.name, limits.TEXT)
    if not (card.first_name or card.last_name):
        yield Problem(f"{field}.first_name", "Besides the full name, give a first or last name.")
    if card.birthday is not None and not _is_day(card.birthday):
        yield Problem(f"{field}.birthday", "A day such as 1990-04-17.")
    yield from _reached(field, card)


def _reached(field: str, card: Card) -> Problems:
    for number, phone in enumerate(card.phones):
        yield from rules.text(f"{field}.phones[{number}].phone", phone.phone, limits.TEXT)
    for number, email in enumerate(card.emails):
        if not EMAIL.fullmatch(email.value):
            yield Problem(f"{field}.emails[{number}].value", "An address such as ada@example.com.")
    for number, url in enumerate(card.urls):
        yield from rules.link(f"{field}.urls[{number}].value", url.value)
    for number, address in enumerate(card.addresses):
        if address.country_code and not COUNTRY_CODE.fullmatch(address.country_code):
            yield Problem(f"{field}.addresses[{number}].country_code", "Two letters, such as PT.")


def _is_day(text: str) -> bool:
    try:
        return bool(BIRTHDAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _reaction(content: Reaction) -> Problems:
    yield from rules.text("target", content.target, limits.TEXT)
    if content.emoji is not None and not rules.is_emoji(content.emoji):
        yield Problem("emoji", "One emoji; leave it out to take a reaction back.")


def _template(_: TemplateRef) -> Problems:
    yield from ()


CHECKS: dict[type[Struct], Callable[[Any], Problems]] = {
    Text: _text,
    Image: _media,
    Video: _media,
    Audio: _audio,
    Document: _media,
    Sticker: _media,
    Location: _location,
    Contacts: _contacts,
    Reaction: _reaction,
    TemplateRef: _template,
    **interactive_checks.CHECKS,
}
"""One per kind that may be sent."""
