"""In-app signup: links by which people agree to marketing.

Source: WhatsApp Cloud API reference, 8.17 "In-app signup", 5.7 (2494164 to 2494179; their wording
is not known).
"""

import re

from metasim.desk import Signup
from metasim.graph.access import MANAGEMENT, caller, need, waba_for
from metasim.graph.draft import strict
from metasim.graph.errors import invalid, missing, no_such
from metasim.graph.paging import page
from metasim.graph.request import Request
from metasim.shapes import Json, as_object
from metasim.sim import Sim
from metasim.world import Token

TEXTS = {"signup_message": 300, "confirmation_message": 300, "display_name": 256}
"""Longest text of each."""
KNOWN = {*TEXTS, "privacy_policy_url", "website_url", "promo_code", "policy"}
CHANGEABLE = KNOWN - {"privacy_policy_url", "policy"} | {"status"}
CODE = re.compile(r"[A-Za-z0-9]{1,50}")


def create(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """A new link of the account."""
    waba = waba_for(sim, token, "POST", node)
    need(token, MANAGEMENT)
    body = request.parameters()
    strict(body, KNOWN, "root")
    for name in ("signup_message", "confirmation_message", "privacy_policy_url"):
        if not body.get(name):
            raise missing(name)
    _check(body)
    policy = as_object(body.pop("policy", None)) or {}
    if policy and policy.get("accepted") is not True:
        raise invalid("Param policy['accepted'] must be true.")
    signup = Signup(sim.desk.next_id(65), waba.id, body)
    sim.desk.signups[signup.id] = signup
    return {"id": signup.id}


def listed(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The links of the account."""
    waba = waba_for(sim, token, "GET", node)
    need(token, MANAGEMENT)
    own = [each for each in sim.desk.signups.values() if each.waba_id == waba.id]
    return page(request, [_shown(sim, each) for each in own])


def read(sim: Sim, request: Request) -> Json:
    """`GET /signups/{id}`."""
    return _shown(sim, _signup(sim, request))


def change(sim: Sim, request: Request) -> Json:
    """`POST /signups/{id}`: texts, or ACTIVE and DISABLED."""
    signup = _signup(sim, request)
    body = request.parameters()
    strict(body, CHANGEABLE, "root")
    _check(body)
    status = body.pop("status", signup.status)
    if status not in ("ACTIVE", "DISABLED"):
        raise invalid("Param status must be one of {ACTIVE, DISABLED}.")
    signup.status = status
    signup.content = {**signup.content, **body}
    return {"id": signup.id, "success": True}


def _signup(sim: Sim, request: Request) -> Signup:
    token = caller(sim, request)
    need(token, MANAGEMENT)
    found = sim.desk.signups.get(request.leaf)
    if found is None or found.waba_id not in token.waba_ids:
        raise no_such(request.method, request.leaf)
    return found


def _check(body: Json) -> None:
    for name, longest in TEXTS.items():
        text = body.get(name, "x")
        if not isinstance(text, str) or not 1 <= len(text) <= longest:
            raise invalid(f"Param {name} must have 1 to {longest} characters.")
    for name in ("privacy_policy_url", "website_url"):
        if not str(body.get(name, "https://")).startswith(("http://", "https://")):
            raise invalid(f"Param {name} must start with http:// or https://.")
    if not CODE.fullmatch(str(body.get("promo_code", "x"))):
        raise invalid("Param promo_code must have 1 to 50 letters and digits.")


def _shown(sim: Sim, signup: Signup) -> Json:
    digits = next(
        (each.digits for each in sim.world.numbers.values() if each.waba_id == signup.waba_id), ""
    )
    link = f"https://wa.me/{digits}/signup/{signup.id}"
    return {
        "id": signup.id,
        "waba_id": signup.waba_id,
        "status": signup.status,
        **signup.content,
        "deep_link": link,
    }
