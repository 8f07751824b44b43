"""What people send: the shape of every kind of message in the webhook."""

import hashlib
import json
from base64 import b64decode, b64encode
from typing import Any
from urllib.parse import urlsplit

import pytest

from simulator.tests.test_media import AUTH, JPEG

DAY = 86_400


def heard(given: Any, kind: str, content: Any = None, **more: Any) -> dict[str, Any]:
    """The message as the webhook carries it."""
    body = {} if content is None else {kind: content}
    request = {"number": given.number, "type": kind, **body, **more}
    message_id = given.control("POST", f"/people/{given.rosa}/messages", request)["id"]
    given.passes(0)
    return next(each for each in given.receiver.items("messages") if each["id"] == message_id)


def download(given: Any, url: str) -> Any:
    parts = urlsplit(url)
    return given.meta.call("GET", f"{parts.path}?{parts.query}", None, AUTH)


FILES: list[tuple[str, str, dict[str, str]]] = [
    ("image", "image/jpeg", {"caption": "my door"}),
    ("video", "video/mp4", {"caption": "clip"}),
    ("audio", "audio/ogg; codecs=opus", {}),
    ("document", "application/pdf", {"filename": "po-88.pdf", "caption": "PO"}),
    ("sticker", "image/webp", {}),
]


@pytest.mark.parametrize(("kind", "mime", "content"), FILES, ids=[row[0] for row in FILES])
def test_a_file_comes_with_its_hash_and_two_ways_to_get_it(
    given: Any, kind: str, mime: str, content: dict[str, str]
):
    file = heard(given, kind, content)[kind]

    assert file["mime_type"] == mime
    assert content.items() <= file.items()
    by_webhook = download(given, file["url"])
    by_id = download(given, given.call("GET", f"/{file['id']}").json["url"])
    assert by_webhook.status == by_id.status == 200
    assert by_webhook.body == by_id.body
    assert b64decode(file["sha256"]) == hashlib.sha256(by_id.body).digest()


def test_the_address_in_a_webhook_dies_after_5_minutes_and_the_id_after_7_days(given: Any):
    file = heard(given, "image", {})["image"]
    given.passes(301)
    assert download(given, file["url"]).status == 404
    given.passes(7 * DAY - 400)
    assert given.call("GET", f"/{file['id']}").status == 200

    given.passes(200)

    assert given.call("GET", f"/{file['id']}").json["error"]["error_subcode"] == 33


def test_a_person_can_send_a_file_of_their_own(given: Any):
    own = b64encode(JPEG[::-1]).decode()
    file = heard(given, "image", {"data": own, "mime_type": "image/png"})["image"]

    assert file["mime_type"] == "image/png"
    assert download(given, file["url"]).body == JPEG[::-1]


def test_voice_notes_and_music_differ(given: Any):
    assert heard(given, "audio", {})["audio"]["voice"] is True
    music = heard(given, "audio", {"voice": False})["audio"]
    assert (music["voice"], music["mime_type"]) == (False, "audio/mpeg")
    assert heard(given, "sticker", {"animated": True})["sticker"]["animated"] is True


def test_a_file_that_meta_could_not_fetch_comes_as_an_error(given: Any):
    message = heard(given, "image", {}, fails=True)

    assert message["errors"][0]["code"] == 131052
    assert "image" not in message


def test_a_place_has_numbers(given: Any):
    place = {"latitude": 41.38, "longitude": 2.17, "name": "Kiosk", "address": "Rambla 1"}

    assert heard(given, "location", place)["location"] == place


def test_contact_cards_come_as_they_were_sent(given: Any):
    cards = [{"name": {"formatted_name": "Ben Ito", "first_name": "Ben"}, "origin": "other"}]

    assert heard(given, "contacts", cards)["contacts"] == cards
    assert heard(given, "contacts")["contacts"][0]["name"]["formatted_name"] == "Rosa Quint"


