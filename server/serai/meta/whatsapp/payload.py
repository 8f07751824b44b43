"""Our messages as requests to Meta's `/messages`.

Source: WhatsApp Cloud API, "Send messages", "Marketing Messages API" and the pages of each kind.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec

from serai.core.content import (
    Audio,
    Card,
    Contacts,
    Document,
    Image,
    Location,
    Reaction,
    Sticker,
    Text,
    Video,
)
from serai.core.ids import MessageId, MetaId, Who
from serai.core.message import Content, kind_of
from serai.core.template import TemplateRef
from serai.meta.request import Call, Request
from serai.meta.whatsapp.interactive_payload import interactive
from serai.meta.whatsapp.parts import Json, media, said
from serai.meta.whatsapp.template_payload import template


def request_for(
    message_id: MessageId,
    content: Content,
    who: Who,
    reply_to: MetaId | None = None,
    *,
    uses_marketing_route: bool = False,
) -> Request:
    """The call that sends `content`. Our id travels along and comes back in every status.

    Source: WhatsApp Cloud API, "Send messages": `biz_opaque_callback_data`, at most 512 characters;
    `to` with a plus sign, or `recipient` for a business-scoped id; `context` quotes a message and
    is not possible for reactions. "Marketing Messages API": marketing templates only.
    """
    person = who.person
    address = {"to": f"+{person.phone}"} if person.phone else {"recipient": person.user_id}
    body: Json = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **address,
        **payload(content),
        "biz_opaque_callback_data": str(message_id),
    }
    if reply_to is not None and not isinstance(content, Reaction):
        body["context"] = {"message_id": reply_to}
    is_marketing = isinstance(content, TemplateRef) and content.category == "MARKETING"
    route = "marketing_messages" if uses_marketing_route and is_marketing else "messages"
    return Request(path=f"{who.channel}/{route}", body=msgspec.json.encode(body))


def signal_for(message: MetaId, channel: MetaId, *, types: bool) -> Call:
    """The call that marks a person's message and all before it as read, and may show typing.

    Source: WhatsApp Cloud API, "Mark messages as read", "Typing indicators".
    """
    body: Json = {"messaging_product": "whatsapp", "status": "read", "message_id": message}
    if types:
        body["typing_indicator"] = {"type": "text"}
    return Call(path=f"{channel}/messages", method="POST", body=body)


def payload(content: Content) -> Json:
    """`type` and the object named after it. Raises ValueError for what only comes in."""
    write = PLAIN.get(type(content))
    if write is None:
        return {"type": "interactive", "interactive": interactive(content)}
    kind = kind_of(content)
    return {"type": kind, kind: write(content)}


def _text(content: Text) -> Json:
    return {"body": content.body} | said(preview_url=content.preview_url)


def _media(content: Image | Video | Audio | Document | Sticker) -> Json:
    match content:
        case Image(caption=caption) | Video(caption=caption):
            return media(content.file) | said(caption=caption)
        case Document(caption=caption):
            return media(content.file) | said(caption=caption, filename=content.file.name)
        case Audio(voice=voice):
            return media(content.file) | said(voice=voice)
        case Sticker():
            return media(content.file)


def _location(content: Location) -> Json:
    place = {"latitude": _degrees(content.latitude), "longitude": _degrees(content.longitude)}
    return place | said(name=content.name, address=content.address)


def _degrees(value: float) -> str:
    """Every digit and no exponent. Source: WhatsApp Cloud API, OpenAPI, location: texts."""
    return format(Decimal(repr(value)), "f")


def _card(card: Card) -> Json:
    name = said(formatted_name=card.name, first_name=card.first_name, last_name=card.last_name)
    return {"name": name} | said(
        birthday=card.birthday,
        phones=[said(phone=each.phone, type=each.type, wa_id=each.wa_id) for each in card.phones],
        emails=[said(email=each.value, type=each.type) for each in card.emails],
        urls=[said(url=each.value, type=each.type) for each in card.urls],
        addresses=[msgspec.to_builtins(each) for each in card.addresses],
        org=said(company=card.company, department=card.department, title=card.title),
    )


def _contacts(content: Contacts) -> list[Json]:
    return [_card(card) for card in content.cards]


def _reaction(content: Reaction) -> Json:
    """Without an emoji an earlier reaction is taken back."""
    return {"message_id": content.target, "emoji": content.emoji or ""}


PLAIN: dict[type, Callable[[Any], Any]] = {
    Text: _text,
    Image: _media,
    Video: _media,
    Audio: _media,
    Document: _media,
    Sticker: _media,
    Location: _location,
    Contacts: _contacts,
    Reaction: _reaction,
    TemplateRef: template,
}
"""What is not interactive; their tags are Meta's names for them."""
