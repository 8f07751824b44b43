"""A second proof: codes of an app, recovery codes, and who must have one."""

from datetime import timedelta

import pytest
from tests.features.accounts.house import House, code_of


@pytest.mark.promise("SEC-02")
def test_a_code_signs_in_once_and_is_refused_when_it_is_replayed(house: House):
    secret, _ = house.with_app(house.owner())
    browser = house.browser()
    assert browser.sign_in("ada@company.example").json() == {
        "next": "second_factor",
        "factors": ["code", "recovery"],
    }
    assert not browser.is_in
    half = browser.token
    code = house.code(secret)

    assert browser.post("/session/code", code=code).json()["next"] == "done"

    assert browser.is_in
    assert browser.token != half
    thief = house.browser()
    thief.sign_in("ada@company.example")
    replayed = thief.post("/session/code", code=code)
    assert (replayed.status_code, code_of(replayed)) == (403, "second_factor_refused")
    assert not thief.is_in


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_code_of_the_step_before_or_after_is_taken(house: House, steps: int, fits: bool):
    secret, _ = house.with_app(house.owner())
    house.clock.ahead += timedelta(minutes=5)
    browser = house.browser()
    browser.sign_in("ada@company.example")

    assert browser.post("/session/code", code=house.code(secret, steps)).is_success == fits


@pytest.mark.promise("SEC-02")
def test_a_recovery_code_signs_in_once(house: House):
    _, codes = house.with_app(house.owner())
    assert len(set(codes)) == 10
    browser = house.browser()
    browser.sign_in("ada@company.example")

    assert browser.post("/session/recovery-code", code=codes[3].upper()).is_success

    assert browser.get("/account")["recovery_codes_left"] == 9
    browser.sign_in("ada@company.example")
    assert browser.post("/session/recovery-code", code=codes[3]).status_code == 403


def test_new_recovery_codes_void_those_before(house: House):
    owner = house.owner()
    _, codes = house.with_app(owner)
    assert owner.post("/account/recovery-codes").is_success
    browser = house.browser()
    browser.sign_in("ada@company.example")

    assert browser.post("/session/recovery-code", code=codes[0]).status_code == 403


@pytest.mark.promise("SEC-02")
def test_who_must_have_a_second_factor_does_nothing_before_they_have_one(house: House):
    owner = house.owner(second_factor_roles=["owner", "manager"])
    told = owner.get("/me")["user"]
    assert (told["must_add_factor"], told["has_second_factor"]) == (True, False)
    refused = owner.ask("GET", "/members")
    assert (refused.status_code, code_of(refused)) == (403, "second_factor_needed")

    house.with_app(owner)

    assert owner.get("/me")["user"]["must_add_factor"] is False
    assert owner.ask("GET", "/members").status_code == 200
    gone = owner.post("/account/authenticator/removal")
    assert (gone.status_code, code_of(gone)) == (409, "second_factor_required")
    assert owner.get("/account")["authenticator_at"] is not None


def test_owners_and_managers_need_one_until_an_owner_says_otherwise(house: House):
    owner = house.owner()
    house.execute("DELETE FROM sign_in_rules")

    assert owner.get("/me")["user"]["must_add_factor"] is True


def test_guessing_codes_makes_wait(house: House):
    house.with_app(house.owner())
    browser = house.browser()
    browser.sign_in("ada@company.example")
    answers = [browser.post("/session/code", code="000000").status_code for _ in range(6)]

    assert answers == [403] * 5 + [429]


def test_half_a_sign_in_opens_nothing(house: House):
    house.with_app(house.owner())
    browser = house.browser()
    browser.sign_in("ada@company.example")

    for path in ("/me", "/account", "/businesses", "/members"):
        assert browser.ask("GET", path).status_code == 401, path
    house.clock.ahead += timedelta(minutes=16)
    late = browser.post("/session/code", code="123456")
    assert (late.status_code, code_of(late)) == (401, "sign_in_again")
