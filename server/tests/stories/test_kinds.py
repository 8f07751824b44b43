"""Every kind that a person can send arrives, is kept as what it is, and is shown as such."""

import hmac
from typing import Any
from uuid import uuid4

import pytest
from serai.app.demo import world
from tests.stories.conftest import AMAL, BEN, CAFE, SHOP, Stack, until

PLACE = {"latitude": 23.588, "longitude": 58.3829, "name": "Hawana"}
BASKET = {
    "catalog_id": "210033004400550",
    "text": "Gift wrap please",
    "product_items": [
        {"product_retailer_id": "CUP-1", "quantity": 2, "item_price": 12.5, "currency": "EUR"},
        {"product_retailer_id": "BOWL-3", "quantity": 1, "item_price": 8, "currency": "EUR"},
    ],
}
FORM = {
    "type": "nfm_reply",
    "nfm_reply": {"name": "flow", "response_json": {"flow_token": "t", "seats": 4}},
}
ROW = {
    "type": "list_reply",
    "list_reply": {"id": "slot-3", "title": "Tue 10:00", "description": "30 min"},
}
KINDS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("text", {"body": "Is it open?"}, {"body": "Is it open?"}),
    ("image", {"caption": "my door"}, {"caption": "my door"}),
    ("video", {"caption": "a clip"}, {"caption": "a clip"}),
    ("audio", {"voice": True}, {"voice": True}),
    ("document", {"filename": "po-88.pdf", "caption": "PO"}, {"caption": "PO"}),
    ("sticker", {}, {"animated": False}),
    ("location", PLACE, {"latitude": 23.588, "longitude": 58.3829, "name": "Hawana"}),
    ("contacts", {}, {"shared_own": False}),
    ("button", {"payload": "Y-1", "text": "Yes"}, {"kind": "template_button", "id": "Y-1", "title": "Yes"}),
    ("interactive", ROW, {"kind": "list", "id": "slot-3", "title": "Tue 10:00"}),
    ("interactive", FORM, {"name": "flow", "values": {"seats": 4}}),
    ("order", BASKET, {"text": "Gift wrap please"}),
    ("request_welcome", {}, {}),
    ("unsupported", {"type": "poll"}, {"original": "poll"}),
]  # fmt: skip
SHOWN = {"button": "choice", "order": "order", "request_welcome": "welcome_request"}
FILES = {"image", "video", "audio", "document", "sticker"}


def say(stack: Stack, kind: str, about: dict[str, Any], **more: Any) -> str:
    body = {"number": CAFE, "type": kind, kind: about, **more}
    return stack.tell("POST", f"/people/{AMAL}/messages", body)["id"]


def said(stack: Stack) -> list[dict[str, Any]]:
    """What Amal said, as the API shows it, oldest first."""
    conversations = stack.ask("GET", "/conversations").json()["data"]
    if not conversations:
        return []
    path = f"/conversations/{conversations[0]['id']}/messages?limit=100"
    messages = stack.ask("GET", path).json()["data"]
    return [each for each in reversed(messages) if each["direction"] == "in"]


@pytest.mark.promise("MSG-08")
def test_each_kind_is_shown_with_what_it_says(working: Stack):
    for kind, about, _ in KINDS:
        say(working, kind, about)
    found = until(lambda: messages if len(messages := said(working)) == len(KINDS) else None)

    contents = [message["content"] for message in found]
    for (kind, about, expected), content in zip(KINDS, contents, strict=True):
        answer = about.get("type")
        shown = {"list_reply": "choice", "nfm_reply": "flow_reply"}.get(
            str(answer), SHOWN.get(kind, kind)
        )
        assert content["type"] == shown
        assert {name: content[name] for name in expected} == expected
        if kind in FILES:
            assert content["file"]["id"]
            assert "url" not in content["file"], "Meta's address of a file is nobody's business"


@pytest.mark.promise("MSG-08")
def test_what_a_message_refers_to_and_how_people_got_here_is_shown(working: Stack):
    advert = {
        "source_type": "ad",
        "source_id": "1202",
        "headline": "Chat with us",
        "ctwa_clid": "Afe9",
    }
    first = say(working, "text", {"body": "Which one?"}, referral=advert)
    say(working, "text", {"body": "That one"}, context={"id": first, "from": AMAL})
    say(working, "text", {"body": "Look"}, context={"forwarded": True})
    one, two, three = until(lambda: m if len(m := said(working)) == 3 else None)
    assert one["referral"]["ctwa_clid"] == "Afe9"
    assert two["quoted"]["text"] == "Which one?"
    assert three["context"]["forwarded"] is True


