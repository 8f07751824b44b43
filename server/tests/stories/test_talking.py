"""People write, businesses answer: through the real door, out by the real client."""

import json
import threading
import time
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from tests.stories.conftest import AMAL, BEN, CAFE, INVESTMENT, SCHOOL, SHOP, Stack, until


@pytest.mark.promise("AUT-05")
def test_each_sector_gives_its_own_answer_and_the_ticks_move_to_read(working: Stack):
    working.tell(
        "POST", "/clock", {"advance_to": "2026-12-07T14:30:00Z"}
    )  # Monday; all four are open
    working.write(AMAL, SCHOOL, "menu")
    working.write(AMAL, CAFE, "a reservation please")
    working.write(AMAL, INVESTMENT, "portfolio")
    working.write(BEN, SHOP, "xyzzy")

    [menu] = until(lambda: [a for a in working.answers(AMAL, SCHOOL) if a["status"] == "read"])
    [table] = until(lambda: working.answers(AMAL, CAFE))
    [adviser] = until(lambda: working.answers(AMAL, INVESTMENT))
    [welcome] = until(lambda: working.answers(BEN, SHOP))

    assert "Grilled chicken with vegetables" in menu["text"]
    assert "Dinner: 6:00 PM - 10:00 PM" in table["text"]
    assert "An adviser has your message" in adviser["text"]
    assert welcome["text"].startswith("Welcome to Dar Home Goods")
    kinds = until(lambda: _kinds(working, menu["id"], 5))
    assert kinds == {"queued", "accepted", "sent", "delivered", "read"}


def _kinds(stack: Stack, wamid: str, least: int) -> set[str]:
    found = stack.rows(
        f"SELECT kind FROM message_events JOIN messages ON id = message_id WHERE meta_id = '{wamid}'"
    )
    return {row["kind"] for row in found} if len(found) >= least else set()


@pytest.mark.promise("HRS-04")
def test_one_away_message_with_the_next_opening_until_the_business_opens(working: Stack):
    working.tell(
        "POST", "/clock", {"advance_to": "2026-12-07T20:30:00Z"}
    )  # 00:30 on Tuesday in Dubai
    working.write(AMAL, CAFE, "hello?")
    [away] = until(lambda: working.answers(AMAL, CAFE))
    working.write(AMAL, CAFE, "anybody there?")
    working.write(BEN, CAFE, "reservation")
    until(lambda: working.answers(BEN, CAFE))

    assert "open again Tuesday 8 December, 07:00" in away["text"]
    assert len(working.answers(AMAL, CAFE)) == 1
    assert "Available Times" in working.answers(BEN, CAFE)[0]["text"], (
        "a rule answered: no away message"
    )


@pytest.mark.promise("AUT-01")
def test_two_first_messages_at_once_are_welcomed_once_and_never_again(working: Stack):
    working.tell("POST", "/clock", {"advance_to": "2026-12-07T10:00:00Z"})  # the shop is open
    for text in ("hi", "hello"):
        working.write(AMAL, SHOP, text)
    until(lambda: working.answers(AMAL, SHOP))
    working.tell("POST", "/clock", {"advance_to": "2027-12-07T10:00:00Z"})
    working.write(AMAL, SHOP, "a year later")
    until(lambda: len(working.rows("SELECT FROM messages WHERE direction = 'in'")) == 3)

    texts = [each["text"] for each in working.answers(AMAL, SHOP)]
    assert len([text for text in texts if text.startswith("Welcome")]) == 1


