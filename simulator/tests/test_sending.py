"""What a send is answered."""

from typing import Any

import pytest

CONTENT: dict[str, Any] = {"name": "ready", "language": {"code": "en_US"}}


def test_an_accepted_text_answers_input_and_wa_id(given: Any):
    answer = given.post(to="+1 (555) 123-0987")

    assert answer.status == 200
    assert answer.json["messaging_product"] == "whatsapp"
    assert answer.json["contacts"] == [{"input": "+1 (555) 123-0987", "wa_id": given.rosa}]
    assert list(answer.json["messages"][0]) == ["id"]
    assert answer.json["messages"][0]["id"].startswith("wamid.")


def test_digits_alone_are_a_phone_number_too(given: Any):
    assert given.post(to=given.rosa).json["contacts"][0]["wa_id"] == given.rosa


def test_a_send_to_a_user_id_answers_the_user_id_and_no_phone(given: Any):
    given.has("people", phone=given.rosa, user_id="US.2048")

    answer = given.post(to=None, recipient="US.2048")

    assert answer.json["contacts"] == [{"input": "US.2048", "user_id": "US.2048"}]


def test_when_both_are_given_the_phone_wins(given: Any):
    given.has("people", phone=given.rosa, user_id="US.2048")

    answer = given.post(recipient="US.2048")

    assert answer.json["contacts"][0]["input"] == "+" + given.rosa
    assert answer.json["contacts"][0]["user_id"] == "US.2048"


def test_a_template_send_has_a_message_status(given: Any):
    answer = given.template("Rosa", "5512")

    assert answer.json["messages"][0]["message_status"] == "accepted"
    assert given.control("GET", "/sends")["sends"][0]["to"] == "+" + given.rosa


def test_form_bodies_are_read_like_json(given: Any):
    form = b"messaging_product=whatsapp&to=%2B15551230987&text=%7B%22body%22%3A%22Hi%22%7D"
    headers = {
        "Authorization": "Bearer token",
        "Content-Type": "application/x-www-form-urlencoded",
    }

    answer = given.meta.call("POST", f"/v25.0/{given.number}/messages", form, headers)

    assert answer.status == 200


REFUSED: list[tuple[str, dict[str, Any], int, int, str]] = [
    ("no token", {"bearer": ""}, 401, 104, "access token"),
    ("unknown token", {"bearer": "other"}, 401, 190, "Invalid OAuth"),
    ("no product", {"messaging_product": None}, 400, 100, "messaging_product is required"),
    ("wrong product", {"messaging_product": "sms"}, 400, 100, "messaging_product"),
    ("unknown field", {"colour": "red"}, 400, 100, "'colour'"),
    ("unknown field in text", {"text": {"body": "a", "bold": True}}, 400, 100, "'bold'"),
    ("unknown type", {"type": "poem"}, 400, 131051, "Unsupported message type"),
    ("type without its member", {"type": "image"}, 400, 131008, "missing"),
    ("no addressee", {"to": None}, 400, 100, "parameter to is required"),
    ("unreadable phone", {"to": "call me"}, 400, 131009, "not valid"),
    ("unknown user id", {"to": None, "recipient": "US.1"}, 400, 131009, "not valid"),
    ("no text", {"text": {}}, 400, 131008, "missing"),
    ("empty text", {"text": {"body": ""}}, 400, 131008, "missing"),
    ("text of 4097", {"text": {"body": "a" * 4097}}, 400, 100, "4096"),
    ("text that is a number", {"text": {"body": 7}}, 400, 100, "string"),
    ("long callback data", {"biz_opaque_callback_data": "a" * 513}, 400, 100, "512"),
    ("group", {"recipient_type": "group"}, 400, 100, "recipient_type"),
    ("to itself", {"to": "+15557650001"}, 400, 131021, "sender"),
    ("no template name", {"type": "template", "template": {}}, 400, 131008, "missing"),
    ("no such template", {"type": "template", "template": {**CONTENT, "name": "x"}}, 404, 132001, ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("send", "http", "code", "words"),
    [row[1:] for row in REFUSED],
    ids=[row[0] for row in REFUSED],
)
def test_a_wrong_send_is_refused_in_metas_words(
    given: Any, send: dict[str, Any], http: int, code: int, words: str
):
    answer = given.post(**send)

    error = answer.json["error"]
    assert (answer.status, error["code"]) == (http, code)
    assert words in error["message"]
    assert {"type", "fbtrace_id"} <= set(error)
    assert given.control("GET", "/sends")["sends"] == []
    assert given.control("GET", "/counters")["errors_by_code"] == {str(code): 1}


def test_text_of_4096_is_accepted(given: Any):
    assert given.post(text={"body": "a" * 4096}).status == 200


def test_bad_json_is_code_100(given: Any):
    answer = given.call("POST", f"/{given.number}/messages", b'{"to":')

    assert (answer.status, answer.json["error"]["code"]) == (400, 100)


def test_an_expired_token_is_190_with_subcode_463(given: Any):
    given.has("tokens", token="token", app_id="314", expires_at="2026-01-01T00:00:00Z")

    error = given.post().json["error"]

    assert (error["code"], error["error_subcode"]) == (190, 463)


def test_a_token_without_the_permission_is_code_10(given: Any):
    given.has("tokens", token="token", scopes=["whatsapp_business_management"])

    answer = given.post()

    assert (answer.status, answer.json["error"]["code"]) == (403, 10)


@pytest.mark.parametrize("path", ["/999/messages", "/999"])
def test_an_unknown_id_is_code_100_subcode_33(given: Any, path: str):
    answer = given.call("POST" if "messages" in path else "GET", path, {})

    error = answer.json["error"]
    assert (answer.status, error["code"], error["error_subcode"]) == (400, 100, 33)
    assert error["type"] == "GraphMethodException"


def test_an_unregistered_number_cannot_send(given: Any):
    given.has("numbers", id=given.number, status="PENDING")

    assert given.post().json["error"]["code"] == 133010


@pytest.mark.parametrize(("version", "code"), [("v21.0", None), ("v26.0", None), ("v20.0", 2500)])
def test_versions_21_to_26_are_served(given: Any, version: str, code: int | None):
    headers = {"Authorization": "Bearer token"}

    answer = given.meta.call("GET", f"/{version}/{given.number}", None, headers)

    assert answer.json.get("error", {}).get("code") == code