def test_a_reaction_is_set_changed_and_taken_away(given: Any):
    given.writes()
    message_id = given.sent()
    given.passes(2)

    first = heard(given, "reaction", {"message_id": message_id, "emoji": "🙏"})
    assert first["reaction"] == {"message_id": message_id, "emoji": "🙏"}
    heard(given, "reaction", {"message_id": message_id, "emoji": "👍"})
    assert given.chat()[1]["reactions"] == {"in": "👍"}
    removed = heard(given, "reaction", {"message_id": message_id})

    assert removed["reaction"] == {"message_id": message_id}
    assert given.chat()[1]["reactions"] == {}


CONTEXTS = [
    ({"id": "wamid.X"}, {"from": "15557650001", "id": "wamid.X"}),
    ({"forwarded": True}, {"forwarded": True}),
    ({"frequently_forwarded": True}, {"frequently_forwarded": True}),
    (
        {"id": "wamid.X", "referred_product": {"catalog_id": "2", "product_retailer_id": "S"}},
        {
            "from": "15557650001",
            "id": "wamid.X",
            "referred_product": {"catalog_id": "2", "product_retailer_id": "S"},
        },
    ),
]


@pytest.mark.parametrize(("context", "expected"), CONTEXTS)
def test_the_context_says_what_a_message_belongs_to(given: Any, context: Any, expected: Any):
    given.writes("hello", context=context)

    assert given.receiver.items("messages")[-1]["context"] == expected


def test_a_message_in_a_group_names_it(given: Any):
    given.writes("hello all", group_id="Y2FwaV9ncm91cDo")

    assert given.receiver.items("messages")[-1]["group_id"] == "Y2FwaV9ncm91cDo"


def test_somebody_from_an_ad_brings_the_click_id(given: Any):
    given.writes(referral={"headline": "Winter tyres", "source_id": "120"})

    referral = given.receiver.items("messages")[-1]["referral"]

    assert referral["source_type"] == "ad"
    assert referral["headline"] == "Winter tyres"
    assert referral["ctwa_clid"].startswith("Afe")


def test_an_ad_in_a_status_has_no_click_id(given: Any):
    given.writes(referral={"ctwa_clid": None})

    assert "ctwa_clid" not in given.receiver.items("messages")[-1]["referral"]


def test_an_order_lists_products_with_unit_prices(given: Any):
    item = {"product_retailer_id": "SKU-9", "quantity": 2, "item_price": 12.5, "currency": "EUR"}
    order = {"catalog_id": "210", "text": "Gift wrap please", "product_items": [item]}

    assert heard(given, "order", order)["order"] == order


def test_a_flow_reply_carries_json_as_text(given: Any):
    reply = {"response_json": {"flow_token": "lead-77", "email": "r@x.example"}}

    message = heard(given, "interactive", {"type": "nfm_reply", "nfm_reply": reply})

    answer = message["interactive"]["nfm_reply"]
    assert (answer["name"], answer["body"]) == ("flow", "Sent")
    assert json.loads(answer["response_json"])["email"] == "r@x.example"
    assert given.chat()[-1]["view"]["answers"] == {"email": "r@x.example"}


def test_what_whatsapp_cannot_carry_comes_as_unsupported(given: Any):
    message = heard(given, "unsupported", {"type": "poll"})

    assert message["errors"][0]["code"] == 131051
    assert message["unsupported"] == {"type": "poll"}


def test_opening_the_chat_opens_the_window(given: Any):
    assert heard(given, "request_welcome")["type"] == "request_welcome"

    message_id = given.sent()
    given.passes(2)
    assert "failed" not in given.statuses(message_id)


def test_a_kind_that_does_not_exist_yet_can_be_sent_raw(given: Any):
    message = heard(given, "raw", {"type": "hologram", "hologram": {"size": 3}})

    assert (message["type"], message["hologram"]) == ("hologram", {"size": 3})


