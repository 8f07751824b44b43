"""People write, read, tap, answer by script, and hide their phone."""

from typing import Any


def test_a_script_answers_what_the_business_says(given: Any):
    given.has(
        "people", phone=given.rosa, script=[{"when": "NAME", "say": "Rosa", "after_ms": 1000}]
    )
    given.writes("hello")
    given.sent(text={"body": "What is your name?"})
    given.passes(1)
    assert [line["text"] for line in given.chat()] == ["hello", "What is your name?"]

    given.passes(1)

    assert given.chat()[-1]["text"] == "Rosa"
    assert [each["text"]["body"] for each in given.receiver.items("messages")][-1] == "Rosa"


def test_two_robots_do_not_talk_for_ever(given: Any):
    given.has("people", phone=given.rosa, script=[{"say": "again"}])
    given.writes()
    for _ in range(12):
        given.sent()
        given.passes(1)

    said = [line for line in given.chat() if line["text"] == "again"]
    assert len(said) == 10
    assert given.control("GET", "/counters")["script_answers_withheld"] == 2


def test_a_manual_reader_reads_when_told(given: Any):
    given.has("people", phone=given.rosa, reads="manual")
    given.writes()
    message_id = given.sent()
    given.passes(60)
    assert given.statuses(message_id) == ["sent", "delivered"]

    given.control("POST", f"/people/{given.rosa}/read", {"number": given.number})
    given.passes(0)

    assert given.statuses(message_id) == ["sent", "delivered", "read"]


def test_someone_who_never_reads_stays_at_delivered(given: Any):
    given.has("people", phone=given.rosa, reads="never")
    given.writes()
    message_id = given.sent()
    given.control("POST", f"/people/{given.rosa}/read", {"number": given.number})
    given.passes(60)

    assert given.statuses(message_id) == ["sent", "delivered"]


def hides(given: Any) -> None:
    given.has("people", phone=given.rosa, username="rosaq", user_id="US.2048", shows_phone=False)


def test_a_username_can_hide_the_phone(given: Any):
    hides(given)
    given.writes()

    value = given.receiver.wait_for(1)[0].values[0]

    assert "wa_id" not in value["contacts"][0]
    assert value["contacts"][0]["user_id"] == "US.2048"
    assert "from" not in value["messages"][0]
    assert value["messages"][0]["from_user_id"] == "US.2048"


def test_a_hidden_phone_is_in_no_status_of_a_send_to_the_user_id(given: Any):
    hides(given)
    given.writes()
    given.sent(to=None, recipient="US.2048")
    given.passes(2)

    for status in given.receiver.items("statuses"):
        assert "recipient_id" not in status
        assert status["recipient_user_id"] == "US.2048"


def test_a_phone_used_within_30_days_is_shown(given: Any):
    hides(given)
    given.template("a", "b")
    given.writes("one")
    given.passes(31 * 86_400)
    given.writes("two")

    first, second = given.receiver.items("messages")
    assert "from" in first
    assert "from" not in second


def test_a_tap_on_a_quick_reply_is_a_button_message_with_context(given: Any):
    given.writes()
    message_id = given.sent()
    button = {"payload": "YES-1", "text": "Yes"}
    given.writes(type="button", button=button, context={"id": message_id})

    tapped = given.receiver.items("messages")[-1]

    assert tapped["type"] == "button"
    assert tapped["button"] == button
    assert tapped["context"] == {"from": "15557650001", "id": message_id}


def test_mark_as_read_gives_blue_ticks_to_that_and_earlier_messages(given: Any):
    given.writes("one")
    second = given.writes("two")
    given.writes("three")

    answer = given.post(
        to=None, type=None, status="read", message_id=second, typing_indicator={"type": "text"}
    )

    assert answer.json == {"success": True}
    assert [line["status"] for line in given.chat()] == ["read", "read", "delivered"]


def test_mark_as_read_needs_a_message_that_came_in(given: Any):
    answer = given.post(to=None, type=None, status="read", message_id="wamid.unknown")

    assert answer.json["error"]["code"] == 131009
