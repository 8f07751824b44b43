"""Reads of numbers and accounts, and the apps subscribed to an account.

Source: WhatsApp Cloud API reference, 8.1 "WABA", 8.2 "Phone numbers", 4.1 "Subscription".
"""

from metasim.graph.access import MANAGEMENT, need, number_for, waba_for
from metasim.graph.errors import no_such
from metasim.graph.fields import chosen
from metasim.graph.paging import page
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Number, Token, Waba

NUMBER_DEFAULT = (
    "verified_name", "code_verification_status", "display_phone_number", "quality_rating",
    "platform_type", "throughput", "webhook_configuration",
)  # fmt: skip
WABA_DEFAULT = ("name", "timezone_id", "message_template_namespace")


def read(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """A number or an account by id. Raises 100/33."""
    if node in sim.world.numbers:
        number = number_for(sim, token, "GET", node)
        kind = "WhatsAppBusinessPhoneNumber"
        return chosen(request, _number(sim, number), NUMBER_DEFAULT, kind)
    if node in sim.world.wabas:
        waba = waba_for(sim, token, "GET", node)
        need(token, MANAGEMENT)
        return chosen(request, _waba(sim, waba), WABA_DEFAULT, "WhatsAppBusinessAccount")
    raise no_such("GET", node)


def phone_numbers(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The numbers of an account, paged."""
    waba = waba_for(sim, token, "GET", node)
    need(token, MANAGEMENT)
    numbers = [number for number in sim.world.numbers.values() if number.waba_id == waba.id]
    kind = "WhatsAppBusinessPhoneNumber"
    rows = [chosen(request, _number(sim, each), NUMBER_DEFAULT, kind) for each in numbers]
    return page(request, rows)


def subscribed_apps(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Source: 4.1: `{data:[{whatsapp_business_api_data:{id,name,link}}]}`."""
    waba = waba_for(sim, token, request.method, node)
    need(token, MANAGEMENT)
    apps = [sim.world.apps[each] for each in waba.subscribed_apps if each in sim.world.apps]
    return {
        "data": [
            {
                "whatsapp_business_api_data": {
                    "id": app.id,
                    "name": app.name,
                    "link": f"https://www.facebook.com/games/?app_id={app.id}",
                }
            }
            for app in apps
        ]
    }


def subscribe(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Subscribe the calling app to the account. Source: 4.1."""
    waba = waba_for(sim, token, request.method, node)
    need(token, MANAGEMENT)
    if token.app_id not in waba.subscribed_apps:
        waba.subscribed_apps.append(token.app_id)
    return {"success": True}


def unsubscribe(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Unsubscribe the calling app. Source: 4.1."""
    waba = waba_for(sim, token, request.method, node)
    need(token, MANAGEMENT)
    if token.app_id in waba.subscribed_apps:
        waba.subscribed_apps.remove(token.app_id)
    return {"success": True}


def _number(sim: Sim, number: Number) -> Json:
    """All readable fields. Source: 8.2."""
    portfolio = sim.world.portfolios.get(sim.world.wabas[number.waba_id].portfolio_id or "")
    limit = None if portfolio is None else portfolio.messaging_limit
    urls = [app.callback_url for app in sim.world.subscribed(number.waba_id)]
    return {
        "id": number.id,
        "verified_name": number.verified_name,
        "display_phone_number": number.display_phone_number,
        "quality_rating": number.quality_rating,
        "status": number.status,
        "code_verification_status": "VERIFIED",
        "name_status": "APPROVED",
        "platform_type": "CLOUD_API",
        "account_mode": "LIVE",
        "throughput": {"level": "HIGH" if number.messages_per_second > 80 else "STANDARD"},
        "whatsapp_business_manager_messaging_limit": limit,
        "webhook_configuration": {"application": urls[0]} if urls else None,
        "is_official_business_account": False,
        "is_pin_enabled": False,
        "is_on_biz_app": False,
        "username": None,  # empty here; businesses read it from its own endpoint. Source: 8.2
    }


def _waba(sim: Sim, waba: Waba) -> Json:
    """All readable fields. Source: 8.1."""
    portfolio = sim.world.portfolios.get(waba.portfolio_id or "")
    owner = None if portfolio is None else {"id": portfolio.id, "name": portfolio.name}
    limit = None if portfolio is None else portfolio.messaging_limit
    return {
        "id": waba.id,
        "name": waba.name,
        "currency": waba.currency,
        "timezone_id": waba.timezone_id,
        "message_template_namespace": f"{waba.id}_namespace",
        "owner_business_info": owner,
        "account_review_status": "APPROVED",
        "status": "ACTIVE",
        "whatsapp_business_manager_messaging_limit": limit,
    }
