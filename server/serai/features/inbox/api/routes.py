"""The inbox's routes."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from serai.core.events import ConversationMarked
from serai.core.ids import BusinessId, ConversationId
from serai.core.permissions import Permission
from serai.engine import signals
from serai.engine.handle import handle
from serai.features.inbox.api import lists, shapes
from serai.features.inbox.api.lists import get_conversation
from serai.features.inbox.api.shapes import Conversation, Message
from serai.features.inbox.store import read
from serai.kit.errors import Conflict, NotFound
from serai.kit.http import (
    Connection,
    Cursor,
    Limit,
    Moment,
    Page,
    cursor_of,
    may,
    read_cursor,
)

router = APIRouter(tags=["inbox"], dependencies=[Depends(may(Permission.CONVERSATIONS_READ))])

router.include_router(lists.router)

Marks = Literal["read", "unread", "resolved", "reopened", "pending"]


@router.get("/conversations/{conversation_id}/window")
async def get_window(
    conversation_id: UUID, request: Request, conn: Connection, now: Moment
) -> shapes.Window:
    """What may be sent now, until when, and why."""
    return (await get_conversation(conversation_id, request, conn, now)).window


@router.get("/conversations/{conversation_id}/messages")
async def list_messages(
    conversation_id: UUID,
    conn: Connection,
    earlier: Annotated[
        bool, Query(description="Go on with what was said with this person before it.")
    ] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[Message]:
    """The messages of a conversation by the provider's time, newest first."""
    route = await ensure_route(conn, conversation_id)
    after = read_cursor(cursor, tuple[datetime, int])
    if earlier:
        rows = await read.messages_up_to(conn, route, after, limit + 1)
    else:
        rows = await read.messages(
            conn, conversation_id=conversation_id, after=after, limit=limit + 1
        )
    page = rows[:limit]
    following = cursor_of(page[-1].at, page[-1].seq) if len(rows) > limit else None
    return Page(data=[shapes.message(row) for row in page], next_cursor=following)


@router.get("/contacts/{contact_id}/messages")
async def list_history(
    contact_id: UUID, conn: Connection, limit: Limit = 50, cursor: Cursor = None
) -> Page[Message]:
    """All that was ever said with one person, over all channels and conversations, newest first."""
    after = read_cursor(cursor, tuple[datetime, int])
    rows = await read.messages(conn, contact_id=contact_id, after=after, limit=limit + 1)
    page = rows[:limit]
    following = cursor_of(page[-1].at, page[-1].seq) if len(rows) > limit else None
    return Page(data=[shapes.message(row) for row in page], next_cursor=following)


@router.get("/messages/{message_id}")
async def get_message(message_id: UUID, conn: Connection) -> Message:
    """One message with everything known of it."""
    rows = await read.messages(conn, id_=message_id, limit=1)
    if not rows:
        raise NotFound("message_not_found", "There is no such message.")
    return shapes.message(rows[0])


@router.get("/messages/{message_id}/revisions")
async def list_revisions(message_id: UUID, conn: Connection) -> Page[shapes.Revision]:
    """What the message said at first and after each change; a message taken back ends so."""
    rows = await read.revisions(conn, message_id)
    if not rows:
        raise NotFound("message_not_found", "There is no such message.")
    return Page(data=[shapes.revision(row) for row in rows], next_cursor=None)


@router.post(
    "/conversations/{conversation_id}/read",
    status_code=204,
    dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))],
)
async def mark_read(conversation_id: UUID, request: Request, conn: Connection, now: Moment) -> None:
    """Nothing in it is unread any more; WhatsApp shows the person so."""
    await _mark(conversation_id, "read", request, conn, now)
    await signals.ask(conn, ConversationId(conversation_id), "read", now)


@router.post(
    "/conversations/{conversation_id}/resolve",
    dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))],
)
async def resolve(
    conversation_id: UUID, request: Request, conn: Connection, now: Moment
) -> Conversation:
    """Done; the next message of the person opens a new conversation."""
    await _mark(conversation_id, "resolved", request, conn, now)
    return await get_conversation(conversation_id, request, conn, now)


@router.post(
    "/conversations/{conversation_id}/pending",
    dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))],
)
async def wait(
    conversation_id: UUID, request: Request, conn: Connection, now: Moment
) -> Conversation:
    """Nothing is to be done until they answer; their next message opens it again.

    409 if it is resolved and the person has an open one meanwhile.
    """
    await _mark(conversation_id, "pending", request, conn, now)
    return await get_conversation(conversation_id, request, conn, now)


@router.post(
    "/conversations/{conversation_id}/unread",
    status_code=204,
    dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))],
)
async def mark_unread(
    conversation_id: UUID, request: Request, conn: Connection, now: Moment
) -> None:
    """Somebody has to look at it again."""
    await _mark(conversation_id, "unread", request, conn, now)


@router.post(
    "/conversations/{conversation_id}/reopen",
    dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))],
)
async def reopen(
    conversation_id: UUID, request: Request, conn: Connection, now: Moment
) -> Conversation:
    """Open again; 409 if the person has an open one meanwhile."""
    await _mark(conversation_id, "reopened", request, conn, now)
    return await get_conversation(conversation_id, request, conn, now)


async def ensure_route(conn: Connection, conversation_id: UUID) -> read.Route:
    """Where answers in the conversation go. Raises NotFound."""
    route = await read.route(conn, conversation_id)
    if route is None:
        raise NotFound("conversation_not_found", "There is no such conversation.")
    return route


async def _mark(
    conversation_id: UUID, mark: Marks, request: Request, conn: Connection, now: datetime
) -> None:
    route = await ensure_route(conn, conversation_id)
    event = ConversationMarked(
        key=f"{conversation_id}:{mark}:{now.isoformat()}",
        at=now,
        conversation_id=ConversationId(conversation_id),
        business_id=BusinessId(route.business_id),
        mark=mark,
        by=str(request.state.principal.id),
        by_kind=request.state.principal.kind,
    )
    handled = await handle(conn, request.app.state.wiring, [event], now)
    if handled.effects.get(event.key) == []:
        words = "They wrote again meanwhile: go on in the conversation that is open."
        raise Conflict("conversation_followed", words)
