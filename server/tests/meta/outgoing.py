"""One row for each kind that may be sent: our content, and what Meta is to get of it."""

from typing import Any

from serai.core.content import (
    Audio,
    Card,
    Contacts,
    Document,
    File,
    Image,
    Labelled,
    Location,
    Phone,
    PostalAddress,
    Reaction,
    Sticker,
    Text,
    Video,
)
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
    ProductSection,
    Row,
    Section,
    VoiceCallButton,
)
from serai.core.message import Content
from serai.core.template import TemplateRef

PICTURE = File(meta_id="664400112233445", mime_type="image/jpeg")
LINKED = File(link="https://cdn.example/v.mp4", mime_type="video/mp4")

PLAIN: list[tuple[Content, dict[str, Any]]] = [
    (Text("Hello"), {"type": "text", "text": {"body": "Hello"}}),
    (
        Text("See https://shop.example/a", preview_url=True),
        {"type": "text", "text": {"body": "See https://shop.example/a", "preview_url": True}},
    ),
    (
        Image(file=PICTURE, caption="Front view"),
        {"type": "image", "image": {"id": "664400112233445", "caption": "Front view"}},
    ),
    (
        Video(file=LINKED, caption="Demo"),
        {"type": "video", "video": {"link": "https://cdn.example/v.mp4", "caption": "Demo"}},
    ),
    (
        Audio(file=File(meta_id="1"), voice=True),
        {"type": "audio", "audio": {"id": "1", "voice": True}},
    ),
    (Audio(file=File(meta_id="1")), {"type": "audio", "audio": {"id": "1"}}),
    (
        Document(
            file=File(link="https://cdn.example/i.pdf", name="invoice-17.pdf"), caption="Bill"
        ),
        {
            "type": "document",
            "document": {
                "link": "https://cdn.example/i.pdf",
                "caption": "Bill",
                "filename": "invoice-17.pdf",
            },
        },
    ),
    (Sticker(file=File(meta_id="2")), {"type": "sticker", "sticker": {"id": "2"}}),
    (
        Location(latitude=0, longitude=2.1686, name="Old Port Desk", address="Moll 4"),
        {
            "type": "location",
            "location": {
                "latitude": "0",
                "longitude": "2.1686",
                "name": "Old Port Desk",
                "address": "Moll 4",
            },
        },
    ),
    (
        Contacts(
            cards=(
                Card(
                    name="Ines Moura",
                    first_name="Ines",
                    last_name="Moura",
                    birthday="1990-04-17",
                    phones=(Phone(phone="+351 21 000 0000", type="WORK", wa_id="351210000000"),),
                    emails=(Labelled(value="ines@firm.example", type="WORK"),),
                    urls=(Labelled(value="https://firm.example"),),
                    addresses=(PostalAddress(city="Lisboa", country_code="PT", type="HOME"),),
                    company="Firm",
                    department="Sales",
                    title="Lead",
                ),
            )
        ),
        {
            "type": "contacts",
            "contacts": [
                {
                    "name": {
                        "formatted_name": "Ines Moura",
                        "first_name": "Ines",
                        "last_name": "Moura",
                    },
                    "birthday": "1990-04-17",
                    "phones": [
                        {"phone": "+351 21 000 0000", "type": "WORK", "wa_id": "351210000000"}
                    ],
                    "emails": [{"email": "ines@firm.example", "type": "WORK"}],
                    "urls": [{"url": "https://firm.example"}],
                    "addresses": [{"city": "Lisboa", "country_code": "PT", "type": "HOME"}],
                    "org": {"company": "Firm", "department": "Sales", "title": "Lead"},
                }
            ],
        },
    ),
    (
        Reaction(target="wamid.HBgL", emoji="👍"),
        {"type": "reaction", "reaction": {"message_id": "wamid.HBgL", "emoji": "👍"}},
    ),
    (
        Reaction(target="wamid.HBgL"),
        {"type": "reaction", "reaction": {"message_id": "wamid.HBgL", "emoji": ""}},
    ),
    (
        TemplateRef("parcel_update", "en_US", ("Rosa", "Tuesday")),
        {
            "type": "template",
            "template": {
                "name": "parcel_update",
                "language": {"code": "en_US"},
                "components": [
                    {
                        "type": "body",
                        "parameters": [
                            {"type": "text", "text": "Rosa"},
                            {"type": "text", "text": "Tuesday"},
                        ],
                    }
                ],
            },
        },
    ),
]

