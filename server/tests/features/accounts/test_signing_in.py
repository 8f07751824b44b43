"""Coming in by a password, staying, and going out."""

import time
from datetime import timedelta

import httpx2
import pytest
from tests.features.accounts.house import PASSWORD, House, code_of


def test_the_first_person_needs_the_link_that_the_server_printed(house: House):
    body = {"company": "C", "name": "Eve", "email": "eve@c.example", "password": PASSWORD}

    refused = house.browser().post("/first-run", token="guessed", **body)

    assert (refused.status_code, code_of(refused)) == (403, "set_up_link_unknown")
    assert house.owner().get("/me")["user"]["email"] == "ada@company.example"
    again = house.browser().post("/first-run", token=house.set_up_token(), **body)
    assert (again.status_code, code_of(again)) == (409, "set_up_already")


def test_a_weak_password_is_refused_with_what_to_do_better(house: House):
    for weak in ("too short", "password12345", "qwertyuiop12", "eve@c.example1"):
        refused = house.browser().post(
            "/first-run",
            token=house.set_up_token(),
            company="C",
            name="Eve",
            email="eve@c.example",
            password=weak,
        )
        assert (refused.status_code, code_of(refused)) == (422, "password_weak"), weak
        assert refused.json()["field"] == "password"


def test_the_right_password_opens_and_signing_out_closes(house: House):
    house.owner()
    browser = house.browser()
    assert not browser.is_in

    assert browser.sign_in("Ada@Company.example ").json()["next"] == "done"

    assert browser.is_in
    kept = browser.token
    assert browser.ask("DELETE", "/session").status_code == 204
    assert not browser.is_in
    thief = house.browser()
    thief.http.cookies.set(cookie_name(house), kept, domain="localhost.local")
    assert not thief.is_in


def test_every_sign_in_gets_a_token_of_its_own_and_ends_the_one_before(house: House):
    browser = house.owner()
    before = browser.token

    browser.sign_in("ada@company.example")

    assert browser.token != before
    assert len(house.rows("SELECT FROM sessions WHERE ended_at IS NULL")) == 1


def test_the_cookie_is_for_no_script_and_no_other_site(house: House):
    answer = house.owner().sign_in("ada@company.example")

    cookie = answer.headers["Set-Cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie


def test_an_unknown_address_is_refused_in_the_same_words_and_time(house: House):
    house.owner()
    browser = house.browser()

    spent: dict[str, float] = {}
    words: set[str] = set()
    for email in ("ada@company.example", "nobody@company.example"):
        began = time.monotonic()
        answer = browser.sign_in(email, "not the password")
        spent[email] = time.monotonic() - began
        words.add(answer.text)

    assert len(words) == 1
    quick, slow = sorted(spent.values())
    assert quick > slow / 4, spent


def test_guessing_makes_an_account_wait_in_every_process(house: House):
    house.owner()
    for _ in range(5):
        assert house.browser().sign_in("ada@company.example", "wrong").status_code == 401

    with house.another_server() as elsewhere:
        waiting = house.browser(origin=elsewhere).sign_in("ada@company.example")

    assert (waiting.status_code, code_of(waiting)) == (429, "too_many_attempts")
    assert 1 <= int(waiting.headers["Retry-After"]) <= 6
    assert house.rows("SELECT FROM security_events WHERE kind = 'sign_in_account'")
    house.clock.ahead += timedelta(seconds=10)
    assert house.browser().sign_in("ada@company.example").status_code == 200


def test_who_guesses_elsewhere_does_not_keep_out_the_browsers_that_the_owner_came_in_by(
    house: House,
):
    known = house.owner()
    known.ask("DELETE", "/session")
    for _ in range(6):
        house.browser().sign_in("ada@company.example", "wrong")
    assert house.browser().sign_in("ada@company.example").status_code == 429

    assert known.sign_in("ada@company.example").status_code == 200

    known.ask("DELETE", "/session")
    for _ in range(5):
        assert known.sign_in("ada@company.example", "wrong").status_code == 401
    assert known.sign_in("ada@company.example").status_code == 429, "guessed at, it waits as well"


def test_a_browser_that_another_came_in_by_is_no_friend_of_the_account(house: House):
    owner = house.owner()
    agent = house.colleague(owner, "agent")
    for _ in range(5):
        agent.sign_in("ada@company.example", "wrong")

    assert agent.sign_in("ada@company.example").status_code == 429
    assert house.browser().sign_in("ada@company.example").status_code == 429


def test_the_wait_grows_with_every_further_guess(house: House):
    house.owner()
    waits: list[int] = []
    for _ in range(8):
        answer = house.browser().sign_in("ada@company.example", "wrong")
        if answer.status_code == 429:
            waits.append(int(answer.headers["Retry-After"]))
            house.clock.ahead += timedelta(seconds=waits[-1])
            house.browser().sign_in("ada@company.example", "wrong")

    assert len(waits) >= 2
    assert waits == sorted(waits)
    assert waits[-1] > waits[0]


def test_a_page_of_another_site_cannot_use_the_cookie(house: House):
    browser = house.owner()

    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
    ):
        refused = browser.ask("PATCH", "/me", {"name": "Evil"}, **headers)
        assert (refused.status_code, code_of(refused)) == (403, "origin_refused"), headers

    assert browser.get("/me")["name"] == "Ada Owner"


