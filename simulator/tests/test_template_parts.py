"""All parts of a template at send time: headers, buttons, offers, carousels, codes."""

from typing import Any

import pytest

IMAGE = {"type": "image", "image": {"link": "http://127.0.0.1:1/a.jpg"}}
BODY = {"type": "BODY", "text": "Hello"}


def make(given: Any, *components: dict[str, Any], **more: Any) -> None:
    given.has("templates", id="995", waba_id="880", name="t", components=[*components], **more)


def send(given: Any, *components: dict[str, Any], **more: Any) -> Any:
    content = {"name": "t", "language": {"code": "en_US"}, "components": [*components]}
    return given.post(type="template", template=content, **more)


def code(answer: Any) -> int:
    return answer.json.get("error", {}).get("code", 0)


def header(*parameters: Any) -> dict[str, Any]:
    return {"type": "header", "parameters": [*parameters]}


def button(index: int | str, sub_type: str | None, *parameters: Any) -> dict[str, Any]:
    part: dict[str, Any] = {"type": "button", "index": index, "parameters": [*parameters]}
    return part if sub_type is None else {**part, "sub_type": sub_type}


PLACE = {"type": "location", "location": {"latitude": 1, "longitude": "2", "name": "Kiosk"}}
PRODUCT = {"type": "product", "product": {"catalog_id": "1", "product_retailer_id": "SKU"}}
HEADERS: list[tuple[str, dict[str, Any], int]] = [
    ("IMAGE", IMAGE, 0),
    ("IMAGE", {"type": "video", "video": {"link": "http://a.example/b.mp4"}}, 132012),
    ("IMAGE", {"type": "image", "image": {}}, 132012),
    ("IMAGE", {"type": "image", "image": {"id": "1", "link": "http://a.example"}}, 132012),
    ("IMAGE", {"type": "image", "image": {"link": "http://a.example", "caption": "a"}}, 100),
    ("DOCUMENT", {"type": "document", "document": {"link": "http://a.x/a", "filename": "a"}}, 0),
    ("LOCATION", PLACE, 0),
    ("LOCATION", {"type": "location", "location": {"latitude": 1}}, 131008),
    ("PRODUCT", PRODUCT, 0),
    ("PRODUCT", {"type": "product", "product": {}}, 131008),
    ("TEXT", {"type": "text", "text": "Sale"}, 132000),
]


@pytest.mark.parametrize(("kind", "parameter", "expected"), HEADERS)
def test_a_header_takes_what_it_was_made_for(given: Any, kind: str, parameter: Any, expected: int):
    make(given, {"type": "HEADER", "format": kind, "text": "Hi"}, BODY)

    assert code(send(given, header(parameter))) == expected


def test_a_header_text_has_its_parameter(given: Any):
    make(given, {"type": "HEADER", "format": "TEXT", "text": "For {{1}}"}, BODY)

    assert code(send(given)) == 132000
    send(given, header({"type": "text", "text": "Rosa"}))
    assert given.chat()[-1]["text"] == "For Rosa\n\nHello"


def test_dates_and_sums_print_their_fallback(given: Any):
    make(given, {"type": "BODY", "text": "{{1}} on {{2}}"})
    price = {"fallback_value": "€12", "code": "EUR", "amount_1000": 12_000}
    rows = [
        {"type": "currency", "currency": price},
        {"type": "date_time", "date_time": {"fallback_value": "Tuesday"}},
    ]
    send(given, {"type": "body", "parameters": rows})

    assert given.chat()[-1]["text"] == "€12 on Tuesday"


