"""The route of the live stream."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import StreamingResponse

from serai.app import live
from serai.app.auth import authenticate, bearer
from serai.app.live import Live
from serai.core.permissions import Permission
from serai.core.principal import Principal
from serai.kit.errors import Refused, Unauthorised
from serai.kit.http import may

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
router = APIRouter(dependencies=[Depends(may(Permission.CONVERSATIONS_READ))])


@router.get("/live", include_in_schema=False)
async def stream(
    request: Request, last_event_id: Annotated[str | None, Header()] = None
) -> StreamingResponse:
    """Changes as they happen, for whoever may see them."""
    feed: Live = request.app.state.live
    last = int(last_event_id) if last_event_id and last_event_id.isdecimal() else None

    async def again() -> Principal | None:
        return await _who(request)

    async def told(who: Principal) -> AsyncIterator[bytes]:
        async for change in feed.changes(who, again, last):
            yield live.frames(change)

    # Not as the permission narrowed it: some news is of other things than conversations.
    who = await again()
    if who is None:
        raise Unauthorised("session_ended", "This session or key has just ended. Sign in again.")

    return StreamingResponse(told(who), media_type="text/event-stream", headers=HEADERS)


async def _who(request: Request) -> Principal | None:
    """Whoever the request's key or session belongs to by now."""
    fresh = Request({**request.scope, "state": {}})
    try:
        await authenticate(fresh, await bearer(fresh))
    except Refused:
        return None
    return fresh.state.principal