@pytest.mark.promise("SEC-14")
def test_nobody_signs_in_over_plain_http_from_elsewhere(house: House):
    house.owner()
    port = house.origin.rsplit(":", 1)[1]
    answer = httpx2.post(
        f"http://127.0.0.1:{port}/api/v1/session",
        json={"email": "ada@company.example", "password": PASSWORD},
        headers={"Host": "inbox.company.example", "Sec-Fetch-Site": "same-origin"},
    )

    assert (answer.status_code, code_of(answer)) == (403, "https_needed")


def test_a_session_ends_when_it_was_idle_for_too_long(house: House):
    browser = house.owner()
    house.clock.ahead += timedelta(hours=71)
    assert browser.is_in
    house.clock.ahead += timedelta(hours=73)

    assert not browser.is_in


def test_a_session_ends_after_its_life_however_busy_it_was(house: House):
    browser = house.owner()
    for _ in range(11):
        assert browser.is_in
        house.clock.ahead += timedelta(hours=66)

    assert not browser.is_in


def test_a_revoked_session_is_refused_by_every_process_at_once(house: House):
    here = house.owner()
    there = house.browser("Safari on a phone")
    with house.another_server() as elsewhere:
        there.sign_in("ada@company.example")
        listed = here.get("/account")["sessions"]
        [other] = [each for each in listed if not each["is_this"]]
        assert other["device"] == "Safari on a phone"

        assert here.ask("DELETE", f"/account/sessions/{other['id']}").status_code == 204

        cookie = {"Cookie": f"serai-{elsewhere.rsplit(':', 1)[1]}={there.token}"}
        assert house.browser(origin=elsewhere).ask("GET", "/me", **cookie).status_code == 401
    assert not there.is_in
    assert here.is_in


def test_a_new_password_signs_out_all_other_browsers(house: House):
    here, there = house.owner(), house.browser()
    there.sign_in("ada@company.example")

    changed = here.post("/account/password", new="four green kettles", current=None)

    assert changed.status_code == 204
    assert here.is_in
    assert not there.is_in
    assert there.sign_in("ada@company.example").status_code == 401
    assert there.sign_in("ada@company.example", "four green kettles").status_code == 200


def test_some_time_after_signing_in_the_password_is_asked_for_again(house: House):
    browser = house.owner()
    house.clock.ahead += timedelta(minutes=16)

    for given, code in ((None, "password_needed"), ("wrong", "password_wrong")):
        refused = browser.post("/account/password", new="four green kettles", current=given)
        assert (refused.status_code, code_of(refused)) == (403, code)
    assert browser.post("/account/password", new="four green kettles", current=PASSWORD).is_success


def test_signing_in_and_failing_to_leave_entries_in_the_audit_log(house: House):
    browser = house.owner()
    browser.sign_in("ada@company.example", "wrong")
    browser.sign_in("ada@company.example")

    actions = [row["action"] for row in house.rows("SELECT action FROM audit_entries ORDER BY id")]

    assert [each for each in actions if each.startswith(("session", "owner"))] == [
        "owner.made",
        "session.refused",
        "session.began",
    ]


def test_no_address_password_or_token_is_in_the_database_in_clear(house: House):
    browser = house.owner()
    tables = house.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'serai'")
    dump = "".join(str(house.rows(f"SELECT * FROM {row['tablename']}")) for row in tables)

    for secret in ("ada@company.example", PASSWORD, browser.token):
        assert secret not in dump


def cookie_name(house: House) -> str:
    return f"serai-{house.origin.rsplit(':', 1)[1]}"


def test_a_link_that_is_followed_in_a_second_tab_leaves_the_first_one_in(db_url: str):
    house = House(db_url, demo=True)
    with house.another_server() as origin:
        house.origin = origin
        house.owner()
        house.execute(
            "INSERT INTO one_time_tokens (digest, purpose, user_id, expires_at)"
            " SELECT sha256('link'), 'demo', id, now() + interval '1 day' FROM users"
        )
        browser = house.browser()
        assert browser.post("/session/link", token="link").status_code == 200
        first = browser.token

        assert browser.post("/session/link", token="link").status_code == 200

        assert browser.token == first
        assert browser.is_in
        house.close()
