"""Sending through the API: in a conversation, or to a phone number or contact."""

from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from serai.core.content import Text
from serai.core.effects import RefuseMessage
from serai.core.events import MessageAsked, Refusal
from serai.core.ids import BusinessId, ContactId, ConversationId, MetaId, derived
from serai.core.message import Author, Content, Purpose
from serai.core.policy import REMEDIES
from serai.core.template import TemplateRef
from serai.engine.handle import handle
from serai.features.channels.store import numbers as channels
from serai.features.contacts.api import read_phone
from serai.features.contacts.store import read as contacts
from serai.features.contacts.store.read import NewContact
from serai.features.inbox.api import shapes
from serai.features.inbox.api.routes import ensure_route
from serai.features.inbox.api.shapes import Answer, Message, Sendable
from serai.features.inbox.store import read
from serai.features.templates import store as templates
from serai.kit.errors import Conflict, Invalid, NotFound
from serai.kit.http import Connection, CreatingRoute, Moment, writer

router = APIRouter(tags=["sending"], route_class=CreatingRoute, dependencies=[Depends(writer)])


class ToContact(BaseModel):
    contact_id: UUID


class ToPhone(BaseModel):
    phone: str = Field(examples=["+1 555 010 0123"])


class MessageIn(BaseModel):
    channel_id: UUID
    to: ToContact | ToPhone
    content: Sendable
    purpose: Literal["service", "utility", "marketing"] = "service"


@router.post("/conversations/{conversation_id}/messages")
async def answer(
    conversation_id: UUID, body: Answer, request: Request, conn: Connection, now: Moment
) -> Message:
    """Answer in a conversation, as a person of the team. 409 says why it may not be sent."""
    route = await ensure_route(conn, conversation_id)
    asked = MessageAsked(
        key=_key(request),
        at=now,
        business_id=BusinessId(route.business_id),
        conversation_id=ConversationId(conversation_id),
        contact_id=ContactId(route.contact_id),
        channel=MetaId(route.meta_id),
        content=await _content(conn, route.business_id, body.content),
        purpose=Purpose.SERVICE,
        author=Author.AGENT,
        by=str(request.state.principal.key_id),
    )
    return await _send(request, conn, asked)


@router.post("/messages")
async def send(body: MessageIn, request: Request, conn: Connection, now: Moment) -> Message:
    """Send to a contact, or to a phone number, which becomes a contact."""
    rows = await channels.list_channels(conn, id_=body.channel_id)
    if not rows:
        raise NotFound("channel_not_found", "There is no such channel.", "channel_id")
    channel = rows[0]
    asked = MessageAsked(
        key=_key(request),
        at=now,
        business_id=channel.business_id,
        conversation_id=None,
        contact_id=await _contact(request, conn, channel.business_id, body.to, now),
        channel=MetaId(channel.meta_id),
        content=await _content(conn, channel.business_id, body.content),
        purpose=Purpose(body.purpose),
        author=Author.AGENT,
        by=str(request.state.principal.key_id),
    )
    return await _send(request, conn, asked)


def _key(request: Request) -> str:
    """Names the wish: the same Idempotency-Key of the same API key is the same wish."""
    return f"asked:{request.state.principal.key_id}:{request.state.idempotency_key}"


async def _contact(
    request: Request, conn: Connection, business: BusinessId, to: ToContact | ToPhone, now: Moment
) -> ContactId:
    if isinstance(to, ToContact):
        rows = await contacts.contacts(conn, id_=to.contact_id, business_id=business)
        if not rows:
            raise NotFound("contact_not_found", "There is no such contact.", "to.contact_id")
        return rows[0].id
    vault, phone = request.app.state.wiring.vault, read_phone(to.phone)
    known = await contacts.find_by_phone(conn, vault, business, phone)
    if known is not None:
        return known
    return await contacts.add(conn, vault, NewContact(business_id=business, phone=phone), now)


async def _content(conn: Connection, business: UUID, content: Any) -> Content:
    if isinstance(content, shapes.TextContent):
        return Text(content.body)
    rows = await templates.of_business(conn, business)
    fitting = [row for row in rows if (row.name, row.language) == (content.name, content.language)]
    if not fitting:
        raise Invalid("template_not_found", "There is no such template.", "content.name")
    return _filled(fitting[0], content.parameters)


def _filled(template: templates.TemplateRow, values: list[str]) -> TemplateRef:
    """The template with its values in place. Raises Invalid, naming what is missing or too much."""
    names = template.parameters
    if len(values) < len(names):
        missing = ", ".join(names[len(values) :])
        raise Invalid(
            "template_values_missing", f"Values are missing: {missing}.", "content.parameters"
        )
    if len(values) > len(names):
        surplus = len(values) - len(names)
        raise Invalid(
            "template_values_surplus", f"{surplus} too many values.", "content.parameters"
        )
    body = template.body
    for number, value in enumerate(values, 1):
        body = body.replace(f"{{{{{number}}}}}", value)
    return TemplateRef(
        name=template.name,
        language=template.language,
        parameters=tuple(values),
        body=body,
        category=template.category,
    )


async def _send(request: Request, conn: Connection, asked: MessageAsked) -> Message:
    """Decide and queue; what policy refuses is rolled back and said."""
    handled = await handle(conn, request.app.state.wiring, [asked], asked.at)
    for effect in handled.effects.get(asked.key, []):
        if isinstance(effect, RefuseMessage):
            raise Conflict(effect.reason, REMEDIES[Refusal(effect.reason)])
    rows = await read.messages(conn, id_=derived("send", asked.key), limit=1)
    return shapes.message(rows[0])
