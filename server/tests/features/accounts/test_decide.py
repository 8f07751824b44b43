"""Passwords, waits, codes and roles, without a server."""

from datetime import timedelta

import pytest
from serai.core.permissions import ROLES, Role
from serai.features.accounts.decide import codes, members, passwords
from serai.features.accounts.decide.grants import Membership, company_grants, grants, strongest
from serai.features.accounts.decide.waits import LONGEST_WAIT, Guessed, wait
from tests.given import business

ID = business().id


@pytest.mark.parametrize(
    "weak",
    [
        "eleven char",
        "password1234",
        "P@ssw0rd!!!!",
        "abababababab",
        "123456789012",
        "qwertyuiopas",
        "letmeinletmein",
        "adalovelace1",
        "ada.lovelace@x.example",
        "x" * 201,
    ],
)
def test_what_is_guessed_first_will_not_do(weak: str):
    assert passwords.problem(weak, ["Ada Lovelace", "ada.lovelace@x.example"]) is not None


@pytest.mark.parametrize(
    "good", ["three brown teapots", "rT7mqPz0vKdw", "قهوة الصباح مع الهيل", "correct-mule-nine"]
)
def test_length_is_all_that_is_asked_of_the_rest(good: str):
    assert passwords.problem(good, ["Ada Lovelace", "ada@x.example"]) is None


def test_waits_begin_after_some_guesses_and_double_up_to_a_limit():
    waits = [wait(count, Guessed.ACCOUNT).total_seconds() for count in (1, 4, 5, 6, 7, 50)]

    assert waits == [0, 0, 5, 10, 20, LONGEST_WAIT.total_seconds()]
    assert wait(29, Guessed.ADDRESS) == timedelta()


def test_recovery_codes_are_read_however_they_are_typed():
    made = codes.recovery_codes(lambda letters: letters[3])

    assert made == ["55555-55555"] * 10
    assert codes.recovery_form(" 5555 5-5555 5") == codes.recovery_form(made[0])


def test_a_role_of_the_company_counts_at_every_business_and_one_of_a_business_there_alone():
    wide, own = Membership(None, Role.ANALYST), Membership(ID, Role.AGENT)

    assert grants([wide], [ID]) == {ID: ROLES[Role.ANALYST]}
    assert grants([own], [ID])[ID] == ROLES[Role.AGENT]
    assert grants([own], []) == {}
    assert company_grants([own]) == frozenset()
    assert grants([wide, own], [ID])[ID] == ROLES[Role.ANALYST] | ROLES[Role.AGENT]
    assert strongest([Role.ANALYST, Role.AGENT]) is Role.AGENT


@pytest.mark.parametrize("giver", list(Role))
@pytest.mark.parametrize("given", list(Role))
def test_nobody_gives_more_than_they_have(giver: Role, given: Role):
    own = ROLES[giver]
    may = members.may_give(own, {ID: own}, Membership(None, given))

    assert may == (giver is Role.OWNER or (giver is Role.MANAGER and given is not Role.OWNER))
    assert not members.may_give(frozenset(), {}, Membership(ID, given))
