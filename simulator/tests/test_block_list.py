"""People whom a business has blocked."""

from typing import Any


def call(given: Any, method: str, *rows: dict[str, str]) -> Any:
    body = {"messaging_product": "whatsapp", "block_users": list(rows)}
    return given.call(method, f"/{given.number}/block_users", body)


def rosa(given: Any) -> dict[str, str]:
    return {"user": "+" + given.rosa}


def test_who_wrote_within_a_day_can_be_blocked_and_unblocked(given: Any):
    given.writes()

    added = call(given, "POST", rosa(given)).json
    listed = given.call("GET", f"/{given.number}/block_users").json["data"]
    removed = call(given, "DELETE", rosa(given)).json

    row = {"input": "+" + given.rosa, "wa_id": given.rosa}
    assert added["block_users"] == {"added_users": [row]}
    assert listed == [{"messaging_product": "whatsapp", **row}]
    assert removed["block_users"] == {"removed_users": [row]}
    assert given.call("GET", f"/{given.number}/block_users").json["data"] == []


def test_a_mixed_result_is_an_error_with_the_result_beside_it(given: Any):
    given.writes()

    answer = call(given, "POST", rosa(given), {"user": "+15550000000"})

    assert answer.status == 400
    assert answer.json["error"]["code"] == 139100
    assert [each["wa_id"] for each in answer.json["block_users"]["added_users"]] == [given.rosa]
    assert answer.json["block_users"]["failed_users"][0]["errors"][0]["code"] == 131026


def test_who_did_not_write_lately_cannot_be_blocked(given: Any):
    given.writes()
    given.passes(86_401)

    failed = call(given, "POST", rosa(given)).json["block_users"]["failed_users"]

    assert failed[0]["errors"][0]["code"] == 131047


def test_nothing_is_exchanged_with_a_blocked_person(given: Any):
    given.writes()
    call(given, "POST", rosa(given))
    before = len(given.receiver.items("messages"))

    given.writes("are you there?")
    sent = given.sent()
    given.passes(1)

    assert len(given.receiver.items("messages")) == before
    failed = [each for each in given.receiver.items("statuses") if each["id"] == sent]
    assert failed[0]["errors"][0]["code"] == 130403


def test_people_with_hidden_phones_are_blocked_by_their_user_id(given: Any):
    person = given.control("GET", "/people")["people"][0]
    given.writes()

    added = call(given, "POST", {"user_id": person["user_id"]}).json

    row = {"input": person["user_id"], "user_id": person["user_id"]}
    assert added["block_users"]["added_users"] == [row]
    assert call(given, "POST", {"user": "1", "user_id": "2"}).status == 400
    assert call(given, "POST").status == 400
