"""Who calls, and what they may touch.

Source: WhatsApp Cloud API reference, 1.2 "Authentication" and 1.3 "Generic Graph errors".
"""

import hmac

from metasim.clock import from_iso
from metasim.graph.errors import GraphError, no_such
from metasim.graph.request import Request
from metasim.sim import Sim
from metasim.world import App, Number, Template, Token, Waba

MESSAGING = "whatsapp_business_messaging"
MANAGEMENT = "whatsapp_business_management"


def bearer(request: Request) -> str:
    """The access token of the call: query, or header `Bearer` or `OAuth`. Raises GraphError.

    The parameter wins: clients that always send a header give another token that way (SDK).
    """
    found = request.query.get("access_token", "")
    if not found:
        kind, _, token = request.header(b"authorization").partition(" ")
        found = token.strip() if kind in ("Bearer", "OAuth") else ""
    if not found:
        raise GraphError(104, message="An access token is required to request this resource.")
    return found


def caller(sim: Sim, request: Request) -> Token:
    """The token of the call, known and not expired.

    Source: 1.3 "Malformed / expired token": 401, code 190, subcode 463 when expired, 467 when not
    valid.
    """
    text = bearer(request)
    token = sim.world.tokens.get(text)
    if token is None:
        raise GraphError(190, message="Invalid OAuth access token.", subcode=467)
    if text in sim.desk.revoked:
        subcode = int(sim.desk.revoked[text])
        raise GraphError(190, message="Error validating access token.", subcode=subcode)
    app = sim.world.apps.get(token.app_id)
    if app is not None and (app.require_appsecret_proof or "appsecret_proof" in request.query):
        _ensure_proof(app, text, request)
    if token.expires_at is not None and from_iso(token.expires_at) <= sim.clock.now():
        raise expired()
    return token


def _ensure_proof(app: App, text: str, request: Request) -> None:
    """HMAC-SHA256 of the token with the app's secret, in hex. Source: 1.2 `appsecret_proof`."""
    given = request.secrets_given().get("appsecret_proof")
    if given is None:
        raise GraphError(
            100, message="API calls from the server require an appsecret_proof argument"
        )
    right = [hmac.new(key.encode(), text.encode(), "sha256").hexdigest() for key in app.secrets]
    if not any(hmac.compare_digest(str(given), each) for each in right):
        raise GraphError(100, message="Invalid appsecret_proof provided in the API argument")


def expired() -> GraphError:
    """Source: 1.3: subcode 463."""
    return GraphError(
        190,
        message="Error validating access token: Session has expired. The session is no longer "
        "valid.",
        subcode=463,
    )


def need(token: Token, scope: str) -> None:
    """Raises code 10 when the token lacks the permission. Source: 5.1, 10."""
    if scope not in token.scopes:
        raise GraphError(10)


def need_one(token: Token, *scopes: str) -> None:
    """Raises code 10 when the token has none of these permissions. Source: 5.1, 10."""
    if not set(scopes) & set(token.scopes):
        raise GraphError(10)


def number_for(sim: Sim, token: Token, method: str, node: str) -> Number:
    """The number, if the token may touch its account; otherwise code 100/33."""
    number = sim.world.numbers.get(node)
    if number is None or number.waba_id not in token.waba_ids:
        raise no_such(method, node)
    return number


def waba_for(sim: Sim, token: Token, method: str, node: str) -> Waba:
    """The account, if the token may touch it; otherwise code 100/33."""
    waba = sim.world.wabas.get(node)
    if waba is None or waba.id not in token.waba_ids:
        raise no_such(method, node)
    return waba


def template_for(sim: Sim, token: Token, node: str) -> Template:
    """The template, if the token may touch its account; otherwise code 100/33."""
    template = sim.world.templates.get(node)
    if template is None or template.waba_id not in token.waba_ids:
        raise no_such("GET", node)
    return template


def app_of_app_token(sim: Sim, text: str) -> App | None:
    """The app whose token this is: its id, a bar, one of its secrets. Source: 1.2."""
    app_id, _, secret = text.partition("|")
    app = sim.world.apps.get(app_id)
    return app if app is not None and secret in app.secrets else None