@pytest.mark.promise("AUT-10")
def test_a_hundred_messages_to_the_advisers_bring_one_acknowledgement_each_conversation(
    working: Stack,
):
    people = [f"1212555{1000 + n}" for n in range(10)]
    for person in people:
        working.tell("POST", "/people", {"phone": person, "name": f"Client {person[-2:]}"})
    for n in range(100):
        texts = (
            "portfolio",
            "MEETING",
            "menu",
            "hello",
            "stop",
            "what now?",
            "open",
            "١",
            "ORDER",
            "!",
        )
        working.write(people[n % 10], INVESTMENT, texts[(n // 10 + n) % 10])
    until(lambda: len(working.rows("SELECT FROM messages WHERE direction = 'in'")) == 100)
    until(lambda: all(working.answers(person, INVESTMENT) for person in people))

    out = working.rows("SELECT content ->> 'body' AS body FROM messages WHERE direction = 'out'")
    assert len(out) == 10
    assert all("An adviser has your message" in row["body"] for row in out)
    waiting = working.rows("SELECT handled_by, team, waiting_since FROM conversations")
    assert len(waiting) == 10
    assert all((row["handled_by"], row["team"]) == ("people", "advisers") for row in waiting)
    assert all(row["waiting_since"] for row in waiting)


@pytest.mark.promise("AUT-02")
def test_the_same_keyword_is_answered_differently_in_and_out_of_hours(working: Stack):
    working.tell("POST", "/clock", {"advance_to": "2026-12-07T06:00:00Z"})  # 10:00 in Dubai
    working.write(AMAL, CAFE, "are you open?")
    [by_day] = until(lambda: working.answers(AMAL, CAFE))
    working.tell("POST", "/clock", {"advance_to": "2026-12-07T18:30:00Z"})  # 22:30 in Dubai
    time.sleep(1.5)  # until the product has seen the clock
    working.write(AMAL, CAFE, "are you open?")
    until(lambda: len(working.answers(AMAL, CAFE)) == 2)

    by_night = working.answers(AMAL, CAFE)[-1]
    assert "Yes, we are open" in by_day["text"]
    assert "We are closed right now" in by_night["text"]


@pytest.mark.promise("HRS-03")
def test_api_and_automation_agree_on_open_and_on_the_next_opening(working: Stack):
    [cafe] = [
        b for b in working.ask("GET", "/me").json()["businesses"] if b["name"] == "Hawana Cafe"
    ]
    for moment, is_open in (
        ("2026-12-08T02:59:50", False),
        ("2026-12-08T03:00:05", True),
        ("2026-12-08T17:59:50", True),
        ("2026-12-08T18:00:05", False),
    ):
        working.tell("POST", "/clock", {"freeze": True})
        working.tell("POST", "/clock", {"advance_to": f"{moment}Z"})
        time.sleep(2)  # until the product has seen the clock
        seen = working.ask("GET", f"/businesses/{cafe['id']}").json()
        person = f"121255{moment[11:13]}{moment[14:16]}{moment[17:19]}"
        working.tell("POST", "/people", {"phone": person, "name": "Passer-by"})
        working.write(person, CAFE, "are you open?")
        [said] = until(lambda p=person: working.answers(p, CAFE))
        assert seen["open_now"] is is_open
        assert ("Yes, we are open" in said["text"]) is is_open
        if not is_open:
            opening = datetime.fromisoformat(seen["next_opening_at"])
            assert opening.strftime("%H:%M") == "03:00"


@pytest.mark.promise("MSG-14")
def test_a_status_that_comes_before_the_send_call_returns_counts(working: Stack):
    working.tell("POST", "/faults", {"kind": "status_first", "times": 1})
    working.write(AMAL, SCHOOL, "menu")

    until(lambda: [a for a in working.answers(AMAL, SCHOOL) if a["status"] == "read"])
    [ours] = working.rows("SELECT id FROM messages WHERE direction = 'out'")
    path = f"/messages/{ours['id']}"
    shown = until(lambda: (m := working.ask("GET", path).json())["state"] == "read" and m)
    assert "delivered" in {fact["kind"] for fact in shown["events"]}
    until(
        lambda: "accepted" in {fact["kind"] for fact in working.ask("GET", path).json()["events"]}
    )
    assert working.ask("GET", path).json()["state"] == "read", "what came later takes nothing back"


@pytest.mark.promise("MSG-24")
def test_a_send_that_meta_took_and_hung_up_on_is_told_by_its_status_and_never_repeated(
    working: Stack,
):
    working.tell("POST", "/faults", {"kind": "hang_up", "times": 1})
    working.write(AMAL, SCHOOL, "menu")

    until(lambda: [a for a in working.answers(AMAL, SCHOOL) if a["status"] == "read"])
    [ours] = working.rows("SELECT id FROM messages WHERE direction = 'out'")
    until(lambda: working.ask("GET", f"/messages/{ours['id']}").json()["state"] == "read")
    assert len(working.answers(AMAL, SCHOOL)) == 1
    assert [row["outcome"] for row in working.rows("SELECT outcome FROM send_attempts")] == [
        "unknown"
    ]


@pytest.mark.promise("MSG-24")
def test_an_unknown_send_that_no_status_tells_of_is_flagged_for_a_person(working: Stack):
    late = 7 * 24 * 3600 * 1000
    delays = {"delay_ms": {"sent": late, "delivered": late, "read": late}}
    working.tell("PATCH", f"/people/{AMAL}", delays)
    working.tell("POST", "/faults", {"kind": "hang_up", "times": 1})
    working.write(AMAL, SCHOOL, "menu")
    until(lambda: working.rows("SELECT FROM message_events WHERE kind = 'unknown'"))

    working.tell("POST", "/clock", {"advance_seconds": 660})

    until(lambda: working.rows("SELECT FROM conversations WHERE needs_attention"))
    [ours] = working.rows("SELECT id FROM messages WHERE direction = 'out'")
    shown = working.ask("GET", f"/messages/{ours['id']}").json()
    assert shown["state"] == "unknown"
    assert "may have arrived" in shown["reason"]["text"]
    assert len(working.answers(AMAL, SCHOOL)) == 1, "it did arrive, and was not sent again"


@pytest.mark.promise("MSG-23")
def test_a_throttled_send_goes_once_with_growing_gaps_and_a_refused_one_never_again(working: Stack):
    working.tell("POST", "/faults", {"kind": "throttle", "times": 3})
    working.write(AMAL, SCHOOL, "menu")
    until(lambda: working.answers(AMAL, SCHOOL), seconds=40)

    until(lambda: working.rows("SELECT FROM send_attempts WHERE outcome = 'accepted'"))
    attempts = working.rows("SELECT outcome, started_at FROM send_attempts ORDER BY number")
    assert [row["outcome"] for row in attempts] == ["throttled"] * 3 + ["accepted"]
    starts = [row["started_at"] for row in attempts]
    gaps = [after - before for before, after in pairwise(starts)]
    assert gaps == sorted(gaps)
    assert len(working.answers(AMAL, SCHOOL)) == 1

    working.tell("POST", "/faults", {"kind": "error", "times": 1, "code": 131009, "http": 400})
    working.write(BEN, SCHOOL, "menu")
    until(lambda: working.rows("SELECT FROM message_events WHERE kind = 'failed'"))
    outcomes = working.rows("SELECT outcome FROM send_attempts ORDER BY started_at")
    assert [row["outcome"] for row in outcomes].count("rejected") == 1


def test_an_expired_token_pauses_the_number_keeps_the_queue_and_sends_once_when_reconnected(
    working: Stack,
):
    working.tell("POST", "/faults", {"kind": "expired_token", "times": 1})
    working.write(AMAL, SCHOOL, "menu")
    [channel] = until(
        lambda: [
            c for c in working.ask("GET", "/channels").json()["data"] if c["state"] == "paused"
        ]
    )
    assert "Connect the number again" in channel["paused_reason"]
    assert working.answers(AMAL, SCHOOL) == []

    resumed = working.ask("POST", f"/channels/{channel['id']}/resume", {})

    assert resumed.json()["state"] == "active"
    until(lambda: working.answers(AMAL, SCHOOL))
    assert len(working.answers(AMAL, SCHOOL)) == 1


@pytest.mark.promise("POL-01")
def test_the_window_opens_and_renews_only_by_the_person_and_closes_after_24_hours(working: Stack):
    working.write(AMAL, SCHOOL, "menu")
    until(lambda: working.answers(AMAL, SCHOOL))
    [talk] = working.ask("GET", "/conversations").json()["data"]
    closes_at = datetime.fromisoformat(talk["window"]["closes_at"])

    working.tell("POST", "/clock", {"freeze": True})
    working.tell("POST", "/clock", {"advance_to": (closes_at - timedelta(seconds=4)).isoformat()})
    time.sleep(1.5)
    path = f"/conversations/{talk['id']}/messages"
    text = {"content": {"type": "text", "body": "Still there?"}}
    in_time = working.ask("POST", path, text, **{"Idempotency-Key": "in time"})
    assert in_time.status_code == 200, in_time.text
    until(lambda: len(working.answers(AMAL, SCHOOL)) == 2)
    working.tell("POST", "/clock", {"advance_to": (closes_at + timedelta(seconds=2)).isoformat()})
    time.sleep(1.5)
    too_late = working.ask("POST", path, text, **{"Idempotency-Key": "too late"})

    assert too_late.status_code == 409
    assert too_late.json()["code"] == "window_closed"
    assert "Send a template" in too_late.json()["detail"]
    later = working.ask("GET", f"/conversations/{talk['id']}").json()["window"]
    assert later["closes_at"] == talk["window"]["closes_at"], "our own reply does not extend it"
    assert later["allowed"] == ["template"]


def test_twenty_webhooks_in_parallel_and_a_live_stream_that_tells_of_them(working: Stack):
    told: list[str] = []

    def listen() -> None:
        headers = {"Authorization": f"Bearer {working.key}"}
        with working.http.stream("GET", working.api + "/live", headers=headers) as answer:
            for line in answer.iter_lines():
                told.append(line)
                if "event: message" in told:
                    return

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    until(lambda: told)
    for n in range(20):
        working.write((AMAL, BEN)[n % 2], SCHOOL, f"hello {n}")
    until(lambda: len(working.rows("SELECT FROM messages WHERE direction = 'in'")) == 20)
    listener.join(10)

    assert "event: message" in told
    data = next(line for line in told if line.startswith("data: "))
    assert set(json.loads(data.removeprefix("data: "))) == {"business_id", "conversation_id"}
