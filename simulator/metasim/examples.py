"""One right message of every type that the Cloud API takes, for tests.

Source: WhatsApp Cloud API reference, 2.2 to 2.5.
"""

from typing import Any

PLACE = {"latitude": "41.3874", "longitude": 2.1686, "name": "Old Port Desk", "address": "Moll 4"}
CARD = {
    "name": {"formatted_name": "Ines Moura", "first_name": "Ines"},
    "birthday": "1990-04-17",
    "phones": [{"phone": "+351 21 000 0000", "type": "WORK", "wa_id": "351210000000"}],
    "emails": [{"email": "ines@firm.example", "type": "WORK"}],
    "urls": [{"url": "https://firm.example", "type": "WORK"}],
    "addresses": [{"street": "Rua 1", "city": "Lisboa", "country_code": "PT", "type": "HOME"}],
    "org": {"company": "Firm", "department": "Sales", "title": "Lead"},
}
FILES = {
    "image": "image.jpg",
    "video": "video.mp4",
    "audio": "voice.ogg",
    "document": "document.pdf",
    "sticker": "sticker.webp",
}


def interactive(kind: str, action: dict[str, Any], **more: Any) -> dict[str, Any]:
    content = {"type": kind, "body": {"text": "Please choose"}, "action": action, **more}
    return {"type": "interactive", "interactive": content}


def reply(number: int) -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": f"id-{number}", "title": f"Choice {number}"}}


def row(number: int) -> dict[str, str]:
    return {"id": f"slot-{number}", "title": f"Tue {number}:00", "description": "30 min"}


def card(index: int, files: str = "https://cdn.example") -> dict[str, Any]:
    link = {"display_text": "Book", "url": f"https://shop.example/r{index}"}
    return {
        "card_index": index,
        "type": "cta_url",
        "header": {"type": "image", "image": {"link": f"{files}/image.jpg"}},
        "body": {"text": "Sea view"},
        "action": {"name": "cta_url", "parameters": link},
    }


def product_card(index: int) -> dict[str, Any]:
    product = {"catalog_id": "210", "product_retailer_id": f"SKU-{index}"}
    return {"card_index": index, "type": "product", "action": product}


def flow(**more: Any) -> dict[str, Any]:
    parameters = {
        "flow_message_version": "3",
        "flow_id": "430",
        "flow_cta": "Book now",
        "flow_token": "lead-77",
        "flow_action": "navigate",
        "flow_action_payload": {"screen": "FIRST", "data": {"city": "Muscat"}},
        **more,
    }
    return {"name": "flow", "parameters": parameters}


def messages(files: str = "https://cdn.example") -> dict[str, dict[str, Any]]:
    """By a name for each."""
    header = {"type": "image", "image": {"link": f"{files}/image.jpg"}}
    text_header = {"type": "text", "text": "Today"}
    footer = {"text": "Reply to stop"}
    sections = [{"title": "Morning", "rows": [row(1)]}, {"title": "Evening", "rows": [row(2)]}]
    products = [{"title": "Tea", "product_items": [{"product_retailer_id": "SKU-9"}]}]
    named = {
        kind: {"type": kind, kind: {"link": f"{files}/{name}"}} for kind, name in FILES.items()
    }
    return {
        "text": {"type": "text", "text": {"body": "Hello", "preview_url": True}},
        **named,
        "location": {"type": "location", "location": PLACE},
        "contacts": {"type": "contacts", "contacts": [CARD]},
        "button": interactive(
            "button", {"buttons": [reply(1), reply(2), reply(3)]}, header=header, footer=footer
        ),
        "list": interactive("list", {"button": "Times", "sections": sections}, header=text_header),
        "cta_url": interactive(
            "cta_url",
            {"name": "cta_url", "parameters": {"display_text": "Open", "url": "https://a.example"}},
        ),
        "location_request": interactive("location_request_message", {"name": "send_location"}),
        "address": interactive(
            "address_message",
            {
                "name": "address_message",
                "parameters": {"country": "IN", "values": {"in_pin_code": "560001"}},
            },
        ),
        "flow": interactive("flow", flow()),
        "product": interactive("product", {"catalog_id": "210", "product_retailer_id": "SKU-9"}),
        "product_list": interactive(
            "product_list", {"catalog_id": "210", "sections": products}, header=text_header
        ),
        "catalog": interactive(
            "catalog_message",
            {
                "name": "catalog_message",
                "parameters": {"thumbnail_product_retailer_id": "SKU-9"},
            },
        ),
        "call_permission": interactive(
            "call_permission_request", {"name": "call_permission_request"}
        ),
        "voice_call": interactive(
            "voice_call",
            {"name": "voice_call", "parameters": {"display_text": "Call us", "ttl_minutes": 100}},
        ),
        "contact_request": interactive("request_contact_info", {"name": "request_contact_info"}),
        "carousel": interactive("carousel", {"cards": [card(0, files), card(1, files)]}),
        "product_carousel": interactive("carousel", {"cards": [product_card(0), product_card(1)]}),
    }
