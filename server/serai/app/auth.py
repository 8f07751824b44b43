"""From an API key or a session's cookie to a Principal, before any route is reached."""

from typing import Annotated

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from serai.core.permissions import granted
from serai.core.principal import Principal
from serai.features.accounts.api.desk import Desk
from serai.features.accounts.decide.grants import company_grants, grants
from serai.features.accounts.store import keys
from serai.features.accounts.store.sessions import SessionRow
from serai.kit.clock import Clock
from serai.kit.errors import Forbidden, Unauthorised

OURS = Clock()
"""Sign-in and limits go by this machine's time, whatever Meta's says."""
bearer = HTTPBearer(auto_error=False, description="An API key: Authorization: Bearer serai_…")


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


def ensure_second_factor(request: Request) -> None:
    """Whether who is signed in has the second factor that their company wants. Raises Forbidden."""
    session: SessionRow | None = getattr(request.state, "session", None)
    if session is not None and session.must_add_factor:
        raise Forbidden(
            "second_factor_needed", "Your company asks for a second factor. Set one up first."
        )


async def _by_key(request: Request, key: str) -> None:
    async with request.app.state.engine_pool.connection() as conn:
        found = await keys.find(
            conn, key, Desk(request).device.remote, request.app.state.clock.now()
        )
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
    session = await Desk(request).find_session()
    if session is None or session.stage != "whole":
        raise Unauthorised(
            "signed_out", "Sign in, or send an API key: Authorization: Bearer serai_…"
        )
    request.state.session = session
    request.state.principal = _person(session)
    request.state.organization = session.organization


def _person(session: SessionRow) -> Principal:
    return Principal(
        kind="user",
        id=session.user_id,
        name=session.name,
        organization_id=session.organization_id,
        grants=grants(session.memberships, session.businesses),
        company=company_grants(session.memberships),
    )
