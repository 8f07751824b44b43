"""What Meta says about accounts and numbers, read into events; nothing of it is set aside."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serai.core import events
from serai.core.events import AccountEvent, AccountReported
from serai.meta.limits import NO_LIMIT, limit_of, rate_of
from serai.meta.whatsapp.accounts import MEANINGS
from serai.meta.whatsapp.envelope import read_entry

ACCOUNT, NUMBER = "880012340000011", "15557650001"
SECONDS = 1_794_650_000


def read(field: str, value: Any, account: str = ACCOUNT) -> AccountEvent:
    """The one event of one change."""
    entry = {"id": account, "time": SECONDS, "changes": [{"field": field, "value": value}]}
    [item] = read_entry(json.dumps(entry).encode())
    assert item.problem is None
    assert isinstance(item.event, AccountEvent)
    return item.event


def update(event: str, **more: Any) -> AccountEvent:
    return read("account_update", {"event": event, **more})


SEEN: list[tuple[str, dict[str, Any], type[AccountEvent], dict[str, Any]]] = [
    ("account_update", {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "ADULT"}},
     events.AccountViolated, {"violation": "ADULT"}),
    ("account_update", {"event": "ACCOUNT_DELETED"}, events.AccountLeft, {"how": "ACCOUNT_DELETED"}),
    ("account_update", {"event": "ACCOUNT_OFFBOARDED"}, events.AccountLeft,
     {"how": "ACCOUNT_OFFBOARDED"}),
    ("account_update", {"event": "ACCOUNT_RECONNECTED"}, events.AccountReturned, {}),
    ("account_update", {"event": "DISABLED_UPDATE", "ban_info": {
        "waba_ban_state": "SCHEDULE_FOR_DISABLE", "waba_ban_date": "November 30, 2026"}},
     events.AccountBanned, {"stage": "scheduled", "on": "November 30, 2026"}),
    ("account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}},
     events.AccountBanned, {"stage": "disabled"}),
    ("account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}},
     events.AccountBanned, {"stage": "reinstated"}),
    ("account_review_update", {"decision": "REJECTED"}, events.AccountReviewed,
     {"decision": "REJECTED"}),
    ("account_alerts", {"entity_type": "BUSINESS", "entity_id": "92", "alert_info": {
        "alert_severity": "WARNING", "alert_status": "ACTIVE", "alert_type": "OBA_REJECTED",
        "alert_description": "No badge."}}, events.AlertReported,
     {"severity": "WARNING", "is_active": True, "kind": "OBA_REJECTED", "words": "No badge."}),
    ("account_alerts", {"alert_info": {"alert_status": "NONE", "alert_type": "OBA_REJECTED"}},
     events.AlertReported, {"is_active": False, "kind": "OBA_REJECTED"}),
    ("business_capability_update", {"max_daily_conversations_per_business": 2000},
     events.LimitReported, {"limit": 2000}),
    ("business_capability_update", {"max_daily_conversations_per_business": "TIER_UNLIMITED"},
     events.LimitReported, {"limit": NO_LIMIT}),
    ("business_capability_update", {"max_daily_conversation_per_phone": -1},
     events.LimitReported, {"limit": NO_LIMIT}),
    ("phone_number_quality_update", {"display_phone_number": NUMBER, "event": "THROUGHPUT_UPGRADE",
        "max_daily_conversations_per_business": "TIER_UNLIMITED"},
     events.PaceReported, {"messages_per_second": 1000, "limit": NO_LIMIT,
                           "display_phone_number": NUMBER}),
    ("phone_number_quality_update", {"display_phone_number": NUMBER, "event": "FLAGGED",
        "current_limit": "TIER_10K"}, events.QualityReported, {"rating": "RED"}),
    ("phone_number_quality_update", {"display_phone_number": NUMBER, "event": "UPGRADE",
        "current_limit": "TIER_10K"}, events.LimitReported, {"limit": 10_000}),
    ("phone_number_quality_update", {"display_phone_number": NUMBER, "event": "ONBOARDING",
        "max_daily_conversations_per_business": "TIER_250"}, events.LimitReported, {"limit": 250}),
    ("phone_number_name_update", {"display_phone_number": NUMBER, "decision": "APPROVED",
        "requested_verified_name": "Acme Parcels", "rejection_reason": None},
     events.NameReviewed, {"decision": "APPROVED", "name": "Acme Parcels", "reason": ""}),
    ("security", {"display_phone_number": NUMBER, "event": "PIN_RESET_REQUEST", "requester": "615"},
     events.SecurityReported, {"what": "PIN_RESET_REQUEST"}),
    ("business_username_updates", {"display_phone_number": NUMBER, "username": "acmeparcels",
        "status": "approved"}, events.UsernameReported,
     {"username": "acmeparcels", "status": "approved"}),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value", "kind", "said"), SEEN)
def test_each_field_says_what_it_means(
    field: str, value: dict[str, Any], kind: type[AccountEvent], said: dict[str, Any]
):
    event = read(field, value)

    assert type(event) is kind
    assert {name: getattr(event, name) for name in said} == said
    assert event.account == ACCOUNT
    assert event.at == datetime.fromtimestamp(SECONDS, UTC)


KEPT: list[tuple[str, dict[str, Any]]] = [
    ("account_update", {"event": "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE",
        "partner_client_certification_info": {"status": "FAILED", "rejection_reasons": ["X"]}}),
    ("account_update", {"event": "VOLUME_BASED_PRICING_TIER_UPDATE", "volume_tier_info": {}}),
    ("account_update", {"event": "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE"}),
    ("account_update", {"event": "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", "country": "PT"}),
    ("account_update", {"event": "SOMETHING_OF_NEXT_YEAR"}),
    ("account_update", {"event": {"of": "another kind"}}),
    ("business_capability_update", {"max_phone_numbers_per_business": 20}),
    ("account_settings_update", {"type": "PHONE_NUMBER_SETTINGS", "timestamp": "1794650000"}),
    ("payment_configuration_update", {"configuration_name": "pg", "status": "Needs Testing"}),
    ("partner_solutions", {"event": "SOLUTION_CREATED", "solution_id": "650"}),
    ("business_status_update", {"anything": [1, 2]}),
    ("a_field_of_next_year", {}),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), KEPT)
def test_what_has_no_meaning_of_its_own_is_kept_as_it_came(field: str, value: dict[str, Any]):
    event = read(field, value)

    assert isinstance(event, AccountReported)
    assert (event.field, event.value) == (field, value)


def test_restrictions_have_our_names_and_their_end():
    event = update(
        "ACCOUNT_RESTRICTION",
        restriction_info=[
            {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": SECONDS},
            {"restriction_type": "RESTRICTED_CUSTOMER_INITIATED_MESSAGING"},
            {"restriction_type": "RESTRICTED_OF_NEXT_YEAR", "expiration": str(SECONDS)},
        ],
    )

    assert isinstance(event, events.AccountRestricted)
    end = datetime.fromtimestamp(SECONDS, UTC)
    assert event.kinds == {
        "business_initiated": end,
        "replies": None,
        "restricted_of_next_year": end,
    }


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = st.sampled_from(
    ["event", "decision", "alert_info", "ban_info", "restriction_info", "violation_info",
     "waba_info", "display_phone_number", "max_daily_conversations_per_business", "metadata",
     "requested_verified_name", "username", "status", "current_limit"]
)  # fmt: skip
EVENTS = st.sampled_from(["ACCOUNT_RESTRICTION", "DISABLED_UPDATE", "THROUGHPUT_UPGRADE"])


@given(
    field=st.sampled_from([*MEANINGS, "a_field_of_next_year"]),
    value=st.dictionaries(MEMBERS, JSON, max_size=4),
    event=EVENTS | JSON,
)
def test_whatever_a_field_holds_it_becomes_one_event(field: str, value: dict[str, Any], event: Any):
    told = read(field, {**value, "event": event})

    assert told.at == datetime.fromtimestamp(SECONDS, UTC)


@pytest.mark.parametrize("end", ["tomorrow", 10**30, -(10**30)])
def test_a_restriction_whose_end_is_no_time_is_kept_as_it_came(end: object):
    rows = [{"restriction_type": "RESTRICTED_UTILITY_TEMPLATES", "expiration": end}]

    assert isinstance(update("ACCOUNT_RESTRICTION", restriction_info=rows), AccountReported)


def test_news_of_a_partner_name_the_account_inside():
    value = {"event": "PARTNER_REMOVED", "waba_info": {"waba_id": ACCOUNT}}

    assert read("account_update", value, account="920000000000333").account == ACCOUNT


def test_the_same_news_told_again_have_the_same_key_and_other_news_another():
    again = [update("ACCOUNT_DELETED").key for _ in range(2)]

    assert len({*again, update("ACCOUNT_OFFBOARDED").key}) == 2


@pytest.mark.parametrize(
    ("told", "limit"),
    [(10**15, NO_LIMIT), ("1" * 5000, None), ("TIER_250", 250), ("TIER_2K", 2000),
     ("TIER_100K", 100_000), (10_000, 10_000), ("10000", 10_000),
     (-1, NO_LIMIT), ("UNLIMITED", NO_LIMIT), ("TIER_NOT_SET", None), (None, None)],
)  # fmt: skip
def test_a_limit_is_read_in_any_of_metas_spellings(told: object, limit: int | None):
    assert limit_of(told) == limit


@pytest.mark.parametrize(
    ("level", "is_on_phone", "rate"),
    [("STANDARD", False, 80), ("HIGH", False, 1000), ("HIGH", True, 20), ("NOT_APPLICABLE", False, None)],
)  # fmt: skip
def test_a_number_that_is_used_on_a_phone_too_stays_slow(
    level: str, is_on_phone: bool, rate: int | None
):
    assert rate_of(level, is_on_phone=is_on_phone) == rate
