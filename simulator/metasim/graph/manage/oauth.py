"""`/oauth/access_token`: app tokens, codes of the login dialog, longer-lived tokens.

Source: WhatsApp Cloud API reference, 1.2 "Authentication", 8.16 "Embedded Signup". Errors of this
endpoint are general Graph knowledge; the reference does not list them.
"""

import secrets

from metasim.clock import to_iso
from metasim.desk import LoginCode
from metasim.graph.access import MANAGEMENT, MESSAGING
from metasim.graph.errors import GraphError, missing
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import App, Token

CODE_SECONDS = 30.0
"""How long a code can be exchanged. Source: 1.2."""
LONG_LIVED = 60 * 86_400
"""Seconds."""
CODE_EXPIRED, CODE_USED, REDIRECT_WRONG = 36007, 36009, 36008


def access_token(sim: Sim, request: Request) -> Json:
    """By `grant_type`; a code when there is none."""
    given = request.parameters()
    app = _app(sim, given)
    grant = given.get("grant_type", "authorization_code")
    if grant == "client_credentials":
        return {"access_token": f"{app.id}|{app.secrets[0]}", "token_type": "bearer"}
    if grant == "fb_exchange_token":
        return _longer(sim, app, str(given.get("fb_exchange_token", "")))
    if grant == "authorization_code":
        return _by_code(sim, app, given)
    raise GraphError(100, message=f"(#100) Unsupported grant_type {grant!r}.")


def new_code(sim: Sim, app_id: str, waba_ids: list[str], redirect_uri: str) -> str:
    """A code for these accounts, good once and for 30 seconds."""
    code = "AQ" + secrets.token_urlsafe(48)
    until = sim.clock.now() + CODE_SECONDS
    sim.desk.codes[code] = LoginCode(code, app_id, waba_ids, until, redirect_uri)
    return code


def _by_code(sim: Sim, app: App, given: Json) -> Json:
    """A business token for the accounts that were chosen in the dialog."""
    if not given.get("code"):
        raise missing("code")
    kept = sim.desk.codes.get(str(given["code"]))
    if kept is None or kept.app_id != app.id:
        raise GraphError(100, message="Invalid verification code format.", subcode=36009)
    if kept.until <= 0:
        raise GraphError(100, message="This authorization code has been used.", subcode=CODE_USED)
    if kept.until <= sim.clock.now():
        raise GraphError(100, message="This authorization code has expired.", subcode=CODE_EXPIRED)
    if kept.redirect_uri and given.get("redirect_uri", kept.redirect_uri) != kept.redirect_uri:
        raise GraphError(
            100,
            message="Error validating verification code. Please make sure your redirect_uri is "
            "identical to the one you used in the OAuth dialog request",
            subcode=REDIRECT_WRONG,
        )
    kept.until = 0.0
    text = _mint(sim, app, kept.waba_ids, None)
    return {"access_token": text, "token_type": "bearer"}


def _longer(sim: Sim, app: App, text: str) -> Json:
    token = sim.world.tokens.get(text)
    if token is None or token.app_id != app.id or text in sim.desk.revoked:
        raise GraphError(190, message="Invalid OAuth access token.", subcode=467)
    fresh = _mint(sim, app, token.waba_ids, sim.clock.now() + LONG_LIVED, token)
    return {"access_token": fresh, "token_type": "bearer", "expires_in": LONG_LIVED}


def _mint(
    sim: Sim, app: App, waba_ids: list[str], expires_at: float | None, like: Token | None = None
) -> str:
    text = "EAA" + secrets.token_urlsafe(60)
    sim.world.merge(
        {
            "tokens": [
                {
                    "token": text,
                    "app_id": app.id,
                    "waba_ids": waba_ids,
                    "scopes": [MANAGEMENT, MESSAGING] if like is None else like.scopes,
                    "expires_at": None if expires_at is None else to_iso(expires_at),
                    "issued_at": to_iso(sim.clock.now()),
                    "kind": "SYSTEM_USER" if like is None else like.kind,
                }
            ]
        }
    )
    return text


def _app(sim: Sim, given: Json) -> App:
    for name in ("client_id", "client_secret"):
        if not given.get(name):
            raise missing(name)
    app = sim.world.apps.get(str(given["client_id"]))
    if app is None:
        raise GraphError(101, message="Error validating application. Invalid application ID.")
    if str(given["client_secret"]) not in app.secrets:
        raise GraphError(1, message="Error validating client secret.")
    return app
