"""The login dialog: who lets which app touch which accounts.

Stands in for Meta's own page, so that a wizard which connects accounts can be shown and tested.
Source: WhatsApp Cloud API reference, 8.16 "Embedded Signup"; the redirect is that of OAuth 2.0.
"""

from html import escape
from pathlib import Path
from string import Template as Page
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from metasim.graph.errors import GraphError, missing
from metasim.graph.manage.oauth import new_code
from metasim.graph.request import Answer, Request
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import App, Waba

FOLDER = Path(__file__).parents[2] / "page"
HTML = b"text/html; charset=utf-8"
POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    b"form-action http: https:; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = [
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"unsafe-none"),
]
KEPT = ("client_id", "redirect_uri", "state", "display", "origin")


def show(sim: Sim, request: Request) -> Answer:
    """Asks which account the app may use."""
    app = _app(sim, request.query)
    redirect_uri = request.query.get("redirect_uri", "")
    if request.query.get("display") != "popup":
        _ensure_address(redirect_uri)
    hidden = "\n".join(
        f'<input type="hidden" name="{name}" value="{escape(request.query[name])}">'
        for name in KEPT
        if name in request.query
    )
    rows = "\n".join(_row(sim, waba) for waba in sim.world.wabas.values())
    return _page("login.html", app=escape(app.name), hidden=hidden, accounts=rows)


def decide(sim: Sim, request: Request) -> Answer:
    """The person pressed a button: back to the app with a code, or with a refusal."""
    form = parse_qs(request.body.decode("utf-8", "replace"), keep_blank_values=True)
    given = {name: values[0] for name, values in form.items()}
    app = _app(sim, given)
    wabas = [each for each in form.get("account", []) if each in sim.world.wabas]
    is_granted = given.get("answer") == "continue" and bool(wabas)
    if given.get("display") == "popup":
        return _to_opener(sim, app, given, wabas if is_granted else [])
    _ensure_address(given.get("redirect_uri", ""))
    if is_granted:
        result = {"code": new_code(sim, app.id, wabas, given["redirect_uri"])}
    else:
        result = {
            "error": "access_denied",
            "error_code": "200",
            "error_reason": "user_denied",
            "error_description": "Permissions error",
        }
    if "state" in given:
        result["state"] = given["state"]
    mark = "&" if urlsplit(given["redirect_uri"]).query else "?"
    where = f"{given['redirect_uri']}{mark}{urlencode(result)}"
    return Answer(302, b"", HTML, headers=[(b"location", where.encode("latin-1", "replace"))])


def script(_sim: Sim, _request: Request) -> Answer:
    """`/en_US/sdk.js`: as much of Meta's JavaScript SDK as `FB.login` needs."""
    kind = b"text/javascript; charset=utf-8"
    return Answer(200, (FOLDER / "sdk.js").read_bytes(), kind, headers=HEADERS[1:3])


def _to_opener(sim: Sim, app: App, given: dict[str, str], wabas: list[str]) -> Answer:
    """The popup of `FB.login`: tell the page that opened it, and close."""
    news: Json = {"type": "WA_EMBEDDED_SIGNUP", "event": "CANCEL", "data": {"current_step": "ALL"}}
    answer: Json = {"authResponse": None, "status": "unknown"}
    if wabas:
        waba = sim.world.wabas[wabas[0]]
        numbers = [each.id for each in sim.world.numbers.values() if each.waba_id == waba.id]
        data = {
            "phone_number_id": numbers[0] if numbers else None,
            "waba_id": waba.id,
            "business_id": waba.portfolio_id,
        }
        news |= {"event": "FINISH", "data": data}
        response = {"code": new_code(sim, app.id, wabas, ""), "expiresIn": None, "userID": None}
        answer = {"authResponse": response, "status": "connected"}
    told = msgspec.json.encode({"news": news, "answer": answer, "origin": given.get("origin", "*")})
    return _page("login-done.html", told=escape(told.decode()))


def _app(sim: Sim, given: dict[str, str]) -> App:
    if not given.get("client_id"):
        raise missing("client_id")
    app = sim.world.apps.get(given["client_id"])
    if app is None:
        raise GraphError(101, message="Error validating application. Invalid application ID.")
    return app


def _ensure_address(redirect_uri: str) -> None:
    parts = urlsplit(redirect_uri)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise GraphError(191, message="The redirect_uri URL must be absolute.")


def _row(sim: Sim, waba: Waba) -> str:
    numbers = [
        each.display_phone_number for each in sim.world.numbers.values() if each.waba_id == waba.id
    ]
    text = f"{waba.name} ({', '.join(numbers) or 'no number yet'})"
    key = escape(waba.id)
    return (
        f'<li><label><input type="checkbox" name="account" value="{key}" checked> '
        f"{escape(text)}</label></li>"
    )


def _page(name: str, **values: str) -> Answer:
    text = Page((FOLDER / name).read_text()).substitute(values)
    return Answer(200, text.encode(), HTML, headers=HEADERS)
