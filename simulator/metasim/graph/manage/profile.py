"""The business profile, its picture, and commerce settings.

Source: WhatsApp Cloud API reference, 8.3 "Business profile", 8.4 "Commerce".
"""

import re
from urllib.parse import urlsplit

from metasim.graph.access import MANAGEMENT, MESSAGING, need_one, number_for
from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid, missing
from metasim.graph.fields import chosen
from metasim.graph.manage.links import own_url, upload_name
from metasim.graph.request import Answer, Request
from metasim.ids import media_like
from metasim.shapes import Json, as_list, as_text
from metasim.sim import Sim
from metasim.world import Token

FIELDS = (
    "about", "address", "description", "email", "profile_picture_url", "websites", "vertical",
)  # fmt: skip
LONGEST = {"about": 139, "address": 256, "description": 512, "email": 128}
MOST_SITES, LONGEST_SITE = 2, 256
VERTICALS = (
    "ALCOHOL", "APPAREL", "AUTO", "BEAUTY", "EDU", "ENTERTAIN", "EVENT_PLAN", "FINANCE", "GOVT",
    "GROCERY", "HEALTH", "HOTEL", "MATRIMONY_SERVICE", "NONPROFIT", "ONLINE_GAMBLING", "OTC_DRUGS",
    "OTHER", "PHYSICAL_GAMBLING", "PROF_SERVICES", "RESTAURANT", "RETAIL", "TRAVEL", "UNDEFINED",
    "",
)  # fmt: skip
"""Source: 8.3. `INDUSTRY` of Meta's own samples is none."""
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PICTURES = ("image/jpeg", "image/jpg", "image/png")
COMMERCE = ("is_cart_enabled", "is_catalog_visible")


