"""Which app gets which webhooks, and at which address."""

from typing import Any

from metasim.testing import Receiver

APP_TOKEN = "314|new-secret"


def subscribe(given: Any, url: str, **change: Any) -> Any:
    body = {
        "object": "whatsapp_business_account",
        "callback_url": url,
        "verify_token": "verify",
        "fields": "messages,security",
        **change,
    }
    return given.call("POST", "/314/subscriptions", body, APP_TOKEN)


def test_an_app_subscribes_fields_with_its_own_token_after_the_handshake(given: Any):
    answer = subscribe(given, given.receiver.url)

    assert answer.json == {"success": True}
    [row] = given.call("GET", "/314/subscriptions", None, APP_TOKEN).json["data"]
    assert [field["name"] for field in row["fields"]] == ["messages", "security"]
    assert row["callback_url"] == given.receiver.url


def test_the_handshake_must_pass(given: Any):
    refused = subscribe(given, given.receiver.url, verify_token="wrong")

    assert refused.status == 400
    assert refused.json["error"]["code"] == 2200


def test_an_unknown_field_object_or_token_is_refused(given: Any):
    assert subscribe(given, given.receiver.url, fields="messages,weather").status == 400
    assert subscribe(given, given.receiver.url, object="page").status == 400
    assert given.call("GET", "/314/subscriptions").status == 400
    assert given.call("GET", "/315/subscriptions", None, APP_TOKEN).status == 400


def test_an_app_gets_only_the_fields_that_it_subscribed(given: Any):
    subscribe(given, given.receiver.url, fields="security")
    given.writes()
    given.call("POST", f"/{given.number}", {"pin": "654321"})
    given.passes(0)

    assert given.receiver.items("messages") == []
    assert len(given.changes("security")) == 1


def test_unsubscribed_fields_stop(given: Any):
    subscribe(given, given.receiver.url)
    given.call("DELETE", "/314/subscriptions?fields=messages", None, APP_TOKEN)
    given.writes()

    assert given.receiver.items("messages") == []
    given.call("DELETE", "/314/subscriptions", None, APP_TOKEN)
    assert given.call("GET", "/314/subscriptions", None, APP_TOKEN).json == {"data": []}


def test_messages_go_to_the_number_before_the_account_before_the_app(given: Any):
    given.has("apps", id="314", fields=["messages", "security"])
    with Receiver() as of_waba, Receiver() as of_number:
        body = {"override_callback_uri": of_waba.url, "verify_token": "verify"}
        assert given.call("POST", "/880/subscribed_apps", body).json == {"success": True}
        given.writes("one")
        body = {"override_callback_uri": of_number.url, "verify_token": "verify"}
        change = {"webhook_configuration": body}
        assert given.call("POST", f"/{given.number}", change).json == {"success": True}
        given.writes("two")
        given.call("POST", f"/{given.number}", {"pin": "654321"})
        given.passes(0)

        fields = "?fields=webhook_configuration"
        read = given.call("GET", f"/{given.number}{fields}").json["webhook_configuration"]
        [row] = given.call("GET", "/880/subscribed_apps").json["data"]
        given.call(
            "POST", f"/{given.number}", {"webhook_configuration": {"override_callback_uri": ""}}
        )
        given.call("POST", "/880/subscribed_apps")
        given.writes("three")

        assert [each["text"]["body"] for each in of_waba.items("messages")] == ["one"]
        assert [each["text"]["body"] for each in of_number.items("messages")] == ["two"]
        assert [each["text"]["body"] for each in given.receiver.items("messages")] == ["three"]
        assert len(given.changes("security")) == 1
        assert row["override_callback_uri"] == of_waba.url
        assert read == {
            "phone_number": of_number.url,
            "whatsapp_business_account": of_waba.url,
            "application": given.receiver.url,
        }


def test_an_override_needs_its_own_handshake(given: Any):
    body = {"override_callback_uri": given.receiver.url, "verify_token": "wrong"}

    assert given.call("POST", "/880/subscribed_apps", body).status == 400
    assert given.call("POST", f"/{given.number}", {"webhook_configuration": body}).status == 400
    too_long = {**body, "override_callback_uri": "http://a.example/" + "x" * 200}
    assert given.call("POST", "/880/subscribed_apps", too_long).status == 400


def test_an_override_keeps_its_address_over_retries(given: Any):
    with Receiver() as of_waba:
        body = {"override_callback_uri": of_waba.url, "verify_token": "verify"}
        given.call("POST", "/880/subscribed_apps", body)
        of_waba.answers.append(500)
        given.writes("one")
        given.passes(20)

        assert len(of_waba.posts) == 2
        assert given.receiver.posts == []


def test_a_field_can_be_lost_silently(given: Any):
    given.has("apps", id="314", fields=["messages", "security"])
    given.fault("drop", field="security")

    given.call("POST", f"/{given.number}", {"pin": "654321"})
    given.writes()

    assert given.changes("security") == []
    assert len(given.receiver.items("messages")) == 1
