"""Business numbers: added, verified, registered, named, read, and what is beside them."""

from typing import Any

import pytest


def kept(given: Any, key: str) -> Any:
    return given.control("GET", f"/numbers/{key}")["desk"]


def error(answer: Any) -> Any:
    assert answer.status >= 400, answer.body
    return answer.json["error"]


def added(given: Any) -> str:
    body = {"country_code": "1", "phone_number": "5557650009", "verified_name": "Acme Two"}
    return given.call("POST", "/880/phone_numbers", body).json["id"]


def registers(given: Any, key: str, pin: str = "123456") -> Any:
    body = {"messaging_product": "whatsapp", "pin": pin}
    return given.call("POST", f"/{key}/register", body)


def test_a_new_number_is_verified_by_a_code_and_then_registered(given: Any):
    given.has("apps", id="314", fields=["phone_number_quality_update"])
    key = added(given)
    read = given.call("GET", f"/{key}?fields=status,code_verification_status").json
    assert (read["status"], read["code_verification_status"]) == ("PENDING", "NOT_VERIFIED")
    assert error(registers(given, key))["code"] == 133006

    assert given.call("POST", f"/{key}/request_code?code_method=SMS&language=en").status == 200
    wrong = given.call("POST", f"/{key}/verify_code?code=nope")
    right = given.call("POST", f"/{key}/verify_code?code={kept(given, key)['code']}")
    registered = registers(given, key)
    given.passes(0)

    assert error(wrong)["code"] == 136024
    assert right.json == registered.json == {"success": True}
    assert given.call("GET", f"/{key}?fields=status").json["status"] == "CONNECTED"
    assert given.changes("phone_number_quality_update")[0]["event"] == "ONBOARDING"


def test_a_business_that_is_not_verified_has_two_numbers(given: Any):
    added(given)
    body = {"country_code": "1", "phone_number": "5557650010", "verified_name": "Three"}

    assert given.call("POST", "/880/phone_numbers", body).status == 400
    given.has("portfolios", id="920", verification_status="verified")
    assert given.call("POST", "/880/phone_numbers", body).status == 200


def test_a_wrong_pin_is_refused_and_five_of_them_stop_guessing(given: Any):
    registers(given, given.number)

    codes = [error(registers(given, given.number, "000000"))["code"] for _ in range(6)]

    assert codes == [133005] * 5 + [133008]
    given.passes(3601)
    assert registers(given, given.number).status == 200


def test_registering_is_tried_ten_times_in_72_hours(given: Any):
    for _ in range(10):
        assert registers(given, given.number).status == 200

    assert error(registers(given, given.number))["code"] == 133016
    given.passes(72 * 3600 + 1)
    assert registers(given, given.number).status == 200


def test_a_deregistered_number_does_not_send(given: Any):
    given.writes()

    assert given.call("POST", f"/{given.number}/deregister").json == {"success": True}
    assert error(given.post())["code"] == 133010
    assert error(given.call("POST", f"/{given.number}/deregister"))["code"] == 133010


def test_a_number_that_is_also_on_the_phone_app_stays_registered(given: Any):
    given.control("PATCH", f"/numbers/{given.number}", {"on_biz_app": True})

    assert given.call("POST", f"/{given.number}/deregister").status == 400


def test_a_new_pin_is_told_to_the_security_field(given: Any):
    given.has("apps", id="314", fields=["security"])

    assert given.call("POST", f"/{given.number}", {"pin": "654321"}).json == {"success": True}
    given.passes(0)

    assert given.changes("security")[0]["event"] == "PIN_CHANGED"
    assert given.call("GET", f"/{given.number}?fields=is_pin_enabled").json["is_pin_enabled"]
    assert error(given.call("POST", f"/{given.number}", {"pin": "12"}))["code"] == 100


def test_a_new_display_name_is_reviewed(given: Any):
    given.has("apps", id="314", fields=["phone_number_name_update"])

    given.call("POST", f"/{given.number}", {"new_display_name": "Acme Post"})
    fields = "?fields=verified_name,new_name_status"
    before = given.call("GET", f"/{given.number}{fields}").json
    given.passes(61)

    assert before["new_name_status"] == "PENDING_REVIEW"
    assert before["verified_name"] == "Acme Parcels"
    assert given.call("GET", f"/{given.number}{fields}").json["verified_name"] == "Acme Post"
    [news] = given.changes("phone_number_name_update")
    assert (news["decision"], news["requested_verified_name"]) == ("APPROVED", "Acme Post")


