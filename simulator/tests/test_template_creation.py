"""What a new template may look like, and what Meta refuses at once."""

from typing import Any

import pytest

BODY: dict[str, Any] = {
    "type": "BODY",
    "text": "Hi {{1}}, your parcel arrives on {{2}}. Reply to change the day.",
    "example": {"body_text": [["Rosa", "Tuesday"]]},
}


def form(**change: Any) -> dict[str, Any]:
    full = {"name": "parcel", "language": "en_US", "category": "UTILITY", "components": [BODY]}
    return {name: value for name, value in {**full, **change}.items() if value is not None}


def create(given: Any, *parts: dict[str, Any], **change: Any) -> Any:
    if parts:
        change["components"] = list(parts)
    return given.call("POST", "/880/message_templates", form(**change))


def text(words: str, *examples: str) -> dict[str, Any]:
    part: dict[str, Any] = {"type": "BODY", "text": words}
    return {**part, "example": {"body_text": [list(examples)]}} if examples else part


def buttons(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"type": "BUTTONS", "buttons": list(rows)}


def quick(label: str) -> dict[str, Any]:
    return {"type": "QUICK_REPLY", "text": label}


def link(url: str, **more: Any) -> dict[str, Any]:
    return {"type": "URL", "text": "Track", "url": url, **more}


def test_a_new_template_waits_for_review(given: Any):
    answer = create(given)

    assert answer.status == 200
    assert answer.json["status"] == "PENDING"
    assert answer.json["category"] == "UTILITY"
    assert given.template("Rosa", "Tuesday", name="parcel").json["error"]["code"] == 132001


def test_all_kinds_of_parts_are_taken(given: Any):
    header = {
        "type": "header",
        "format": "text",
        "text": "Parcel {{1}}",
        "example": {"header_text": ["P-5"]},
    }
    footer = {"type": "footer", "text": "Acme Parcels"}
    rows = buttons(
        quick("Change"),
        link("https://acme.example/t/{{1}}", example=["https://acme.example/t/5"]),
        {"type": "phone_number", "text": "Call", "phone_number": "+15557650001"},
    )

    answer = create(given, header, BODY, footer, rows, category="utility")

    assert answer.status == 200, answer.body
    read = given.call("GET", f"/{answer.json['id']}").json
    assert [part["type"] for part in read["components"]] == ["HEADER", "BODY", "FOOTER", "BUTTONS"]
    assert [each["type"] for each in read["components"][3]["buttons"]] == [
        "QUICK_REPLY",
        "URL",
        "PHONE_NUMBER",
    ]


def test_named_parameters_need_their_own_examples(given: Any):
    named = [{"param_name": "name", "example": "Rosa"}]
    body = {"type": "BODY", "text": "Hi {{name}}, your order is ready."}
    good = {**body, "example": {"body_text_named_params": named}}

    assert create(given, good, parameter_format="NAMED").status == 200
    refused = create(given, body, name="other", parameter_format="NAMED")
    assert refused.json["error"]["error_subcode"] == 2388043


@pytest.mark.parametrize(
    ("part", "subcode"),
    [
        (text("{{1}}, your order is ready now.", "Rosa"), 2388299),
        (text("Your order is ready now, {{1}}", "Rosa"), 2388299),
        (text("Order {{1}} is {{2}} today.", "5", "late"), 2388293),
        (text("Your order {{1}} is ready now."), 2388043),
        (text("Your order {{2}} is ready now.", "5"), 2388072),
        (text("Your order {{name}} is ready now.", "5"), 2388072),
        (text("Your order {{1} is ready now.", "5"), 2388072),
        (text("Your order\n\n\nis ready now."), 2388072),
        (text(""), 2388072),
        (text("x" * 1025), 2388040),
    ],
)
def test_the_body_is_checked_with_metas_subcodes(given: Any, part: Any, subcode: int):
    error = create(given, part).json["error"]

    assert (error["code"], error["error_subcode"]) == (100, subcode)
    assert error["message"] == "Invalid parameter"
    assert error["error_user_msg"]


@pytest.mark.parametrize(
    ("part", "subcode"),
    [
        ({"type": "HEADER", "format": "TEXT", "text": "x" * 61}, 2388040),
        ({"type": "HEADER", "format": "TEXT", "text": "Hi *you*"}, 2388047),
        ({"type": "HEADER", "format": "TEXT", "text": "Hi {{1}} {{2}}"}, 2388047),
        ({"type": "HEADER", "format": "TEXT", "text": "Hi \U0001f600"}, 2388047),
        ({"type": "HEADER", "format": "IMAGE"}, 2388043),
        ({"type": "FOOTER", "text": "x" * 61}, 2388040),
        ({"type": "FOOTER", "text": "Bye {{1}}"}, 2388073),
    ],
)
def test_header_and_footer_are_checked(given: Any, part: Any, subcode: int):
    assert create(given, part, BODY).json["error"]["error_subcode"] == subcode


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [quick(f"Choice {n}") for n in range(11)],
        [quick("A"), link("https://a.example"), quick("B")],
        [link("https://a.example")] * 3,
        [{"type": "PHONE_NUMBER", "text": "Call", "phone_number": "1"}] * 2,
        [quick("x" * 26)],
        [quick("Hi {{1}}")],
        [link("ftp://a.example")],
        [link("https://a.example/{{1}}/x", example=["https://a.example/5/x"])],
        [link("https://a.example/{{1}}")],
        [{"type": "COPY_CODE"}],
        [{"type": "COPY_CODE", "example": "x" * 21}],
        [{"type": "FLOW", "text": "Book"}],
        [{"type": "OTP", "otp_type": "COPY_CODE"}],
        [{"type": "POSTCARD", "text": "Wish you were here"}],
        [{**quick("A"), "colour": "red"}],
    ],
)
def test_buttons_are_checked(given: Any, rows: Any):
    answer = create(given, BODY, buttons(*rows))

    assert answer.status == 400
    assert answer.json["error"]["code"] == 100


