"""Limits in the whole product: beside a Meta that counts for itself."""

import time
from typing import Any

import pytest
from serai.app.demo import world
from tests.stories.conftest import AMAL, SCHOOL, SHOP, Stack, until

LIMITS = {"130429", "131056", "131048"}
TEMPLATE = {
    "type": "template",
    "name": "shop_order_shipped",
    "language": "en_US",
    "parameters": ["DH-1", "Friday"],
}


def channel_of(stack: Stack, number: str) -> str:
    [channel] = [
        each
        for each in stack.ask("GET", "/channels").json()["data"]
        if each["external_ids"]["phone_number_id"] == number
    ]
    return channel["id"]


def counters(stack: Stack) -> dict[str, Any]:
    return stack.tell("GET", "/counters")


def waits(stack: Stack) -> dict[str | None, int]:
    found = stack.rows(
        "SELECT waits_for, count(*) AS n FROM sends WHERE state = 'waiting' GROUP BY waits_for"
    )
    return {row["waits_for"]: row["n"] for row in found}


def settled(stack: Stack) -> bool:
    return not stack.rows("SELECT FROM sends WHERE state = 'under_way'")


def advance(stack: Stack, seconds: float) -> None:
    stack.tell("POST", "/clock", {"advance_seconds": seconds})
    time.sleep(1.5)  # until the product has seen the clock


def answer(stack: Stack, talk: str, text: str, key: str) -> dict[str, Any]:
    body = {"content": {"type": "text", "body": text}}
    path = f"/conversations/{talk}/messages"
    answered = stack.ask("POST", path, body, **{"Idempotency-Key": key})
    assert answered.status_code == 200, answered.text
    return answered.json()


@pytest.mark.promise("POL-05")
def test_500_people_and_a_limit_of_250_nobody_is_failed_and_meta_refuses_nothing(stack: Stack):
    stack.tell(
        "PUT",
        "/world",
        {
            "portfolios": [{"id": world.PORTFOLIO, "messaging_limit": "TIER_250"}],
            "people": [{"phone": f"1212555{3000 + n}", "name": "Guest"} for n in range(500)],
        },
    )
    channel = channel_of(stack, SHOP)
    for n in range(500):
        body = {
            "channel_id": channel,
            "to": {"phone": f"+1212555{3000 + n}"},
            "content": TEMPLATE,
            "purpose": "utility",
        }
        sent = stack.ask("POST", "/messages", body, **{"Idempotency-Key": f"to {n}"})
        assert sent.status_code == 200, sent.text
    stack.worker()

    until(lambda: waits(stack) == {"people": 250} and settled(stack), 60)
    assert counters(stack)["sends"] == 250
    told = stack.command("channel", "usage", SHOP)
    assert "250 people reached in 24 hours" in told
    assert "250 wait: Meta lets the company write first to only so many people" in told
    usage = stack.ask("GET", f"/channels/{channel}/usage").json()
    assert (usage["people"]["reached"], usage["people"]["limit"]) == (250, 250)
    assert usage["sent"] == {"utility": 250}
    assert usage["queue_length"] == 250
    [group] = usage["waiting"]
    assert group["waits_for"] == "people"
    assert "as soon as there is room" in group["text"]
    [one] = stack.rows("SELECT id FROM sends WHERE state = 'waiting' LIMIT 1")
    shown = stack.ask("GET", f"/messages/{one['id']}").json()
    assert (shown["state"], shown["waits"]["code"]) == ("queued", "people")

    advance(stack, 24 * 3600 + 120)

    until(lambda: not waits(stack) and settled(stack), 60)
    assert counters(stack)["sends"] == 500
    assert LIMITS.isdisjoint(counters(stack)["errors_by_code"])
    advance(stack, 60)
    assert not stack.rows("SELECT FROM message_events WHERE kind = 'failed'")


def test_many_messages_in_a_row_to_one_person_all_arrive_in_order_and_none_is_refused(
    working: Stack,
):
    working.write(AMAL, SCHOOL, "hello")
    [talk] = until(lambda: working.ask("GET", "/conversations").json()["data"])
    ids = [answer(working, talk["id"], f"line {n}", f"line {n}")["id"] for n in range(50)]

    until(lambda: waits(working).get("pair"), 30)
    until(lambda: settled(working))
    last = working.ask("GET", f"/messages/{ids[-1]}").json()
    assert last["waits"]["code"] == "pair"
    assert last["waits"]["until"]
    while waits(working):
        advance(working, 30)

    lines = [each["text"] for each in working.answers(AMAL, SCHOOL) if "line" in each["text"]]
    assert lines == [f"line {n}" for n in range(50)]
    assert LIMITS.isdisjoint(counters(working)["errors_by_code"])


