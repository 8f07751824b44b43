"""What becomes of a template: review, quality, pauses, categories, edits, deletion."""

from typing import Any

import pytest

from simulator.tests.test_template_creation import BODY, create, quick, text

FIELDS = [
    "messages",
    "message_template_status_update",
    "message_template_quality_update",
    "message_template_components_update",
    "template_category_update",
    "template_correct_category_detection",
]


@pytest.fixture
def told(given: Any) -> Any:
    """The app subscribes everything about templates; returns what it was told so far."""
    given.has("apps", id="314", fields=FIELDS)

    def changes(field: str) -> list[dict[str, Any]]:
        given.passes(0)
        return given.changes(field)

    return changes


def status(given: Any, key: str) -> str:
    return given.call("GET", f"/{key}?fields=status").json["status"]


def made(given: Any, *parts: Any, **change: Any) -> str:
    key = create(given, *parts, **change).json["id"]
    given.passes(61)
    return key


def force(given: Any, key: str, step: str, **wish: Any) -> Any:
    return given.control("POST", f"/templates/{key}/{step}", wish)


def test_a_plain_template_is_approved_after_a_minute(given: Any, told: Any):
    key = create(given).json["id"]
    given.passes(59)
    assert status(given, key) == "PENDING"
    given.passes(2)

    [change] = told("message_template_status_update")
    assert change["event"] == "APPROVED"
    assert change["message_template_id"] == int(key)
    assert status(given, key) == "APPROVED"
    assert given.template("Rosa", "Tuesday", name="parcel").status == 200


def test_news_of_a_template_carry_the_time_and_the_account(given: Any, told: Any):
    made(given)

    told("message_template_status_update")
    entry = given.entries("message_template_status_update")[0]
    assert entry["id"] == "880"
    assert isinstance(entry["time"], int)


def test_an_app_that_did_not_subscribe_the_field_hears_nothing(given: Any):
    made(given)

    assert given.changes("message_template_status_update") == []


def test_a_promotional_utility_template_is_approved_as_marketing(given: Any, told: Any):
    key = made(given, text("Our summer sale is on: everything 20% off until Sunday."))

    [moved] = told("template_category_update")
    assert (moved["previous_category"], moved["new_category"]) == ("UTILITY", "MARKETING")
    read = given.call("GET", f"/{key}?fields=status,category,previous_category").json
    assert (read["status"], read["category"]) == ("APPROVED", "MARKETING")
    assert read["previous_category"] == "UTILITY"


@pytest.mark.parametrize(
    ("words", "change", "reason"),
    [
        ("Please send us your full account number today.", {}, "SCAM"),
        ("Answer this, you idiot, or we will come.", {}, "ABUSIVE_CONTENT"),
        ("Here is your verification code for the shop.", {}, "INCORRECT_CATEGORY"),
        ("Your order is ready for you now.", {"language": "ar"}, "TAG_CONTENT_MISMATCH"),
    ],
)
def test_a_bad_template_is_rejected_with_a_reason(
    given: Any, told: Any, words: str, change: Any, reason: str
):
    key = made(given, text(words), **change)

    [news] = told("message_template_status_update")
    assert (news["event"], news["reason"]) == ("REJECTED", reason)
    assert news["rejection_info"]["recommendation"]
    read = given.call("GET", f"/{key}?fields=rejected_reason,status").json
    assert (read["status"], read["rejected_reason"]) == ("REJECTED", reason)


def test_variables_that_touch_are_rejected(given: Any, told: Any):
    words = "Hi there, your parcel {{1}} {{2}} arrives on Tuesday morning."
    made(given, text(words, "P", "5"))

    assert told("message_template_status_update")[0]["reason"] == "INVALID_FORMAT"


def test_the_same_body_twice_is_rejected_as_a_duplicate(given: Any, told: Any):
    made(given)
    second = made(given, name="other")

    assert status(given, second) == "REJECTED"