@pytest.mark.promise("PLT-03")
def test_an_edit_and_a_deletion_are_shown_and_start_nothing(working: Stack):
    first = say(working, "text", {"body": "A table for to"})
    until(lambda: said(working))
    answers = len(working.rows("SELECT FROM sends"))
    say(working, "edit", {"original_message_id": first, "body": "A table for two"})
    [message] = until(lambda: [m for m in said(working) if m["edited_at"]])
    assert message["content"]["body"] == "A table for two"
    history = working.ask("GET", f"/messages/{message['id']}/revisions").json()["data"]
    assert [each["content"]["body"] for each in history] == ["A table for to", "A table for two"]

    say(working, "revoke", {"original_message_id": first})
    [message] = until(lambda: [m for m in said(working) if m["deleted_at"]])
    assert message["content"] == {"type": "deleted"}
    assert len(working.rows("SELECT FROM sends")) == answers


def test_reactions_come_change_and_go(working: Stack):
    first = say(working, "text", {"body": "See you"})
    for emoji in ("👍", "❤️"):
        say(working, "reaction", {"message_id": first, "emoji": emoji})
        until(lambda wanted=emoji: [m for m in said(working) if _emojis(m) == [wanted]])
    say(working, "reaction", {"message_id": first})
    until(lambda: [m for m in said(working) if _emojis(m) == []])


def _emojis(message: dict[str, Any]) -> list[str]:
    return [each["emoji"] for each in message["reactions"]]


@pytest.mark.promise("PLT-02")
def test_what_is_typed_on_the_phone_shows_as_ours_and_answers_the_conversation(working: Stack):
    say(working, "text", {"body": "hello?"})
    until(lambda: said(working))
    echo = {"number": CAFE, "type": "text", "text": {"body": "Typed on the phone"}}
    working.tell("POST", f"/people/{AMAL}/echo", echo)
    [typed] = until(
        lambda: working.rows(
            "SELECT author_kind, direction FROM messages WHERE author_kind = 'native_app'"
        )
    )
    assert typed["direction"] == "out"
    [conversation] = working.ask("GET", "/conversations").json()["data"]
    assert (conversation["waiting_since"], conversation["handled_by"]) == (None, "people")


@pytest.mark.promise("PLT-04")
def test_a_new_number_keeps_the_person_and_the_next_answer_goes_there(working: Stack):
    say(working, "text", {"body": "hello"})
    until(lambda: working.answers(AMAL, CAFE))  # what goes to a number just given up is a failure
    say(working, "system", {"type": "user_changed_number", "wa_id": "12125559999"})
    until(lambda: [m for m in said(working) if m["content"]["type"] == "system"])
    [conversation] = working.ask("GET", "/conversations").json()["data"]
    assert conversation["contact"]["phone"] == "+12125559999"

    path, text = (
        f"/conversations/{conversation['id']}/messages",
        {"type": "text", "body": "Hi again"},
    )
    asked = working.ask("POST", path, {"content": text}, **{"Idempotency-Key": str(uuid4())})
    assert asked.status_code == 200, asked.text
    until(lambda: [a for a in working.answers("12125559999", CAFE) if a["text"] == "Hi again"])


@pytest.mark.promise("MSG-36")
def test_a_missed_call_is_in_the_timeline_and_opens_the_window(working: Stack):
    working.tell("POST", f"/people/{AMAL}/call", {"number": CAFE})
    working.tell("POST", "/clock", {"advance_seconds": 31})  # nobody answers
    [call] = until(lambda: [m for m in said(working) if m["content"].get("status") == "missed"])
    assert call["content"]["direction"] == "in"
    [conversation] = working.ask("GET", "/conversations").json()["data"]
    assert conversation["window"]["open"]
    assert conversation["unread_count"] == 1


@pytest.mark.promise("COM-11")
def test_a_list_of_products_is_sent_and_the_order_comes_back_with_prices(working: Stack):
    working.write(BEN, SHOP, "what do you have?")
    [conversation] = until(lambda: working.ask("GET", "/conversations").json()["data"])
    products = {
        "type": "product_list",
        "catalog_id": BASKET["catalog_id"],
        "header": "Our cups",
        "body": "Made by hand",
        "sections": [{"title": "Cups", "product_ids": ["CUP-1", "BOWL-3"]}],
    }
    path = f"/conversations/{conversation['id']}/messages"
    answer = working.ask("POST", path, {"content": products}, **{"Idempotency-Key": str(uuid4())})
    assert answer.status_code == 200, answer.text
    until(lambda: [a for a in working.answers(BEN, SHOP) if a["type"] == "interactive"])

    body = {"number": SHOP, "type": "order", "order": BASKET}
    working.tell("POST", f"/people/{BEN}/messages", body)
    messages = until(lambda: _orders(working, path))
    [order] = [each["content"] for each in messages]
    prices = [(item["product_id"], item["quantity"], item["price"]) for item in order["items"]]
    assert prices == [("CUP-1", 2, "12.5"), ("BOWL-3", 1, "8")]
    assert order["total"] == "33.0"