def test_health_tells_what_keeps_the_number_from_sending(given: Any):
    def health() -> Any:
        return given.call("GET", f"/{given.number}?fields=health_status").json["health_status"]

    assert health()["can_send_message"] == "AVAILABLE"
    given.control("PATCH", f"/numbers/{given.number}", {"name_status": "PENDING_REVIEW"})
    assert health()["can_send_message"] == "LIMITED"
    given.has("numbers", id=given.number, status="BANNED")
    found = health()
    assert found["can_send_message"] == "BLOCKED"
    assert {each["entity_type"] for each in found["entities"]} == {
        "PHONE_NUMBER",
        "WABA",
        "BUSINESS",
        "APP",
    }


def test_settings_are_kept_and_calling_is_told(given: Any):
    given.has("apps", id="314", fields=["account_settings_update"])
    body = {"calling": {"status": "ENABLED", "call_icon_visibility": "DEFAULT"}}

    assert given.call("POST", f"/{given.number}/settings", body).json == {"success": True}
    given.passes(0)

    assert given.call("GET", f"/{given.number}/settings").json["calling"]["status"] == "ENABLED"
    news = given.changes("account_settings_update")[0]["phone_number_settings"]
    assert news["calling"]["status"] == "ENABLED"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"calling": {"status": "PERHAPS"}},
        {"calling": {"colour": "red"}},
        {"user_identity_change": {"enable_identity_key_check": "yes"}},
        {"colour": {}},
    ],
)
def test_settings_are_checked(given: Any, body: Any):
    assert error(given.call("POST", f"/{given.number}/settings", body))["code"] == 100


def test_ice_breakers_and_commands(given: Any):
    commands = [{"command_name": "order", "command_description": "Order something"}]
    body = {"enable_welcome_message": True, "prompts": ["Opening hours?"], "commands": commands}
    edge = f"/{given.number}/conversational_automation"

    assert given.call("POST", edge, body).json == {"success": True}

    fields = "?fields=conversational_automation"
    read = given.call("GET", f"/{given.number}{fields}").json["conversational_automation"]
    assert read["prompts"] == ["Opening hours?"]
    assert read["commands"] == commands
    for wrong in (
        {"prompts": ["x"] * 5},
        {"prompts": ["x" * 81]},
        {"prompts": ["\U0001f600"]},
        {"commands": [{"command_name": "x" * 33, "command_description": "y"}]},
        {"commands": [{"command_name": "x"}]},
        {"colour": 1},
    ):
        assert given.call("POST", edge, wrong).status == 400


def test_a_username_is_reserved_then_approved_then_given_up(given: Any):
    given.has("apps", id="314", fields=["business_username_updates"])
    edge = f"/{given.number}/username"

    assert given.call("POST", edge, {"username": "acmeparcels"}).json == {"status": "reserved"}
    given.passes(61)
    read = given.call("GET", edge).json
    given.call("DELETE", edge)
    given.passes(0)

    assert read == {"username": "acmeparcels", "status": "approved"}
    statuses = [news["status"] for news in given.changes("business_username_updates")]
    assert statuses == ["reserved", "approved", "deleted"]
    assert error(given.call("GET", edge))["code"] == 147003


@pytest.mark.parametrize(
    "name", ["ab", "x" * 36, "Acme", "12345", ".acme", "acme.", "a..b", "wwwacme", "acme.com"]
)
def test_usernames_have_a_shape(given: Any, name: str):
    answer = given.call("POST", f"/{given.number}/username", {"username": name})

    assert error(answer)["code"] == 147001


def test_the_official_account_is_asked_for_once_and_withdrawn(given: Any):
    edge = f"/{given.number}/official_business_account"
    body = {"business_website_url": "https://acme.example", "primary_country_of_operation": "US"}

    assert given.call("GET", edge).json["oba_status"] == "NOT_STARTED"
    assert given.call("POST", edge, body).json["success"] is True
    assert given.call("GET", edge).json["oba_status"] == "PENDING"
    assert given.call("POST", edge, body).status == 400
    withdrawn = given.call("POST", edge, {"action": "WITHDRAW_APPLICATION"}).json
    assert withdrawn["updated_status"]["oba_status"] == "CANCELLED"


