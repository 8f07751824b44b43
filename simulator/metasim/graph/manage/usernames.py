"""Usernames of businesses.

Source: WhatsApp Cloud API reference, 8.14 "Business username", 5.7 (147001 to 147005; Meta's
wording of them is not known: 11.10), 4.8 `business_username_updates`.
"""

import re

from metasim.graph.access import MANAGEMENT, MESSAGING, need_one, number_for
from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid, missing
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.webhooks.account import tell_of_number
from metasim.world import Number, Token

SHAPE = re.compile(r"[a-z0-9._]{3,35}")
DOMAIN = re.compile(r"\.(com|net|org|io|co|shop|app|info|biz|dev)$")
NOT_ALLOWED, TAKEN, NONE_SET = 147001, 147002, 147003
REVIEW_SECONDS = 60.0
"""Of the clock, from reserved to approved; Meta publishes no time."""


def read(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """The username and its status. Raises 147003 when there is none."""
    number = _number(sim, token, "GET", node)
    desk = sim.desk.number(number.id)
    if desk.username is None:
        raise GraphError(NONE_SET, "This number has no username.")
    return {"username": desk.username, "status": desk.username_status}


def change(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Reserve a name, which is approved a little later."""
    number = _number(sim, token, "POST", node)
    body = request.parameters()
    strict(body, {"username", "transfer_action", "messaging_product"}, "root")
    name = body.get("username")
    if not isinstance(name, str) or not name:
        raise missing("username")
    _ensure_fit(name)
    action = body.get("transfer_action", "none")
    if action not in ("none", "force_transfer"):
        raise invalid("Param transfer_action must be one of {none, force_transfer}.")
    _ensure_free(sim, number, name, action == "force_transfer")
    desk = sim.desk.number(number.id)
    desk.username, desk.username_status = name, "reserved"
    sim.clock.schedule(sim.clock.now() + REVIEW_SECONDS, "username_review", number.id, name)
    tell(sim, number, name, "reserved")
    return {"status": "reserved"}


def delete(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """Give the name up."""
    number = _number(sim, token, "DELETE", node)
    desk = sim.desk.number(number.id)
    if desk.username is None:
        raise GraphError(NONE_SET, "This number has no username.")
    name, desk.username, desk.username_status = desk.username, None, None
    number.username = None
    tell(sim, number, name, "deleted")
    return {"success": True}


def suggestions(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """Names made from the display name that nobody has."""
    number = _number(sim, token, "GET", node)
    plain = re.sub(r"[^a-z0-9]", "", number.verified_name.lower())[:30] or "business"
    taken = {desk.username for desk in sim.desk.numbers.values()}
    names = [plain, f"{plain}.official", f"{plain}_{number.digits[-4:]}"]
    found = [name for name in names if name not in taken and SHAPE.fullmatch(name)]
    return {"data": [{"username_suggestions": found}]}


def approve(sim: Sim, number_id: str, name: str) -> None:
    """The reserved name is approved, unless it was changed meanwhile."""
    number, desk = sim.world.numbers.get(number_id), sim.desk.number(number_id)
    if number is None or desk.username != name:
        return
    desk.username_status, number.username = "approved", name
    tell(sim, number, name, "approved")


def _ensure_fit(name: str) -> None:
    """Source: 8.14 "Business username"."""
    wrong = (
        not SHAPE.fullmatch(name)
        or not re.search("[a-z]", name)
        or name[0] == "."
        or name[-1] == "."
        or ".." in name
        or name.startswith("www")
        or DOMAIN.search(name) is not None
    )
    if wrong:
        raise GraphError(NOT_ALLOWED, "The username is not allowed.")


def _ensure_free(sim: Sim, number: Number, name: str, take: bool) -> None:
    """A name of the same portfolio can be moved over with `force_transfer`."""
    for other_id, desk in sim.desk.numbers.items():
        if desk.username != name or other_id == number.id:
            continue
        other = sim.world.numbers.get(other_id)
        if other is None or not take or not _same_portfolio(sim, number, other):
            raise GraphError(TAKEN, "The username is not available.")
        desk.username = desk.username_status = other.username = None
        tell(sim, other, name, "deleted")


def _same_portfolio(sim: Sim, one: Number, other: Number) -> bool:
    wabas = sim.world.wabas
    return wabas[one.waba_id].portfolio_id == wabas[other.waba_id].portfolio_id


def _number(sim: Sim, token: Token, method: str, node: str) -> Number:
    number = number_for(sim, token, method, node)
    need_one(token, MANAGEMENT, MESSAGING)
    return number


def tell(sim: Sim, number: Number, name: str, status: str) -> None:
    """Source: 4.8."""
    value = {"username": name, "status": status}
    tell_of_number(sim, number, "business_username_updates", value)