def test_an_edit_changes_the_words_and_a_revoke_takes_them_away(given: Any):
    first = given.writes("I mean thre")
    edited = heard(given, "edit", {"original_message_id": first, "body": "I mean three"})

    assert edited["edit"]["original_message_id"] == first
    assert edited["edit"]["message"]["text"] == {"body": "I mean three"}
    assert (given.chat()[0]["text"], given.chat()[0]["changed"]) == ("I mean three", "edited")

    revoked = heard(given, "revoke", {"original_message_id": first})

    assert revoked["revoke"] == {"original_message_id": first}
    assert (given.chat()[0]["text"], given.chat()[0]["changed"]) == ("", "deleted")


def test_nobody_edits_what_another_wrote(given: Any):
    given.writes()
    message_id = given.sent()
    body = {"number": given.number, "type": "revoke"}

    with pytest.raises(Exception, match="400"):
        given.control(
            "POST",
            f"/people/{given.rosa}/messages",
            {**body, "revoke": {"original_message_id": message_id}},
        )


def test_a_changed_number_comes_with_a_new_user_id_and_keeps_the_chat(given: Any):
    given.writes("hello")
    old = given.receiver.items("messages")[0]["from_user_id"]

    message = heard(given, "system", {"type": "user_changed_number", "wa_id": "15551239999"})

    system = message["system"]
    assert (message["from"], message["from_user_id"]) == (given.rosa, old)
    assert system["previous_user_id"] == old != system["user_id"]
    assert system["wa_id"] == "15551239999"
    assert "contacts" not in given.receiver.posts[-1].values[0]
    assert given.chat("15551239999")[0]["text"] == "hello"
    given.writes("it is still me", person="15551239999")
    assert given.receiver.items("messages")[-1]["from_user_id"] == system["user_id"]
    gone = given.sent()
    given.passes(1)
    assert given.statuses(gone) == ["failed"]


def test_a_user_id_can_change_alone(given: Any):
    old = heard(given, "text", {"body": "hello"})["from_user_id"]

    system = heard(given, "system", {"type": "user_changed_user_id"})["system"]

    assert system["previous_user_id"] == old
    assert heard(given, "text", {"body": "again"})["from_user_id"] == system["user_id"]


def test_the_old_forms_of_system_messages_are_known_too(given: Any):
    message = heard(given, "system", {"type": "customer_identity_changed"})
    identity = message["system"]["identity"]
    assert message["identity"] == identity
    assert set(identity) == {"acknowledged", "created_timestamp", "hash"}

    change = {"type": "customer_changed_number", "wa_id": "15551239999"}
    system = heard(given, "system", change)["system"]
    assert (system["customer"], system["wa_id"]) == (given.rosa, "15551239999")


def test_a_system_message_does_not_open_the_window(given: Any):
    heard(given, "system", {"type": "user_changed_user_id"})
    message_id = given.sent()
    given.passes(1)

    assert given.statuses(message_id) == ["failed"]


def test_a_parent_user_id_is_told_where_it_exists(given: Any):
    given.has("people", phone=given.rosa, parent_user_id="US.ENT.512")

    assert heard(given, "text", {"body": "hi"})["from_parent_user_id"] == "US.ENT.512"
    value = given.receiver.posts[-1].values[0]
    assert value["contacts"][0]["parent_user_id"] == "US.ENT.512"


WRONG: list[dict[str, Any]] = [
    {"type": "hologram"},
    {"type": "image", "image": {"colour": "red"}},
    {"type": "image", "image": {"data": "%%%"}},
    {"type": "image", "image": "a"},
    {"type": "location", "location": {"latitude": "north"}},
    {"type": "order", "order": {"product_items": []}},
    {"type": "interactive", "interactive": {"type": "poem", "poem": {}}},
    {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {}}},
    {"type": "system", "system": {"type": "user_changed_number", "wa_id": "15551230987"}},
    {"type": "text", "text": {"body": "a"}, "referral": {"colour": "red"}},
]


@pytest.mark.parametrize("body", WRONG)
def test_a_wrong_request_is_answered_in_words(given: Any, body: dict[str, Any]):
    answer = given.meta.call(
        "POST", f"/_sim/people/{given.rosa}/messages", {"number": given.number, **body}
    )

    assert (answer.status, given.chat()) == (400, [])
    assert answer.json["error"]["message"]
