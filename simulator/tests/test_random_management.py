"""Management calls with any body: an answer of Meta's, never a breakdown."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from simulator.tests.scenario import FLOW_JSON
from simulator.tests.test_random_input import mutated, values

NUMBER = "770012340000022"
TEXTS = st.one_of(st.text(max_size=20), st.sampled_from(["whatsapp", "BODY", "{{1}}", "UTILITY"]))
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-5, 10**6), TEXTS)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)
CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
PATHS = st.lists(st.integers(0, 9), min_size=1, max_size=7)
BODIES: dict[str, list[str]] = {
    f"/{NUMBER}": ["pin", "new_display_name", "webhook_configuration", "search_visibility"],
    f"/{NUMBER}/register": ["messaging_product", "pin", "data_localization_region"],
    f"/{NUMBER}/request_code": ["code_method", "language"],
    f"/{NUMBER}/settings": ["calling", "storage_configuration", "payload_encryption"],
    f"/{NUMBER}/whatsapp_business_profile": ["messaging_product", "about", "websites", "vertical"],
    f"/{NUMBER}/message_qrdls": ["prefilled_message", "generate_qr_image", "code"],
    f"/{NUMBER}/block_users": ["messaging_product", "block_users"],
    f"/{NUMBER}/conversational_automation": ["prompts", "commands", "enable_welcome_message"],
    f"/{NUMBER}/username": ["username", "transfer_action"],
    f"/{NUMBER}/thread_control": ["to", "recipient", "action", "metadata", "control_pass"],
    f"/{NUMBER}/business_compliance_info": ["messaging_product", "entity_name", "entity_type"],
    f"/{NUMBER}/official_business_account": ["action", "business_website_url"],
    f"/{NUMBER}/whatsapp_business_encryption": ["business_public_key"],
    "/880": ["name", "is_enabled_for_insights", "timezone_id"],
    "/880/message_templates": ["name", "language", "category", "components", "parameter_format"],
    "/880/upsert_message_templates": ["name", "languages", "category", "components"],
    "/880/message_templates/archive": ["hsm_ids"],
    "/880/migrate_message_templates": ["source_waba_id", "count", "page_number", "template_ids"],
    "/880/template_groups": ["name", "description", "whatsapp_business_templates"],
    "/880/phone_numbers": ["country_code", "phone_number", "verified_name"],
    "/880/subscribed_apps": ["override_callback_uri", "verify_token"],
    "/880/assigned_users": ["user", "tasks"],
    "/880/flows": ["name", "categories", "flow_json", "endpoint_uri", "publish"],
    "/880/migrate_flows": ["source_waba_id", "source_flow_names"],
    "/880/signups": ["signup_message", "confirmation_message", "privacy_policy_url", "policy"],
    "/990": ["category", "components", "message_send_ttl_seconds"],
}


@pytest.mark.parametrize("path", BODIES)
def test_any_body_gets_an_answer_of_metas(given: Any, path: str):
    members = st.dictionaries(st.sampled_from(BODIES[path]), VALUES, max_size=4)

    @settings(max_examples=60, deadline=None, suppress_health_check=CALM)
    @drawn(members)
    def check(body: dict[str, Any]) -> None:
        answer = given.call("POST", path, body)

        assert answer.status != 500, body
        assert answer.status == 200 or answer.json["error"]["code"]

    check()


RIGHT: dict[str, dict[str, Any]] = {
    "/880/message_templates": {
        "name": "parcel",
        "language": "en_US",
        "category": "MARKETING",
        "components": [
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::x"]}},
            {
                "type": "BODY",
                "text": "Hi {{1}}, your parcel is here.",
                "example": {"body_text": [["Rosa"]]},
            },
            {"type": "FOOTER", "text": "Acme"},
            {
                "type": "BUTTONS",
                "buttons": [
                    {"type": "QUICK_REPLY", "text": "Thanks"},
                    {"type": "URL", "text": "Go", "url": "https://a.example/{{1}}", "example": []},
                ],
            },
        ],
    },
    "/881/migrate_message_templates": {"source_waba_id": "880", "count": 5, "page_number": 0},
    f"/{NUMBER}/settings": {
        "calling": {"status": "ENABLED", "call_hours": {"weekly_operating_hours": [{}]}}
    },
    f"/{NUMBER}/block_users": {
        "messaging_product": "whatsapp",
        "block_users": [{"user": "+15551230987"}],
    },
}


@pytest.mark.parametrize("path", RIGHT)
def test_a_right_body_with_one_wrong_value_gets_an_answer(given: Any, path: str):
    given.has("wabas", id="881", portfolio_id="920")
    given.has("tokens", token="token", waba_ids=["880", "881"])

    @settings(max_examples=100, deadline=None, suppress_health_check=CALM)
    @drawn(PATHS, values)
    def check(place: list[int], value: Any) -> None:
        answer = given.call("POST", path, changed(RIGHT[path], place, value))

        assert answer.status != 500

    check()


def test_a_flow_with_one_wrong_value_has_errors_or_none(given: Any):
    @settings(max_examples=200, deadline=None, suppress_health_check=CALM)
    @drawn(PATHS, values)
    def check(place: list[int], value: Any) -> None:
        text = json.dumps(changed(json.loads(FLOW_JSON), place, value))
        answer = given.call(
            "POST", "/880/flows", {"name": text[:99], "categories": ["OTHER"], "flow_json": text}
        )

        assert answer.status in (200, 400), answer.body

    check()


def changed(right: dict[str, Any], place: list[int], value: Any) -> dict[str, Any]:
    """The same with one value somewhere inside replaced."""
    whole = mutated(right, place, value)
    added = {"messaging_product", "to"} - set(right)
    return {name: inner for name, inner in whole.items() if name not in added}