INTERACTIVE: list[tuple[Content, dict[str, Any]]] = [
    (
        Buttons(
            body="When?",
            header=Header(kind="image", file=PICTURE),
            footer="Until ten",
            buttons=(Button(id="noon", title="At noon"), Button(id="night", title="Tonight")),
        ),
        {
            "type": "button",
            "header": {"type": "image", "image": {"id": "664400112233445"}},
            "body": {"text": "When?"},
            "footer": {"text": "Until ten"},
            "action": {
                "buttons": [
                    {"type": "reply", "reply": {"id": "noon", "title": "At noon"}},
                    {"type": "reply", "reply": {"id": "night", "title": "Tonight"}},
                ]
            },
        },
    ),
    (
        ListMenu(
            body="Choose",
            header=Header(kind="text", text="Menu"),
            button="Dishes",
            sections=(
                Section(
                    title="Soups",
                    rows=(Row(id="s1", title="Lentil", description="With lemon"),),
                ),
                Section(title="Mains", rows=(Row(id="m1", title="Fish"),)),
            ),
        ),
        {
            "type": "list",
            "header": {"type": "text", "text": "Menu"},
            "body": {"text": "Choose"},
            "action": {
                "button": "Dishes",
                "sections": [
                    {
                        "title": "Soups",
                        "rows": [{"id": "s1", "title": "Lentil", "description": "With lemon"}],
                    },
                    {"title": "Mains", "rows": [{"id": "m1", "title": "Fish"}]},
                ],
            },
        },
    ),
    (
        LinkButton(
            body="Our menu",
            header=Header(
                kind="document", file=File(link="https://cdn.example/m.pdf", name="menu.pdf")
            ),
            label="Open",
            url="https://shop.example/menu",
        ),
        {
            "type": "cta_url",
            "header": {
                "type": "document",
                "document": {"link": "https://cdn.example/m.pdf", "filename": "menu.pdf"},
            },
            "body": {"text": "Our menu"},
            "action": {
                "name": "cta_url",
                "parameters": {"display_text": "Open", "url": "https://shop.example/menu"},
            },
        },
    ),
    (
        LocationRequest(body="Where are you?"),
        {
            "type": "location_request_message",
            "body": {"text": "Where are you?"},
            "action": {"name": "send_location"},
        },
    ),
    (
        AddressRequest(body="Where to?", values={"city": "Pune"}),
        {
            "type": "address_message",
            "body": {"text": "Where to?"},
            "action": {
                "name": "address_message",
                "parameters": {"country": "IN", "values": {"city": "Pune"}},
            },
        },
    ),
    (
        FlowMessage(
            body="Book a table",
            cta="Book",
            flow_id="99",
            flow_token="t-1",
            screen="DAY",
            data={"people": 2},
        ),
        {
            "type": "flow",
            "body": {"text": "Book a table"},
            "action": {
                "name": "flow",
                "parameters": {
                    "flow_message_version": "3",
                    "flow_cta": "Book",
                    "mode": "published",
                    "flow_action": "navigate",
                    "flow_id": "99",
                    "flow_token": "t-1",
                    "flow_action_payload": {"screen": "DAY", "data": {"people": 2}},
                },
            },
        },
    ),
    (
        FlowMessage(body="Book", cta="Book", flow_name="table", action="data_exchange"),
        {
            "type": "flow",
            "body": {"text": "Book"},
            "action": {
                "name": "flow",
                "parameters": {
                    "flow_message_version": "3",
                    "flow_cta": "Book",
                    "mode": "published",
                    "flow_action": "data_exchange",
                    "flow_name": "table",
                },
            },
        },
    ),
    (
        ProductMessage(catalog_id="7", product_id="sku-1", footer="While it lasts"),
        {
            "type": "product",
            "footer": {"text": "While it lasts"},
            "action": {"catalog_id": "7", "product_retailer_id": "sku-1"},
        },
    ),
    (
        ProductList(
            catalog_id="7",
            header="Lamps",
            body="All of them",
            sections=(ProductSection(title="Small", product_ids=("sku-1", "sku-2")),),
        ),
        {
            "type": "product_list",
            "header": {"type": "text", "text": "Lamps"},
            "body": {"text": "All of them"},
            "action": {
                "catalog_id": "7",
                "sections": [
                    {
                        "title": "Small",
                        "product_items": [
                            {"product_retailer_id": "sku-1"},
                            {"product_retailer_id": "sku-2"},
                        ],
                    }
                ],
            },
        },
    ),
    (
        Catalogue(body="Everything", thumbnail_product_id="sku-1"),
        {
            "type": "catalog_message",
            "body": {"text": "Everything"},
            "action": {
                "name": "catalog_message",
                "parameters": {"thumbnail_product_retailer_id": "sku-1"},
            },
        },
    ),
    (
        CallPermissionRequest(body="May we call?"),
        {
            "type": "call_permission_request",
            "body": {"text": "May we call?"},
            "action": {"name": "call_permission_request"},
        },
    ),
    (
        VoiceCallButton(body="Talk to us", label="Call", ttl_minutes=60, payload="desk"),
        {
            "type": "voice_call",
            "body": {"text": "Talk to us"},
            "action": {
                "name": "voice_call",
                "parameters": {"display_text": "Call", "ttl_minutes": 60, "payload": "desk"},
            },
        },
    ),
    (
        ContactInfoRequest(body="Your number, please"),
        {
            "type": "request_contact_info",
            "body": {"text": "Your number, please"},
            "action": {"name": "request_contact_info"},
        },
    ),
    (
        Carousel(
            body="Three rooms left",
            cards=(
                CarouselCard(
                    header=Header(kind="image", file=PICTURE),
                    body="Sea view",
                    label="Book",
                    url="https://shop.example/r1",
                ),
                CarouselCard(
                    header=Header(kind="image", file=PICTURE),
                    body="Garden",
                    label="Book",
                    url="https://shop.example/r2",
                ),
            ),
        ),
        {
            "type": "carousel",
            "body": {"text": "Three rooms left"},
            "action": {
                "cards": [
                    {
                        "card_index": number,
                        "type": "cta_url",
                        "header": {"type": "image", "image": {"id": "664400112233445"}},
                        "body": {"text": view},
                        "action": {
                            "name": "cta_url",
                            "parameters": {
                                "display_text": "Book",
                                "url": f"https://shop.example/r{number + 1}",
                            },
                        },
                    }
                    for number, view in enumerate(("Sea view", "Garden"))
                ]
            },
        },
    ),
    (
        Carousel(
            body="Which one?",
            cards=tuple(
                CarouselCard(
                    header=Header(kind="video", file=LINKED),
                    buttons=(Button(id=f"yes-{n}", title="This one"),),
                )
                for n in range(2)
            ),
        ),
        {
            "type": "carousel",
            "body": {"text": "Which one?"},
            "action": {
                "cards": [
                    {
                        "card_index": n,
                        "type": "cta_url",
                        "header": {"type": "video", "video": {"link": "https://cdn.example/v.mp4"}},
                        "action": {
                            "buttons": [
                                {
                                    "type": "quick_reply",
                                    "quick_reply": {"id": f"yes-{n}", "title": "This one"},
                                }
                            ]
                        },
                    }
                    for n in range(2)
                ]
            },
        },
    ),
    (
        Carousel(
            body="Lamps",
            catalog_id="7",
            cards=(CarouselCard(product_id="sku-1"), CarouselCard(product_id="sku-2")),
        ),
        {
            "type": "carousel",
            "body": {"text": "Lamps"},
            "action": {
                "cards": [
                    {
                        "card_index": n,
                        "type": "product",
                        "action": {"product_retailer_id": f"sku-{n + 1}", "catalog_id": "7"},
                    }
                    for n in range(2)
                ]
            },
        },
    ),
]
