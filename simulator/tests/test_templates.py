"""Templates at send time: which are found, and whether the parameters fit."""

from typing import Any

import pytest


def test_the_person_reads_the_filled_template(given: Any):
    given.template("Rosa", "5512")

    assert given.chat()[0]["text"] == "Hi Rosa, your order 5512 is ready."


@pytest.mark.parametrize(
    ("status", "http", "code"),
    [("PENDING", 404, 132001), ("PAUSED", 400, 132015), ("DISABLED", 400, 132016)],
)
def test_only_approved_templates_go_out(given: Any, status: str, http: int, code: int):
    given.has("templates", id="990", status=status)

    answer = given.template("Rosa", "5512")

    assert (answer.status, answer.json["error"]["code"]) == (http, code)


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ((), 132000),
        (("Rosa",), 132000),
        (("Rosa", "5", "6"), 132000),
        (("Rosa", ""), 131008),
        (("Rosa", "a\nb"), 132018),
        (("Rosa", "a     b"), 132018),
    ],
)
def test_positional_parameters_must_fit(given: Any, texts: tuple[str, ...], code: int):
    assert given.template(*texts).json["error"]["code"] == code


def test_a_parameter_of_another_kind_is_132012(given: Any):
    rows = [{"type": "image", "image": {"id": "1"}}, {"type": "text", "text": "5512"}]
    components = [{"type": "body", "parameters": rows}]
    template = {"name": "ready", "language": {"code": "en_US"}, "components": components}

    assert given.post(type="template", template=template).json["error"]["code"] == 132012


def test_named_parameters_need_their_names(given: Any):
    body = {"type": "BODY", "text": "Hi {{name}}"}
    given.has(
        "templates", id="991", waba_id="880", name="n", parameter_format="NAMED", components=[body]
    )

    def send(**parameter: str) -> Any:
        rows = [{"type": "text", "text": "Rosa", **parameter}]
        components = [{"type": "body", "parameters": rows}]
        template = {"name": "n", "language": {"code": "en_US"}, "components": components}
        return given.post(type="template", template=template)

    assert send().json["error"]["code"] == 132012
    assert send(parameter_name="other").json["error"]["code"] == 132012
    assert send(parameter_name="name").status == 200


def test_buttons_with_a_variable_need_their_parameter(given: Any):
    buttons = [
        {"type": "QUICK_REPLY", "text": "Change slot"},
        {"type": "URL", "text": "Track", "url": "https://t.example/{{1}}"},
    ]
    components = [{"type": "BODY", "text": "Hi"}, {"type": "BUTTONS", "buttons": buttons}]
    given.has("templates", id="992", waba_id="880", name="track", components=components)

    def send(*parts: Any) -> Any:
        content = {"name": "track", "language": {"code": "en_US"}, "components": list(parts)}
        return given.post(type="template", template=content)

    link = {
        "type": "button",
        "sub_type": "url",
        "index": "1",
        "parameters": [{"type": "text", "text": "5512"}],
    }
    reply = {
        "type": "button",
        "sub_type": "quick_reply",
        "index": 0,
        "parameters": [{"type": "payload", "payload": "CHANGE-5512"}],
    }
    assert send().json["error"]["code"] == 131008
    assert send(link, reply).status == 200
    assert given.chat()[-1]["buttons"] == [
        {"kind": "quick_reply", "text": "Change slot", "payload": "CHANGE-5512"},
        {"kind": "url", "text": "Track", "url": "https://t.example/5512"},
    ]


def test_a_header_image_must_be_given(given: Any):
    components = [{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Hi"}]
    given.has("templates", id="993", waba_id="880", name="pic", components=components)

    assert given.template(name="pic").json["error"]["code"] == 132012


def test_authentication_templates_need_the_phone_number(given: Any):
    given.has("people", phone=given.rosa, user_id="US.2048")
    given.has("templates", id="990", category="AUTHENTICATION")

    answer = given.template("Rosa", "5512", to=None, recipient="US.2048")

    assert answer.json["error"]["code"] == 131062
