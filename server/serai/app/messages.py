"""Sending through the API: in a conversation, or to a phone number or contact."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from serai.app.sending.contents import Chat, content, ensure_taken, meta_id
from serai.app.sending.shapes import AnswerIn, MessageIn, ToContact, ToPhone, ToUserId
from serai.core.effects import Effect, RefuseMessage, SendMessage
from serai.core.events import MessageAsked
from serai.core.ids import (
    BusinessId,
    ChannelId,
    ContactId,
    ConversationId,
    MessageId,
    MetaId,
    derived,
)
from serai.core.interactive import FlowMessage
from serai.core.message import Author, Purpose
from serai.core.permissions import Permission
from serai.engine import log
from serai.engine.handle import handle
from serai.features.channels.store import numbers as channels
from serai.features.contacts.api.shapes import read_phone
from serai.features.contacts.store import read as contacts
from serai.features.contacts.store import records
from serai.features.contacts.store.records import NewContact
from serai.features.desk.store import habits
from serai.features.flows.store import rows as flows
from serai.features.flows.store import tokens
from serai.features.inbox.api import shapes
from serai.features.inbox.api.routes import ensure_route
from serai.features.inbox.api.shapes import Message
from serai.features.inbox.store import read
from serai.features.teamwork.store import collisions, teams
from serai.kit.errors import Conflict, NotFound
from serai.kit.http import Connection, CreatingRoute, Moment, may


class FormIn(BaseModel):
    """How a form is offered."""

    body: str = Field(examples=["Book a table with us."])
    cta: str = Field(description="On the button that opens it.", examples=["Book a table"])


router = APIRouter(
    tags=["sending"],
    route_class=CreatingRoute,
    dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))],
)


@router.post("/conversations/{conversation_id}/messages")
async def answer(
    conversation_id: UUID,
    body: AnswerIn,
    request: Request,
    conn: Connection,
    now: Moment,
    confirm: Annotated[
        bool, Query(description="Send although a colleague has answered just now.")
    ] = False,
) -> Message:
    """Answer in a conversation, as a person of the team. 409 says why it may not be sent."""
    route = await ensure_route(conn, conversation_id)
    if not confirm:
        await _ensure_first(request, conn, conversation_id, now)
    chat = Chat(
        BusinessId(route.business_id),
        ChannelId(route.channel_id),
        ContactId(route.contact_id),
        route.channel_kind,
    )
    asked = MessageAsked(
        key=key_of(request),
        at=now,
        business_id=chat.business_id,
        conversation_id=ConversationId(conversation_id),
        contact_id=chat.contact_id,
        channel=MetaId(route.meta_id),
        content=await content(conn, chat, body.content, now),
        purpose=Purpose.SERVICE,
        author=Author.AGENT,
        by=str(request.state.principal.id),
        reply_to=await _quoted(conn, chat, body.reply_to),
        hold_seconds=await _hold_seconds(request, conn, asked_for=body.undo_seconds),
        by_kind=request.state.principal.kind,
        takes=await _takes(request, conn, chat.business_id),
    )
    return await send_asked(request, conn, asked)


@router.post("/conversations/{conversation_id}/flows/{key}")
async def send_form(
    conversation_id: UUID,
    key: str,
    body: FormIn,
    request: Request,
    conn: Connection,
    now: Moment,
) -> Message:
    """Send a form that is published for the conversation's number."""
    route = await ensure_route(conn, conversation_id)
    known = [row for row in await flows.flows(conn, route.channel_id) if row.key == key]
    if not known:
        raise NotFound("flow_not_found", "Publish this form for the number first.", "key")
    nonce = derived("form", key_of(request)).hex[:12]
    token = tokens.mint(request.app.state.wiring.vault, route.channel_id, key, nonce, now)
    form = FlowMessage(
        body=body.body,
        cta=body.cta,
        flow_id=known[0].meta_id,
        flow_token=token,
        action="data_exchange",
    )
    ensure_taken(route.channel_kind, form)
    asked = MessageAsked(
        key=key_of(request),
        at=now,
        business_id=BusinessId(route.business_id),
        conversation_id=ConversationId(conversation_id),
        contact_id=ContactId(route.contact_id),
        channel=MetaId(route.meta_id),
        content=form,
        purpose=Purpose.SERVICE,
        author=Author.AGENT,
        by=str(request.state.principal.id),
        by_kind=request.state.principal.kind,
        takes=await _takes(request, conn, BusinessId(route.business_id)),
    )
    return await send_asked(request, conn, asked)


