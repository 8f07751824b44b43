"""The control API: bad input is a clear 4xx, good input is kept."""

from typing import Any

import pytest

WRONG: list[tuple[str, str, Any, int]] = [
    ("GET", "/nothing", None, 404),
    ("DELETE", "/world", None, 405),
    ("PUT", "/world", {"planets": []}, 400),
    ("PUT", "/world", {"people": "many"}, 400),
    ("PUT", "/world", {"people": [{"phone": "12"}]}, 400),
    ("PUT", "/world", {"people": [{"phone": "15551230987", "colour": "red"}]}, 400),
    ("PUT", "/world", {"numbers": [{"id": "1", "waba_id": "?", "display_phone_number": "1"}]}, 400),
    ("PUT", "/world", {"tokens": [{"token": "t", "app_id": "314", "expires_at": "soon"}]}, 400),
    ("POST", "/faults", {"kind": "earthquake"}, 400),
    ("POST", "/faults", {"kind": "drop", "times": 0}, 400),
    ("POST", "/faults", {"kind": "error", "http": 99}, 400),
    ("PUT", "/world", {"settings": {"webhook_concurrency": 0}}, 400),
    ("DELETE", "/faults/fault-99", None, 404),
    ("POST", "/people", {"name": "No phone"}, 400),
    ("PATCH", "/people/1999", {"name": "Nobody"}, 404),
    ("POST", "/people/15551230987/messages", {"number": "1"}, 404),
    ("POST", "/people/15551230987/messages", {"number": "770012340000022"}, 400),
    ("POST", "/people/15551230987/read", {}, 404),
    ("GET", "/people/15551230987/chats/1", None, 404),
    ("POST", "/apps/999/subscribe", None, 404),
    ("POST", "/webhooks", {"app_id": "314"}, 400),
    ("POST", "/webhooks", {"app_id": "314", "raw": "?"}, 400),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), WRONG)
def test_what_cannot_be_done_says_why(given: Any, method: str, path: str, body: Any, status: int):
    answer = given.meta.call(method, "/_sim" + path, body)

    assert answer.status == status
    assert len(answer.json["error"]["message"]) > 10


def test_a_body_that_is_no_json_is_400(given: Any):
    assert given.meta.call("PUT", "/_sim/world", b"{").status == 400


def test_the_world_is_merged_by_id_all_or_nothing(given: Any):
    given.has("numbers", id=given.number, verified_name="Renamed")
    given.meta.call("PUT", "/_sim/world", {"apps": [{"id": "999"}], "people": [{"phone": "1"}]})

    world = given.control("GET", "/world")

    assert world["numbers"][0]["verified_name"] == "Renamed"
    assert world["numbers"][0]["display_phone_number"] == "+1 555-765-0001"
    assert [app["id"] for app in world["apps"]] == ["314"]


def test_people_are_known_by_phone_and_by_user_id(given: Any):
    person = given.control("POST", "/people", {"phone": "+44 20 7946 0000", "name": "Ada"})
    assert person["user_id"].startswith("GB.")

    given.control("PATCH", f"/people/{person['user_id']}", {"reads": "never"})

    people = given.control("GET", "/people")["people"]
    assert [(each["name"], each["reads"]) for each in people][1] == ("Ada", "never")


def test_the_phone_lists_its_chats_latest_first(given: Any):
    given.put(
        numbers=[
            {"id": "78", "waba_id": "880", "display_phone_number": "+1 2", "verified_name": "Cafe"}
        ]
    )
    given.writes("hello")

    chats = given.control("GET", f"/people/{given.rosa}/chats")["chats"]

    assert [(chat["verified_name"], chat["last_message"] is None) for chat in chats] == [
        ("Acme Parcels", False),
        ("Cafe", True),
    ]


def test_calls_are_written_into_the_journal(given: Any):
    given.post(to="call me")

    call = given.control("GET", "/calls")["calls"][-1]

    assert (call["method"], call["status"], call["code"]) == ("POST", 400, 131009)
    assert call["path"] == f"/v25.0/{given.number}/messages"


def test_sends_can_be_asked_by_number_and_person(given: Any):
    given.sent()
    assert len(given.control("GET", f"/sends?to=%2B{given.rosa}")["sends"]) == 1
    assert given.control("GET", "/sends?number=1")["sends"] == []
