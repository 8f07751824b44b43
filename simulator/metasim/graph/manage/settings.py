"""`/{number}/settings`: calling, identity check, storage, encryption of payloads.

Source: WhatsApp Cloud API reference, 8.2 (settings), 8.9, 8.13 "Calling", 4.8
(`account_settings_update`).
"""

from typing import Any

from metasim.graph.access import MANAGEMENT, MESSAGING, need_one, number_for
from metasim.graph.draft import strict
from metasim.graph.errors import invalid, missing
from metasim.graph.request import Request
from metasim.shapes import Json, as_list, as_object
from metasim.sim import Sim
from metasim.webhooks.account import tell
from metasim.world import Token

PARTS = {
    "calling": {
        "status", "call_icon_visibility", "callback_permission_status", "call_hours", "sip",
        "call_icons", "audio", "video", "srtp_key_exchange_protocol", "ip_addresses",
    },
    "user_identity_change": {"enable_identity_key_check"},
    "storage_configuration": {
        "status", "retention_minutes", "region", "data_localization_region",
    },
    "payload_encryption": {"status", "client_encryption_key", "cloud_encryption_key"},
}  # fmt: skip
SWITCH = ("ENABLED", "DISABLED")
CHOICES = {
    "status": SWITCH,
    "call_icon_visibility": ("DEFAULT", "DISABLE_ALL"),
    "callback_permission_status": SWITCH,
}
STORAGE = ("NO_STORAGE_ENABLED", "NO_STORAGE_DISABLED", "IN_COUNTRY_STORAGE_ENABLED", "DEFAULT")
DEFAULTS: Json = {
    "calling": {
        "status": "DISABLED",
        "call_icon_visibility": "DEFAULT",
        "callback_permission_status": "DISABLED",
    },
    "user_identity_change": {"enable_identity_key_check": False},
    "storage_configuration": {"status": "DEFAULT"},
    "payload_encryption": {"status": "DISABLED"},
}
MOST_HOURS_A_DAY, MOST_HOLIDAYS = 2, 20


def read(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Every part, or those of `fields`; SIP passwords only when asked for."""
    number = number_for(sim, token, "GET", node)
    need_one(token, MANAGEMENT, MESSAGING)
    own = sim.desk.number(number.id).settings
    parts = {part: {**default, **own.get(part, {})} for part, default in DEFAULTS.items()}
    if request.query.get("include_sip_credentials", "").lower() != "true":
        for server in _servers(parts["calling"]):
            server.pop("sip_user_password", None)
    asked = [each for each in request.query.get("fields", "").split(",") if each]
    unknown = next((each for each in asked if each not in parts), None)
    if unknown is not None:
        raise invalid(f"Tried accessing nonexisting field ({unknown})")
    return {part: parts[part] for part in asked or parts}


def change(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The parts that are given; what is left out of `call_hours` is cleared."""
    number = number_for(sim, token, "POST", node)
    need_one(token, MANAGEMENT, MESSAGING)
    body = request.parameters()
    body.pop("messaging_product", None)
    strict(body, set(PARTS), "root")
    if not body:
        raise missing("calling")
    checked = {part: _checked(part, value) for part, value in body.items()}
    own = sim.desk.number(number.id).settings
    for part, value in checked.items():
        own[part] = {**own.get(part, {}), **value}
    if "calling" in checked:
        told: Json = {
            "messaging_product": "whatsapp",
            "timestamp": str(int(sim.clock.now())),
            "type": "PHONE_NUMBER_SETTINGS",
            "phone_number_settings": {"phone_number_id": number.id, "calling": own["calling"]},
        }
        tell(sim, number.waba_id, "account_settings_update", told)
    return {"success": True}


def _checked(part: str, value: object) -> Json:
    given = as_object(value)
    if given is None:
        raise invalid(f"Param {part} must be an object.")
    strict(given, PARTS[part], part)
    if part == "calling":
        _check_calling(given)
    elif part == "user_identity_change":
        if not isinstance(given.get("enable_identity_key_check"), bool):
            raise invalid(f"Param {part}['enable_identity_key_check'] must be a boolean.")
    else:
        _check_choice(part, given, STORAGE if part == "storage_configuration" else SWITCH)
    return given


def _check_choice(part: str, given: Json, choices: tuple[str, ...]) -> None:
    if given.get("status") not in choices:
        raise invalid(f"Param {part}['status'] must be one of {{{', '.join(choices)}}}.")


def _check_calling(given: Json) -> None:
    for name, choices in CHOICES.items():
        if name in given and given[name] not in choices:
            raise invalid(f"Param calling['{name}'] must be one of {{{', '.join(choices)}}}.")
    hours = as_object(given.get("call_hours"))
    if hours is None:
        return
    weekly = [as_object(row) or {} for row in as_list(hours.get("weekly_operating_hours")) or []]
    days = [row.get("day_of_week") for row in weekly]
    if any(days.count(day) > MOST_HOURS_A_DAY for day in days):
        raise invalid(f"call_hours has at most {MOST_HOURS_A_DAY} entries for one day.")
    if len(as_list(hours.get("holiday_schedule")) or []) > MOST_HOLIDAYS:
        raise invalid(f"call_hours has at most {MOST_HOLIDAYS} holidays.")


def _servers(calling: Json) -> list[dict[str, Any]]:
    """Copies, so that what is kept stays whole."""
    sip = as_object(calling.get("sip"))
    if sip is None:
        return []
    servers = [dict(as_object(row) or {}) for row in as_list(sip.get("servers")) or []]
    calling["sip"] = {**sip, "servers": servers}
    return servers
