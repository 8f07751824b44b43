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
DECLARED = ("entity_name", "entity_type", "grievance_officer_details", "customer_care_details")
"""Required. Source: Meta's OpenAPI, BusinessComplianceInfoUpdateRequest."""
OFFICIAL_ACTIONS = ("SUBMIT_APPLICATION", "WITHDRAW_APPLICATION", "RESUBMIT_APPLICATION")
COMPLIANCE = {
    "messaging_product", "entity_name", "entity_type", "is_registered",
    "grievance_officer_details", "customer_care_details", "entity_type_custom",
}  # fmt: skip


def official(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """The state of the request for the blue tick."""
    number = _number(sim, token, "GET", node)
    return _official(sim, number)


def ask_official(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Ask for it or withdraw; one request at a time. `action` and its names: Meta's OpenAPI."""
    number = _number(sim, token, "POST", node)
    body = request.parameters()
    action = body.get("action", "SUBMIT_APPLICATION")
    if action not in OFFICIAL_ACTIONS:
        raise invalid(f"Param action must be one of {{{', '.join(OFFICIAL_ACTIONS)}}}.")
    desk = sim.desk.number(number.id)
    is_pending = desk.official == "PENDING"
    if is_pending != (action == "WITHDRAW_APPLICATION"):
        raise refused(f"The request is {desk.official}: {action} is not possible.")
    if "action" not in body:
        for name in ("business_website_url", "primary_country_of_operation"):
            if not body.get(name):
                raise missing(name)
    desk.official = "CANCELLED" if is_pending else "PENDING"
    now = _official(sim, number)
    return {"success": True, "message": now["status_message"], "updated_status": now}


def _official(sim: Sim, number: Number) -> Json:
    state = sim.desk.number(number.id).official
    text = f"The request for an official business account is {state.lower().replace('_', ' ')}."
    return {"oba_status": state, "status_message": text, "id": number.id}


def compliance(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """What was declared; an empty list when nothing was."""
    number = _number(sim, token, "GET", node)
    declared = sim.desk.number(number.id).compliance
    if declared is None:
        return {"data": []}
    about = {"messaging_product": "whatsapp", "whatsapp_business_account_id": number.waba_id}
    return {"data": [{**declared, **about}]}


def declare(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Declare the business; only numbers of India need it."""
    number = _number(sim, token, "POST", node)
    body = request.parameters()
    strict(body, COMPLIANCE, "root")
    if body.get("messaging_product") != "whatsapp":
        raise missing("messaging_product")
    for name in DECLARED:
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
