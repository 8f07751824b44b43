"""What every route may ask for, and the shapes that all routes share."""

import base64
import binascii
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from fastapi import Depends, Query, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel

from serai.kit.clock import Clock
from serai.kit.db import Conn, seeing
from serai.kit.errors import BadRequest, Forbidden

Item = TypeVar("Item")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]
Read = Callable[[Request], Coroutine[Any, Any, bytes]]


class Page(BaseModel, Generic[Item]):
    """One page of a list; ask again with `cursor` for what follows."""

    data: Sequence[Item]
    next_cursor: str | None


SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""
AUDIT = """
    SELECT audit_request()
"""


async def connection(request: Request) -> AsyncIterator[Conn]:
    """A transaction that sees the businesses of whoever asks, and no others.

    It ends before the answer leaves; what may have changed something leaves an entry in the audit log.
    """
    asking = request.state.principal
    company = asking.visible_company or ""
    async with seeing(request.app.state.pool, asking.businesses, company) as conn:
        yield conn
        if request.method not in SAFE and not getattr(request.state, "is_quiet", False):
            await conn.execute(AUDIT)


def moment(request: Request) -> datetime:
    clock: Clock = request.app.state.clock
    return clock.now()


def may(permission: str) -> Callable[[Request], None]:
    """What a route asks of whoever calls it; the request then sees only the businesses where they may."""

    def ask(request: Request) -> None:
        principal = request.state.principal
        if not principal.may(permission):
            raise Forbidden(
                "permission_missing",
                f"This needs the permission {permission}. Ask an owner for it.",
            )
        request.state.principal = principal.within(permission)

    ask.permission = permission  # pyright: ignore[reportFunctionMemberAccess]
    return ask


Connection = Annotated[Conn, Depends(connection, scope="function")]
Moment = Annotated[datetime, Depends(moment)]
Limit = Annotated[int, Query(ge=1, le=100, description="Most items on the page.")]
Cursor = Annotated[str | None, Query(description="From `next_cursor` of the page before.")]


def cursor_of(*values: object) -> str:
    """An opaque text that says where a page ended."""
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def read_cursor(cursor: str | None, kind: type[Item]) -> Item | None:
    """What `cursor_of` was given, as a tuple of `kind`. Raises BadRequest."""
    if cursor is None:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=kind)
    except (binascii.Error, msgspec.DecodeError, ValueError) as error:
        raise BadRequest(
            "cursor_invalid", "The cursor is not one that Serai gave.", "cursor"
        ) from error


def example(value: Any) -> dict[str, Any]:
    """An example for the API's description."""
    return {"json_schema_extra": {"examples": [value]}}


class CreatingRoute(APIRoute):
    """A POST that makes something: done once per Idempotency-Key (see `app.idempotency`)."""

    def get_route_handler(self) -> Handler:
        handler = super().get_route_handler()

        async def once(request: Request) -> Response:
            return await request.app.state.once(request, handler)

        return once
