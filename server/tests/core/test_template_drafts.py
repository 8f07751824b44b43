"""What Meta would not accept of a new template is found before it is handed in."""

from typing import Any

import pytest
from serai.core.templates.draft import check
from serai.core.templates.layout import layout
from serai.core.templates.needs import Need, needs

BODY = {
    "type": "BODY",
    "text": "Hi {{1}}, it comes {{2}} we hope.",
    "example": {"body_text": [["a", "b"]]},
}


def found(*components: dict[str, Any], **values: Any) -> set[str]:
    given: dict[str, Any] = {"name": "parcel_update", "category": "UTILITY", **values}
    return {problem.field for problem in check(components=components, **given)}


def buttons(*each: dict[str, Any]) -> dict[str, Any]:
    return {"type": "BUTTONS", "buttons": list(each)}


REPLY = {"type": "QUICK_REPLY", "text": "Yes"}
LINK = {"type": "URL", "text": "Track", "url": "https://a.example/{{1}}", "example": ["x"]}
CALL = {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15557650001"}


def test_what_meta_accepts_has_no_problems():
    header = {"type": "HEADER", "format": "TEXT", "text": "Parcel"}
    footer = {"type": "FOOTER", "text": "Acme"}
    assert found(header, BODY, footer, buttons(REPLY, LINK, CALL)) == set()


@pytest.mark.parametrize("name", ["", "Parcel", "a b", "x" * 513])
def test_a_name_is_small_letters_digits_and_underscores(name: str):
    assert found(BODY, name=name) == {"name"}


@pytest.mark.parametrize(
    "text",
    [
        "{{1}} is here, and all is well.",
        "All is well, and here is {{1}}",
        "It is {{1}} {{2}} for all of us today, yes.",
        "Hi {{1}} and {{3}}, all is well with us today.",
        "Hi {{1}} ok.",
        "Hello there,\n\n\nall is well.",
        "x" * 1025,
        "",
    ],
)
def test_a_body_keeps_meta_s_rules(text: str):
    assert found(BODY | {"text": text}) == {"components.body"}


def test_variables_are_of_the_format_that_is_said():
    named = BODY | {"text": "Hi {{first_name}}, it comes today we hope."}
    assert found(named) == {"components.body"}
    assert found(named, is_named=True) == set()
    assert found(BODY, is_named=True) == {"components.body"}


def test_every_variable_and_file_needs_an_example():
    picture = {"type": "HEADER", "format": "IMAGE"}
    bare = {"type": "BODY", "text": BODY["text"]}
    assert found(picture, bare) == {"components.header", "components.body"}


def test_header_and_footer_are_short_and_plain():
    long = {"type": "HEADER", "format": "TEXT", "text": "x" * 61}
    starred = {"type": "HEADER", "format": "TEXT", "text": "*Parcel*"}
    assert found(long, BODY) == {"components.header"}
    assert found(starred, BODY) == {"components.header"}
    assert found(BODY, {"type": "FOOTER", "text": "x" * 61}) == {"components.footer"}
    assert found(BODY, {"type": "FOOTER", "text": "by {{1}}"}) == {"components.footer"}


@pytest.mark.parametrize(
    ("each", "field"),
    [
        ((REPLY,) * 11, "components.buttons"),
        ((REPLY, CALL, REPLY), "components.buttons"),
        ((CALL, CALL), "components.buttons"),
        ((REPLY | {"text": "x" * 26},), "components.buttons[0].text"),
        ((LINK | {"url": "https://a.example/{{1}}/x"},), "components.buttons[0].url"),
        ((LINK | {"url": ""},), "components.buttons[0].url"),
    ],
)
def test_buttons_have_their_numbers_order_and_lengths(each: Any, field: str):
    assert found(BODY, buttons(*each)) == {field}


def test_a_carousel_has_two_to_ten_cards_with_short_words():
    card = {"components": [{"type": "BODY", "text": "A room."}]}
    assert found(BODY, {"type": "CAROUSEL", "cards": [card]}) == {"components.cards"}
    long = {"components": [{"type": "BODY", "text": "x" * 161}]}
    assert found(BODY, {"type": "CAROUSEL", "cards": [card, long]}) == {"components.cards[1].body"}


def test_an_offer_leaves_less_room_for_the_body():
    offer = {"type": "LIMITED_TIME_OFFER", "limited_time_offer": {"text": "Today"}}
    assert found({"type": "BODY", "text": "x" * 601}, offer) == {"components.body"}


def test_components_that_cannot_be_read_are_said_to_be_so():
    assert found({"text": "no type"}) == {"components"}
    assert found(BODY, category="NEWS") == {"category"}


def test_an_authentication_template_has_words_of_meta():
    assert (
        found({"type": "BODY", "add_security_recommendation": True}, category="AUTHENTICATION")
        == set()
    )


def test_a_template_lists_all_that_it_asks_for():
    card = {
        "components": [{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "{{1}} off"}]
    }
    offer = {
        "type": "LIMITED_TIME_OFFER",
        "limited_time_offer": {"text": "Now", "has_expiration": True},
    }
    whole = layout(
        [
            {"type": "HEADER", "format": "TEXT", "text": "Parcel {{1}}"},
            BODY,
            buttons(REPLY, LINK, {"type": "COPY_CODE"}),
            offer,
            {"type": "CAROUSEL", "cards": [card]},
        ]
    )
    assert needs(whole, {"2": "day"}) == (
        Need("header", "text"),
        Need("body.1", "text"),
        Need("body.day", "text"),
        Need("buttons[1].suffix", "suffix"),
        Need("buttons[2].coupon_code", "coupon_code"),
        Need("offer_expires_at", "time"),
        Need("cards[0].header", "image"),
        Need("cards[0].body.1", "text"),
    )
