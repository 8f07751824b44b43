"""The API as its users meet it."""

from typing import Any

from tests.stories.conftest import AMAL, SCHOOL, Stack, come_in, until


def test_problems_name_what_is_wrong_and_where(stack: Stack):
    cases: tuple[tuple[str, str, Any, int, str, str | None], ...] = (
        ("GET", "/conversations/not-an-id", None, 422, "request_invalid", "conversation_id"),
        (
            "GET",
            "/conversations/00000000-0000-0000-0000-000000000000",
            None,
            404,
            "conversation_not_found",
            None,
        ),
        ("GET", "/conversations?cursor=nonsense", None, 400, "cursor_invalid", "cursor"),
        ("GET", "/conversations?limit=1000", None, 422, "request_invalid", "limit"),
        ("POST", "/contacts", {}, 400, "idempotency_key_missing", None),
        ("GET", "/nothing", None, 404, "not_found", None),
    )
    for method, path, body, status, code, field in cases:
        answer = stack.ask(method, path, body)
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code, problem["status"], problem["code"], problem.get("field")) == (
            status, status, code, field,
        )  # fmt: skip
        assert problem["detail"]


def test_without_a_key_nothing_is_told(stack: Stack):
    key, stack.key = stack.key, "serai_wrong"
    assert stack.ask("GET", "/me").status_code == 401
    stack.key = key
    assert stack.ask("GET", "/me").json()["organization"]["name"] == "Serai Demo Company"


def test_a_create_happens_once_per_idempotency_key(stack: Stack):
    [school, *_] = stack.ask("GET", "/businesses").json()["data"]
    body = {"business_id": school["id"], "phone": "+1 212 555 0199", "name": "Dana"}

    first = stack.ask("POST", "/contacts", body, **{"Idempotency-Key": "one"})
    again = stack.ask("POST", "/contacts", body, **{"Idempotency-Key": "one"})
    other = stack.ask("POST", "/contacts", body | {"name": "Eve"}, **{"Idempotency-Key": "one"})
    twice = stack.ask("POST", "/contacts", body, **{"Idempotency-Key": "two"})

    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert other.json()["code"] == "idempotency_key_reused"
    assert twice.json()["code"] == "contact_exists"
    assert len(stack.ask("GET", "/contacts").json()["data"]) == 1


def test_a_list_is_read_page_by_page_without_gaps_or_repeats(stack: Stack):
    [school, *_] = stack.ask("GET", "/businesses").json()["data"]
    for n in range(7):
        body = {"business_id": school["id"], "phone": f"+1 212 555 01{n:02d}"}
        stack.ask("POST", "/contacts", body, **{"Idempotency-Key": f"c{n}"})
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = stack.ask("GET", f"/contacts?limit=3{cursor and '&cursor='}{cursor}").json()
        seen += [contact["id"] for contact in page["data"]]
        cursor = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 7


def test_hours_are_set_and_read_and_an_overlap_is_refused_with_its_field(stack: Stack):
    [school, *_] = stack.ask("GET", "/businesses").json()["data"]
    path = f"/businesses/{school['id']}/hours"
    hours = {
        "weekly": [
            {"weekday": 0, "opens": "08:00", "closes": "12:00"},
            {"weekday": 0, "opens": "13:00", "closes": "24:00"},
        ],
        "exceptions": [{"on": "2026-12-25", "name": "Christmas", "opens": None, "closes": None}],
    }  # fmt: skip
    assert stack.ask("PUT", path, hours).status_code == 200
    assert stack.ask("GET", path).json() == hours

    hours["weekly"][1]["opens"] = "11:00"
    refused = stack.ask("PUT", path, hours)
    assert (refused.status_code, refused.json()["field"]) == (422, "weekly[1].opens")


def test_a_template_with_missing_or_surplus_values_is_refused(stack: Stack):
    [channel] = [
        c
        for c in stack.ask("GET", "/channels").json()["data"]
        if c["external_ids"]["phone_number_id"] == SCHOOL
    ]
    for values, code in (([], "template_values_missing"), (["a"] * 4, "template_values_surplus")):
        content = {
            "type": "template",
            "name": "education_order_confirmation",
            "language": "en_US",
            "parameters": values,
        }
        body = {"channel_id": channel["id"], "to": {"phone": f"+{AMAL}"}, "content": content}
        answer = stack.ask("POST", "/messages", body, **{"Idempotency-Key": code})
        assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_key_that_may_only_read_changes_nothing(working: Stack):
    working.write(AMAL, SCHOOL, "menu")
    [talk] = until(lambda: working.ask("GET", "/conversations").json()["data"])
    working.execute("UPDATE api_keys SET scopes = '{read}'")
    for path in (f"/conversations/{talk['id']}/resolve", f"/conversations/{talk['id']}/messages"):
        body = {"content": {"type": "text", "body": "x"}}
        assert working.ask("POST", path, body, **{"Idempotency-Key": "k"}).status_code == 403


def test_doctor_says_what_is_well_and_names_what_is_not(working: Stack):
    fresh = working.run("doctor")
    assert fresh.returncode == 1
    assert "BAD  people: nobody has an account" in fresh.stdout
    come_in(working, fresh.stdout)

    assert "connected and active" in working.command("doctor")
    working.tell("PUT", "/world", {"numbers": [{"id": SCHOOL, "status": "BANNED"}]})
    done = working.run("doctor")
    assert done.returncode == 1
    assert "BAD  School Catering Services: is BANNED at Meta" in done.stdout
