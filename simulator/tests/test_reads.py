"""Reads of the Graph API."""

import time
from typing import Any


def test_a_number_answers_the_asked_fields_and_its_id(given: Any):
    fields = "verified_name,throughput{level},whatsapp_business_manager_messaging_limit"

    answer = given.call("GET", f"/{given.number}?fields={fields}")

    assert answer.json == {
        "verified_name": "Acme Parcels",
        "throughput": {"level": "STANDARD"},
        "whatsapp_business_manager_messaging_limit": "TIER_2K",
        "id": given.number,
    }


def test_a_number_answers_its_default_fields(given: Any):
    answer = given.call("GET", f"/{given.number}").json

    assert answer["display_phone_number"] == "+1 555-765-0001"
    assert answer["quality_rating"] == "GREEN"


def test_an_unknown_field_is_code_100_naming_it(given: Any):
    error = given.call("GET", f"/{given.number}?fields=id,colour").json["error"]

    assert error["code"] == 100
    assert "(colour)" in error["message"]


def test_templates_are_paged_with_cursors_to_the_end(given: Any):
    rows = [{"id": f"99{n}", "waba_id": "880", "name": f"t{n}"} for n in range(7)]
    given.put(templates=rows)
    seen: list[str] = []
    path = "/880/message_templates?limit=3&fields=name"
    while path:
        page = given.call("GET", path).json
        seen += [row["name"] for row in page["data"]]
        path = page["paging"].get("next", "").partition("/v25.0")[2]

    assert len(seen) == len(set(seen)) == 7


def test_templates_are_filtered(given: Any):
    given.has("templates", id="994", waba_id="880", name="other", language="ar", status="REJECTED")

    def names(query: str) -> list[str]:
        found = given.call("GET", f"/880/message_templates?{query}").json["data"]
        return [row["name"] for row in found]

    assert names("status=APPROVED") == ["ready"]
    assert names("language=ar") == ["other"]
    assert names("name=oth") == ["other"]


def test_a_cursor_that_is_none_is_131059(given: Any):
    answer = given.call("GET", "/880/message_templates?after=%C3%A9")

    assert answer.json["error"]["code"] == 131059


def test_one_template_by_id(given: Any):
    assert given.call("GET", "/990?fields=name,status").json == {
        "name": "ready",
        "status": "APPROVED",
        "id": "990",
    }


def test_numbers_of_an_account(given: Any):
    found = given.call("GET", "/880/phone_numbers").json

    assert [row["id"] for row in found["data"]] == [given.number]


def test_an_app_subscribes_and_unsubscribes_itself(given: Any):
    given.has("wabas", id="880", subscribed_apps=[])
    given.writes("nobody listens")

    assert given.call("POST", "/880/subscribed_apps").json == {"success": True}
    given.writes("now they do")
    listed = given.call("GET", "/880/subscribed_apps").json["data"]
    assert [row["whatsapp_business_api_data"]["id"] for row in listed] == ["314"]
    given.call("DELETE", "/880/subscribed_apps")
    given.writes("and no more")

    texts = [message["text"]["body"] for message in given.receiver.items("messages")]
    assert texts == ["now they do"]


def test_debug_token_says_what_a_token_may_do_until_when(given: Any):
    expires_at = int(time.time()) + 10 * 366 * 86_400
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(expires_at))
    given.has("tokens", token="token", expires_at=moment)

    data = given.call("GET", "/debug_token?input_token=token", None, "314|new-secret").json["data"]

    assert data["expires_at"] == expires_at
    assert data["is_valid"] is True
    assert data["granular_scopes"][0]["target_ids"] == ["880"]


def test_me_is_the_system_user(given: Any):
    assert set(given.call("GET", "/me").json) == {"id", "name"}