def read(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """`{"data": [{…}]}` with what is set; `fields` chooses, nothing chosen: the product only."""
    number = number_for(sim, token, "GET", node)
    need_one(token, MESSAGING, MANAGEMENT)
    asked = [each for each in request.query.get("fields", "").replace(" ", "").split(",") if each]
    unknown = next(
        (each for each in asked if each not in (*FIELDS, "id", "messaging_product")), None
    )
    if unknown is not None:
        raise GraphError(
            100,
            message=f"(#100) Tried accessing nonexisting field ({unknown}) on node type "
            "(WhatsAppBusinessProfile)",
        )
    desk = sim.desk.number(number.id)
    profile = dict(desk.profile)
    if desk.picture is not None:
        profile["profile_picture_url"] = own_url(request, f"/pictures/{number.id}/{desk.picture}")
    profile["id"] = profile_id(number.id)
    shown = {name: profile[name] for name in asked if profile.get(name)}
    return {"data": [{**shown, "messaging_product": "whatsapp"}]}


def change(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Only what is given changes. Raises GraphError, and changes nothing then."""
    number = number_for(sim, token, "POST", node)
    need_one(token, MESSAGING, MANAGEMENT)
    body = request.parameters()
    if body.get("messaging_product") != "whatsapp":
        raise missing("messaging_product")
    known = {*FIELDS, "profile_picture_handle", "messaging_product"} - {"profile_picture_url"}
    strict(body, known, "root")
    checked = {name: _checked(name, body[name]) for name in FIELDS if name in body}
    picture = _picture(sim, body.get("profile_picture_handle"))
    desk = sim.desk.number(number.id)
    desk.profile = {**desk.profile, **checked}
    if picture is not None:
        desk.picture = picture
    return {"success": True}


def read_node(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The profile by its own id, which is made from the number's. Source: Meta's OpenAPI."""
    number_id = number_of_profile(sim, node) or ""
    number = number_for(sim, token, "GET", number_id)
    need_one(token, MESSAGING, MANAGEMENT)
    desk = sim.desk.number(number.id)
    shown: Json = {
        "id": node,
        "messaging_product": "whatsapp",
        "account_name": number.verified_name,
        **dict.fromkeys(FIELDS),
        **desk.profile,
    }
    if desk.picture is not None:
        shown["profile_picture_url"] = own_url(request, f"/pictures/{number.id}/{desk.picture}")
    return chosen(request, shown, ("account_name", *FIELDS), "WhatsAppBusinessProfile")


def change_node(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The same as a change by the number."""
    return change(sim, token, number_of_profile(sim, node) or "", request)


def profile_id(number_id: str) -> str:
    """The id of the profile of a number."""
    return media_like(f"profile {number_id}")


def number_of_profile(sim: Sim, node: str) -> str | None:
    """The number whose profile this is."""
    return next((key for key in sim.world.numbers if profile_id(key) == node), None)


def picture(sim: Sim, request: Request) -> Answer:
    """The uploaded picture, public as on Meta's content servers."""
    sessions = sim.uploads.sessions.values()
    found = next((each for each in sessions if upload_name(each.id) == request.leaf), None)
    if found is None:
        raise GraphError(100, message="URL signature expired", http=404)
    return Answer(200, found.data, found.mime.encode(), headers=[(b"cache-control", b"public")])


def commerce(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Source: 8.4: an array of one."""
    number = number_for(sim, token, "GET", node)
    need_one(token, MANAGEMENT, MESSAGING)
    desk = sim.desk.number(number.id)
    whole = {"is_cart_enabled": desk.cart_enabled, "is_catalog_visible": desk.catalog_visible}
    asked = [each for each in request.query.get("fields", "").split(",") if each in whole]
    return {"data": [{**{name: whole[name] for name in asked or whole}, "id": number.id}]}


def change_commerce(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """Both switches are query parameters. Source: 8.4."""
    number = number_for(sim, token, "POST", node)
    need_one(token, MANAGEMENT, MESSAGING)
    given = request.parameters()
    given.pop("messaging_product", None)
    strict(given, set(COMMERCE), "root")
    switches = {name: _switch(name, given[name]) for name in given}
    if not switches:
        raise missing(COMMERCE[0])
    desk = sim.desk.number(number.id)
    desk.cart_enabled = switches.get("is_cart_enabled", desk.cart_enabled)
    desk.catalog_visible = switches.get("is_catalog_visible", desk.catalog_visible)
    return {"success": True}


def _switch(name: str, value: object) -> bool:
    text = str(value).lower()
    if text not in ("true", "false", "1", "0"):
        raise invalid(f"Param {name} must be a boolean.")
    return text in ("true", "1")


def _checked(name: str, value: object) -> object:
    if name == "websites":
        return _sites(value)
    if name == "vertical":
        upper = str(value).upper()
        if upper not in VERTICALS:
            choices = ", ".join(each or '""' for each in VERTICALS)
            raise GraphError(100, message=f"(#100) Param vertical must be one of {{{choices}}}")
        return upper
    text = as_text(value)
    if text is None or len(text) > LONGEST[name]:
        raise invalid(f"Param {name} must be a string of at most {LONGEST[name]} characters.")
    if name == "about" and not text:
        raise invalid("Param about must have 1 to 139 characters.")
    if name == "email" and text and not MAIL.fullmatch(text):
        raise invalid("Param email must be a valid email address.")
    return text


def _sites(value: object) -> list[str]:
    sites = as_list(value)
    if sites is None or len(sites) > MOST_SITES:
        raise invalid(f"Param websites must be an array of at most {MOST_SITES} URLs.")
    for site in sites:
        parts = urlsplit(site) if isinstance(site, str) else None
        if parts is None or parts.scheme not in ("http", "https") or not parts.netloc:
            raise invalid("Param websites must hold URLs that start with http:// or https://.")
        if len(site) > LONGEST_SITE:
            raise invalid(f"A website has at most {LONGEST_SITE} characters.")
    return sites


def _picture(sim: Sim, handle: object) -> str | None:
    """The key of the uploaded picture. Raises GraphError for what is no picture's handle."""
    if handle is None:
        return None
    session = sim.uploads.file(str(handle))
    if session is None or session.mime not in PICTURES:
        raise GraphError(
            100,
            message="(#100) Invalid profile picture handle",
            details="profile_picture_handle must be the handle of an uploaded JPEG or PNG.",
        )
    return upload_name(session.id)