TEXT = {"type": "text", "text": "5512"}
COUPON = {"type": "coupon_code", "coupon_code": "SAVE20"}
ITEMS = [{"title": "Tea", "product_items": [{"product_retailer_id": "SKU"}]}]
SECTIONS = {"type": "action", "action": {"thumbnail_product_retailer_id": "SKU", "sections": ITEMS}}
TOKEN = {"type": "action", "action": {"flow_token": "a", "flow_action_data": {"b": 1}}}
LINK = {"type": "URL", "text": "Track", "url": "https://t.example/{{1}}"}
BUTTONS: list[tuple[str, dict[str, Any], Any, int]] = [
    ("a reply needs no payload", {"type": "QUICK_REPLY", "text": "Yes"}, None, 0),
    ("a link needs its end", LINK, None, 131008),
    ("a link with its end", LINK, button("0", "url", TEXT), 0),
    ("an index can be a number", LINK, button(0, "url", TEXT), 0),
    ("an index is needed", LINK, {**button(0, "url", TEXT), "index": None}, 131008),
    ("a sub_type is needed", LINK, button("0", None, TEXT), 131008),
    ("another sub_type", LINK, button("0", "quick_reply", TEXT), 132012),
    ("a link with another kind", LINK, button("0", "url", COUPON), 132012),
    ("a link with two ends", LINK, button("0", "url", TEXT, TEXT), 132000),
    ("a link with an empty end", LINK, button("0", "url", {"type": "text", "text": ""}), 131008),
    ("a fixed link takes nothing", {"type": "URL", "text": "a", "url": "https://a.example"},
     button("0", "url", TEXT), 132000),
    ("a code to copy", {"type": "COPY_CODE"}, button("0", "copy_code", COUPON), 0),
    ("no code to copy", {"type": "COPY_CODE"}, None, 131008),
    ("a code of 21", {"type": "COPY_CODE"},
     button("0", "copy_code", {"type": "coupon_code", "coupon_code": "a" * 21}), 132018),
    ("a catalogue", {"type": "CATALOG", "text": "View"}, None, 0),
    ("several products", {"type": "MPM", "text": "View"}, button("0", "mpm", SECTIONS), 0),
    ("no products", {"type": "MPM", "text": "View"}, None, 131008),
    ("a Flow", {"type": "FLOW", "text": "Book", "flow_id": "4"}, button("0", "flow", TOKEN), 0),
    ("a Flow without a token", {"type": "FLOW", "text": "Book", "flow_id": "4"}, None, 0),
    ("a Flow with something else", {"type": "FLOW", "text": "Book", "flow_id": "4"},
     button("0", "flow", {"type": "action", "action": {"colour": "red"}}), 100),
    ("a call", {"type": "VOICE_CALL", "text": "Call"},
     button("0", "voice_call", {"type": "ttl_minutes", "ttl_minutes": 60},
            {"type": "payload", "payload": "a"}), 0),
    ("a phone number takes nothing", {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "1"},
     button("0", "phone_number", TEXT), 132000),
    ("a button that is not there", {"type": "QUICK_REPLY", "text": "Yes"},
     button("1", "url", TEXT), 132000),
]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "part", "expected"), [row[1:] for row in BUTTONS], ids=[row[0] for row in BUTTONS]
)
def test_a_button_takes_its_own_parameter(given: Any, row: Any, part: Any, expected: int):
    make(given, BODY, {"type": "BUTTONS", "buttons": [row]})

    assert code(send(given, *([] if part is None else [part]))) == expected


def test_the_phone_shows_the_filled_buttons(given: Any):
    buttons = [LINK, {"type": "COPY_CODE"}, {"type": "FLOW", "text": "Book", "flow_id": "4"}]
    make(given, BODY, {"type": "BUTTONS", "buttons": buttons})
    send(given, button(0, "url", TEXT), button(1, "copy_code", COUPON), button(2, "flow", TOKEN))

    link, coupon, flow = given.chat()[-1]["buttons"]

    assert (link["kind"], link["url"]) == ("url", "https://t.example/5512")
    assert (coupon["kind"], coupon["code"]) == ("copy", "SAVE20")
    assert (flow["flow"], flow["flow_token"], flow["payload"]["data"]) == ("4", "a", {"b": 1})


def test_a_code_stands_in_body_and_button_alike(given: Any):
    otp = {"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy code"}
    body = {"type": "BODY", "text": "{{1}} is your code."}
    footer = {"type": "FOOTER", "code_expiration_minutes": 10}
    make(given, body, footer, {"type": "BUTTONS", "buttons": [otp]}, category="AUTHENTICATION")

    def login(first: str, second: str) -> int:
        rows = [{"type": "text", "text": first}]
        part = button("0", "url", {"type": "text", "text": second})
        return code(send(given, {"type": "body", "parameters": rows}, part))

    assert login("493018", "493018") == 0
    assert given.chat()[-1]["text"] == "493018 is your code.\n\nThis code expires in 10 minutes."
    assert login("493018", "493019") == 132018
    assert login("1" * 16, "1" * 16) == 132018


