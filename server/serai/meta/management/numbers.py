"""Phone numbers: what Meta knows of them, and how they are verified, registered and set up.

Source: WhatsApp Cloud API, "Business phone numbers", "Register a number", "Two-step verification",
"Conversational components", "Business usernames", "Phone number settings".
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from serai.meta.client import Graph
from serai.meta.management.answers import read_as, rows_of
from serai.meta.management.nodes import Automation, Number, Status, Username
from serai.meta.request import Call

FIELDS = (
    "id,display_phone_number,verified_name,quality_rating,status,code_verification_status,"
    "name_status,new_name_status,platform_type,account_mode,throughput,is_official_business_account,"
    "is_on_biz_app,is_pin_enabled,whatsapp_business_manager_messaging_limit,webhook_configuration"
)
"""Source: WhatsApp Cloud API, phone number node; the limit's field since October 2025."""


class Automated(Struct, frozen=True):
    conversational_automation: Automation = Automation()


async def read(graph: Graph, token: str, number: str) -> Number:
    return read_as(Number, await graph.call(Call(path=number, query={"fields": FIELDS}), token))


async def status(graph: Graph, token: str, number: str) -> Status:
    """The least that tells whether the token works and the number is connected."""
    return read_as(Status, await graph.call(Call(path=number, query={"fields": "status"}), token))


async def numbers_of(graph: Graph, token: str, account: str) -> list[Number]:
    call = Call(path=f"{account}/phone_numbers", query={"fields": FIELDS})
    return await rows_of(graph, token, call, Number)


async def register(
    graph: Graph, token: str, number: str, pin: str, region: str | None = None
) -> None:
    """Take the number into use. The PIN is the one it has, or becomes it.

    Source: register; at most 10 tries in 72 hours (133016); `region` keeps messages there at rest.
    """
    body: dict[str, object] = {"messaging_product": "whatsapp", "pin": pin}
    if region is not None:
        body["data_localization_region"] = region
    await _post(graph, token, f"{number}/register", body)


async def deregister(graph: Graph, token: str, number: str) -> None:
    await _post(graph, token, f"{number}/deregister", {"messaging_product": "whatsapp"})


async def set_pin(graph: Graph, token: str, number: str, pin: str) -> None:
    """Set the two-step PIN; Meta lets nobody take it off by API."""
    await _post(graph, token, number, {"pin": pin})


async def request_code(
    graph: Graph, token: str, number: str, method: Literal["SMS", "VOICE"], language: str
) -> None:
    """Have Meta call or text the number with a code of six digits."""
    body = {"code_method": method, "language": language}
    await _post(graph, token, f"{number}/request_code", body)


async def verify_code(graph: Graph, token: str, number: str, code: str) -> None:
    await _post(graph, token, f"{number}/verify_code", {"code": code})


async def ask_name(graph: Graph, token: str, number: str, name: str) -> None:
    """Ask Meta to show another display name; its answer is a webhook."""
    await _post(graph, token, number, {"new_display_name": name})


async def automation(graph: Graph, token: str, number: str) -> Automation:
    call = Call(path=number, query={"fields": "conversational_automation"})
    return read_as(Automated, await graph.call(call, token)).conversational_automation


async def set_automation(
    graph: Graph,
    token: str,
    number: str,
    prompts: Sequence[str],
    commands: Sequence[Mapping[str, str]],
) -> None:
    body = {"prompts": list(prompts), "commands": list(commands)}
    await _post(graph, token, f"{number}/conversational_automation", body)


async def settings(graph: Graph, token: str, number: str) -> dict[str, Any]:
    """Calling, identity check and storage, as Meta shapes them."""
    return read_as(dict[str, Any], await graph.call(Call(path=f"{number}/settings"), token))


async def check_identity(graph: Graph, token: str, number: str, is_on: bool) -> None:
    """Whether messages may be bound to the person's present identity key (error 137000 if not)."""
    body = {"user_identity_change": {"enable_identity_key_check": is_on}}
    await _post(graph, token, f"{number}/settings", body)


async def username(graph: Graph, token: str, number: str) -> Username:
    return read_as(Username, await graph.call(Call(path=f"{number}/username"), token))


async def set_username(graph: Graph, token: str, number: str, name: str) -> None:
    await _post(graph, token, f"{number}/username", {"username": name})


async def remove_username(graph: Graph, token: str, number: str) -> None:
    await graph.call(Call(method="DELETE", path=f"{number}/username"), token)


async def sync_phone_app(graph: Graph, token: str, number: str) -> None:
    """Have the phone app send its address book, then its history; within 24 hours, once each.

    Source: WhatsApp Cloud API, coexistence, `smb_app_data`.
    """
    for kind in ("smb_app_state_sync", "history"):
        body = {"messaging_product": "whatsapp", "sync_type": kind}
        await _post(graph, token, f"{number}/smb_app_data", body)


async def set_callback(
    graph: Graph, token: str, number: str, url: str, verify_token: str | None
) -> None:
    """Send this number's messages elsewhere than the app's URL; an empty URL takes that back."""
    override = {"override_callback_uri": url}
    if verify_token is not None:
        override["verify_token"] = verify_token
    await _post(graph, token, number, {"webhook_configuration": override})


async def _post(graph: Graph, token: str, path: str, body: Mapping[str, object]) -> None:
    await graph.call(Call(method="POST", path=path, body=body), token)