@pytest.mark.promise("POL-06")
def test_a_limit_set_through_the_api_holds_from_the_next_message_on(working: Stack):
    channel = channel_of(working, SHOP)
    working.tell("POST", "/clock", {"freeze": True})
    time.sleep(1.5)
    path = f"/channels/{channel}/limits"
    assert working.ask("PUT", path, {"per_minute": 5}).json()["per_minute"] == 5
    assert working.ask("PUT", path, {"per_minute": 0}).status_code == 422
    people = [{"phone": f"1212555{4000 + n}", "name": "Guest"} for n in range(12)]
    working.tell("PUT", "/world", {"people": people})
    for n in range(12):
        to = {"phone": f"+1212555{4000 + n}"}
        body = {"channel_id": channel, "to": to, "content": TEMPLATE, "purpose": "utility"}
        working.ask("POST", "/messages", body, **{"Idempotency-Key": f"{n}"})

    for expected in (5, 10, 12):
        until(lambda e=expected: counters(working)["sends"] == e)
        time.sleep(1.5)
        assert counters(working)["sends"] == expected
        advance(working, 60)


def test_limits_and_codes_by_command(stack: Stack):
    assert "per-minute         60" in stack.command("channel", "limits", SHOP, "--per-minute", "60")
    shown = stack.command("channel", "limits", SHOP, "--batch", "10")
    assert "per-minute         60" in shown, "what is not named stays"
    assert "batch              10" in shown
    path = f"/channels/{channel_of(stack, SHOP)}/limits"
    assert stack.ask("GET", path).json()["batch"] == 10
    assert stack.run("channel", "limits", SHOP, "--batch", "0").returncode == 2
    assert "There is no channel" in stack.run("channel", "usage", "999").stderr
    assert "24 hours, 48 hours and 72 hours" in stack.command("error", "131049")


@pytest.mark.promise("POL-06")
@pytest.mark.parametrize("retries", [0, 2])
def test_a_busy_meta_is_asked_as_often_as_is_set(working: Stack, retries: int):
    channel = channel_of(working, SCHOOL)
    business = working.ask("GET", f"/channels/{channel}").json()["business_id"]
    path = f"/businesses/{business}/limits"
    assert working.ask("PUT", path, {"retries": retries}).json()["retries"] == retries
    assert working.ask("GET", path).json()["retries"] == retries
    assert working.ask("GET", f"/channels/{channel}/limits").json()["retries"] is None
    working.tell("POST", "/faults", {"kind": "throttle"})

    working.write(AMAL, SCHOOL, "menu")

    until(lambda: working.rows("SELECT FROM message_events WHERE kind = 'failed'"), 40)
    assert len(working.rows("SELECT FROM send_attempts")) == retries + 1
    assert working.answers(AMAL, SCHOOL) == []


def test_marketing_that_meta_holds_back_waits_a_day_visibly_and_then_arrives(working: Stack):
    working.tell("POST", "/faults", {"kind": "error", "times": 1, "code": 131049, "http": 400})
    channel = channel_of(working, SHOP)
    body = {
        "channel_id": channel,
        "to": {"phone": f"+{AMAL}"},
        "content": TEMPLATE,
        "purpose": "utility",
    }
    sent = working.ask("POST", "/messages", body, **{"Idempotency-Key": "offer"}).json()
    path = f"/messages/{sent['id']}"

    shown = until(lambda: (m := working.ask("GET", path).json())["state"] == "deferred" and m)
    assert shown["waits"]["code"] == "meta"
    assert "tries again later by itself" in shown["waits"]["text"]
    assert working.answers(AMAL, SHOP) == []

    advance(working, 24 * 3600)

    until(lambda: working.answers(AMAL, SHOP))
    until(lambda: working.ask("GET", path).json()["state"] in {"delivered", "read"})
    assert working.ask("GET", path).json()["waits"] is None


