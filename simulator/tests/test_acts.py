"""What people and owners do besides writing: calls, opt-outs, the phone app, other apps."""

import json
from typing import Any

import pytest

ALL = [
    "messages", "user_preferences", "calls", "smb_message_echoes", "smb_app_state_sync", "history",
    "standby", "messaging_handovers", "group_lifecycle_update", "group_participants_update",
    "group_settings_update", "group_status_update",
]  # fmt: skip


@pytest.fixture
def listening(given: Any) -> Any:
    """An app that has subscribed everything."""
    given.has("apps", id="314", fields=ALL)
    return given


def act(given: Any, name: str, **body: Any) -> dict[str, Any]:
    path = f"/people/{given.rosa}/{name}"
    answer = given.control("POST", path, {"number": given.number, **body})
    given.passes(0)
    return answer


def changes(given: Any, field: str) -> list[dict[str, Any]]:
    """The values of this field so far."""
    entries = [entry for post in given.receiver.posts for entry in json.loads(post.body)["entry"]]
    assert all("time" not in entry for entry in entries)
    found = [change for entry in entries for change in entry["changes"]]
    return [change["value"] for change in found if change["field"] == field]


def test_an_opt_out_is_told_and_marketing_fails_from_then_on(listening: Any):
    given = listening
    given.has("templates", id="990", category="MARKETING")
    act(given, "preferences", value="stop")

    row = changes(given, "user_preferences")[0]["user_preferences"][0]
    assert (row["category"], row["value"], row["wa_id"]) == (
        "marketing_messages",
        "stop",
        given.rosa,
    )
    assert isinstance(row["timestamp"], int)
    message_id = given.template("a", "b").json["messages"][0]["id"]
    given.passes(1)
    assert given.statuses(message_id) == ["failed"]

    act(given, "preferences", value="resume")
    message_id = given.template("a", "b").json["messages"][0]["id"]
    given.passes(2)

    assert given.statuses(message_id)[-1] == "read"


def test_a_block_is_silent(given: Any):
    given.writes()
    act(given, "block")
    blocked = given.sent()
    given.passes(5)
    assert given.statuses(blocked) == ["sent"]

    act(given, "block", value=False)
    free = given.sent()
    given.passes(5)

    assert given.statuses(free)[-1] == "read"


def test_a_call_is_told_twice_and_opens_the_window(listening: Any):
    given = listening
    call_id = act(given, "call", seconds=120)["id"]
    given.passes(121)

    begun, ended = [value["calls"][0] for value in changes(given, "calls")]
    assert begun["id"] == ended["id"] == call_id
    assert begun["id"].startswith("wacid.")
    assert (begun["event"], begun["session"]["sdp_type"]) == ("connect", "offer")
    assert (ended["event"], ended["status"], ended["duration"]) == ("terminate", "COMPLETED", 120)
    message_id = given.sent()
    given.passes(2)
    assert given.statuses(message_id)[-1] == "read"


def test_a_missed_call_fails(listening: Any):
    act(listening, "call")
    listening.passes(31)

    assert changes(listening, "calls")[1]["calls"][0]["status"] == "FAILED"


def test_the_owner_writes_on_the_phone(listening: Any):
    given = listening
    given.writes()
    message_id = act(given, "echo", type="text", text={"body": "Typed on the phone"})["id"]

    value = changes(given, "smb_message_echoes")[0]
    echo = value["message_echoes"][0]
    assert (echo["id"], echo["from"], echo["to"]) == (message_id, "15557650001", given.rosa)
    assert echo["text"] == {"body": "Typed on the phone"}
    assert value["contacts"][0]["wa_id"] == given.rosa
    assert given.chat()[-1]["direction"] == "out"

    act(given, "echo", type="revoke", revoke={"original_message_id": message_id})

    revoked = changes(given, "smb_message_echoes")[1]["message_echoes"][0]
    assert revoked["revoke"] == {"original_message_id": message_id}
    assert given.chat()[-1]["changed"] == "deleted"


