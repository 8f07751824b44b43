"""QR codes and short links that open a chat.

Source: WhatsApp Cloud API reference, 8.5 "QR codes / short links".
"""

import io
import secrets
import string

import segno

from metasim.desk import QrCode
from metasim.graph.access import MANAGEMENT, MESSAGING, need_one, number_for
from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid, missing, no_such
from metasim.graph.manage.links import own_url
from metasim.graph.paging import page
from metasim.graph.request import Answer, Request
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Number, Token

LONGEST = 140
"""Characters of the message."""
MOST = 2_000
FORMATS = {"SVG": b"image/svg+xml", "PNG": b"image/png"}
SIGNS = string.ascii_uppercase + "234567"
"""Source: Meta's OpenAPI, pattern of `code`."""
KNOWN = {"code", "prefilled_message", "generate_qr_image", "messaging_product"}
DEFAULT = ("code", "prefilled_message", "deep_link_url")


def listed(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """All codes, paged; `?code=` for one."""
    number = _number(sim, token, "GET", node)
    codes = list(sim.desk.number(number.id).qr_codes.values())
    wanted = request.query.get("code")
    rows = [_shown(each, request) for each in codes if wanted in (None, each.code)]
    return page(request, rows)


def one(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """An array of one, or of none when there is no such code."""
    number = _number(sim, token, "GET", node)
    found = sim.desk.number(number.id).qr_codes.get(request.leaf)
    return {"data": [] if found is None else [_shown(found, request)]}


def create(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """A new code, or with `code` another message for an old one."""
    number = _number(sim, token, "POST", node)
    body = request.parameters()
    strict(body, KNOWN, "root")
    text = body.get("prefilled_message")
    if not isinstance(text, str) or not text:
        raise missing("prefilled_message")
    if len(text) > LONGEST:
        raise invalid(f"Param prefilled_message must be at most {LONGEST} characters long.")
    kind = str(body.get("generate_qr_image", "")).upper()
    if kind and kind not in FORMATS:
        raise invalid(f"Param generate_qr_image must be one of {{{', '.join(FORMATS)}}}.")
    codes = sim.desk.number(number.id).qr_codes
    if "code" in body:
        found = _code(sim, number, "POST", str(body["code"]))
        found.prefilled_message = text
    else:
        if len(codes) >= MOST:
            raise GraphError(100, message=f"(#100) A number has at most {MOST} QR codes.")
        found = QrCode("".join(secrets.choice(SIGNS) for _ in range(14)), text)
        codes[found.code] = found
    answer = _links(found)
    if kind:
        answer["qr_image_url"] = _image_url(request, found, kind)
    return answer


def delete(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The code opens nothing any more."""
    number = _number(sim, token, "DELETE", node)
    found = _code(sim, number, "DELETE", request.leaf)
    del sim.desk.number(number.id).qr_codes[found.code]
    return {"success": True}


def image(sim: Sim, request: Request) -> Answer:
    """`/qr/{code}.png` and `.svg`: the picture, made when it is asked for."""
    code, _, kind = request.leaf.partition(".")
    known = any(code in desk.qr_codes for desk in sim.desk.numbers.values())
    if not known or kind.upper() not in FORMATS:
        raise GraphError(100, message="(#100) There is no such picture.", http=404)
    out = io.BytesIO()
    segno.make(_deep_link(code), error="m").save(out, kind=kind.lower(), scale=8)
    headers = [(b"cache-control", b"public, max-age=86400")]
    return Answer(200, out.getvalue(), FORMATS[kind.upper()], headers=headers)


def _number(sim: Sim, token: Token, method: str, node: str) -> Number:
    number = number_for(sim, token, method, node)
    need_one(token, MANAGEMENT, MESSAGING)
    return number


def _code(sim: Sim, number: Number, method: str, code: str) -> QrCode:
    found = sim.desk.number(number.id).qr_codes.get(code)
    if found is None:
        raise no_such(method, code)
    return found


def _links(code: QrCode) -> Json:
    return {
        "code": code.code,
        "prefilled_message": code.prefilled_message,
        "deep_link_url": _deep_link(code.code),
    }


def _deep_link(code: str) -> str:
    return f"https://wa.me/message/{code}"


def _shown(code: QrCode, request: Request) -> Json:
    """The default members, or those of `fields`; the picture by `qr_image_url.format(PNG)`."""
    asked = [each for each in request.query.get("fields", "").replace(" ", "").split(",") if each]
    links = _links(code)
    if not asked:
        return links
    shown: Json = {"code": code.code}
    for field in asked:
        name, _, rest = field.partition(".")
        if name == "qr_image_url":
            kind = "PNG" if "PNG" in rest.upper() else "SVG"
            shown[name] = _image_url(request, code, kind)
        elif name in links:
            shown[name] = links[name]
        else:
            raise GraphError(100, message=f"(#100) Tried accessing nonexisting field ({name})")
    return shown


def _image_url(request: Request, code: QrCode, kind: str) -> str:
    return own_url(request, f"/qr/{code.code}.{kind.lower()}")