def test_red_quality_pauses_three_hours_then_six_then_for_ever(given: Any, told: Any):
    key = made(given)

    force(given, key, "quality", score="RED")
    assert status(given, key) == "PAUSED"
    given.passes(3 * 3600 + 1)
    assert status(given, key) == "APPROVED"
    force(given, key, "quality", score="RED")
    given.passes(6 * 3600 - 1)
    assert status(given, key) == "PAUSED"
    given.passes(2)
    assert status(given, key) == "APPROVED"
    force(given, key, "quality", score="RED")

    assert status(given, key) == "DISABLED"
    news = told("message_template_status_update")
    titles = [each.get("other_info", {}).get("title") for each in news]
    assert titles == [None, "FIRST_PAUSE", "UNPAUSE", "SECOND_PAUSE", "UNPAUSE", None]
    assert news[-1]["disable_info"]["disable_date"].isdecimal()
    [quality] = told("message_template_quality_update")
    assert (quality["previous_quality_score"], quality["new_quality_score"]) == ("UNKNOWN", "RED")


def test_a_paused_template_is_not_sent(given: Any):
    key = made(given)
    force(given, key, "pause")

    answer = given.template("Rosa", "Tuesday", name="parcel")

    assert answer.json["error"]["code"] == 132015


def test_a_pacing_pause_waits_for_unpause(given: Any):
    key = made(given)
    assert given.call("POST", f"/{key}/unpause").json["success"] is False
    force(given, key, "pause", pacing=True)
    assert given.call("POST", f"/{key}/unpause").json["success"] is False
    given.passes(301)

    assert given.call("POST", f"/{key}/unpause").json == {"success": True}
    assert status(given, key) == "APPROVED"


def test_a_change_of_category_is_announced_a_day_before(given: Any, told: Any):
    key = made(given)

    force(given, key, "recategorise", category="MARKETING", notice=True)
    [notice] = told("template_category_update")
    assert (notice["new_category"], notice["correct_category"]) == ("UTILITY", "MARKETING")
    given.passes(86_401)

    assert told("template_category_update")[1]["previous_category"] == "UTILITY"
    assert given.call("GET", f"/{key}?fields=category").json["category"] == "MARKETING"


def test_an_edited_template_is_reviewed_again_and_its_parts_are_told(given: Any, told: Any):
    key = made(given)

    answer = given.call("POST", f"/{key}", {"components": [text("Your parcel waits for you.")]})
    given.passes(61)

    assert answer.json["success"] is True
    [news] = told("message_template_components_update")
    assert news["message_template_element"] == "Your parcel waits for you."
    assert status(given, key) == "APPROVED"


def test_an_approved_template_is_edited_once_a_day_and_ten_times_a_month(given: Any):
    key = made(given)

    def edit(n: int) -> int:
        body = {"components": [text(f"Your parcel {n} waits for you here.")]}
        done = given.call("POST", f"/{key}", body).status
        given.passes(61)
        return done

    assert edit(0) == 200
    assert edit(1) == 400
    for n in range(2, 11):
        given.passes(86_400)
        assert edit(n) == 200
    given.passes(86_400)
    assert edit(11) == 400


def test_a_rejected_template_is_edited_as_often_as_one_likes(given: Any):
    key = made(given)
    for n in range(3):
        force(given, key, "reject")
        body = {"components": [text(f"Your parcel {n} waits for you here.")]}
        assert given.call("POST", f"/{key}", body).status == 200
        given.passes(61)


def test_the_category_of_an_approved_template_is_fixed(given: Any):
    key = made(given)

    assert given.call("POST", f"/{key}", {"category": "MARKETING"}).status == 400


def test_the_name_of_a_deleted_template_is_blocked_for_30_days(given: Any, told: Any):
    made(given)

    assert given.call("DELETE", "/880/message_templates?name=parcel").json == {"success": True}
    assert told("message_template_status_update")[-1]["event"] == "DELETED"
    assert create(given).json["error"]["error_subcode"] == 2388023
    given.passes(30 * 86_400 + 1)
    assert create(given).status == 200


