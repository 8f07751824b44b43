"""Bring a number to the Cloud API: add, verify by code, register with a PIN, deregister.

Source: WhatsApp Cloud API reference, 8.2 "Phone numbers", 5.6 "Registration", 1.6 (10 in 72 h).
"""

import re
import secrets

from metasim import standing
from metasim.desk import NumberDesk
from metasim.graph.access import MANAGEMENT, MESSAGING, need, need_one, number_for, waba_for
from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid, missing, refused
from metasim.graph.request import Request
from metasim.shapes import Json, digits_of
from metasim.sim import Sim
from metasim.webhooks.account import tell_of_number
from metasim.world import Number, Token

REGIONS = frozenset(
    ["AU", "ID", "IN", "JP", "SG", "KR", "DE", "CH", "GB", "BR", "BH", "ZA", "AE", "CA"]
)
PIN = re.compile(r"\d{6}")
TRIES = 10
WITHIN = 72 * 3600.0
"""Seconds. Source: 1.6."""
GUESSES, GUESSING = 5, 3600.0
"""Wrong PINs in so many seconds; Meta publishes no number."""
NUMBERS = {"verified": 20}
FEW_NUMBERS = 2
"""Of a portfolio that is not verified. Source: 6.2."""


def add(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """`POST /{account}/phone_numbers`: a new number, not yet verified."""
    waba = waba_for(sim, token, "POST", node)
    need(token, MANAGEMENT)
    body = request.parameters()
    known = {"country_code", "cc", "phone_number", "verified_name", "migrate_phone_number"}
    strict(body, known | {"preverified_id", "messaging_product"}, "root")
    code = digits_of(str(body.get("country_code", body.get("cc", ""))))
    digits = digits_of(str(body.get("phone_number", "")))
    if not code:
        raise missing("country_code")
    if not digits:
        raise missing("phone_number")
    if not isinstance(body.get("verified_name"), str) or not body["verified_name"]:
        raise missing("verified_name")
    standing.ensure_may_add_number(sim, waba.id)
    full = digits if digits.startswith(code) and len(digits) > 10 else code + digits
    _ensure_new(sim, waba.portfolio_id, full, bool(body.get("migrate_phone_number")))
    key = sim.desk.next_id(77)
    sim.world.merge(
        {
            "numbers": [
                {
                    "id": key,
                    "waba_id": waba.id,
                    "display_phone_number": f"+{code} {full.removeprefix(code)}",
                    "verified_name": body["verified_name"],
                    "status": "PENDING",
                    "quality_rating": "UNKNOWN",
                }
            ]
        }
    )
    sim.desk.numbers[key] = NumberDesk(
        verified="preverified_id" in body,
        is_preverified="preverified_id" in body,
        name_status="PENDING_REVIEW",
    )
    return {"id": key}


def request_code(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Send a code by SMS or voice; the control API shows it."""
    number = number_for(sim, token, "POST", node)
    need(token, MANAGEMENT)
    body = request.parameters()
    method = str(body.get("code_method", "")).upper()
    if method not in ("SMS", "VOICE"):
        raise invalid("Param code_method must be one of {SMS, VOICE}.")
    if not body.get("language") and not body.get("locale"):
        raise missing("language")
    desk = sim.desk.number(number.id)
    if desk.verified:
        raise _code_trouble("This phone number has already been verified.")
    desk.code = f"{secrets.randbelow(10**6):06d}"
    return {"success": True}


def verify_code(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The code that was sent, six digits without a hyphen."""
    number = number_for(sim, token, "POST", node)
    need(token, MANAGEMENT)
    code = request.parameters().get("code")
    if code is None:
        raise missing("code")
    desk = sim.desk.number(number.id)
    if desk.code is None or str(code) != desk.code:
        raise _code_trouble("The code you entered is incorrect.")
    desk.code, desk.verified = None, True
    return {"success": True}


def register(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Register with the PIN, which is set when there was none."""
    number = number_for(sim, token, "POST", node)
    need_one(token, MESSAGING, MANAGEMENT)
    body = request.parameters()
    strict(body, {"messaging_product", "pin", "data_localization_region", "certificate"}, "root")
    if body.get("messaging_product") != "whatsapp":
        raise missing("messaging_product")
    pin = pin_of(body)
    region = body.get("data_localization_region")
    if region is not None and region not in REGIONS:
        raise invalid(f"Param data_localization_region must be one of {sorted(REGIONS)}.")
    desk = sim.desk.number(number.id)
    _count_try(sim, desk)
    if not desk.verified:
        raise GraphError(133006, "Phone number needs to be verified before registering.")
    check_pin(sim, desk, pin)
    desk.pin, desk.region = pin, region
    desk.onboarded_at = sim.clock.now()
    number.status = "CONNECTED"
    _tell_onboarded(sim, number)
    return {"success": True}


def deregister(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """Take the number off the Cloud API; refused for one that is also on the phone app."""
    number = number_for(sim, token, "POST", node)
    need_one(token, MESSAGING, MANAGEMENT)
    desk = sim.desk.number(number.id)
    if desk.on_biz_app:
        raise refused(
            "A number that is used with the WhatsApp Business app cannot be deregistered."
        )
    _count_try(sim, desk)
    if number.status != "CONNECTED":
        raise GraphError(133010)
    number.status = "DISCONNECTED"
    return {"success": True}


def check_pin(sim: Sim, desk: NumberDesk, pin: str) -> None:
    """Raises 133005 for a wrong PIN and 133008 after too many."""
    now = sim.clock.now()
    desk.wrong_pins = [at for at in desk.wrong_pins if at > now - GUESSING]
    if len(desk.wrong_pins) >= GUESSES:
        raise GraphError(133008, "Too many PIN guesses for this phone number. Try again later.")
    if desk.pin is not None and pin != desk.pin:
        desk.wrong_pins.append(now)
        raise GraphError(133005, "Two-step verification PIN is incorrect.")


def pin_of(body: Json) -> str:
    """Six digits. Raises GraphError."""
    pin = body.get("pin")
    if pin is None:
        raise missing("pin")
    if not PIN.fullmatch(str(pin)):
        raise invalid("Param pin must be 6 digits.")
    return str(pin)


def _count_try(sim: Sim, desk: NumberDesk) -> None:
    """10 tries to register or deregister in 72 hours. Source: 1.6."""
    now = sim.clock.now()
    desk.registrations = [at for at in desk.registrations if at > now - WITHIN]
    if len(desk.registrations) >= TRIES:
        raise GraphError(133016, "Too many registration attempts for this phone number.")
    desk.registrations.append(now)


def _ensure_new(sim: Sim, portfolio_id: str | None, digits: str, migrates: bool) -> None:
    known = next((each for each in sim.world.numbers.values() if each.digits == digits), None)
    if known is not None and not migrates:
        raise refused("The phone number is already registered to a WhatsApp account.", 2388012)
    portfolio = sim.world.portfolios.get(portfolio_id or "")
    most = FEW_NUMBERS if portfolio is None else NUMBERS.get(portfolio.verification_status, 2)
    own = [
        each
        for each in sim.world.numbers.values()
        if sim.world.wabas[each.waba_id].portfolio_id == portfolio_id
    ]
    if len(own) >= most:
        raise refused(f"This business can have {most} phone numbers until it is verified.")


def _tell_onboarded(sim: Sim, number: Number) -> None:
    portfolio = sim.world.portfolios.get(sim.world.wabas[number.waba_id].portfolio_id or "")
    limit = "TIER_250" if portfolio is None else portfolio.messaging_limit
    value = {"event": "ONBOARDING", "max_daily_conversations_per_business": limit}
    tell_of_number(sim, number, "phone_number_quality_update", value)


def _code_trouble(text: str) -> GraphError:
    """Source: 5.6, 136024."""
    error = GraphError(136024, text)
    error.user = ("Verification code", text)
    return error
