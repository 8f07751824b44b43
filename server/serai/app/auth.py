"""From an API key or a session's cookie to a Principal, before any route is reached."""

from datetime import timedelta
from typing import Annotated

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from serai.core.permissions import granted
from serai.core.principal import Principal
from serai.features.accounts.api import cookies
from serai.features.accounts.decide.grants import company_grants, grants
from serai.features.accounts.store import keys, sessions
from serai.features.accounts.store.sessions import SessionRow
from serai.kit.clock import Clock
from serai.kit.errors import Unauthorised

bearer = HTTPBearer(auto_error=False, description="An API key: Authorization: Bearer serai_…")
OURS = Clock()
"""Sign-in goes by this machine's time, whatever Meta's says."""


async def authenticate(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
) -> None:
    """Put who asks on the request. Raises Unauthorised, Forbidden."""
    if getattr(request.state, "principal", None) is not None:
        return
    if credentials is not None:
        await _by_key(request, credentials.credentials)
    else:
        await _by_session(request)


async def _by_key(request: Request, key: str) -> None:
    async with request.app.state.engine_pool.connection() as conn:
        found = await keys.find(conn, key, remote_of(request), request.app.state.clock.now())
    if found is None:
        raise Unauthorised(
            "api_key_unknown", "This API key is not known, has ended or was revoked."
        )
    may = granted(found.scopes)
    request.state.principal = Principal(
        kind="key",
        id=found.id,
        name=found.name,
        organization_id=found.organization_id,
        grants=dict.fromkeys(found.businesses, may),
        company=may if found.whole else frozenset(),
    )
    request.state.organization = found.organization


async def _by_session(request: Request) -> None:
    session = await find_session(request)
    if session is None or session.stage != "whole":
        raise Unauthorised(
            "signed_out", "Sign in, or send an API key: Authorization: Bearer serai_…"
        )
    request.state.session = session
    request.state.principal = _person(session)
    request.state.organization = session.organization


async def find_session(request: Request) -> SessionRow | None:
    """Of the cookie, at whichever stage. Raises Forbidden when another site's page asks."""
    token = cookies.token_in(request)
    if token is None:
        return None
    cookies.ensure_own_page(request)
    idle = timedelta(hours=request.app.state.settings.session_idle_hours)
    now = OURS.now()
    async with request.app.state.engine_pool.connection() as conn:
        session = await sessions.find(conn, token, idle, now)
        if session is not None:
            await sessions.see(conn, session.id, remote_of(request), now)
    return session


def remote_of(request: Request) -> str:
    """The address that asks."""
    return request.client.host if request.client else ""


def _person(session: SessionRow) -> Principal:
    return Principal(
        kind="user",
        id=session.user_id,
        name=session.name,
        organization_id=session.organization_id,
        grants=grants(session.memberships, session.businesses),
        company=company_grants(session.memberships),
    )
