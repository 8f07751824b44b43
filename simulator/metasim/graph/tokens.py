"""What a token is: `/debug_token` and `/me`.

Source: WhatsApp Cloud API reference, 1.2 "Authentication".
"""

from metasim.clock import from_iso
from metasim.graph.access import app_of_app_token, bearer, caller
from metasim.graph.errors import GraphError, missing
from metasim.graph.fields import chosen
from metasim.graph.request import Request
from metasim.ids import media_like
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import App, Token


def debug(sim: Sim, request: Request) -> Json:
    """About `input_token`; asked with an app token or another token of the same app."""
    asking = app_of_app_token(sim, bearer(request))
    app_id = caller(sim, request).app_id if asking is None else asking.id
    text = request.parameters().get("input_token")
    if not isinstance(text, str) or not text:
        raise missing("input_token")
    app = app_of_app_token(sim, text)
    if app is not None:
        return {"data": _about_app_token(app)}
    token = sim.world.tokens.get(text)
    if token is None:
        return {"data": {"is_valid": False, "scopes": [], "error": _trouble(467)}}
    if token.app_id != app_id:
        raise GraphError(100, message="(#100) The App_id in the input_token did not match.")
    return {"data": _about(sim, token)}


def me(sim: Sim, token: Token, _node: str, request: Request) -> Json:
    """The user behind the token."""
    app = sim.world.apps.get(token.app_id)
    name = f"{app.name if app else 'App'} {token.kind.lower().replace('_', ' ')}"
    return chosen(request, {"id": user_id(token), "name": name}, ("name",), "User")


def user_id(token: Token) -> str:
    """A stable id of the user behind a token."""
    return media_like(token.token)


def _about(sim: Sim, token: Token) -> Json:
    app = sim.world.apps.get(token.app_id)
    expires_at = 0 if token.expires_at is None else int(from_iso(token.expires_at))
    revoked = sim.desk.revoked.get(token.token)
    is_over = token.expires_at is not None and expires_at <= sim.clock.now()
    about: Json = {
        "app_id": token.app_id,
        "type": token.kind,
        "application": app.name if app else "App",
        "data_access_expires_at": 0,
        "expires_at": expires_at,
        "is_valid": not is_over and revoked is None,
        "scopes": token.scopes,
        "granular_scopes": [
            {"scope": scope, "target_ids": token.waba_ids} for scope in token.scopes
        ],
        "user_id": user_id(token),
    }
    if token.issued_at is not None:
        about["issued_at"] = int(from_iso(token.issued_at))
    if revoked is not None or is_over:
        about["error"] = _trouble(463 if revoked is None else int(revoked))
    return about


def _about_app_token(app: App) -> Json:
    return {
        "app_id": app.id,
        "type": "APP",
        "application": app.name,
        "is_valid": True,
        "scopes": [],
    }


def _trouble(subcode: int) -> Json:
    """Source: 1.3 "Malformed / expired token"."""
    text = {463: "Error validating access token: Session has expired."}
    message = text.get(subcode, "Invalid OAuth access token.")
    return {"code": 190, "message": message, "subcode": subcode}
