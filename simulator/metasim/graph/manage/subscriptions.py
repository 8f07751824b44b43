"""Who gets which webhooks: apps of an account, fields and callback of an app.

Source: WhatsApp Cloud API reference, 4.1 "Subscription and verification".
"""

from metasim.graph.access import MANAGEMENT, app_of_app_token, bearer, need, waba_for
from metasim.graph.draft import strict
from metasim.graph.errors import GraphError, invalid, missing
from metasim.graph.manage import overrides
from metasim.graph.request import Request
from metasim.shapes import Json, as_list
from metasim.sim import Sim
from metasim.webhooks.account import FIELDS
from metasim.world import App, Token, Waba

OBJECT = "whatsapp_business_account"
KNOWN = {"object", "callback_url", "verify_token", "fields", "include_values"}


def listed(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """The apps subscribed to an account; the calling app's own callback with it."""
    waba = waba_for(sim, token, "GET", node)
    need(token, MANAGEMENT)
    return {"data": rows(sim, waba)}


def rows(sim: Sim, waba: Waba) -> list[Json]:
    """A row for each app subscribed to the account."""
    apps = [sim.world.apps[each] for each in waba.subscribed_apps if each in sim.world.apps]
    own = sim.desk.waba(waba.id).overrides
    return [_row(app, own.get(app.id)) for app in apps]


async def subscribe(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """The calling app gets the account's webhooks, with a body at a callback of its own."""
    waba = waba_for(sim, token, "POST", node)
    need(token, MANAGEMENT)
    body = request.parameters()
    strict(body, {"override_callback_uri", "verify_token"}, "root")
    url = await overrides.checked(body) if body else ""
    own = sim.desk.waba(waba.id).overrides
    own.pop(token.app_id, None)
    if url:
        own[token.app_id] = url
    if token.app_id not in waba.subscribed_apps:
        waba.subscribed_apps.append(token.app_id)
    return {"success": True}


def unsubscribe(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """The calling app gets nothing of this account any more."""
    waba = waba_for(sim, token, "DELETE", node)
    need(token, MANAGEMENT)
    if token.app_id in waba.subscribed_apps:
        waba.subscribed_apps.remove(token.app_id)
    sim.desk.waba(waba.id).overrides.pop(token.app_id, None)
    return {"success": True}


def of_app(sim: Sim, request: Request) -> Json:
    """`GET /{app}/subscriptions`, with the app token."""
    app = _app(sim, request)
    if not app.callback_url:
        return {"data": []}
    fields = [{"name": name, "version": app.webhook_version} for name in app.fields]
    row: Json = {
        "object": OBJECT,
        "callback_url": app.callback_url,
        "active": True,
        "fields": fields,
    }
    return {"data": [row]}


async def subscribe_app(sim: Sim, request: Request) -> Json:
    """`POST /{app}/subscriptions`: callback and fields, after the handshake."""
    app = _app(sim, request)
    given = request.parameters()
    strict(given, KNOWN, "root")
    if given.get("object") != OBJECT:
        raise invalid(f"Param object must be one of {{{OBJECT}}}.")
    fields = _fields(given.get("fields"))
    url = given.get("callback_url", app.callback_url)
    verify = given.get("verify_token", app.verify_token)
    if not isinstance(url, str) or not url:
        raise missing("callback_url")
    if not isinstance(verify, str) or not verify:
        raise missing("verify_token")
    await overrides.ensure_answers(url, verify)
    app.callback_url, app.verify_token = url, verify
    app.fields = fields or app.fields
    app.webhook_version = _version(request) or app.webhook_version
    return {"success": True}


def unsubscribe_app(sim: Sim, request: Request) -> Json:
    """`DELETE /{app}/subscriptions`: some fields, or all of it."""
    app = _app(sim, request)
    fields = _fields(request.parameters().get("fields"))
    app.fields = [each for each in app.fields if fields and each not in fields]
    if not app.fields:
        app.callback_url = None
    return {"success": True}


def _app(sim: Sim, request: Request) -> App:
    """The app of the path, asked with its own token. Raises GraphError."""
    app = app_of_app_token(sim, bearer(request))
    if app is None:
        raise GraphError(15, message="(#15) This method must be called with an app access_token.")
    if f"/{app.id}/" not in request.path:
        raise GraphError(100, message="(#100) The app token belongs to another app.")
    return app


def _fields(value: object) -> list[str]:
    """As a list or with commas. Raises GraphError for a field that Meta does not have."""
    rows = as_list(value)
    names = [str(each) for each in rows] if rows is not None else str(value or "").split(",")
    names = [name.strip() for name in names if name.strip()]
    unknown = next((name for name in names if name not in FIELDS), None)
    if unknown is not None:
        raise invalid(f"Param fields[0] must be one of {{{', '.join(FIELDS)}}} - got {unknown!r}.")
    return names


def _version(request: Request) -> str:
    first = request.path.strip("/").split("/")[0]
    return first if first[:1] == "v" and first[1:2].isdecimal() else ""


def _row(app: App, override: str | None) -> Json:
    row: Json = {
        "whatsapp_business_api_data": {
            "id": app.id,
            "name": app.name,
            "link": f"https://www.facebook.com/games/?app_id={app.id}",
        }
    }
    return {**row, "override_callback_uri": override} if override else row