@pytest.mark.promise("POL-11")
def test_a_follow_up_survives_a_restart_and_goes_as_a_template_because_the_window_is_closed(
    working: Stack,
):
    working.write(AMAL, SHOP, "how much is the lamp?")
    [talk] = until(lambda: working.ask("GET", "/conversations").json()["data"])
    until(lambda: working.answers(AMAL, SHOP))
    path = f"/conversations/{talk['id']}/follow-ups"
    body = {"after_hours": 24, "text": "Are you still interested?", "template": TEMPLATE}
    asked = working.ask("POST", path, body, **{"Idempotency-Key": "later"})
    assert asked.status_code == 200, asked.text
    again = working.ask("POST", path, body, **{"Idempotency-Key": "later"})
    assert again.json()["id"] == asked.json()["id"]
    before = len(working.answers(AMAL, SHOP))

    working.kill("worker")
    working.kill("server")
    working.serve()
    working.worker()
    advance(working, 23 * 3600 + 3000)
    assert len(working.answers(AMAL, SHOP)) == before, "not before its time"
    advance(working, 1200)

    until(lambda: len(working.answers(AMAL, SHOP)) == before + 1)
    said = working.answers(AMAL, SHOP)[-1]
    assert said["type"] == "template"
    assert "DH-1" in said["text"]
    [row] = working.ask("GET", path).json()
    assert (row["state"], row["ended_by"]) == ("done", "due")
    assert "131047" not in counters(working)["errors_by_code"]


def test_whoever_writes_gets_no_follow_up_and_a_wrong_one_is_refused(working: Stack):
    working.write(AMAL, SHOP, "how much is the lamp?")
    [talk] = until(lambda: working.ask("GET", "/conversations").json()["data"])
    path = f"/conversations/{talk['id']}/follow-ups"
    for wrong, code in (
        ({"after_hours": 1}, "nothing_to_say"),
        ({"due_at": "2020-01-01T00:00:00Z", "text": "hi"}, "due_at_invalid"),
    ):
        refused = working.ask("POST", path, wrong, **{"Idempotency-Key": code})
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    body = {"after_hours": 2, "text": "Are you still interested?"}
    working.ask("POST", path, body, **{"Idempotency-Key": "later"})
    kept = working.ask("POST", path, body, **{"Idempotency-Key": "another"}).json()
    gone = working.ask("DELETE", f"/follow-ups/{kept['id']}").json()
    assert (gone["state"], gone["ended_by"]) == ("cancelled", "cancelled")
    advance(working, 60)

    working.write(AMAL, SHOP, "never mind")
    until(lambda: len(working.rows("SELECT FROM messages WHERE direction = 'in'")) == 2)
    until(lambda: settled(working) and not waits(working))
    before = working.answers(AMAL, SHOP)
    advance(working, 2 * 3600)

    states = [(each["state"], each["ended_by"]) for each in working.ask("GET", path).json()]
    assert sorted(states) == [("cancelled", "answered"), ("cancelled", "cancelled")]
    assert working.answers(AMAL, SHOP) == before


def reading_calls(stack: Stack) -> int:
    """Calls of Serai's own to look after numbers and templates."""
    calls = stack.tell("GET", "/calls")["calls"]
    return len([c for c in calls if c["method"] == "GET" and not c["path"].endswith("/me")])


def set_usage(stack: Stack, percent: int) -> None:
    """How much of each account's quota Meta says is used up."""
    for number in world.NUMBERS:
        stack.tell("PUT", "/usage", {"app": world.APP, "waba": number.account, "percent": percent})


def pass_minutes(stack: Stack, count: int) -> int:
    """How many reading calls so many minutes bring."""
    before = reading_calls(stack)
    for _ in range(count):
        advance(stack, 60)
    return reading_calls(stack) - before


@pytest.mark.promise("PLT-06")
def test_when_meta_s_quota_runs_low_reading_stops_and_messages_go_on(working: Stack):
    until(lambda: all(c["read_at"] for c in working.ask("GET", "/channels").json()["data"]))
    set_usage(working, 50)
    plenty = pass_minutes(working, 5)
    assert plenty >= len(world.NUMBERS), "each number is looked at every 45 seconds"

    set_usage(working, 95)
    until(lambda: pass_minutes(working, 1) == 0)  # after the answers that tell of it
    assert pass_minutes(working, 5) == 0
    for n in range(20):
        person = f"1212555{5000 + n}"
        working.tell("POST", "/people", {"phone": person, "name": "Guest"})
        working.write(person, SCHOOL, "menu")
    until(lambda: counters(working)["sends"] == 20)
    assert (LIMITS | {"4", "80007"}).isdisjoint(counters(working)["errors_by_code"])

    set_usage(working, 50)
    advance(working, 3700)  # what was said an hour ago counts no more
    until(lambda: pass_minutes(working, 1) > 0)
