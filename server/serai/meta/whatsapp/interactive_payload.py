"""The `interactive` object of a message with something to tap or fill in.

Source: WhatsApp Cloud API, "Interactive messages" and its pages for each kind.
"""

from collections.abc import Callable
from typing import Any

from serai.core.interactive import (
    AddressRequest,
    Button,
    Buttons,
    CallPermissionRequest,
    Carousel,
    CarouselCard,
    Catalogue,
    ContactInfoRequest,
    FlowMessage,
    Header,
    LinkButton,
    ListMenu,
    LocationRequest,
    ProductList,
    ProductMessage,
    Section,
    VoiceCallButton,
)
from serai.core.message import Content, kind_of
from serai.meta.whatsapp.parts import Json, media, said

FLOW_VERSION = "3"
"""Source: WhatsApp Cloud API, Sending a Flow, `flow_message_version`."""


def interactive(content: Content) -> Json:
    """Type, frame and action. Raises ValueError for what is not interactive."""
    found = ACTIONS.get(type(content))
    if found is None:
        raise ValueError(f"{kind_of(content)} cannot be sent")
    name, action = found
    return {"type": name, **_frame(content), "action": action(content)}


def _frame(content: Content) -> Json:
    """Header, body and footer, as far as the kind has them."""
    header: Header | str | None = getattr(content, "header", None)
    body: str | None = getattr(content, "body", None)
    footer: str | None = getattr(content, "footer", None)
    return said(
        header=_header(header) if header else None,
        body={"text": body} if body else None,
        footer={"text": footer} if footer else None,
    )


def _header(header: Header | str) -> Json:
    if isinstance(header, str):
        return {"type": "text", "text": header}
    if header.file is None:
        return {"type": "text", "text": header.text}
    file = media(header.file)
    if header.kind == "document":
        file |= said(filename=header.file.name)
    return {"type": header.kind, header.kind: file}


def _buttons(content: Buttons) -> Json:
    return {"buttons": [_button("reply", each) for each in content.buttons]}


def _button(type_: str, button: Button) -> Json:
    return {"type": type_, type_: {"id": button.id, "title": button.title}}


def _list(content: ListMenu) -> Json:
    return {"button": content.button, "sections": [_section(each) for each in content.sections]}


def _section(section: Section) -> Json:
    rows = [
        {"id": row.id, "title": row.title} | said(description=row.description)
        for row in section.rows
    ]
    return said(title=section.title) | {"rows": rows}


def _link(content: LinkButton) -> Json:
    return _url(content.label, content.url)


def _url(label: str | None, url: str | None) -> Json:
    return {"name": "cta_url", "parameters": {"display_text": label, "url": url}}


def _address(content: AddressRequest) -> Json:
    parameters = {"country": content.country} | said(values=content.values)
    return {"name": "address_message", "parameters": parameters}


def _flow(content: FlowMessage) -> Json:
    first = said(screen=content.screen, data=content.data)
    parameters = {
        "flow_message_version": FLOW_VERSION,
        "flow_cta": content.cta,
        "mode": content.mode,
        "flow_action": content.action,
    } | said(
        flow_id=content.flow_id,
        flow_name=content.flow_name,
        flow_token=content.flow_token,
        flow_action_payload=first,
    )
    return {"name": "flow", "parameters": parameters}


def _product(content: ProductMessage) -> Json:
    return {"catalog_id": content.catalog_id, "product_retailer_id": content.product_id}


def _product_list(content: ProductList) -> Json:
    sections = [
        said(title=section.title)
        | {"product_items": [{"product_retailer_id": id_} for id_ in section.product_ids]}
        for section in content.sections
    ]
    return {"catalog_id": content.catalog_id, "sections": sections}


def _catalogue(content: Catalogue) -> Json:
    parameters = said(thumbnail_product_retailer_id=content.thumbnail_product_id)
    return {"name": "catalog_message"} | said(parameters=parameters)


def _voice_call(content: VoiceCallButton) -> Json:
    parameters = {"display_text": content.label} | said(
        ttl_minutes=content.ttl_minutes, payload=content.payload
    )
    return {"name": "voice_call", "parameters": parameters}


def _carousel(content: Carousel) -> Json:
    cards = [_card(number, card, content) for number, card in enumerate(content.cards)]
    return {"cards": cards}


def _card(number: int, card: CarouselCard, content: Carousel) -> Json:
    """Cards with answers have the type of those with links; Meta's page says so."""
    if card.product_id is not None:
        action = {"product_retailer_id": card.product_id, "catalog_id": content.catalog_id}
        return {"card_index": number, "type": "product", "action": action}
    action = _url(card.label, card.url)
    if card.buttons:
        action = {"buttons": [_button("quick_reply", each) for each in card.buttons]}
    parts = said(
        header=_header(card.header) if card.header else None,
        body={"text": card.body} if card.body else None,
    )
    return {"card_index": number, "type": "cta_url", **parts, "action": action}


def _named(name: str) -> Callable[[Any], Json]:
    return lambda _: {"name": name}


ACTIONS: dict[type, tuple[str, Callable[[Any], Json]]] = {
    Buttons: ("button", _buttons),
    ListMenu: ("list", _list),
    LinkButton: ("cta_url", _link),
    LocationRequest: ("location_request_message", _named("send_location")),
    AddressRequest: ("address_message", _address),
    FlowMessage: ("flow", _flow),
    ProductMessage: ("product", _product),
    ProductList: ("product_list", _product_list),
    Catalogue: ("catalog_message", _catalogue),
    CallPermissionRequest: ("call_permission_request", _named("call_permission_request")),
    VoiceCallButton: ("voice_call", _voice_call),
    ContactInfoRequest: ("request_contact_info", _named("request_contact_info")),
    Carousel: ("carousel", _carousel),
}
"""Meta's name for each kind, and what its `action` holds."""