@pytest.mark.parametrize(
    "change",
    [
        {"name": None},
        {"name": "Has Capitals"},
        {"name": "x" * 513},
        {"language": "xx_YY"},
        {"category": "SALES"},
        {"components": []},
        {"components": [{"type": "FOOTER", "text": "Alone"}]},
        {"components": [BODY, BODY]},
        {"components": [{"type": "SIDEBAR"}]},
        {"components": [{**BODY, "colour": "red"}]},
        {"colour": "red"},
        {"parameter_format": "MIXED"},
        {"message_send_ttl_seconds": 29},
        {"category": "MARKETING", "message_send_ttl_seconds": 60},
    ],
)
def test_what_is_not_a_template_is_refused(given: Any, change: Any):
    answer = create(given, **change)

    assert answer.status == 400
    assert answer.json["error"]["code"] == 100


def test_an_authentication_template_has_metas_own_text(given: Any):
    parts = [
        {"type": "BODY", "add_security_recommendation": True},
        {"type": "FOOTER", "code_expiration_minutes": 10},
        buttons({"type": "OTP", "otp_type": "COPY_CODE"}),
    ]

    answer = create(given, *parts, name="login", category="AUTHENTICATION")

    components = given.call("GET", f"/{answer.json['id']}").json["components"]
    assert "{{1}}" in components[0]["text"]
    assert "10 minutes" in components[1]["text"]
    assert components[2]["buttons"][0]["type"] == "URL"


def test_an_authentication_template_has_no_text_of_its_own(given: Any):
    parts = [BODY, buttons({"type": "OTP", "otp_type": "COPY_CODE"})]

    assert create(given, *parts, category="AUTHENTICATION").status == 400


def test_a_carousel_has_2_to_10_cards_of_one_structure(given: Any):
    def card(*kinds: str) -> Any:
        header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::x"]}}
        rows = [quick(kind) for kind in kinds]
        return {"components": [header, buttons(*rows)]}

    def carousel(*cards: Any) -> Any:
        return create(
            given,
            text("Three rooms are left for you."),
            {"type": "CAROUSEL", "cards": list(cards)},
            category="MARKETING",
        ).status

    assert carousel(card("A")) == 400
    assert carousel(card("A"), card("A", "B")) == 400
    assert carousel(card("A"), card("B")) == 200


def test_a_name_is_taken_once_in_each_language(given: Any):
    assert create(given).status == 200
    assert create(given).json["error"]["error_subcode"] == 2388024
    assert create(given, language="en_GB").status == 200


def test_an_account_of_an_unverified_business_has_250_templates(given: Any):
    given.put(
        templates=[
            {"id": str(5000 + n), "waba_id": "880", "name": f"old_{n}"}
            for n in range(249)  # and the one of the world
        ]
    )

    assert create(given).json["error"]["error_subcode"] == 2388019
    given.has("portfolios", id="920", verification_status="verified")
    assert create(given).status == 200


def test_100_templates_an_hour(given: Any):
    given.has("portfolios", id="920", verification_status="verified")
    for n in range(100):
        assert create(given, name=f"parcel_{n}").status == 200

    assert create(given, name="one_more").json["error"]["code"] == 80007
    given.passes(3601)
    assert create(given, name="one_more").status == 200


def test_a_template_of_the_library_is_approved_at_once(given: Any):
    found = given.call("GET", "/message_template_library?usecase=DELIVERY_UPDATE").json["data"]
    url = {"base_url": "https://x.example/{{1}}", "url_suffix_example": "https://x.example/9"}
    links = [{"type": "URL", "url": url}]

    answer = create(
        given,
        components=None,
        library_template_name=found[0]["name"],
        library_template_button_inputs=links,
    )

    assert answer.json["status"] == "APPROVED"
    fields = "?fields=library_template_name,components"
    read = given.call("GET", f"/{answer.json['id']}{fields}").json
    assert read["library_template_name"] == found[0]["name"]
    assert read["components"][0]["text"] == found[0]["body"]


def test_authentication_templates_of_many_languages_in_one_call(given: Any):
    body = {
        "name": "login",
        "languages": ["en_US", "es_ES"],
        "category": "AUTHENTICATION",
        "components": [{"type": "BODY"}, buttons({"type": "OTP", "otp_type": "COPY_CODE"})],
    }

    rows = given.call("POST", "/880/upsert_message_templates", body).json["data"]
    again = given.call("POST", "/880/upsert_message_templates", body).json["data"]

    assert [row["language"] for row in rows] == ["en_US", "es_ES"]
    assert {row["status"] for row in rows} == {"APPROVED"}
    assert [row["id"] for row in again] == [row["id"] for row in rows]


def test_a_preview_shows_the_fixed_text(given: Any):
    query = "?category=AUTHENTICATION&languages=en_US,es_ES&code_expiration_minutes=10"

    rows = given.call("GET", "/880/message_template_previews" + query).json["data"]

    assert [row["language"] for row in rows] == ["en_US", "es_ES"]
    assert "10 minutes" in rows[0]["footer"]
