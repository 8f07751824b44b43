"""Whoever asks for a change is named to the database, so that the change names them.

Rows of what people configure are watched by the database itself (`CALL audited` in the migrations);
everything else that a request does leaves one entry: who asked what, and of whom.
"""

import re
import secrets
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any
from uuid import UUID

import msgspec
from fastapi import Request

from serai.core.principal import Principal
from serai.features.audit import store
from serai.kit.db import ACTING, writing
from serai.kit.http import SAFE

PLAIN = re.compile(
    r"[a-z][a-z0-9_.-]{0,59}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE
)
"""What a path may hold to be shown as it is: our ids and names, nobody's phone number."""

QUIET = {
    "businesses.preview_hours": "shows what would be, and changes nothing",
    "desk.keep_draft": "a draft is its author's own",
    "desk.note_use": "counts how often a text is used",
    "desk.order_views": "the order of one's own lists",
    "desk.preview": "shows what would be, and changes nothing",
    "inbox.mark_read": "looking is no change; who answers is told by the messages",
    "inbox.show_typing": "passes in seconds",
    "teamwork.come": "passes in seconds",
    "teamwork.leave": "passes in seconds",
    "teamwork.read_mentions": "one's own marks",
    "teamwork.seen": "passes in minutes",
}
"""Requests that leave no entry though their method may change something, and why."""


async def audited(request: Request) -> AsyncIterator[None]:
    """Say who asks what, and see to it that a change by them leaves an entry."""
    if request.method in SAFE:
        yield
        return
    request.state.request_id = secrets.token_hex(16)
    request.state.is_quiet = action_of(request.scope["route"]) in QUIET
    ACTING.set(await acting(request))
    try:
        yield
        await _see_to_an_entry(request)
    finally:
        ACTING.set("")


async def _see_to_an_entry(request: Request) -> None:
    if request.state.is_quiet:
        return
    async with writing(request.app.state.engine_pool) as conn:
        await store.note_unless_noted(conn)


async def acting(request: Request) -> str:
    """Who asks what, as the database keeps it."""
    principal: Principal = request.state.principal
    told = {
        "kind": principal.kind,
        "id": principal.id,
        "name": principal.name,
        "organization": principal.organization_id,
        "action": action_of(request.scope["route"]),
        "subject": _subject(request),
        "ids": await _ids(request),
        "request": request.state.request_id,
        "remote": request.client.host if request.client else "",
        "at": request.app.state.clock.now(),
    }
    return msgspec.json.encode(told).decode()


def action_of(route: Any) -> str:
    """A stable name of what a route does, such as `businesses.set_hours`."""
    parts = route.endpoint.__module__.removeprefix("serai.").split(".")
    return f"{parts[1]}.{route.endpoint.__name__}"


def _subject(request: Request) -> str:
    path = request.url.path.removeprefix("/api/v1")
    return "/".join(each if not each or PLAIN.fullmatch(each) else "…" for each in path.split("/"))


async def _ids(request: Request) -> dict[str, UUID]:
    """Ids that the path and the body name: they tell whose business it is about."""
    named: dict[str, object] = {}
    if "json" in request.headers.get("Content-Type", ""):
        with suppress(ValueError, RecursionError):  # the route itself says what is wrong with it
            body = await request.json()
            named |= body if isinstance(body, dict) else {}
    named |= request.path_params
    return {name: found for name in named if name.endswith("_id") and (found := _uuid(named[name]))}


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