def _orders(stack: Stack, path: str) -> list[dict[str, Any]]:
    found = stack.ask("GET", path).json()["data"]
    return [each for each in found if each["content"]["type"] == "order"]


def _forms(stack: Stack) -> list[dict[str, Any]]:
    """Those that have arrived."""
    sent = [each for each in stack.answers(AMAL, CAFE) if each["type"] == "interactive"]
    return [each for each in sent if each["status"] in {"delivered", "read"}]


def test_a_form_is_published_sent_filled_in_and_read(working: Stack):
    [cafe] = [
        c
        for c in working.ask("GET", "/channels").json()["data"]
        if c["external_ids"]["phone_number_id"] == CAFE
    ]
    key = {"Idempotency-Key": str(uuid4())}
    address = {"public_url": f"http://127.0.0.1:{working.port}"}
    made = working.ask("POST", f"/channels/{cafe['id']}/flows/booking", address, **key)
    assert made.status_code == 200, made.text
    say(working, "text", {"body": "a table?"})
    [conversation] = until(lambda: working.ask("GET", "/conversations").json()["data"])
    offer = {"body": "Book a table with us.", "cta": "Book a table"}
    path = f"/conversations/{conversation['id']}/flows/booking"
    assert working.ask("POST", path, offer, **{"Idempotency-Key": str(uuid4())}).status_code == 200
    [form] = until(lambda: _forms(working))

    def ask(action: str, screen: str | None = None, **data: str) -> dict[str, Any]:
        asked = {
            "number": CAFE,
            "message": form["id"],
            "action": action,
            "screen": screen,
            "data": data,
        }
        return working.tell("POST", f"/people/{AMAL}/flow", asked)

    assert ask("ping")["reply"] == {"data": {"status": "active"}}
    assert ask("error", "TABLE")["reply"] == {"data": {"acknowledged": True}}
    day = ask("INIT")["reply"]["data"]["dates"][-1]["id"]
    slot = ask("data_exchange", "TABLE", date=day)["reply"]["data"]["times"][0]["id"]
    details = ask("data_exchange", "TABLE", date=day, time=slot, guests="4")
    assert details["reply"]["screen"] == "DETAILS"
    end = ask("data_exchange", "DETAILS", date=day, time=slot, guests="4", name="Amal")
    assert end["reply"]["screen"] == "SUCCESS"
    [filled] = until(lambda: [m for m in said(working) if m["content"]["type"] == "flow_reply"])
    assert filled["content"]["values"] == {"date": day, "time": slot, "guests": "4", "name": "Amal"}

    working.tell("POST", "/clock", {"advance_seconds": 8 * 86_400})
    late = until(lambda: answer if (answer := ask("INIT"))["status"] == 427 else None)
    assert "no longer open" in late["reply"]["error_msg"]


def test_a_form_is_answered_to_nobody_but_whatsapp(stack: Stack):
    [cafe] = [
        c
        for c in stack.ask("GET", "/channels").json()["data"]
        if c["external_ids"]["phone_number_id"] == CAFE
    ]
    door = f"http://127.0.0.1:{stack.port}/flows/{cafe['id']}"
    assert stack.http.post(door, content=b"{}").status_code == 404, "no form was published"
    address = {"public_url": f"http://127.0.0.1:{stack.port}"}
    key = {"Idempotency-Key": str(uuid4())}
    assert (
        stack.ask("POST", f"/channels/{cafe['id']}/flows/booking", address, **key).status_code
        == 200
    )
    signature = hmac.digest(world.APP_SECRET.encode(), b"{}", "sha256").hex()
    signed = {"X-Hub-Signature-256": f"sha256={signature}"}
    assert stack.http.post(door, content=b"{}").status_code == 432, "not signed"
    assert stack.http.post(door, content=b"{}", headers=signed).status_code == 421, "not readable"
    assert stack.http.post(f"{door[:-2]}00", content=b"{}", headers=signed).status_code == 404
