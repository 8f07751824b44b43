"""People tap what a business sent: buttons, rows, Flows, requests, links."""

import json
from typing import Any

import pytest
from metasim import examples as kinds


def act(given: Any, name: str, **body: Any) -> dict[str, Any]:
    path = f"/people/{given.rosa}/{name}"
    answer = given.control("POST", path, {"number": given.number, **body})
    given.passes(0)
    return answer


def arrived(given: Any, **message: Any) -> str:
    given.writes()
    message_id = given.sent(**message)
    given.passes(2)
    return message_id


TAPS: list[tuple[str, Any, str, Any]] = [
    ("button", 1, "button_reply", {"id": "id-2", "title": "Choice 2"}),
    ("button", "id-3", "button_reply", {"id": "id-3", "title": "Choice 3"}),
    ("button", "Choice 1", "button_reply", {"id": "id-1", "title": "Choice 1"}),
    ("list", "slot-2", "list_reply",
     {"id": "slot-2", "title": "Tue 2:00", "description": "30 min"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "button", "kind", "reply"), TAPS)
def test_a_tap_on_a_button_or_row_answers_with_its_id(
    given: Any, name: str, button: Any, kind: str, reply: Any
):
    content = kinds.messages()[name]
    content["interactive"].pop("header", None)
    message_id = arrived(given, **content)

    answered = act(given, "tap", message=message_id, button=button)["id"]

    tapped = given.receiver.items("messages")[-1]
    assert tapped["id"] == answered
    assert tapped["interactive"] == {"type": kind, kind: reply}
    assert tapped["context"] == {"from": "15557650001", "id": message_id}


def test_a_tap_on_a_quick_reply_sends_its_payload(given: Any):
    buttons = {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Confirm"}]}
    components = [{"type": "BODY", "text": "Hi"}, buttons]
    given.has("templates", id="992", waba_id="880", name="ask", components=components)
    payload = {"type": "payload", "payload": "CONFIRM-5512"}
    part = {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [payload]}
    template = {"name": "ask", "language": {"code": "en_US"}, "components": [part]}
    message_id = given.sent(type="template", template=template)
    given.passes(2)

    act(given, "tap", message=message_id, button="Confirm")

    tapped = given.receiver.items("messages")[-1]
    assert tapped["button"] == {"payload": "CONFIRM-5512", "text": "Confirm"}


def test_a_filled_flow_comes_back_with_its_token(given: Any):
    message_id = arrived(given, **kinds.messages()["flow"])

    act(given, "tap", message=message_id, button=0, data={"email": "r@x.example"})

    reply = given.receiver.items("messages")[-1]["interactive"]["nfm_reply"]
    assert json.loads(reply["response_json"]) == {"flow_token": "lead-77", "email": "r@x.example"}


REQUESTS = [
    ("location_request", "location"),
    ("contact_request", "contacts"),
    ("address", "interactive"),
    ("call_permission", "interactive"),
    ("product", "text"),
]


@pytest.mark.parametrize(("name", "kind"), REQUESTS)
def test_a_request_is_answered_by_a_tap(given: Any, name: str, kind: str):
    message_id = arrived(given, **kinds.messages()[name])

    act(given, "tap", message=message_id)

    answer = given.receiver.items("messages")[-1]
    assert answer["type"] == kind
    if name == "contact_request":
        assert answer["contacts"][0]["origin"] == "contact_request"
    if name == "call_permission":
        assert answer["interactive"]["call_permission_reply"]["response"] == "accept"
    if name == "product":
        product = {"catalog_id": "210", "product_retailer_id": "SKU-9"}
        assert answer["context"]["referred_product"] == product


def test_a_link_sends_nothing(given: Any):
    message_id = arrived(given, **kinds.messages()["cta_url"])

    assert act(given, "tap", message=message_id) == {"id": None}
    assert len(given.receiver.items("messages")) == 1


def test_what_has_not_arrived_cannot_be_tapped(given: Any):
    given.writes()
    message_id = given.sent(**kinds.messages()["list"])
    body = {"number": given.number, "message": message_id}

    answer = given.meta.call("POST", f"/_sim/people/{given.rosa}/tap", body)

    assert answer.status == 400


def test_a_click_in_a_marketing_message_is_reported(given: Any):
    link = {"type": "URL", "text": "Shop", "url": "https://shop.example"}
    components = [{"type": "BODY", "text": "Sale"}, {"type": "BUTTONS", "buttons": [link]}]
    given.has(
        "templates", id="993", waba_id="880", name="sale", category="MARKETING",
        components=components,
    )  # fmt: skip
    body = {
        "messaging_product": "whatsapp",
        "to": "+" + given.rosa,
        "type": "template",
        "template": {"name": "sale", "language": {"code": "en_US"}},
    }
    answer = given.call("POST", f"/{given.number}/marketing_messages", body)
    given.passes(2)

    act(given, "tap", message=answer.json["messages"][0]["id"])

    action = given.receiver.items("user_actions")[0]
    assert action["action_type"] == "marketing_messages_link_click"
    assert action["marketing_messages_link_click_data"]["click_component"] == "cta"


def test_the_phone_knows_what_a_flow_asks(given: Any):
    options = [{"id": "mo", "title": "Monday"}]
    times = {"times": {"type": "array", "__example__": [{"id": "19", "title": "19:00"}]}}
    fields = [
        {"type": "Dropdown", "name": "day", "label": "Day", "data-source": options},
        {
            "type": "RadioButtonsGroup",
            "name": "time",
            "label": "Time",
            "data-source": "${data.times}",
        },
        {"type": "TextInput", "name": "guests", "label": "${data.label}"},
    ]
    form = {"type": "Form", "name": "form", "children": fields}
    layout = {"type": "SingleColumnLayout", "children": [form]}
    screens = [{"id": "BOOK", "title": "Book", "data": times, "layout": layout}]
    text = json.dumps({"version": "7.0", "screens": screens})
    wish = {"name": "booking", "categories": ["OTHER"], "flow_json": text}
    made = given.call("POST", "/880/flows", wish).json

    assert given.control("GET", f"/flows/{made['id']}")["fields"] == [
        {"name": "day", "label": "Day", "choices": {"mo": "Monday"}},
        {"name": "time", "label": "Time", "choices": {"19": "19:00"}},
        {"name": "guests", "label": "guests", "choices": {}},
    ]
    assert given.control("GET", "/flows/unknown") == {"fields": []}
