"""What tales about numbers look at and do."""

from typing import Any

from serai.app.demo import world
from tests.stories.conftest import Stack, until

BY_NUMBER = {number.id: number for number in world.NUMBERS}


def channel(stack: Stack, number: str) -> dict[str, Any]:
    found = stack.ask("GET", "/channels").json()["data"]
    return next(each for each in found if each["external_ids"]["phone_number_id"] == number)


def page(stack: Stack, number: str) -> dict[str, Any]:
    return stack.ask("GET", f"/channels/{channel(stack, number)['id']}").json()


def of(stack: Stack, number: str, path: str) -> str:
    return f"/channels/{channel(stack, number)['id']}{path}"


def read(stack: Stack) -> None:
    """Until every number was read from Meta."""
    until(lambda: all(each["read_at"] for each in stack.ask("GET", "/channels").json()["data"]))


def token_of(stack: Stack, number: str, **more: Any) -> str:
    """A new token at Meta for the account of a number."""
    wish = {
        "app_id": world.APP,
        "waba_ids": [BY_NUMBER[number].account],
        "scopes": ["whatsapp_business_messaging", "whatsapp_business_management"],
        **more,
    }
    return stack.tell("POST", "/tokens", wish)["token"]


def reconnect(stack: Stack, number: str, token: str) -> None:
    answer = stack.ask("POST", of(stack, number, "/resume"), {"token": token})
    assert answer.status_code == 200, answer.text


def advance(stack: Stack, seconds: float) -> None:
    stack.tell("POST", "/clock", {"advance_seconds": seconds})


def codes(stack: Stack, number: str) -> set[str]:
    """Of the notices that hold."""
    return {each["code"] for each in page(stack, number)["notices"]}


def offer(stack: Stack, number: str, to: str, key: str) -> dict[str, Any]:
    """A marketing template to someone, through the API."""
    body = {
        "channel_id": channel(stack, number)["id"],
        "to": {"phone": f"+{to}"},
        "content": {
            "type": "template",
            "name": "cafe_special_offer",
            "language": "en_US",
            "values": {"body": ["cake"]},
        },
        "purpose": "marketing",
    }
    return stack.ask("POST", "/messages", body, **{"Idempotency-Key": key}).json()
