"""Accounts: reads, settings, the people assigned to them, and those of a business.

Source: WhatsApp Cloud API reference, 8.1 "WABA".
"""

from metasim.graph.access import MANAGEMENT, need, waba_for
from metasim.graph.draft import strict
from metasim.graph.errors import invalid, missing, no_such
from metasim.graph.fields import chosen
from metasim.graph.manage import health, subscriptions
from metasim.graph.paging import page
from metasim.graph.request import Request
from metasim.shapes import Json, as_list
from metasim.sim import Sim
from metasim.world import Portfolio, Token, Waba

KIND = "WhatsAppBusinessAccount"
DEFAULT = ("name", "timezone_id", "message_template_namespace")
SETTINGS = {
    "is_enabled_for_insights", "name", "timezone_id", "disable_marketing_messages_on_cloud_api",
    "degrees_of_freedom_spec", "messaging_product",
}  # fmt: skip
TASKS = (
    "MANAGE", "DEVELOP", "MANAGE_TEMPLATES", "MANAGE_PHONE", "VIEW_COST", "VIEW_TEMPLATES",
    "MESSAGING", "VIEW_PHONE_ASSETS", "VIEW_INSIGHTS",
)  # fmt: skip


def read(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """One account by id."""
    waba = waba_for(sim, token, "GET", node)
    need(token, MANAGEMENT)
    return chosen(request, shown(sim, waba), DEFAULT, KIND)


def change(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Settings; insights can be switched on only. Answers the id."""
    waba = waba_for(sim, token, "POST", node)
    need(token, MANAGEMENT)
    body = request.parameters()
    strict(body, SETTINGS, "root")
    desk = sim.desk.waba(waba.id)
    if "is_enabled_for_insights" in body and not _is_true(body["is_enabled_for_insights"]):
        raise invalid("Param is_enabled_for_insights can only be set to true.")
    desk.insights = desk.insights or "is_enabled_for_insights" in body
    if "disable_marketing_messages_on_cloud_api" in body:
        off = _is_true(body["disable_marketing_messages_on_cloud_api"])
        desk.marketing_on_cloud_api = not off
    if "degrees_of_freedom_spec" in body:
        desk.overlooked["degrees_of_freedom_spec"] = body["degrees_of_freedom_spec"]
    waba.name = str(body.get("name", waba.name))
    waba.timezone_id = str(body.get("timezone_id", waba.timezone_id))
    return {"id": waba.id}


def shown(sim: Sim, waba: Waba) -> Json:
    """All readable fields."""
    desk = sim.desk.waba(waba.id)
    portfolio = sim.world.portfolios.get(waba.portfolio_id or "")
    owner = None if portfolio is None else {"id": portfolio.id, "name": portfolio.name}
    limit = None if portfolio is None else portfolio.messaging_limit
    verified = "not_verified" if portfolio is None else portfolio.verification_status
    return {
        "id": waba.id,
        "name": waba.name,
        "currency": waba.currency,
        "timezone_id": waba.timezone_id,
        "country": desk.country,
        "message_template_namespace": f"{waba.id}_namespace",
        "owner_business_info": owner,
        "on_behalf_of_business_info": None,
        "ownership_type": "SELF",
        "primary_business_location": desk.country,
        "primary_funding_id": None,
        "account_review_status": desk.review,
        "business_verification_status": verified,
        "status": "DISABLED" if desk.ban_state == "DISABLE" else "ACTIVE",
        "is_enabled_for_insights": desk.insights,
        "disable_marketing_messages_on_cloud_api": not desk.marketing_on_cloud_api,
        "marketing_messages_onboarding_status": "ONBOARDED",
        "marketing_messages_lite_api_status": "ONBOARDED",
        "degrees_of_freedom_spec": desk.overlooked.get("degrees_of_freedom_spec"),
        "auth_international_rate_eligibility": desk.overlooked.get("auth_international"),
        "whatsapp_business_manager_messaging_limit": limit,
        "health_status": lambda: health.of_waba(sim, waba),
        "subscribed_apps": {"data": subscriptions.rows(sim, waba)},
    }


def assigned_users(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Users with their tasks. Source: 8.1, `assigned_users`."""
    waba = waba_for(sim, token, "GET", node)
    need(token, MANAGEMENT)
    users = sim.desk.waba(waba.id).users
    rows: list[Json] = [
        {"id": key, "name": f"User {key}", "tasks": tasks} for key, tasks in users.items()
    ]
    return page(request, rows)


def assign_user(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Give a user tasks on this account."""
    waba = waba_for(sim, token, "POST", node)
    need(token, MANAGEMENT)
    given = request.parameters()
    tasks = as_list(given.get("tasks")) or str(given.get("tasks", "")).strip("[]").split(",")
    names = [str(task).strip(" '\"").upper() for task in tasks]
    if not given.get("user"):
        raise missing("user")
    if not set(names) <= set(TASKS):
        raise invalid(f"Param tasks must be of {{{', '.join(TASKS)}}}.")
    sim.desk.waba(waba.id).users[str(given["user"])] = names
    return {"success": True}


def dismiss_user(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Take all tasks from a user."""
    waba = waba_for(sim, token, "DELETE", node)
    need(token, MANAGEMENT)
    user = str(request.parameters().get("user", ""))
    if sim.desk.waba(waba.id).users.pop(user, None) is None:
        raise no_such("DELETE", user)
    return {"success": True}


def business(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """A business portfolio by id."""
    portfolio = _portfolio_for(sim, token, node)
    shown: Json = {
        "id": portfolio.id,
        "name": portfolio.name,
        "verification_status": portfolio.verification_status,
        "timezone_id": 1,
        "whatsapp_business_manager_messaging_limit": portfolio.messaging_limit,
    }
    return chosen(request, shown, ("name",), "Business")


def owned(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The accounts of a business that the token may touch."""
    portfolio = _portfolio_for(sim, token, node)
    found = [waba for waba in _own(sim, token) if waba.portfolio_id == portfolio.id]
    return page(request, [chosen(request, shown(sim, each), DEFAULT, KIND) for each in found])


def shared(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The accounts of others that are shared with this business and this token."""
    portfolio = _portfolio_for(sim, token, node)
    found = [waba for waba in _own(sim, token) if waba.portfolio_id != portfolio.id]
    return page(request, [chosen(request, shown(sim, each), DEFAULT, KIND) for each in found])


def _own(sim: Sim, token: Token) -> list[Waba]:
    return [sim.world.wabas[each] for each in token.waba_ids if each in sim.world.wabas]


def _portfolio_for(sim: Sim, token: Token, node: str) -> Portfolio:
    need(token, MANAGEMENT)
    portfolio = sim.world.portfolios.get(node)
    if portfolio is None or node not in [waba.portfolio_id for waba in _own(sim, token)]:
        raise no_such("GET", node)
    return portfolio


def _is_true(value: object) -> bool:
    return str(value).lower() in ("true", "1")
