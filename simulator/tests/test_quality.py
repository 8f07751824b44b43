"""Quality falls when people block the business, and is good again when that is a week ago."""

from typing import Any

import pytest


@pytest.fixture
def written_to(given: Any) -> list[str]:
    """Twenty people who got a template."""
    phones = [str(15550000000 + n) for n in range(20)]
    given.put(people=[{"phone": phone, "name": "P"} for phone in phones])
    for phone in phones:
        assert given.template("Ada", "P-5", to="+" + phone).status == 200
    given.passes(2)
    return phones


def block(given: Any, *phones: str) -> None:
    for phone in phones:
        given.control("POST", f"/people/{phone}/block", {"number": given.number})


def rating(given: Any) -> str:
    return given.call("GET", f"/{given.number}?fields=quality_rating").json["quality_rating"]


def test_blocks_lower_the_number_and_pause_the_template(given: Any, written_to: list[str]):
    given.has("apps", id="314", fields=["message_template_quality_update"])

    block(given, written_to[0])
    first = rating(given)
    block(given, written_to[1])
    given.passes(0)

    assert (first, rating(given)) == ("YELLOW", "RED")
    told = [each["new_quality_score"] for each in given.changes("message_template_quality_update")]
    assert told == ["YELLOW", "RED"]
    assert given.call("GET", "/990?fields=status").json["status"] == "PAUSED"


def test_after_a_week_the_blocks_no_longer_count(given: Any, written_to: list[str]):
    block(given, *written_to[:2])
    given.passes(6 * 86_400)
    for phone in written_to[2:]:
        given.control("POST", "/templates/990/approve")
        given.template("Ada", "P-5", to="+" + phone)
    given.passes(86_400 + 10)

    assert rating(given) == "GREEN"


def test_a_few_people_say_nothing_about_quality(given: Any):
    given.template("Rosa", "P-5")
    block(given, given.rosa)

    assert rating(given) == "GREEN"
    assert given.call("GET", "/990?fields=quality_score").json["quality_score"]["score"] == (
        "UNKNOWN"
    )
