"""What Meta does to accounts and numbers: told to the field, and felt by the next call."""

from typing import Any

import pytest

FIELDS = [
    "messages", "account_alerts", "account_review_update", "account_update", "automatic_events",
    "business_capability_update", "business_status_update", "business_username_updates",
    "message_template_quality_update", "partner_solutions", "payment_configuration_update",
    "phone_number_name_update", "phone_number_quality_update", "security",
]  # fmt: skip


@pytest.fixture
def happens(given: Any) -> Any:
    """Everything is subscribed; makes an event and returns the last value told of its field."""
    given.has("apps", id="314", fields=FIELDS)

    def happen(field: str, **wish: Any) -> Any:
        given.control("POST", "/events", {"field": field, **wish})
        given.passes(0)
        told = given.changes(field)
        return told[-1] if told else None

    return happen


def code(answer: Any) -> int:
    return 0 if answer.status == 200 else answer.json["error"]["code"]


def test_a_disabled_account_sends_nothing_until_it_is_reinstated(given: Any, happens: Any):
    given.writes()
    told = happens("account_update", event="DISABLED_UPDATE", state="DISABLE")

    assert told["event"] == "DISABLED_UPDATE"
    assert told["ban_info"]["waba_ban_state"] == "DISABLE"
    assert code(given.post()) == 131031
    health = given.call("GET", "/880?fields=health_status,status").json
    assert (health["status"], health["health_status"]["can_send_message"]) == (
        "DISABLED",
        "BLOCKED",
    )
    happens("account_update", event="DISABLED_UPDATE", state="REINSTATE")
    assert code(given.post()) == 0


def test_a_scheduled_ban_comes_on_its_day(given: Any, happens: Any):
    given.writes()
    told = happens("account_update", event="DISABLED_UPDATE", state="SCHEDULE_FOR_DISABLE", at=3600)

    assert told["ban_info"]["waba_ban_date"].split()[-1].isdecimal()
    assert code(given.post()) == 0
    given.passes(3601)
    assert given.changes("account_update")[-1]["ban_info"]["waba_ban_state"] == "DISABLE"
    assert code(given.post()) == 131031


def test_a_restriction_holds_back_what_it_names_until_its_end(given: Any, happens: Any):
    given.writes()
    told = happens("account_update", event="ACCOUNT_RESTRICTION", until=3600)

    [row] = told["restriction_info"]
    assert row["restriction_type"] == "RESTRICTED_BIZ_INITIATED_MESSAGING"
    assert isinstance(row["expiration"], int)
    assert code(given.template("Rosa", "P-5")) == 368
    assert code(given.post()) == 0
    given.passes(3601)
    assert code(given.template("Rosa", "P-5")) == 0


@pytest.mark.parametrize(
    ("kind", "free_form", "utility", "numbers"),
    [
        ("RESTRICTED_CUSTOMER_INITIATED_MESSAGING", 368, 0, 0),
        ("RESTRICTED_UTILITY_TEMPLATES", 0, 131064, 0),
        ("RESTRICTED_ADD_PHONE_NUMBER_ACTION", 0, 0, 368),
    ],
)
def test_each_restriction_has_its_own_effect(
    given: Any, happens: Any, kind: str, free_form: int, utility: int, numbers: int
):
    given.writes()
    happens("account_update", event="ACCOUNT_RESTRICTION", restrictions=[kind])

    body = {"country_code": "1", "phone_number": "5557650009", "verified_name": "Acme Two"}
    assert code(given.post()) == free_form
    assert code(given.template("Rosa", "P-5")) == utility
    assert code(given.call("POST", "/880/phone_numbers", body)) == numbers


def test_a_removed_partner_loses_the_account(given: Any, happens: Any):
    happens("account_update", event="PARTNER_REMOVED")

    entry = given.entries("account_update")[0]
    assert entry["id"] == "920"
    assert entry["changes"][0]["value"]["waba_info"]["waba_id"] == "880"
    assert given.call("GET", "/880").status == 400


def test_an_offboarded_account_has_no_connected_numbers(given: Any, happens: Any):
    given.writes()
    happens("account_update", event="ACCOUNT_OFFBOARDED")

    assert code(given.post()) == 133010
    happens("account_update", event="ACCOUNT_RECONNECTED")
    assert code(given.post()) == 0


@pytest.mark.parametrize(
    ("event", "member"),
    [
        ("ACCOUNT_VIOLATION", "violation_info"),
        ("BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", "country"),
        ("AUTH_INTL_PRICE_ELIGIBILITY_UPDATE", "auth_international_rate_eligibility"),
        ("VOLUME_BASED_PRICING_TIER_UPDATE", "volume_tier_info"),
        ("PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE", "partner_client_certification_info"),
        ("PARTNER_ADDED", "waba_info"),
        ("PARTNER_APP_INSTALLED", "waba_info"),
        ("AD_ACCOUNT_LINKED", "waba_info"),
        ("MM_LITE_TERMS_SIGNED", "waba_info"),
        ("VERIFIED_ACCOUNT", "phone_number"),
    ],
)
def test_every_account_update_has_its_member(happens: Any, event: str, member: str):
    told = happens("account_update", event=event)

    assert told["event"] == event
    assert told[member]


