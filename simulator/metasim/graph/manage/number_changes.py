"""`POST /{number}`: PIN, display name, callback, visibility; and the display name's review.

Source: WhatsApp Cloud API reference, 8.2 "Phone numbers", 4.1, 4.8 (`security`,
`phone_number_name_update`).
"""

from metasim.graph.access import MANAGEMENT, MESSAGING, need_one, number_for
from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid, missing
from metasim.graph.manage import overrides
from metasim.graph.manage.registration import pin_of
from metasim.graph.request import Request
from metasim.shapes import Json, as_object
from metasim.sim import Sim
from metasim.webhooks.account import tell_of_number
from metasim.world import Number, Token

KNOWN = {
    "messaging_product", "pin", "new_display_name", "webhook_configuration", "search_visibility",
}  # fmt: skip
REVIEW_SECONDS = 60.0
"""Of the clock; Meta takes longer."""
LONGEST_NAME = 75
"""Characters; observed."""


async def change(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """All that is given is changed; nothing when a GraphError is raised."""
    number = number_for(sim, token, "POST", node)
    need_one(token, MANAGEMENT, MESSAGING)
    body = request.parameters()
    strict(body, KNOWN, "root")
    if not set(body) - {"messaging_product"}:
        raise missing("pin")
    url = await _override(body)
    desk = sim.desk.number(number.id)
    if "pin" in body:
        desk.pin = pin_of(body)
        tell_of_number(sim, number, "security", {"event": "PIN_CHANGED"})
    if "new_display_name" in body:
        _ask_for_name(sim, number, body["new_display_name"])
    if "search_visibility" in body:
        desk.search_visibility = _visibility(body["search_visibility"])
    if url is not None:
        desk.overrides[token.app_id] = url
    return {"success": True}


def decide_name(sim: Sim, number_id: str, name: str, decision: str = "APPROVED") -> None:
    """The display name was reviewed: a number that is not registered yet waits for `register`."""
    number, desk = sim.world.numbers.get(number_id), sim.desk.number(number_id)
    if number is None or desk.new_name != name:
        return
    desk.new_name = None
    desk.new_name_status = decision if decision == "APPROVED" else "DECLINED"
    if decision == "APPROVED":
        number.verified_name, desk.name_status = name, "APPROVED"
    tell_name(sim, number, name, decision)


def tell_name(sim: Sim, number: Number, name: str, decision: str) -> None:
    """Source: 4.8."""
    reason = None if decision == "APPROVED" else "NAME_NOT_COMPLIANT"
    value: Json = {
        "decision": decision,
        "requested_verified_name": name,
        "rejection_reason": reason,
    }
    tell_of_number(sim, number, "phone_number_name_update", value)


def _ask_for_name(sim: Sim, number: Number, name: object) -> None:
    if not isinstance(name, str) or not 3 <= len(name.strip()) <= LONGEST_NAME:
        raise GraphError(
            100, message=f"(#100) new_display_name must have 3 to {LONGEST_NAME} characters."
        )
    desk = sim.desk.number(number.id)
    desk.new_name, desk.new_name_status = name, "PENDING_REVIEW"
    sim.clock.schedule(sim.clock.now() + REVIEW_SECONDS, "name_review", number.id, name)


async def _override(body: Json) -> str | None:
    """The new callback, empty to clear it; None when nothing is asked."""
    if "webhook_configuration" not in body:
        return None
    given = as_object(body["webhook_configuration"])
    if given is None:
        raise invalid("Param webhook_configuration must be an object.")
    strict(given, {"override_callback_uri", "verify_token"}, "webhook_configuration")
    if given.get("override_callback_uri") == "":
        return ""
    return await overrides.checked(given)


def _visibility(value: object) -> str:
    if value not in ("VISIBLE", "NON_VISIBLE"):
        raise invalid("Param search_visibility must be one of {VISIBLE, NON_VISIBLE}.")
    return str(value)
