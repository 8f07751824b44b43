"""From an API key to a Principal, before any route is reached."""

from typing import Annotated

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from serai.core.permissions import granted
from serai.core.principal import Principal
from serai.features.accounts import store
from serai.kit.errors import Unauthorised

bearer = HTTPBearer(auto_error=False, description="An API key: Authorization: Bearer serai_…")


async def authenticate(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
) -> None:
    """Put who asks on the request. Raises Unauthorised."""
    if getattr(request.state, "principal", None) is not None:
        return
    if credentials is None:
        raise Unauthorised("api_key_missing", "Send an API key: Authorization: Bearer serai_…")
    async with request.app.state.engine_pool.connection() as conn:
        found = await store.find_key(conn, credentials.credentials, request.app.state.clock.now())
    if found is None:
        raise Unauthorised("api_key_unknown", "This API key is not known, or was revoked.")
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
