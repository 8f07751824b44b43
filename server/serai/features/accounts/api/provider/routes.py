"""/session/providers: to the company's own sign-in, and back. Browsers come here, not pages."""

import hashlib
import hmac
from typing import Annotated, cast
from urllib.parse import urlencode, urlsplit

import msgspec
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # pyright: ignore
from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse
from msgspec import Struct

from serai.features.accounts.api import cookies
from serai.features.accounts.api.desk import AtDesk, Desk
from serai.features.accounts.api.entrance import OURS, Step, step_of
from serai.features.accounts.api.provider.arrival import account_for, trust_of
from serai.features.accounts.api.provider.talk import Provider, ProviderAway, Return
from serai.features.accounts.decide.id_tokens import BadToken
from serai.features.accounts.decide.vouching import Vouched
from serai.features.accounts.store import companies, factors, tokens
from serai.kit.errors import BadRequest, Forbidden, NotFound, NotNow, Refused
from serai.kit.log import logger

router = APIRouter(prefix="/session/providers", tags=["sign-in"])
log = logger("serai.provider")

ARRIVAL = "/welcome/provider"
SECONDS = 600
"""As long as its token: how much time somebody has at the provider."""
STALE = BadRequest(
    "provider_stale", "This sign-in was begun elsewhere, or too long ago. Begin again."
)
Text = Annotated[str, Query(max_length=4000)]


class Trip(Struct, frozen=True):
    """What is remembered while a browser is at the provider."""

    verifier: str
    nonce: str
    browser: str
    """SHA-256 of the secret that only this browser holds."""
    to: str


@router.get("/{provider_id}", status_code=303, response_class=RedirectResponse)
async def leave(provider_id: str, desk: AtDesk, to: Text = "/inbox") -> RedirectResponse:
    """Send the browser to the provider; `to` is the page to show afterwards."""
    try:
        return await _begin(desk, _provider(desk, provider_id), _own_page(to))
    except Refused as refused:
        return _arrive(problem=refused.code, to=_own_page(to))


@router.get("/{provider_id}/callback", status_code=303, response_class=RedirectResponse)
async def come_back(
    provider_id: str,
    desk: AtDesk,
    state: Text = "",
    code: Text = "",
    error: Text = "",
    iss: Text = "",
) -> RedirectResponse:
    """The provider sends the browser back: begin a session, or say on a page why not."""
    to = "/inbox"
    try:
        provider = _provider(desk, provider_id)
        trip = await _trip(desk, state)
        to = trip.to
        _ensure_granted(provider, code, error, iss)
        vouched = await _vouched(desk, provider, trip, code)
        return await _admit(desk, vouched, to)
    except Refused as refused:
        await _note_refusal(desk)
        return _arrive(problem=refused.code, to=to)


def callback(desk: Desk) -> str:
    """Where the provider sends browsers back to; it has to be told this address."""
    return f"{desk.address}/api/v1/session/providers/{OURS}/callback"


async def _begin(desk: Desk, provider: Provider, to: str) -> RedirectResponse:
    cookies.name_of(desk.request)
    try:
        found = await provider.discovery(desk.now)
    except ProviderAway as error:
        log.warning("provider_away", reason=str(error))
        raise AWAY from error
    state, browser = tokens.new_token(), tokens.new_token()
    trip = Trip(tokens.new_token(), tokens.new_token(), _digest(browser), to)
    async with desk.pool.connection() as conn:
        await tokens.add_sealed(conn, desk.vault, state, msgspec.json.encode(trip), desk.now)
    wanted: dict[str, str] = {
        "response_type": "code",
        "client_id": desk.settings.oidc_client_id,
        "redirect_uri": callback(desk),
        "scope": "openid email profile",
        "state": state,
        "nonce": trip.nonce,
        "code_challenge": cast("str", create_s256_code_challenge(trip.verifier)),
        "code_challenge_method": "S256",
    }
    mark = "&" if urlsplit(found.authorization_endpoint).query else "?"
    response = RedirectResponse(f"{found.authorization_endpoint}{mark}{urlencode(wanted)}", 303)
    response.headers["Cache-Control"] = "no-store"
    cookies.put(desk.request, response, browser, SECONDS, name=_cookie(desk))
    return response


async def _trip(desk: Desk, state: str) -> Trip:
    """What was remembered, once, and for the browser that set out. Raises BadRequest."""
    async with desk.pool.connection() as conn:
        body = await tokens.take_sealed(conn, desk.vault, state, desk.now)
    if body is None:
        raise STALE
    trip = msgspec.json.decode(body, type=Trip)
    held = desk.request.cookies.get(_cookie(desk), "")
    if not hmac.compare_digest(_digest(held), trip.browser):
        raise STALE
    return trip


def _ensure_granted(provider: Provider, code: str, error: str, iss: str) -> None:
    """Raises Forbidden, BadRequest."""
    if error:
        raise Forbidden("provider_refused", "The sign-in was not finished there.")
    if not code or (iss and iss != provider.issuer):
        raise WRONG


async def _vouched(desk: Desk, provider: Provider, trip: Trip, code: str) -> Vouched:
    back = Return(code=code, verifier=trip.verifier, nonce=trip.nonce, address=callback(desk))
    try:
        return await provider.who(back, desk.now)
    except ProviderAway as error:
        log.warning("provider_away", reason=str(error))
        raise AWAY from error
    except BadToken as error:
        log.warning("provider_not_believed", reason=str(error))
        raise WRONG from error


async def _admit(desk: Desk, vouched: Vouched, to: str) -> RedirectResponse:
    """Begin a session; where the provider saw one factor only, ours is asked for as after a password."""
    is_twofold = vouched.is_twofold or trust_of(desk.settings).has_second_factor
    async with desk.pool.connection() as conn, conn.transaction():
        account = await account_for(desk, conn, vouched)
        step = Step(next="done") if is_twofold else step_of(await factors.held(conn, account.id))
        stage = "whole" if step.next == "done" else "second_factor"
        response = _arrive(next=step.next, factors=",".join(step.factors), to=to)
        await desk.admit(response, conn, account.id, stage, "provider", is_twofold=is_twofold)
        if stage == "whole":
            await desk.note(
                conn, account.organization_id, account.id, "session.began", factor="provider"
            )
    return response


async def _note_refusal(desk: Desk) -> None:
    async with desk.pool.connection() as conn:
        await companies.note_security(conn, {("provider", desk.device.remote): 1}, desk.now)


def _provider(desk: Desk, provider_id: str) -> Provider:
    """Raises NotFound."""
    if provider_id != OURS or not desk.settings.oidc_issuer:
        raise NotFound("provider_unknown", "There is no such sign-in here.")
    return desk.request.app.state.provider


def _arrive(**told: str) -> RedirectResponse:
    """To the page that goes on; what it is told stays in the browser, behind the `#`."""
    response = RedirectResponse(f"{ARRIVAL}#{urlencode(told)}", 303)
    response.headers["Cache-Control"] = "no-store"
    return response


def _own_page(to: str) -> str:
    """A page of ours; never another site, however it is written."""
    is_ours = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable()
    return to if is_ours and "\\" not in to else "/inbox"


def _cookie(desk: Desk) -> str:
    return f"{cookies.plain_name(desk.request)}-provider"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


AWAY = NotNow("provider_away", "The company's sign-in does not answer. Try again, or another way.")
WRONG = BadRequest("provider_wrong", "The provider's answer cannot be believed. Begin again.")
