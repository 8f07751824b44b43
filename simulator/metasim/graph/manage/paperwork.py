"""Official business account, compliance data, coexistence sync, thread control.

Source: WhatsApp Cloud API reference, 8.2 "Phone numbers" (calls), 4.9 "Conversation routing",
5.6 (2593107, 2593108).
"""

import secrets

from metasim.graph.access import MANAGEMENT, MESSAGING, need_one, number_for
from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid, missing, refused
from metasim.graph.request import Request
from metasim.shapes import Json, as_object
from metasim.sim import Sim
from metasim.webhooks.account import tell
from metasim.world import Number, Person, Token

SYNCS = ("smb_app_state_sync", "history")
SYNC_WITHIN = 86_400.0
"""Seconds after onboarding. Source: 8.2."""
USED, TOO_LATE, NOT_PERMITTED = 2593107, 2593108, 2494191
ACTIONS = ("pass", "release", "take")
LONGEST_NOTE = 2_000
COMPLIANCE = {
    "messaging_product", "entity_name", "entity_type", "is_registered",
    "grievance_officer_details", "customer_care_details", "entity_type_custom",
}  # fmt: skip


def official(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """The state of the request for the blue tick."""
    number = _number(sim, token, "GET", node)
    return {"oba_status": sim.desk.number(number.id).official, "id": number.id}


def ask_official(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Ask for it; one request at a time."""
    number = _number(sim, token, "POST", node)
    body = request.parameters()
    desk = sim.desk.number(number.id)
    if desk.official == "PENDING":
        raise refused("There is a request under review already.")
    for name in ("business_website_url", "primary_country_of_operation"):
        if not body.get(name):
            raise missing(name)
    desk.official = "PENDING"
    return {"success": True}


def compliance(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """What was declared; an empty list when nothing was."""
    number = _number(sim, token, "GET", node)
    declared = sim.desk.number(number.id).compliance
    return {"data": [] if declared is None else [{**declared, "messaging_product": "whatsapp"}]}


def declare(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Declare the business; only numbers of India need it."""
    number = _number(sim, token, "POST", node)
    body = request.parameters()
    strict(body, COMPLIANCE, "root")
    if body.get("messaging_product") != "whatsapp":
        raise missing("messaging_product")
    for name in ("entity_name", "entity_type"):
        if not body.get(name):
            raise missing(name)
    sim.desk.number(number.id).compliance = body
    return {"success": True}


def sync(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Ask the phone app for contacts or history: once each, within 24 hours of onboarding."""
    number = _number(sim, token, "POST", node)
    body = request.parameters()
    strict(body, {"messaging_product", "sync_type"}, "root")
    kind = body.get("sync_type")
    if kind not in SYNCS:
        raise invalid(f"Param sync_type must be one of {{{', '.join(SYNCS)}}}.")
    desk = sim.desk.number(number.id)
    if not desk.on_biz_app:
        raise refused("The number is not used with the WhatsApp Business app.")
    if kind in desk.syncs:
        raise GraphError(100, "This sync was requested already.", subcode=USED)
    if sim.clock.now() - desk.onboarded_at > SYNC_WITHIN:
        raise GraphError(100, "More than 24 hours have passed.", subcode=TOO_LATE)
    desk.syncs.append(kind)
    return {"messaging_product": "whatsapp", "request_id": secrets.token_hex(12)}


def control_thread(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Pass, release or take a conversation. `release` sends no webhook. Source: 4.9."""
    number = _number(sim, token, "POST", node)
    body = request.parameters()
    known = {"messaging_product", "to", "recipient", "action", "metadata", "control_pass"}
    strict(body, known, "root")
    person = sim.world.person(str(body.get("recipient") or body.get("to") or ""))
    if person is None:
        raise GraphError(131009, "Parameter value is not valid: unknown recipient.")
    action, note = body.get("action"), body.get("metadata")
    if action not in ACTIONS:
        raise invalid(f"Param action must be one of {{{', '.join(ACTIONS)}}}.")
    if note is not None and (not isinstance(note, str) or len(note) > LONGEST_NOTE):
        raise invalid(f"Param metadata must be at most {LONGEST_NOTE} characters long.")
    target = (as_object(body.get("control_pass")) or {}).get("target_role", "ai_agent")
    _move(sim, number, person, str(action), (str(target), note))
    return {"messaging_product": "whatsapp"}


def _move(
    sim: Sim, number: Number, person: Person, action: str, target: tuple[str, str | None]
) -> None:
    threads = sim.desk.number(number.id).owned_threads
    owner = threads.get(person.user_id, "customer_service")
    if action == "release":
        threads.pop(person.user_id, None)
        return
    role, note = target
    if action == "take":
        if owner == "customer_service":
            raise GraphError(100, "The thread is yours already.", subcode=NOT_PERMITTED)
        threads.pop(person.user_id, None)
        role, kind = "customer_service", "control_taken"
    else:
        threads[person.user_id] = role
        kind = "control_passed"
    told: Json = {"previous_owner_role": owner, "new_owner_role": role}
    if note is not None:
        told["metadata"] = note
    value: Json = {
        "messaging_product": "whatsapp",
        "sender": {"phone_number": person.phone},
        "recipient": {
            "phone_number_id": number.id,
            "display_phone_number": number.digits,
        },
        "type": kind,
        "timestamp": str(int(sim.clock.now())),
        kind: told,
    }
    tell(sim, number.waba_id, "messaging_handovers", value)


def _number(sim: Sim, token: Token, method: str, node: str) -> Number:
    number = number_for(sim, token, method, node)
    need_one(token, MANAGEMENT, MESSAGING)
    return number
