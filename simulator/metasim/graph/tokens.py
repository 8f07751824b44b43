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
from metasim.world import Token


def debug(sim: Sim, request: Request) -> Json:
    """About `input_token`; asked with an app token or another token of the same app."""
    asking = app_of_app_token(sim, bearer(request))
    app_id = caller(sim, request).app_id if asking is None else asking.id
    if "input_token" not in request.query:
        raise missing("input_token")
    token = sim.world.tokens.get(request.query["input_token"])
    if token is None:
        return {"data": {"is_valid": False, "scopes": [], "error": _unreadable()}}
    if token.app_id != app_id:
        raise GraphError(100, message="(#100) The App_id in the input_token did not match.")
    return {"data": _about(sim, token)}


def me(sim: Sim, token: Token, _node: str, request: Request) -> Json:
    """The system user behind the token."""
    app = sim.world.apps.get(token.app_id)
    name = f"{app.name if app else 'App'} system user"
    return chosen(request, {"id": media_like(token.token), "name": name}, ("name",), "User")


def _about(sim: Sim, token: Token) -> Json:
    app = sim.world.apps.get(token.app_id)
    expires_at = 0 if token.expires_at is None else int(from_iso(token.expires_at))
    return {
        "app_id": token.app_id,
        "type": "SYSTEM_USER",
        "application": app.name if app else "App",
        "expires_at": expires_at,
        "is_valid": token.expires_at is None or expires_at > sim.clock.now(),
        "scopes": token.scopes,
        "granular_scopes": [
            {"scope": scope, "target_ids": token.waba_ids} for scope in token.scopes
        ],
        "user_id": media_like(token.token),
    }


def _unreadable() -> Json:
    return {"code": 190, "message": "Invalid OAuth access token.", "subcode": 467}
