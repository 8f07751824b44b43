"""What goes out to apps: bodies, signatures, order, and tries."""

import hashlib
import hmac
from datetime import datetime
from itertools import pairwise
from typing import Any

from metasim.testing import Receiver


def test_a_message_comes_signed_over_its_raw_bytes_with_metas_escapes(given: Any):
    given.writes("Café ☕ a/b")

    post = given.receiver.wait_for(1)[0]

    assert b"Caf\\u00e9 \\u2615 a\\/b" in post.body
    expected = hmac.new(b"new-secret", post.body, hashlib.sha256).hexdigest()
    assert post.headers["x-hub-signature-256"] == "sha256=" + expected


def test_an_inbound_text_has_the_shape_of_the_reference(given: Any):
    given.has("people", phone=given.rosa, user_id="US.2048", username="rosaq")
    message_id = given.writes("menu", id="wamid.own", timestamp="1794650001")

    value = given.receiver.wait_for(1)[0].values[0]

    assert message_id == "wamid.own"
    assert value == {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15557650001", "phone_number_id": given.number},
        "contacts": [
            {
                "profile": {"name": "Rosa Quint", "username": "rosaq"},
                "wa_id": given.rosa,
                "user_id": "US.2048",
            }
        ],
        "messages": [
            {
                "from": given.rosa,
                "from_user_id": "US.2048",
                "id": "wamid.own",
                "timestamp": "1794650001",
                "type": "text",
                "text": {"body": "menu"},
            }
        ],
    }


def test_a_send_is_sent_then_delivered_then_read(given: Any):
    given.writes()
    message_id = given.sent(biz_opaque_callback_data="order-5512")

    given.passes(0.15)
    assert given.statuses(message_id) == ["sent"]
    given.passes(2)

    assert given.statuses(message_id) == ["sent", "delivered", "read"]
    statuses = given.receiver.items("statuses")
    assert {status["biz_opaque_callback_data"] for status in statuses} == {"order-5512"}
    assert {status["recipient_id"] for status in statuses} == {given.rosa}


def test_the_price_is_on_sent_and_on_one_of_delivered_and_read(given: Any):
    given.template("Rosa", "1")
    given.passes(2)

    sent, delivered, read = given.receiver.items("statuses")

    assert sent["pricing"] == {
        "billable": True,
        "pricing_model": "PMP",
        "type": "regular",
        "category": "utility",
    }
    assert delivered["pricing"] == sent["pricing"]
    assert "pricing" not in read
    assert "conversation" not in sent


def test_webhook_versions_before_24_carry_a_conversation(given: Any):
    given.has("apps", id="314", webhook_version="v23.0")
    given.template("Rosa", "1")
    given.passes(2)

    sent, delivered, _ = given.receiver.items("statuses")

    assert sent["conversation"]["origin"] == {"type": "utility"}
    assert "expiration_timestamp" in sent["conversation"]
    assert "expiration_timestamp" not in delivered["conversation"]


def test_a_failed_status_has_the_error_and_no_contacts(given: Any):
    given.sent(to="+15550000000")
    given.passes(1)

    value = given.receiver.wait_for(1)[0].values[0]

    assert "contacts" not in value
    error = value["statuses"][0]["errors"][0]
    assert error["code"] == 131026
    assert set(error) == {"code", "title", "message", "error_data", "href"}
    assert "pricing" not in value["statuses"][0]


def test_what_is_not_answered_200_is_tried_again_at_growing_gaps_for_7_days(given: Any):
    given.receiver.always = 503
    given.writes()
    started = given.control("GET", "/clock")["now"]
    given.passes(8 * 86_400)

    delivery = given.control("GET", "/deliveries")["deliveries"][0]

    assert delivery["state"] == "given_up"
    assert delivery["tries"][0]["at"] == started
    assert gaps(delivery)[:7] == [15, 60, 300, 900, 3600, 14_400, 14_400]
    assert 160 * 3600 < sum(gaps(delivery)) <= 168 * 3600
    assert {post.body for post in given.receiver.posts} == {given.receiver.posts[0].body}


def gaps(delivery: Any) -> list[int]:
    at = [datetime.fromisoformat(one["at"].replace("Z", "+00:00")) for one in delivery["tries"]]
    return [round((b - a).total_seconds()) for a, b in pairwise(at)]


def test_only_200_counts_as_delivered(given: Any):
    given.receiver.answers = [204, 200]
    given.writes()
    assert given.control("GET", "/counters")["webhooks_delivered"] == 0

    given.passes(15)

    assert given.control("GET", "/counters")["webhooks_delivered"] == 1
    assert given.chat()[0]["status"] == "delivered"


def test_every_subscribed_app_gets_it_signed_with_its_own_secret(given: Any):
    with Receiver() as other:
        given.put(
            apps=[{"id": "315", "secrets": ["theirs"], "callback_url": other.url}],
            wabas=[{"id": "880", "subscribed_apps": ["314", "315"]}],
        )
        given.writes()
        post = other.wait_for(1)[0]

    assert len(given.receiver.posts) == 1
    expected = hmac.new(b"theirs", post.body, hashlib.sha256).hexdigest()
    assert post.headers["x-hub-signature-256"] == "sha256=" + expected


def test_a_retry_goes_to_all_apps_again(given: Any):
    with Receiver() as other:
        given.put(
            apps=[{"id": "315", "secrets": ["theirs"], "callback_url": other.url}],
            wabas=[{"id": "880", "subscribed_apps": ["314", "315"]}],
        )
        given.receiver.answers = [500]
        given.writes()
        given.passes(15)

        assert len(given.receiver.posts) == 2
        assert [post.body for post in other.posts] == [given.receiver.posts[0].body] * 2


def test_under_load_updates_share_a_post_and_none_is_lost(given: Any):
    people = [f"1555{n:07}" for n in range(600)]
    given.put(people=[{"phone": phone, "name": "P"} for phone in people])
    given.control("POST", "/clock", {"freeze": True})
    given.has("numbers", id=given.number, messages_per_second=10_000)
    ids = [given.template("a", "b", to=phone).json["messages"][0]["id"] for phone in people]
    given.passes(5)
    given.passes(5)

    statuses = given.receiver.items("statuses")

    assert sorted(status["id"] for status in statuses) == sorted(ids * 3)
    assert len(given.receiver.posts) < len(statuses)
    assert max(len(post.values) for post in given.receiver.posts) <= 1000


def test_the_handshake_passes_only_with_the_right_verify_token(given: Any):
    assert given.control("POST", "/apps/314/subscribe")["verified"] is True

    given.has("apps", id="314", verify_token="other")

    answer = given.control("POST", "/apps/314/subscribe")
    assert answer == {"verified": False, "reason": "The callback answered 403, not 200."}


def test_any_payload_can_be_posted_signed_with_any_secret(given: Any):
    body: dict[str, Any] = {
        "app_id": "314",
        "payload": {"object": "x", "entry": []},
        "secret": "wrong",
    }

    delivery = given.control("POST", "/webhooks", body)

    post = given.receiver.posts[0]
    assert delivery["last_answer"]["status"] == 200
    expected = hmac.new(b"wrong", post.body, hashlib.sha256).hexdigest()
    assert post.headers["x-hub-signature-256"] == "sha256=" + expected