def test_an_offer_needs_its_end(given: Any):
    offer = {"text": "Only today", "has_expiration": True}
    make(given, {"type": "LIMITED_TIME_OFFER", "limited_time_offer": offer}, BODY)
    ends = {"expiration_time_ms": 1_798_761_600_000}
    row = {"type": "limited_time_offer", "limited_time_offer": ends}

    assert code(send(given)) == 131008
    assert code(send(given, {"type": "limited_time_offer", "parameters": [row]})) == 0
    assert given.chat()[-1]["view"]["offer"]["ends_ms"] == 1_798_761_600_000


def cards(count: int) -> dict[str, Any]:
    build = [
        {"type": "HEADER", "format": "IMAGE"},
        {"type": "BODY", "text": "{{1}} off"},
        {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "a", "url": "https://a.x/{{1}}"}]},
    ]
    return {"type": "CAROUSEL", "cards": [{"components": build}] * count}


def card(index: int) -> dict[str, Any]:
    body = {"type": "body", "parameters": [{"type": "text", "text": f"{index}0%"}]}
    return {"card_index": index, "components": [header(IMAGE), body, button("0", "url", TEXT)]}


def test_a_carousel_has_as_many_cards_as_were_approved(given: Any):
    make(given, BODY, cards(3))

    assert code(send(given)) == 131008
    assert code(send(given, {"type": "carousel", "cards": [card(0), card(1)]})) == 132000
    assert code(send(given, {"type": "carousel", "cards": [card(0), card(1), card(2)]})) == 0
    shown = given.chat()[-1]["view"]["cards"]
    assert [each["body"] for each in shown] == ["00% off", "10% off", "20% off"]


def test_every_card_is_checked(given: Any):
    make(given, BODY, cards(2))
    bare = {"card_index": 1, "components": [header(IMAGE), button("0", "url", TEXT)]}

    assert code(send(given, {"type": "carousel", "cards": [card(0), bare]})) == 132000
    assert code(send(given, {"type": "carousel", "cards": [card(1), card(0)]})) == 100


def test_product_cards_may_be_more_than_approved(given: Any):
    spm = {"type": "BUTTONS", "buttons": [{"type": "SPM", "text": "View"}]}
    build = {"components": [{"type": "HEADER", "format": "PRODUCT"}, spm]}
    make(given, BODY, {"type": "CAROUSEL", "cards": [build, build]})

    def send_cards(count: int) -> int:
        rows = [{"card_index": n, "components": [header(PRODUCT)]} for n in range(count)]
        return code(send(given, {"type": "carousel", "cards": rows}))

    assert [send_cards(count) for count in (1, 2, 10, 11)] == [132000, 0, 0, 132000]


UNKNOWN: list[dict[str, Any]] = [
    {"type": "body", "parameters": [], "colour": "red"},
    {"type": "body", "parameters": [{"type": "text", "text": "a", "colour": "red"}]},
    {"type": "poem"},
]


@pytest.mark.parametrize("part", UNKNOWN)
def test_an_unknown_member_of_a_component_is_refused(given: Any, part: dict[str, Any]):
    make(given, {"type": "BODY", "text": "Hi {{1}}"})

    assert code(send(given, part)) in (100, 132000)


def test_a_part_given_twice_is_refused(given: Any):
    make(given, {"type": "BODY", "text": "Hi {{1}}"})
    part = {"type": "body", "parameters": [TEXT]}

    assert code(send(given, part, part)) == 100


def test_a_bad_link_in_a_header_fails_later(given: Any):
    make(given, {"type": "HEADER", "format": "IMAGE"}, BODY)
    message_id = send(given, header(IMAGE)).json["messages"][0]["id"]
    given.passes(2)

    found = [one for one in given.receiver.items("statuses") if one["id"] == message_id]
    assert found[0]["errors"][0]["code"] == 131053