def test_deleting_by_id_leaves_the_other_languages(given: Any):
    key = made(given)
    other = made(given, BODY | {"text": BODY["text"] + " Cheers!"}, language="en_GB")

    given.call("DELETE", f"/880/message_templates?name=parcel&hsm_id={key}")

    assert given.call("GET", f"/{key}").status == 400
    assert status(given, other) == "APPROVED"


def test_a_template_with_messages_under_way_is_pending_deletion(given: Any):
    key = made(given)
    given.template("Rosa", "Tuesday", name="parcel")

    given.call("DELETE", "/880/message_templates?name=parcel")

    assert status(given, key) == "PENDING_DELETION"
    assert given.template("Rosa", "Tuesday", name="parcel").json["error"]["code"] == 132001
    given.passes(30 * 86_400 + 1)
    assert given.call("GET", f"/{key}").status == 400


def test_a_disabled_template_cannot_be_deleted(given: Any):
    key = made(given)
    force(given, key, "disable")

    assert given.call("DELETE", "/880/message_templates?name=parcel").status == 400


def test_the_list_is_filtered_and_summed_up(given: Any):
    made(given)
    made(given, text("Our summer sale: everything is 20% off."), name="summer")

    def names(query: str) -> list[str]:
        rows = given.call("GET", f"/880/message_templates?{query}").json["data"]
        return [row["name"] for row in rows]

    assert names("category=MARKETING") == ["summer"]
    assert names("name_or_content=sale") == ["summer"]
    assert names("status=APPROVED&name=par") == ["parcel"]
    query = "summary=total_count,message_template_limit&limit=1"
    answer = given.call("GET", "/880/message_templates?" + query).json
    assert answer["summary"] == {"total_count": 3, "message_template_limit": 250}
    assert len(answer["data"]) == 1


def test_a_cursor_of_a_template_list_does_not_live_long(given: Any):
    made(given)

    def turn(version: str = "v25.0") -> int:
        query = f"/{version}/880/message_templates?limit=1&after={cursor}"
        return given.meta.call("GET", query, None, {"Authorization": "Bearer token"}).status

    paging = given.call("GET", "/880/message_templates?limit=1").json["paging"]
    cursor = paging["cursors"]["after"]
    assert turn() == 200
    given.passes(3601)
    assert (turn(), turn("v23.0")) == (400, 200)
    cursor = given.call("GET", "/880/message_templates?limit=1").json["paging"]["cursors"]["after"]
    given.control("POST", "/cursors/expire")
    refused = given.call("GET", f"/880/message_templates?after={cursor}").json["error"]
    assert refused["code"] == 131059


def test_reviews_and_pauses_outlive_a_restart_of_the_clock_rows(given: Any):
    key = made(given)
    force(given, key, "pause")
    force(given, key, "approve")
    given.passes(3 * 3600 + 1)

    assert status(given, key) == "APPROVED"


def test_templates_can_be_grouped(given: Any):
    key = made(given)
    body = {"name": "Parcels", "whatsapp_business_templates": [key]}

    group = given.call("POST", "/880/template_groups", body).json["id"]
    given.call("POST", f"/{group}", {"description": "All about parcels"})

    read = given.call("GET", f"/{group}?fields=description,whatsapp_business_templates").json
    assert read["description"] == "All about parcels"
    assert read["whatsapp_business_templates"]["data"] == [{"id": key}]
    assert given.call("DELETE", f"/{group}").json == {"success": True}
    assert given.call("GET", "/880/template_groups").json["data"] == []


def test_approved_templates_move_to_another_account_of_the_business(given: Any):
    given.has("wabas", id="881", portfolio_id="920")
    given.has("tokens", token="token", waba_ids=["880", "881"])
    key = made(given)
    bad = made(given, text("Your parcel is late today."), quick_reply(), name="late")
    force(given, bad, "reject")

    answer = given.call("POST", "/881/migrate_message_templates?source_waba_id=880").json

    assert key in answer["migrated_templates"]
    assert bad in answer["failed_templates"]
    assert "parcel" in [
        row["name"] for row in given.call("GET", "/881/message_templates").json["data"]
    ]


def quick_reply() -> dict[str, Any]:
    return {"type": "BUTTONS", "buttons": [quick("Thanks")]}