def test_a_throughput_upgrade_takes_a_minute_without_sends(given: Any, happens: Any):
    given.writes()
    happens("phone_number_quality_update", event="THROUGHPUT_UPGRADE", limit="TIER_UNLIMITED")

    assert code(given.post()) == 131057
    given.passes(61)
    assert code(given.post()) == 0
    [told] = given.changes("phone_number_quality_update")
    assert told["event"] == "THROUGHPUT_UPGRADE"
    assert told["max_daily_conversations_per_business"] == "TIER_UNLIMITED"
    read = given.call("GET", f"/{given.number}?fields=throughput").json
    assert read["throughput"] == {"level": "HIGH"}


def test_quality_changes_the_number(given: Any, happens: Any):
    happens("phone_number_quality_update", rating="RED", event="FLAGGED")

    read = given.call("GET", f"/{given.number}?fields=quality_rating,status").json
    assert (read["quality_rating"], read["status"]) == ("RED", "FLAGGED")


def test_a_capability_changes_the_limit(given: Any, happens: Any):
    told = happens("business_capability_update", limit="TIER_10K")

    assert told["max_daily_conversations_per_business"] == 10_000
    assert told["max_phone_numbers_per_waba"] == 25
    fields = "?fields=whatsapp_business_manager_messaging_limit"
    read = given.call("GET", f"/{given.number}{fields}").json
    assert read["whatsapp_business_manager_messaging_limit"] == "TIER_10K"


def test_the_limit_grows_six_hours_after_half_of_it_was_used(given: Any, happens: Any):
    given.has("portfolios", id="920", messaging_limit="TIER_250")
    given.put(
        people=[{"phone": str(15550000000 + n), "name": f"P{n}"} for n in range(125)],
        numbers=[{"id": given.number, "messages_per_second": 1000}],
    )
    for n in range(125):
        assert given.template("Ada", "P-5", to=f"+{15550000000 + n}").status == 200
    given.passes(6 * 3600 + 1)

    [told] = given.changes("business_capability_update")
    assert told["max_daily_conversations_per_business"] == 2_000


def test_low_quality_keeps_the_limit(given: Any, happens: Any):
    given.has("portfolios", id="920", messaging_limit="TIER_250")
    given.put(
        people=[{"phone": str(15550000000 + n), "name": f"P{n}"} for n in range(125)],
        numbers=[{"id": given.number, "messages_per_second": 1000, "quality_rating": "RED"}],
    )
    for n in range(125):
        given.template("Ada", "P-5", to=f"+{15550000000 + n}")
    given.passes(6 * 3600 + 1)

    assert given.changes("business_capability_update") == []


def test_a_name_is_declined(given: Any, happens: Any):
    given.call("POST", f"/{given.number}", {"new_display_name": "Acme Post"})

    told = happens("phone_number_name_update", decision="DECLINED")

    assert (told["decision"], told["rejection_reason"]) == ("DECLINED", "NAME_NOT_COMPLIANT")
    read = given.call("GET", f"/{given.number}?fields=verified_name,new_name_status").json
    assert (read["verified_name"], read["new_name_status"]) == ("Acme Parcels", "DECLINED")


def test_a_reset_pin_is_gone(given: Any, happens: Any):
    given.call("POST", f"/{given.number}", {"pin": "123456"})

    told = happens("security", event="PIN_REQUEST_SUCCESS", requester="61500000000001")

    assert told["requester"] == "61500000000001"
    assert not given.call("GET", f"/{given.number}?fields=is_pin_enabled").json["is_pin_enabled"]


def test_an_account_under_review(given: Any, happens: Any):
    assert happens("account_review_update", decision="PENDING") == {"decision": "PENDING"}
    fields = "?fields=account_review_status"
    assert given.call("GET", f"/880{fields}").json["account_review_status"] == "PENDING"


def test_an_alert_names_its_entity(happens: Any):
    told = happens("account_alerts", severity="CRITICAL")

    assert (told["entity_type"], told["entity_id"]) == ("BUSINESS", "920")
    assert told["alert_info"]["alert_severity"] == "CRITICAL"


def test_a_username_is_given_and_taken(given: Any, happens: Any):
    assert happens("business_username_updates", username="acme")["status"] == "approved"
    assert given.call("GET", f"/{given.number}/username").json["username"] == "acme"
    happens("business_username_updates", status="deleted")
    assert code(given.call("GET", f"/{given.number}/username")) == 147003


def test_the_quality_of_a_template(given: Any, happens: Any):
    told = happens("message_template_quality_update", template="990", score="YELLOW")

    assert told["new_quality_score"] == "YELLOW"
    read = given.call("GET", "/990?fields=quality_score").json["quality_score"]
    assert read["score"] == "YELLOW"


@pytest.mark.parametrize(
    ("field", "member"),
    [
        ("partner_solutions", "solution_id"),
        ("payment_configuration_update", "configuration_name"),
        ("automatic_events", "automatic_events"),
    ],
)
def test_the_rest_is_told(happens: Any, field: str, member: str):
    assert happens(field)[member]


def test_a_field_without_a_builder_takes_the_whole_value(given: Any, happens: Any):
    assert happens("business_status_update", value={"event": "X"}) == {"event": "X"}
    answer = given.meta.call("POST", "/_sim/events", {"field": "business_status_update"})
    assert answer.status == 400
    assert given.meta.call("POST", "/_sim/events", {"field": "weather"}).status == 400
    wrong = {"field": "account_update", "event": "PARTY"}
    assert given.meta.call("POST", "/_sim/events", wrong).status == 400