@router.post("/messages")
async def send(body: MessageIn, request: Request, conn: Connection, now: Moment) -> Message:
    """Send to a contact, or to a phone number, which becomes a contact."""
    rows = await channels.list_channels(conn, id_=body.channel_id)
    if not rows:
        raise NotFound("channel_not_found", "There is no such channel.", "channel_id")
    channel = rows[0]
    contact = await _contact(request, conn, channel.business_id, body.to, now)
    chat = Chat(channel.business_id, channel.id, contact, channel.kind)
    asked = MessageAsked(
        key=key_of(request),
        at=now,
        business_id=channel.business_id,
        conversation_id=None,
        contact_id=contact,
        channel=MetaId(channel.meta_id),
        content=await content(conn, chat, body.content, now),
        purpose=Purpose(body.purpose),
        author=Author.AGENT,
        by=str(request.state.principal.id),
        reply_to=await _quoted(conn, chat, body.reply_to),
        by_kind=request.state.principal.kind,
        takes=await _takes(request, conn, channel.business_id),
    )
    return await send_asked(request, conn, asked)


async def _takes(request: Request, conn: Connection, business: BusinessId) -> bool:
    """Whether whoever answers what is nobody's has it from then on; a program has nothing."""
    if request.state.principal.kind != "user":
        return False
    return any(queue.answering_takes for queue in await teams.queues(conn, business))


async def _ensure_first(
    request: Request, conn: Connection, conversation_id: UUID, now: Moment
) -> None:
    """Raises Conflict if a colleague has answered within seconds; programs are not asked."""
    asking = request.state.principal
    if asking.kind != "user":
        return
    found = await collisions.just_answered(conn, conversation_id, asking.id, now)
    if found is not None:
        raise Conflict(
            "colleague_answered",
            f"{found.name} answered just now. Look at it first, then send yours or let it be.",
        )


def key_of(request: Request) -> str:
    """Names the wish: the same Idempotency-Key of the same API key is the same wish."""
    return f"asked:{request.state.principal.id}:{request.state.idempotency_key}"


async def _hold_seconds(request: Request, conn: Connection, asked_for: int | None) -> int:
    """What the caller says; else a person's own habit, and none for a program."""
    if asked_for is not None or request.state.principal.kind == "key":
        return asked_for or 0
    return (await habits.habits(conn, request.state.principal.id)).undo_seconds


async def _contact(
    request: Request,
    conn: Connection,
    business: BusinessId,
    to: ToContact | ToPhone | ToUserId,
    now: Moment,
) -> ContactId:
    if isinstance(to, ToContact):
        rows = await contacts.find(conn, [to.contact_id])
        if not rows or rows[0].business_id != business:
            raise NotFound("contact_not_found", "There is no such contact.", "to.contact_id")
        return rows[0].merged_into or rows[0].id
    vault = request.app.state.wiring.vault
    if isinstance(to, ToUserId):
        known_by = ("wa_user_id", to.user_id)
        known = await contacts.find_by_user_id(conn, vault, business, to.user_id)
    else:
        known_by = ("phone", read_phone(to.phone))
        known = await contacts.find_by_phone(conn, vault, business, read_phone(to.phone))
    if known:
        return known
    new = NewContact(business_id=business, identities=[known_by])
    return await records.add(conn, vault, new, now, request.state.principal.name)


async def _quoted(conn: Connection, chat: Chat, message_id: UUID | None) -> MetaId | None:
    return await meta_id(conn, chat, message_id, "reply_to") if message_id else None


async def send_asked(request: Request, conn: Connection, asked: MessageAsked) -> Message:
    """Decide and queue; what policy refuses is rolled back and said."""
    handled = await handle(conn, request.app.state.wiring, [asked], asked.at)
    id_ = _sent(handled.effects.get(asked.key, [])) or await log.message_of(conn, asked.key)
    rows = await read.messages(conn, id_=id_, limit=1) if id_ else []
    if not rows:
        raise NotFound("message_not_found", "What was sent with this key is not kept any more.")
    return shapes.message(rows[0])


def _sent(effects: Sequence[Effect]) -> MessageId | None:
    """The message that was queued; None for a wish that was carried out before. Raises Conflict."""
    for effect in effects:
        if isinstance(effect, RefuseMessage):
            raise Conflict(effect.reason, effect.words)
        if isinstance(effect, SendMessage):
            return effect.message_id
    return None