def test_contacts_of_the_app_are_synchronised(listening: Any):
    given = listening
    given.writes()
    for action in ("add", "remove"):
        given.control("POST", f"/numbers/{given.number}/sync", {"action": action})
    given.passes(0)

    added, removed = [value["state_sync"][0] for value in changes(given, "smb_app_state_sync")]
    assert added["contact"]["full_name"] == "Rosa Quint"
    assert removed["action"] == "remove"
    assert removed["contact"] == {"phone_number": given.rosa}


def test_the_history_comes_in_phases_with_progress(listening: Any):
    given = listening
    given.writes("last month")
    given.writes(type="image", image={})
    given.passes(30 * 86_400)
    given.writes("today")
    given.control("POST", f"/numbers/{given.number}/history", {})
    given.passes(0)

    chunks = [value["history"][0] for value in changes(given, "history")]
    assert [chunk["metadata"]["phase"] for chunk in chunks] == [0, 1]
    assert [chunk["metadata"]["progress"] for chunk in chunks] == [50, 100]
    old = chunks[1]["threads"][0]
    assert old["id"] == given.rosa
    assert [row["type"] for row in old["messages"]] == ["text", "media_placeholder"]
    assert old["messages"][0]["history_context"] == {"status": "DELIVERED"}


def test_a_declined_history_is_2593109(listening: Any):
    listening.control("POST", f"/numbers/{listening.number}/history", {"declined": True})
    listening.passes(0)

    assert changes(listening, "history")[0]["history"][0]["errors"][0]["code"] == 2593109


def test_a_long_history_is_cut_into_chunks(listening: Any):
    given = listening
    given.has("numbers", id=given.number, messages_per_second=1000)
    for n in range(250):
        body = {"number": given.number, "type": "text", "text": {"body": str(n)}}
        given.control("POST", f"/people/{given.rosa}/messages", body)
    assert given.control("POST", f"/numbers/{given.number}/history", {})["chunks"] == 2
    given.passes(0)

    chunks = [value["history"][0] for value in changes(given, "history")]
    sizes = [sum(len(thread["messages"]) for thread in chunk["threads"]) for chunk in chunks]
    assert sizes == [200, 50]


def test_a_thread_changes_hands(listening: Any):
    act(listening, "handover", type="control_passed", to="escalation", metadata="wants a refund")

    value = changes(listening, "messaging_handovers")[0]
    assert value["sender"] == {"phone_number": listening.rosa}
    assert value["control_passed"] == {
        "previous_owner_role": "ai_agent",
        "new_owner_role": "escalation",
        "metadata": "wants a refund",
    }


def test_an_app_in_standby_listens_in(listening: Any):
    message = {"id": "wamid.S", "type": "text", "text": {"body": "hello"}}
    act(listening, "standby", messages=message)

    standby = changes(listening, "standby")[0]["standby"]
    assert standby["messages"][0]["text"] == {"body": "hello"}
    assert standby["messages"][0]["from"] == listening.rosa
    assert standby["contacts"][0]["profile"]["name"] == "Rosa Quint"


GROUPS = [
    ("group_create", "group_lifecycle_update"),
    ("group_participants_add", "group_participants_update"),
    ("group_settings_update", "group_settings_update"),
    ("group_suspend", "group_status_update"),
]


@pytest.mark.parametrize(("kind", "field"), GROUPS)
def test_what_happens_in_a_group_is_told(listening: Any, kind: str, field: str):
    given = listening
    added = {"added_participants": [{"wa_id": given.rosa}], "reason": "invite_link"}
    given.control("POST", f"/numbers/{given.number}/groups", {"type": kind, **added})
    given.passes(0)

    event = changes(given, field)[0]["groups"][0]
    assert (event["type"], event["reason"]) == (kind, "invite_link")
    assert event["group_id"]


def test_a_field_that_is_not_subscribed_is_not_told(given: Any):
    act(given, "preferences", value="stop")
    act(given, "call")

    assert given.receiver.posts == []


def test_an_error_can_belong_to_no_message(given: Any):
    body = {"code": 131035, "details": "It could not be delivered in time."}
    given.control("POST", f"/numbers/{given.number}/errors", body)
    given.passes(0)

    found = given.receiver.items("errors")[0]
    assert (found["code"], found["error_data"]["details"]) == (131035, body["details"])