def test_compliance_data_are_kept(given: Any):
    edge = f"/{given.number}/business_compliance_info"
    officer = {"name": "Ada Berg", "email": "ada@acme.example"}
    body = {
        "messaging_product": "whatsapp",
        "entity_name": "Acme",
        "entity_type": "PARTNERSHIP",
        "grievance_officer_details": officer,
        "customer_care_details": {"email": "care@acme.example"},
    }

    assert given.call("GET", edge).json == {"data": []}
    assert given.call("POST", edge, {**body, "entity_name": ""}).status == 400
    assert given.call("POST", edge, body).json == {"success": True}
    assert given.call("GET", edge).json["data"][0]["grievance_officer_details"] == officer


def test_coexistence_syncs_once_each_and_within_a_day(given: Any):
    edge = f"/{given.number}/smb_app_data"
    body = {"messaging_product": "whatsapp", "sync_type": "history"}
    assert given.call("POST", edge, body).status == 400

    given.control("PATCH", f"/numbers/{given.number}", {"on_biz_app": True})
    assert given.call("POST", edge, body).json["request_id"]
    assert error(given.call("POST", edge, body))["error_subcode"] == 2593107
    given.passes(86_401)
    other = {**body, "sync_type": "smb_app_state_sync"}
    assert error(given.call("POST", edge, other))["error_subcode"] == 2593108


def test_a_conversation_is_passed_on_and_taken_back(given: Any):
    given.has("apps", id="314", fields=["messaging_handovers"])
    edge = f"/{given.number}/thread_control"
    body = {"messaging_product": "whatsapp", "to": "+" + given.rosa}

    taken = given.call("POST", edge, {**body, "action": "take"})
    assert error(taken)["error_subcode"] == 2494191
    given.call("POST", edge, {**body, "action": "pass", "metadata": "wants a refund"})
    given.call("POST", edge, {**body, "action": "take"})
    given.call("POST", edge, {**body, "action": "release"})
    given.passes(0)

    passed, taken = given.changes("messaging_handovers")
    assert passed["control_passed"]["new_owner_role"] == "ai_agent"
    assert passed["control_passed"]["metadata"] == "wants a refund"
    assert taken["type"] == "control_taken"


def test_the_messaging_limit_of_a_number_is_gone_since_v24(given: Any):
    old = given.meta.call(
        "GET",
        f"/v23.0/{given.number}?fields=messaging_limit_tier",
        None,
        {"Authorization": "Bearer token"},
    )
    new = given.call("GET", f"/{given.number}?fields=messaging_limit_tier")

    assert old.json["messaging_limit_tier"] == "TIER_2K"
    assert error(new)["code"] == 100


def test_accounts_of_a_business_are_owned_or_shared(given: Any):
    given.has("wabas", id="881", portfolio_id="921")
    given.has("portfolios", id="921")
    given.has("tokens", token="token", waba_ids=["880", "881"])

    def ids(edge: str) -> list[str]:
        return [row["id"] for row in given.call("GET", f"/920/{edge}").json["data"]]

    assert ids("owned_whatsapp_business_accounts") == ["880"]
    assert ids("client_whatsapp_business_accounts") == ["881"]
    assert given.call("GET", "/920?fields=name,verification_status").json["name"] == "Portfolio"


def test_an_account_is_read_and_changed(given: Any):
    answer = given.call("POST", "/880", {"is_enabled_for_insights": True, "name": "Acme"})
    read = given.call("GET", "/880?fields=name,is_enabled_for_insights,health_status").json

    assert answer.json == {"id": "880"}
    assert (read["name"], read["is_enabled_for_insights"]) == ("Acme", True)
    assert given.call("POST", "/880", {"is_enabled_for_insights": False}).status == 400


def test_users_are_assigned_to_an_account(given: Any):
    given.call("POST", "/880/assigned_users?user=555&tasks=['MANAGE']")

    rows = given.call("GET", "/880/assigned_users?business=920").json["data"]
    assert rows[0]["tasks"] == ["MANAGE"]
    assert given.call("DELETE", "/880/assigned_users?user=555").json == {"success": True}
    assert given.call("DELETE", "/880/assigned_users?user=555").status == 400
