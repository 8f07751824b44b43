"""Numbers as their owners meet them: read from Meta, set up, watched, disconnected and connected again."""

from typing import Any

import pytest
from serai.app.demo import world
from tests.stories.conftest import AMAL, CAFE, SCHOOL, SHOP, Stack, until

BY_NUMBER = {number.id: number for number in world.NUMBERS}


def channel(stack: Stack, number: str) -> dict[str, Any]:
    found = stack.ask("GET", "/channels").json()["data"]
    return next(each for each in found if each["phone_number_id"] == number)


def page(stack: Stack, number: str) -> dict[str, Any]:
    return stack.ask("GET", f"/channels/{channel(stack, number)['id']}").json()


def of(stack: Stack, number: str, path: str) -> str:
    return f"/channels/{channel(stack, number)['id']}{path}"


def read(stack: Stack) -> None:
    """Until every number was read from Meta."""
    until(lambda: all(each["read_at"] for each in stack.ask("GET", "/channels").json()["data"]))


def test_what_meta_knows_of_a_number_shows_on_its_card_and_page(working: Stack):
    read(working)

    card, whole = channel(working, CAFE), page(working, CAFE)

    assert (card["status"], card["quality"], card["meta_status"]) == (
        "connected",
        "GREEN",
        "CONNECTED",
    )
    assert card["verified_name"] == "Hawana Cafe"
    assert card["messaging_limit"] == 0, "no limit"
    assert card["last_error"] is None
    assert whole["account_review"] == "APPROVED"
    assert whole["health"]["can_send_message"] == "AVAILABLE"
    assert "whatsapp_business_messaging" in whole["token"]["scopes"]
    assert BY_NUMBER[CAFE].token not in str(whole), "the token is never shown"
