"""What becomes of a send: which statuses come, what they cost, and for whom they are held back."""

from typing import Any

import pytest

from simulator.tests.test_media import SAMPLES, upload

DAY = 86_400


def statuses(given: Any, message_id: str) -> list[dict[str, Any]]:
    return [each for each in given.receiver.items("statuses") if each["id"] == message_id]


def marketing(given: Any, edge: str = "messages", **more: Any) -> Any:
    rows = [{"type": "text", "text": "Rosa"}, {"type": "text", "text": "5512"}]
    body = {
        "messaging_product": "whatsapp",
        "to": "+" + given.rosa,
        "type": "template",
        "template": {
            "name": "ready",
            "language": {"code": "en_US"},
            "components": [{"type": "body", "parameters": rows}],
        },
        **more,
    }
    return given.call("POST", f"/{given.number}/{edge}", body)


def sent(answer: Any) -> str:
    return answer.json["messages"][0]["id"]


def test_a_voice_note_is_played(given: Any):
    given.writes()
    media_id = upload(given, (SAMPLES / "voice.ogg").read_bytes(), "audio/ogg").json["id"]
    message_id = given.sent(type="audio", audio={"id": media_id, "voice": True})
    given.passes(5)

    assert given.statuses(message_id) == ["sent", "delivered", "read", "played"]
    assert "pricing" not in statuses(given, message_id)[-1]


def test_music_is_not_played(given: Any):
    given.writes()
    media_id = upload(given, (SAMPLES / "audio.mp3").read_bytes(), "audio/mpeg").json["id"]
    message_id = given.sent(type="audio", audio={"id": media_id})
    given.passes(5)

    assert given.statuses(message_id) == ["sent", "delivered", "read"]


def test_a_voice_note_is_played_when_the_person_says_so(given: Any):
    given.has("people", phone=given.rosa, plays="never")
    given.writes()
    media_id = upload(given, (SAMPLES / "voice.ogg").read_bytes(), "audio/ogg").json["id"]
    message_id = given.sent(type="audio", audio={"id": media_id, "voice": True})
    given.passes(9)
    assert given.statuses(message_id)[-1] == "read"

    given.control("POST", f"/people/{given.rosa}/play", {"message": message_id})
    given.passes(0)

    assert given.statuses(message_id)[-1] == "played"


def test_in_an_open_chat_delivered_is_skipped_and_read_carries_the_price(given: Any):
    given.has("people", phone=given.rosa, chat_open=True)
    given.writes()
    message_id = given.sent()
    given.passes(2)

    first, second = statuses(given, message_id)
    assert (first["status"], second["status"]) == ("sent", "read")
    assert second["pricing"] == first["pricing"]


def test_a_phone_that_is_off_gets_it_when_it_is_on_again(given: Any):
    given.has("people", phone=given.rosa, online=False)
    message_id = sent(given.template("a", "b"))
    given.passes(3 * DAY)
    assert given.statuses(message_id) == ["sent"]

    given.control("POST", f"/people/{given.rosa}/phone", {"online": True})
    given.passes(2)

    assert given.statuses(message_id) == ["sent", "delivered", "read"]


@pytest.mark.parametrize(("category", "seconds"), [("UTILITY", 30 * DAY), ("AUTHENTICATION", 600)])
def test_after_its_time_to_live_a_message_is_dropped_in_silence(
    given: Any, category: str, seconds: int
):
    given.has("templates", id="990", category=category)
    given.has("people", phone=given.rosa, online=False)
    message_id = sent(given.template("a", "b"))
    given.passes(seconds + 1)

    arriving = given.control("POST", f"/people/{given.rosa}/phone", {"online": True})["arriving"]
    given.passes(2)

    assert (arriving, given.statuses(message_id)) == (0, ["sent"])


@pytest.mark.parametrize(("version", "has"), [("v23.0", True), ("v24.0", False), ("v26.0", False)])
def test_the_conversation_depends_on_the_webhook_version(given: Any, version: str, has: bool):
    given.has("apps", id="314", webhook_version=version)
    message_id = sent(given.template("a", "b"))
    given.passes(2)

    first, second = statuses(given, message_id)[:2]
    assert ("conversation" in first) == has
    if has:
        assert len(first["conversation"]["id"]) == 32
        assert "expiration_timestamp" in first["conversation"]
        assert "expiration_timestamp" not in second["conversation"]
        assert first["conversation"]["origin"] == {"type": "utility"}


def test_an_answer_to_somebody_from_an_ad_is_free_for_72_hours(given: Any):
    given.has("templates", id="990", category="MARKETING")
    given.writes(referral=True)
    given.passes(3600)
    first = given.sent()
    given.passes(71 * 3600)
    second = sent(given.template("a", "b"))
    given.passes(3600)
    third = sent(given.template("a", "b"))
    given.passes(2)

    free = {"billable": False, "pricing_model": "PMP", "type": "free_entry_point",
            "category": "referral_conversion"}  # fmt: skip
    assert statuses(given, first)[0]["pricing"] == free
    assert statuses(given, second)[0]["pricing"] == free
    assert statuses(given, third)[0]["pricing"]["type"] == "regular"
    origin = statuses(given, first)[0]["conversation"]["origin"]
    assert origin == {"type": "referral_conversion"}
    same = {statuses(given, each)[0]["conversation"]["id"] for each in (first, second)}
    assert len(same) == 1


