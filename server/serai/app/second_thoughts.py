"""/messages/{id}/undo and /resend: take a message back before it leaves, or try one again."""

from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from serai.app.messages import key_of, send_asked
from serai.core.events import MessageAsked, MessageUndone
from serai.core.ids import BusinessId, ContactId, ConversationId, MessageId, MetaId
from serai.core.message import Author, Content, Purpose
from serai.core.permissions import Permission
from serai.engine import outbox
from serai.engine.handle import handle
from serai.features.inbox.api import shapes
from serai.features.inbox.api.shapes import Message
from serai.features.inbox.store import read
from serai.features.inbox.store.resending import Unsent, unsent
from serai.kit.errors import Conflict, NotFound
from serai.kit.http import Connection, CreatingRoute, Moment, may

router = APIRouter(tags=["sending"], dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))])
creating = APIRouter(route_class=CreatingRoute)

MAY_HAVE_ARRIVED = (
    "Nobody knows whether it arrived, so they may get it twice. Look at the conversation first; "
    "then ask again with confirm_unknown."
)


class ResendIn(BaseModel):
    confirm_unknown: bool = Field(
        False, description="Yes, although it may have arrived and they may get it twice."
    )


@router.post("/messages/{message_id}/undo")
async def undo(message_id: UUID, request: Request, conn: Connection, now: Moment) -> Message:
    """Take a message back before it leaves; 409 says that it is too late."""
    rows = await read.messages(conn, id_=message_id, limit=1)
    if not rows:
        raise NotFound("message_not_found", "There is no such message.")
    if rows[0].state == "undone":
        return shapes.message(rows[0])
    if not await outbox.take_back(conn, MessageId(message_id), now):
        raise Conflict("message_left", "It is too late: the message has left.")
    event = MessageUndone(
        key=f"{message_id}:undone",
        at=now,
        message_id=MessageId(message_id),
        by=str(request.state.principal.id),
    )
    await handle(conn, request.app.state.wiring, [event], now)
    [row] = await read.messages(conn, id_=message_id, limit=1)
    return shapes.message(row)


@creating.post("/messages/{message_id}/resend")
async def resend(
    message_id: UUID, body: ResendIn, request: Request, conn: Connection, now: Moment
) -> Message:
    """Try a message again that did not arrive: as a new message, which names the old one."""
    old = await unsent(conn, message_id)
    if old is None:
        raise NotFound("message_not_found", "There is no such message.")
    _ensure_may_go_again(old, is_confirmed=body.confirm_unknown)
    content: Content = msgspec.convert(old.content, Content, strict=False)
    asked = MessageAsked(
        key=key_of(request),
        at=now,
        business_id=BusinessId(old.business_id),
        conversation_id=ConversationId(old.conversation_id),
        contact_id=ContactId(old.contact_id),
        channel=MetaId(old.channel),
        content=content,
        purpose=old.purpose or Purpose.SERVICE,
        author=Author.AGENT,
        by=str(request.state.principal.id),
        reply_to=MetaId(old.reply_to) if old.reply_to else None,
        resend_of=MessageId(message_id),
        by_kind=request.state.principal.kind,
    )
    return await send_asked(request, conn, asked)


def _ensure_may_go_again(old: Unsent, *, is_confirmed: bool) -> None:
    """Raises Conflict: a message goes again by somebody's wish only, and only if it did not arrive."""
    if old.direction == "in" or old.state not in {"failed", "refused", "unknown"}:
        raise Conflict("message_not_failed", "Only a message that did not arrive is sent again.")
    if old.was_resent:
        raise Conflict("message_resent_before", "It was sent again already; see below it.")
    if old.state == "unknown" and not is_confirmed:
        raise Conflict("message_may_have_arrived", MAY_HAVE_ARRIVED, "confirm_unknown")


router.include_router(creating)
