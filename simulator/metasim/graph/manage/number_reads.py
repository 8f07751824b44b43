"""Reads of phone numbers.

Source: WhatsApp Cloud API reference, 8.2 "Phone numbers", 4.1 (`webhook_configuration`).
"""

from metasim.clock import to_iso
from metasim.graph.access import MANAGEMENT, MESSAGING, need, need_one, number_for, waba_for
from metasim.graph.errors import invalid
from metasim.graph.fields import chosen
from metasim.graph.manage import health
from metasim.graph.paging import page
from metasim.graph.request import Request
from metasim.ids import COUNTRIES, media_like
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Number, Token

KIND = "WhatsAppBusinessPhoneNumber"
DEFAULT = (
    "verified_name", "code_verification_status", "display_phone_number", "quality_rating",
    "platform_type", "throughput", "status", "last_onboarded_time", "webhook_configuration",
)  # fmt: skip
SORTS = ("creation_time", "last_onboarded_time")
PORTFOLIO_LIMIT_FROM = 24
"""Version without the number's own messaging limit. Source: 1.1 "Known version gates", v24."""


def read(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """One number by id."""
    number = number_for(sim, token, "GET", node)
    need_one(token, MESSAGING, MANAGEMENT)
    return chosen(request, shown(sim, token, number, request), DEFAULT, KIND)


def listed(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The numbers of an account, paged."""
    waba = waba_for(sim, token, "GET", node)
    need(token, MANAGEMENT)
    sort = request.query.get("sort", "")
    if sort and sort.removesuffix("_descending").removesuffix("_ascending") not in SORTS:
        raise invalid(f"Param sort must be one of {{{', '.join(SORTS)}}}.")
    numbers = [number for number in sim.world.numbers.values() if number.waba_id == waba.id]
    if sort.startswith("last_onboarded_time"):
        numbers.sort(
            key=lambda number: sim.desk.number(number.id).onboarded_at,
            reverse=sort.endswith("_descending"),
        )
    rows = [chosen(request, shown(sim, token, each, request), DEFAULT, KIND) for each in numbers]
    return page(request, rows)


def shown(sim: Sim, token: Token, number: Number, request: Request) -> Json:
    """All readable fields. Source: 8.2."""
    desk = sim.desk.number(number.id)
    portfolio = sim.world.portfolios.get(sim.world.wabas[number.waba_id].portfolio_id or "")
    limit = None if portfolio is None else portfolio.messaging_limit
    node: Json = {
        "id": number.id,
        "verified_name": number.verified_name,
        "display_phone_number": number.display_phone_number,
        "quality_rating": number.quality_rating,
        "quality_score": {"score": number.quality_rating},
        "status": number.status,
        "code_verification_status": "VERIFIED" if desk.verified else "NOT_VERIFIED",
        "name_status": desk.name_status,
        "new_name_status": desk.new_name_status,
        "new_display_name": desk.new_name,
        "platform_type": "CLOUD_API" if number.status == "CONNECTED" else "NOT_APPLICABLE",
        "account_mode": "LIVE",
        "throughput": {"level": "HIGH" if number.messages_per_second > 80 else "STANDARD"},
        "whatsapp_business_manager_messaging_limit": limit,
        "webhook_configuration": configuration(sim, token, number),
        "is_official_business_account": desk.official == "APPROVED",
        "is_pin_enabled": desk.pin is not None,
        "is_on_biz_app": desk.on_biz_app,
        "is_preverified_number": desk.is_preverified,
        "eligibility_for_api_business_global_search": "NON_ELIGIBLE_UNDEFINED_COUNTRY",
        "search_visibility": desk.search_visibility,
        "certificate": media_like(number.verified_name),
        "new_certificate": None if desk.new_name is None else media_like(desk.new_name),
        "country_code": country_of(number),
        "country_dial_code": dial_code_of(number),
        "conversational_automation": {**desk.automation, "id": number.id},
        "health_status": lambda: health.of_number(sim, number),
        "last_onboarded_time": _iso(desk.onboarded_at),
        "username": None,  # empty here; businesses read it from its own endpoint. Source: 8.2
    }
    if version_of(request) < PORTFOLIO_LIMIT_FROM:
        node["messaging_limit_tier"] = limit
    return node


def version_of(request: Request) -> int:
    """The major version of the call; the oldest when left out. Source: 1.1."""
    first = request.path.strip("/").split("/")[0]
    return int(first[1:].split(".")[0]) if first[:1] == "v" and first[1:2].isdecimal() else 21


def configuration(sim: Sim, token: Token, number: Number) -> Json | None:
    """Where the calling app gets this number's messages. Source: 4.1."""
    app = sim.world.apps.get(token.app_id)
    urls = {
        "phone_number": sim.desk.number(number.id).overrides.get(token.app_id),
        "whatsapp_business_account": sim.desk.waba(number.waba_id).overrides.get(token.app_id),
        "application": None if app is None else app.callback_url,
    }
    known = {level: url for level, url in urls.items() if url}
    return known or None


def country_of(number: Number) -> str | None:
    """Two letters; None for a calling code that metasim does not know."""
    return COUNTRIES.get(dial_code_of(number))


def dial_code_of(number: Number) -> str:
    digits = number.digits
    return next((digits[:n] for n in (3, 2, 1) if digits[:n] in COUNTRIES), digits[:2])


def _iso(at: float) -> str | None:
    """Graph writes an offset without a colon."""
    return to_iso(at)[:19] + "+0000" if at else None