def test_an_answer_after_24_hours_opens_no_free_window(given: Any):
    given.writes(referral=True)
    given.passes(DAY + 1)
    message_id = sent(given.template("a", "b"))
    given.passes(2)

    assert statuses(given, message_id)[0]["pricing"]["category"] == "utility"


def test_the_marketing_api_has_a_category_of_its_own(given: Any):
    given.has("templates", id="990", category="MARKETING")
    message_id = sent(marketing(given, "marketing_messages", product_policy="STRICT"))
    given.passes(2)

    assert statuses(given, message_id)[0]["pricing"]["category"] == "marketing_lite"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({}, 134100),
        ({"type": "text", "text": {"body": "a"}, "template": None}, 131055),
        ({"product_policy": "ANY"}, 100),
        ({"colour": "red"}, 100),
    ],
)
def test_the_marketing_api_takes_marketing_only(given: Any, more: dict[str, Any], code: int):
    answer = marketing(given, "marketing_messages", **more)

    assert answer.json["error"]["code"] == code


REASONS: list[tuple[dict[str, Any], int]] = [
    ({"stopped_marketing": True}, 131050),
    ({"stopped_from": ["770012340000022"]}, 131050),
    ({"marketing_capped": True}, 131049),
    ({"in_experiment": True}, 130472),
]


@pytest.mark.parametrize(("person", "code"), REASONS)
def test_marketing_that_a_person_does_not_get_fails_later(
    given: Any, person: dict[str, Any], code: int
):
    given.has("templates", id="990", category="MARKETING")
    given.has("people", phone=given.rosa, **person)
    message_id = sent(marketing(given))
    given.passes(1)

    assert statuses(given, message_id)[0]["errors"][0]["code"] == code


def test_in_an_open_window_the_cap_on_marketing_does_not_count(given: Any):
    given.has("templates", id="990", category="MARKETING")
    given.has("people", phone=given.rosa, marketing_capped=True)
    given.writes()
    message_id = sent(marketing(given))
    given.passes(2)

    assert given.statuses(message_id)[-1] == "read"


def test_marketing_to_the_united_states_can_be_paused(given: Any):
    given.put(settings={"us_marketing_pause": True})
    given.has("templates", id="990", category="MARKETING")
    message_id = sent(marketing(given))
    given.passes(1)

    assert statuses(given, message_id)[0]["errors"][0]["code"] == 131049


def pace(given: Any, **body: Any) -> dict[str, Any]:
    return given.control("POST", "/templates/990/pacing", body)


def test_a_paced_template_holds_back_all_but_the_first(given: Any):
    pace(given, first=1)
    first, second = given.template("a", "b"), given.template("c", "d")
    given.passes(60)

    assert first.json["messages"][0]["message_status"] == "accepted"
    assert second.json["messages"][0]["message_status"] == "held_for_quality_assessment"
    assert given.statuses(sent(first))[-1] == "read"
    assert given.statuses(sent(second)) == []

    assert pace(given, good=True) == {"released": 1}
    given.passes(2)
    assert given.statuses(sent(second))[-1] == "read"


def test_a_bad_template_drops_what_was_held_and_is_paused(given: Any):
    pace(given, first=0)
    held = sent(given.template("a", "b"))

    assert pace(given, good=False) == {"dropped": 1}
    given.passes(1)

    assert statuses(given, held)[0]["errors"][0]["code"] == 132015
    assert given.template("a", "b").json["error"]["code"] == 132015


def test_nobody_waits_longer_than_an_hour_for_the_quality(given: Any):
    pace(given, first=0)
    held = sent(given.template("a", "b"))
    given.passes(3602)

    assert given.statuses(held)[-1] == "read"


def test_a_banned_number_sends_nothing(given: Any):
    given.has("numbers", id=given.number, status="BANNED")

    assert given.post().json["error"]["code"] == 131031


def test_the_marketing_api_knows_a_new_template_after_10_minutes(given: Any):
    text = {"type": "BODY", "text": "Our sale begins today: everything must go."}
    form = {"name": "sale", "language": "en_US", "category": "MARKETING", "components": [text]}
    made = given.call("POST", "/880/message_templates", form).json
    given.control("POST", f"/templates/{made['id']}/approve", {})
    template = {"name": "sale", "language": {"code": "en_US"}}

    early = marketing(given, "marketing_messages", template=template)
    given.passes(600)
    later = marketing(given, "marketing_messages", template=template)

    assert early.json["error"]["code"] == 134101
    assert later.status == 200
