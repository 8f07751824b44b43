"""A template with its values becomes exactly the object that Meta documents."""

from typing import Any

import pytest
from serai.core.content import Document, File, Image, Location, Text
from serai.core.interactive import ProductSection
from serai.core.template import FilledFace, Gif, Product, Tap, TemplateRef
from serai.meta.whatsapp.template_payload import template

PICTURE = Image(file=File(meta_id="664400112233445"))


def components(**values: Any) -> list[Any]:
    found = template(TemplateRef("parcel_update", "en_US", **values))
    assert (found["name"], found["language"]) == ("parcel_update", {"code": "en_US"})
    return found.get("components", [])


def test_a_template_without_values_has_no_components():
    assert components() == []


def test_a_body_is_positional_or_named():
    assert components(parameters=("Rosa", "Tuesday")) == [
        {
            "type": "body",
            "parameters": [{"type": "text", "text": "Rosa"}, {"type": "text", "text": "Tuesday"}],
        }
    ]
    assert components(parameters=("Rosa",), parameter_names=("first_name",)) == [
        {
            "type": "body",
            "parameters": [{"type": "text", "parameter_name": "first_name", "text": "Rosa"}],
        }
    ]


HEADERS = [
    (Text("P-5512"), {"type": "text", "text": "P-5512"}),
    (PICTURE, {"type": "image", "image": {"id": "664400112233445"}}),
    (Gif(file=File(link="https://a.example/x.mp4")), {"type": "gif", "gif": {"link": "https://a.example/x.mp4"}}),
    (
        Document(file=File(meta_id="7", name="bill.pdf")),
        {"type": "document", "document": {"id": "7", "filename": "bill.pdf"}},
    ),
    (
        Location(latitude=0, longitude=-74, name="Cafe", address="1 Main St"),
        {
            "type": "location",
            "location": {"latitude": 0, "longitude": -74, "name": "Cafe", "address": "1 Main St"},
        },
    ),
    (
        Product(catalog_id="1", product_id="sku"),
        {"type": "product", "product": {"catalog_id": "1", "product_retailer_id": "sku"}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), HEADERS)
def test_a_header_is_a_text_a_file_a_place_or_a_product(value: Any, expected: dict[str, Any]):
    assert components(header=value) == [{"type": "header", "parameters": [expected]}]


def test_a_named_header_says_its_name():
    expected = {"type": "text", "text": "P-5512", "parameter_name": "ref"}
    assert components(header=Text("P-5512"), header_name="ref") == [
        {"type": "header", "parameters": [expected]}
    ]


SECTION = ProductSection(title="Cups", product_ids=("a", "b"))
BUTTONS = [
    (Tap(index=0, kind="quick_reply", payload="YES"), [{"type": "payload", "payload": "YES"}]),
    (Tap(index=1, kind="url", suffix="5512"), [{"type": "text", "text": "5512"}]),
    (
        Tap(index=2, kind="copy_code", coupon_code="SAVE"),
        [{"type": "coupon_code", "coupon_code": "SAVE"}],
    ),
    (
        Tap(index=0, kind="flow", flow_token="t", flow_data={"day": 2}),
        [{"type": "action", "action": {"flow_token": "t", "flow_action_data": {"day": 2}}}],
    ),
    (
        Tap(index=0, kind="catalog", thumbnail_product_id="a"),
        [{"type": "action", "action": {"thumbnail_product_retailer_id": "a"}}],
    ),
    (
        Tap(index=0, kind="mpm", thumbnail_product_id="a", sections=(SECTION,)),
        [
            {
                "type": "action",
                "action": {
                    "thumbnail_product_retailer_id": "a",
                    "sections": [
                        {
                            "title": "Cups",
                            "product_items": [
                                {"product_retailer_id": "a"},
                                {"product_retailer_id": "b"},
                            ],
                        }
                    ],
                },
            }
        ],
    ),
    (
        Tap(index=0, kind="voice_call", ttl_minutes=60, payload="p"),
        [{"type": "ttl_minutes", "ttl_minutes": 60}, {"type": "payload", "payload": "p"}],
    ),
]


@pytest.mark.parametrize(("tap", "parameters"), BUTTONS)
def test_each_kind_of_button_takes_its_own_value(tap: Tap, parameters: list[Any]):
    assert components(taps=(tap,)) == [
        {"type": "button", "sub_type": tap.kind, "index": str(tap.index), "parameters": parameters}
    ]


def test_an_offer_ends_at_a_millisecond():
    offer = {
        "type": "limited_time_offer",
        "limited_time_offer": {"expiration_time_ms": 1798761600000},
    }
    assert components(offer_expires_at_ms=1798761600000) == [
        {"type": "limited_time_offer", "parameters": [offer]}
    ]


def test_cards_are_numbered_from_zero():
    card = FilledFace(
        header=PICTURE, parameters=("10%",), taps=(Tap(index=0, kind="url", suffix="r"),)
    )
    (carousel,) = components(cards=(card, card))
    assert carousel["type"] == "carousel"
    assert [each["card_index"] for each in carousel["cards"]] == [0, 1]
    assert [each["type"] for each in carousel["cards"][0]["components"]] == [
        "header",
        "body",
        "button",
    ]


def test_a_file_that_is_not_at_meta_yet_cannot_be_named():
    with pytest.raises(ValueError, match="not at Meta"):
        components(header=Image(file=File(name="room.jpg")))
