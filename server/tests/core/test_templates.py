"""Rules of templates: what they ask for, filling them in, their languages."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from serai.core.content import Document, File, Image, Location, Text, Video
from serai.core.interactive import ProductSection
from serai.core.template import Product, Tap, TemplateRef
from serai.core.templates.fill import Flaws, fill, fill_each
from serai.core.templates.language import choose, wishes
from serai.core.templates.layout import Unreadable, layout, variables
from serai.core.templates.values import FaceValues, Problem, Template, Values

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)

PICTURE = Image(file=File(link="https://files.example/room.jpg"))
BODY: dict[str, Any] = {"type": "BODY", "text": "Hi {{1}}, your parcel arrives {{2}} at last."}
NAMED: dict[str, Any] = {"type": "BODY", "text": "Hi {{first_name}}, it arrives {{eta}} we hope."}
LINK: dict[str, Any] = {"type": "URL", "text": "Track", "url": "https://acme.example/t/{{1}}"}
CARD: dict[str, Any] = {
    "components": [
        {"type": "HEADER", "format": "IMAGE"},
        {"type": "BODY", "text": "{{1}} off this room"},
        {
            "type": "BUTTONS",
            "buttons": [{"type": "URL", "text": "Book", "url": "https://a.example/{{1}}"}],
        },
    ]
}


def template(*components: dict[str, Any], category: str = "UTILITY", **values: Any) -> Template:
    return Template(
        name="parcel_update",
        language="en_US",
        category=category,
        layout=layout(components, category),
        **values,
    )


def buttons(*each: dict[str, Any]) -> dict[str, Any]:
    return {"type": "BUTTONS", "buttons": list(each)}


def filled(of: Template, **values: Any) -> TemplateRef:
    outcome = fill(of, Values(**values), NOON)
    assert isinstance(outcome, TemplateRef), outcome
    return outcome


def wrong(of: Template, **values: Any) -> dict[str, str]:
    """Field and words of everything that is wrong."""
    outcome = fill(of, Values(**values), NOON)
    assert isinstance(outcome, Flaws), outcome
    return {problem.field: problem.text for problem in outcome.problems}


def test_values_take_their_places_in_the_body_by_order_or_by_name():
    assert filled(template(BODY), body=("Rosa", "Tuesday")).body == (
        "Hi Rosa, your parcel arrives Tuesday at last."
    )
    named = filled(template(NAMED), body={"eta": "Tuesday", "first_name": "Rosa"})
    assert named.body == "Hi Rosa, it arrives Tuesday we hope."
    assert (named.parameter_names, named.parameters) == (("first_name", "eta"), ("Rosa", "Tuesday"))


def test_a_value_that_looks_like_a_variable_is_not_filled_in_again():
    assert filled(template(BODY), body=("{{2}}", "Tuesday")).body.startswith("Hi {{2}}, ")


def test_positional_variables_count_by_number_not_by_place():
    swapped = {"type": "BODY", "text": "On {{2}} for {{1}}, yes {{1}}."}
    assert variables(swapped["text"]) == ("1", "2")
    assert (
        filled(template(swapped), body=("Rosa", "Tuesday")).body == "On Tuesday for Rosa, yes Rosa."
    )


def test_every_missing_value_is_named():
    outcome = fill(template(NAMED), Values(body={"first_name": ""}), NOON)
    assert outcome == Flaws(
        (
            Problem(
                "body.first_name", "The value for first_name is missing.", "first_name", "missing"
            ),
            Problem("body.eta", "The value for eta is missing.", "eta", "missing"),
        )
    )


def test_a_numbered_variable_is_called_what_people_call_it():
    labelled = template(BODY, labels={"1": "customer", "2": "day"})
    assert set(wrong(labelled, body=("Rosa",))) == {"body.day"}
    assert filled(labelled, body={"customer": "Rosa", "day": "Tuesday"}).parameters == (
        "Rosa",
        "Tuesday",
    )


def test_every_surplus_value_is_named():
    assert set(wrong(template(BODY), body=("a", "b", "c", "d"))) == {"body[2]", "body[3]"}
    assert set(wrong(template(NAMED), body={"first_name": "a", "eta": "b", "age": "9"})) == {
        "body.age"
    }
    assert set(wrong(template(BODY), body=("a", "b"), header="x")) == {"header"}
    assert set(wrong(template(BODY), body=("a", "b"), cards=(FaceValues(),))) == {"cards"}
    assert set(wrong(template(BODY), body=("a", "b"), offer_expires_at=NOON)) == {
        "offer_expires_at"
    }
    assert set(wrong(template(BODY), body=("a", "b"), buttons=(Tap(index=0, payload="x"),))) == {
        "buttons[0].index"
    }


@pytest.mark.parametrize("value", ["two\nlines", "a\ttab", "many     spaces", "   "])
def test_whatsapp_takes_no_line_breaks_tabs_or_long_gaps_in_a_value(value: str):
    assert set(wrong(template(BODY), body=("Rosa", value))) == {"body.2"}


def test_a_missing_value_falls_back_to_what_the_template_says():
    friendly = template(NAMED, fallbacks={"body.first_name": "friend"})
    assert (
        filled(friendly, body={"eta": "Tuesday"}).body == "Hi friend, it arrives Tuesday we hope."
    )
    assert set(wrong(friendly)) == {"body.eta"}


@pytest.mark.promise("TPL-06")
def test_three_of_a_thousand_without_a_value_are_left_out_and_the_others_get_theirs():
    people = {
        number: Values(body={"first_name": f"P{number}", "eta": "Tuesday"})
        for number in range(1000)
    }
    for number in (7, 400, 999):
        people[number] = Values(body={"first_name": f"P{number}", "eta": None})

    messages, left_out = fill_each(template(NAMED), people, NOON)

    assert set(left_out) == {7, 400, 999}
    assert {flaws.problems[0].text for flaws in left_out.values()} == {
        "The value for eta is missing."
    }
    assert len(messages) == 997
    assert all("{{" not in message.body for message in messages.values())


def test_a_body_beside_other_parts_is_shorter_than_one_alone():
    long = {"type": "BODY", "text": "It says {{1}} here."}
    assert filled(template(long), body=("x" * 30_000,)).body
    assert set(wrong(template(long), body=("x" * 32_768,))) == {"body"}
    assert set(wrong(template(long, {"type": "FOOTER", "text": "Acme"}), body=("x" * 1024,))) == {
        "body"
    }


HEADERS = [
    ("IMAGE", PICTURE),
    ("VIDEO", Video(file=File(meta_id="1"))),
    ("DOCUMENT", Document(file=File(meta_id="1", name="bill.pdf"))),
    ("LOCATION", Location(latitude=40.7, longitude=-74, name="Cafe", address="1 Main St")),
    ("PRODUCT", Product(catalog_id="1", product_id="sku-1")),
]


@pytest.mark.parametrize(("format_", "value"), HEADERS)
def test_a_header_takes_the_kind_that_was_approved_and_no_other(format_: str, value: Any):
    of = template({"type": "HEADER", "format": format_}, {"type": "BODY", "text": "See above."})
    message = filled(of, header=value)
    assert message.header == value
    assert message.shown is not None
    assert message.shown.header_kind == format_.lower()
    others = [other for kind, other in HEADERS if kind != format_]
    for given in (None, "words", *others):
        assert set(wrong(of, header=given)) == {"header"}


@pytest.mark.parametrize(
    "value",
    [
        Image(file=File()),
        Image(file=File(link="ftp://files.example/plain.jpg")),
        Image(file=File(meta_id="1", mime_type="video/mp4")),
    ],
)
def test_a_picture_that_meta_could_not_fetch_is_refused(value: Image):
    of = template({"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "See above."})
    assert set(wrong(of, header=value)) == {"header"}


def test_a_place_needs_a_name_and_lies_on_the_globe():
    of = template({"type": "HEADER", "format": "LOCATION"}, {"type": "BODY", "text": "See above."})
    assert set(wrong(of, header=Location(latitude=1, longitude=1))) == {"header"}
    assert set(wrong(of, header=Location(latitude=91, longitude=1, name="a", address="b"))) == {
        "header"
    }


def test_a_text_header_has_its_own_variable():
    of = template({"type": "HEADER", "format": "TEXT", "text": "Parcel {{ref}}"}, NAMED)
    message = filled(of, header="P-5512", body={"first_name": "Rosa", "eta": "Tuesday"})
    assert (message.header, message.header_name) == (Text("P-5512"), "ref")
    assert message.shown is not None
    assert message.shown.header_text == "Parcel P-5512"
    assert set(wrong(of, body={"first_name": "a", "eta": "b"})) == {"header"}
    assert set(wrong(of, header=PICTURE, body={"first_name": "a", "eta": "b"})) == {"header"}


def test_buttons_are_given_what_fits_their_kind():
    of = template(
        {"type": "BODY", "text": "Choose."},
        buttons(
            {"type": "QUICK_REPLY", "text": "Yes"},
            LINK,
            {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15557650001"},
            {"type": "COPY_CODE"},
            {"type": "FLOW", "text": "Book"},
        ),
    )
    given = (
        Tap(index=0, payload="CONFIRM-5512"),
        Tap(index=1, suffix="5512"),
        Tap(index=3, coupon_code="SAVE20"),
        Tap(index=4, flow_token="t-1", flow_data={"day": "Tuesday"}),
    )
    message = filled(of, buttons=given)
    assert [(tap.index, tap.kind) for tap in message.taps] == [
        (0, "quick_reply"), (1, "url"), (3, "copy_code"), (4, "flow"),
    ]  # fmt: skip
    assert message.shown is not None
    assert [
        (each.text, each.url, each.phone_number, each.code) for each in message.shown.buttons
    ] == [
        ("Yes", None, None, None),
        ("Track", "https://acme.example/t/5512", None, None),
        ("Call", None, "+15557650001", None),
        ("Copy code", None, None, "SAVE20"),
        ("Book", None, None, None),
    ]
    assert set(wrong(of)) == {"buttons[1].suffix", "buttons[3].coupon_code"}
    assert set(wrong(of, buttons=(*given, Tap(index=2, payload="x")))) == {"buttons[2].payload"}
    assert set(wrong(of, buttons=(*given, given[0]))) == {"buttons"}


def test_a_code_to_copy_and_a_link_have_their_lengths():
    of = template({"type": "BODY", "text": "Take it."}, buttons({"type": "COPY_CODE"}, LINK))
    given = (Tap(index=0, coupon_code="x" * 21), Tap(index=1, suffix="y" * 2000))
    assert set(wrong(of, buttons=given)) == {"buttons[0].coupon_code", "buttons[1].suffix"}


def test_a_list_of_products_has_its_limits():
    of = template({"type": "BODY", "text": "Look."}, buttons({"type": "MPM", "text": "View items"}))
    section = ProductSection(title="Cups", product_ids=("a", "b"))

    def tap(**values: Any) -> tuple[Tap, ...]:
        defaults: dict[str, Any] = {"thumbnail_product_id": "a", "sections": (section,)}
        return (Tap(index=0, **(defaults | values)),)

    assert filled(of, buttons=tap()).taps[0].sections == (section,)
    assert set(wrong(of, buttons=tap(thumbnail_product_id=None))) == {
        "buttons[0].thumbnail_product_id"
    }
    assert set(wrong(of, buttons=tap(sections=(section,) * 11))) == {"buttons[0].sections"}
    many = ProductSection(title="Cups", product_ids=tuple(str(number) for number in range(31)))
    assert set(wrong(of, buttons=tap(sections=(many,)))) == {"buttons[0].sections"}
    long = ProductSection(title="x" * 25, product_ids=("a",))
    assert set(wrong(of, buttons=tap(sections=(section, long)))) == {"buttons[0].sections[1].title"}


AUTHENTICATION = {"type": "BODY", "text": "*{{1}}* is your verification code."}
OTP_LINK = "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}"


@pytest.mark.parametrize(
    "button",
    [
        {"type": "OTP", "otp_type": "COPY_CODE"},
        {"type": "URL", "text": "Copy code", "url": OTP_LINK},
    ],
)
def test_a_one_time_password_goes_into_body_and_button(button: dict[str, Any]):
    of = template(AUTHENTICATION, buttons(button), category="AUTHENTICATION")
    message = filled(of, body=("493018",))
    assert message.body == "*493018* is your verification code."
    assert message.taps == (Tap(index=0, kind="url", suffix="493018"),)


def test_a_one_time_password_is_short_and_no_link():
    of = template({"type": "BODY", "add_security_recommendation": True}, category="AUTHENTICATION")
    assert filled(of, body=("493018",)).parameters == ("493018",)
    assert set(wrong(of, body=("1" * 16,))) == {"body.1"}
    assert set(wrong(of, body=("https://a.b",))) == {"body.1"}


def test_an_offer_says_when_it_ends():
    offer = {
        "type": "LIMITED_TIME_OFFER",
        "limited_time_offer": {"text": "Last day", "has_expiration": True},
    }
    of = template({"type": "BODY", "text": "Half price."}, offer, category="MARKETING")
    message = filled(of, offer_expires_at=NOON + timedelta(hours=1))
    assert message.offer_expires_at_ms == 1_796_130_000_000
    assert message.shown is not None
    assert message.shown.offer == "Last day"
    assert set(wrong(of)) == {"offer_expires_at"}
    assert set(wrong(of, offer_expires_at=NOON)) == {"offer_expires_at"}


def card(number: int) -> FaceValues:
    return FaceValues(
        header=PICTURE, body=("10%",), buttons=(Tap(index=0, suffix=f"room-{number}"),)
    )


def test_a_carousel_takes_as_many_cards_as_were_approved():
    of = template({"type": "BODY", "text": "Rooms"}, {"type": "CAROUSEL", "cards": [CARD, CARD]})
    message = filled(of, cards=(card(1), card(2)))
    assert [each.taps[0].suffix for each in message.cards] == ["room-1", "room-2"]
    assert message.shown is not None
    assert [each.body for each in message.shown.cards] == ["10% off this room"] * 2
    assert set(wrong(of, cards=(card(1),))) == {"cards"}
    broken = FaceValues(header=PICTURE, buttons=card(1).buttons)
    assert set(wrong(of, cards=(card(1), broken))) == {"cards[1].body.1"}


def test_a_carousel_of_products_takes_two_to_ten_cards():
    product = {"components": [{"type": "HEADER", "format": "PRODUCT"}]}
    of = template(
        {"type": "BODY", "text": "Cups"}, {"type": "CAROUSEL", "cards": [product, product]}
    )
    cup = FaceValues(header=Product(catalog_id="1", product_id="a"))
    assert len(filled(of, cards=(cup,) * 10).cards) == 10
    assert set(wrong(of, cards=(cup,) * 11)) == {"cards"}


@pytest.mark.parametrize("components", [[{"text": "no type"}], [5], [{"type": "BODY", "text": {}}]])
def test_components_that_meta_does_not_document_are_not_guessed(components: list[Any]):
    with pytest.raises(Unreadable):
        layout(components)


@pytest.mark.parametrize(
    ("contact", "available", "expected", "tried"),
    [
        ("ar", {"ar", "en_US"}, "ar", ()),
        ("ar", {"ar_EG", "en_US"}, "ar_EG", ()),
        ("pt_BR", {"pt_PT", "pt_BR"}, "pt_BR", ()),
        ("pt-BR", {"pt_PT"}, "pt_PT", ("pt_BR",)),
        ("ar", {"fr", "en_US"}, "fr", ("ar", "fr_FR")),
        ("ar", {"en_US"}, "en_US", ("ar", "fr_FR", "fr")),
        (None, {"en_US"}, "en_US", ("fr_FR", "fr")),
    ],
)
def test_the_person_s_language_then_the_business_s_then_english(
    contact: str | None, available: set[str], expected: str, tried: tuple[str, ...]
):
    chosen = choose(available, wishes(contact, "fr_FR"))
    assert chosen is not None
    assert (chosen.language, chosen.tried) == (expected, tried)


def test_a_template_without_any_wanted_language_is_not_sent_in_another():
    assert choose({"sw"}, wishes("ar", "fr")) is None
