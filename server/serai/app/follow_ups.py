"""/conversations/…/follow-ups: what to say later, unless the person writes before if so wished."""

from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from serai.app.sending.contents import Chat, content
from serai.app.sending.shapes import ContentIn, TemplateIn
from serai.core.content import Text
from serai.core.ids import BusinessId, ChannelId, ContactId, ConversationId, derived
from serai.core.message import Content
from serai.core.permissions import Permission
from serai.core.template import TemplateRef
from serai.features.follow_ups import store
from serai.features.follow_ups.decide import is_open
from serai.features.follow_ups.store import FollowUpRow, NewFollowUp
from serai.features.inbox.api import contents as shapes
from serai.features.inbox.api.routes import ensure_route
from serai.features.inbox.store import lists
from serai.features.inbox.store.lists import Filter
from serai.kit.errors import Conflict, Invalid, NotFound
from serai.kit.http import Connection, CreatingRoute, Moment, example, may
from serai.meta.capabilities import rules_of
from serai.meta.whatsapp import limits

router = APIRouter(tags=["follow-ups"], dependencies=[Depends(may(Permission.CONVERSATIONS_READ))])
creating = APIRouter(tags=["follow-ups"], route_class=CreatingRoute)

LATEST = timedelta(days=90)


class FollowUpIn(BaseModel):
    """Say it in so many hours, or at a time. The content goes if they can be written to freely then,
    else the template. Without a template a time after the window closes is refused at once.
    """

    model_config = ConfigDict(
        **example(
            {
                "after_hours": 24,
                "text": "Have you had a look at the menu?",
                "template": {"type": "template", "name": "menu_reminder", "language": "en_US"},
            }
        )
    )
    after_hours: float = Field(24, gt=0, le=2160)
    due_at: AwareDatetime | None = Field(None, description="In place of after_hours.")
    text: str | None = Field(
        None, min_length=1, max_length=limits.TEXT, description="Short for a content of words."
    )
    content: ContentIn | None = Field(None, description="Any kind that may be sent.")
    template: TemplateIn | None = Field(None, description="For a window that is closed by then.")
    unless_answered: bool = Field(True, description="Nothing goes if they have written meanwhile.")


class FollowUp(BaseModel):
    id: UUID
    conversation_id: UUID
    asked_by: str = Field(description="Which user or key.")
    asked_at: datetime
    due_at: datetime
    content: shapes.Content | None
    template: str | None = Field(description="Name of the template.")
    unless_answered: bool
    state: Literal["waiting", "cancelled", "done"]
    ended_by: Literal["due", "answered", "cancelled", "window_closed"] | None


@creating.post(
    "/conversations/{conversation_id}/follow-ups",
    dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))],
)
async def add_follow_up(
    conversation_id: UUID, body: FollowUpIn, request: Request, conn: Connection, now: Moment
) -> FollowUp:
    """Once the window is over a channel takes templates only, or nothing; 409 says when it closes."""
    id_ = derived("follow_up", request.state.principal.id, request.state.idempotency_key)
    await store.add(conn, await _checked(id_, conversation_id, body, request, conn, now))
    return await _found(conn, id_)


@router.get("/conversations/{conversation_id}/follow-ups")
async def list_follow_ups(conversation_id: UUID, conn: Connection) -> list[FollowUp]:
    """Those of a conversation, the earliest first."""
    await ensure_route(conn, conversation_id)
    rows = await store.follow_ups(conn, conversation_id=conversation_id)
    return [_shape(row) for row in rows]


@router.put(
    "/follow-ups/{follow_up_id}", dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))]
)
async def change_follow_up(
    follow_up_id: UUID, body: FollowUpIn, request: Request, conn: Connection, now: Moment
) -> FollowUp:
    """Something else, or at another time, checked as if it were new."""
    old = await _found(conn, follow_up_id)
    new = await _checked(follow_up_id, old.conversation_id, body, request, conn, now)
    if not await store.change(conn, new):
        raise Conflict("follow_up_ended", "It was sent or cancelled meanwhile.")
    return await _found(conn, follow_up_id)


@router.delete(
    "/follow-ups/{follow_up_id}", dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))]
)
async def cancel_follow_up(follow_up_id: UUID, conn: Connection, now: Moment) -> FollowUp:
    """Say nothing; one that went out stays as it is."""
    await _found(conn, follow_up_id)
    await store.cancel(conn, follow_up_id, now)
    return await _found(conn, follow_up_id)


async def _checked(
    id_: UUID,
    conversation_id: UUID,
    body: FollowUpIn,
    request: Request,
    conn: Connection,
    now: datetime,
) -> NewFollowUp:
    """Complete, and able to go at its time as far as is known. Raises Invalid, NotFound, Conflict."""
    route = await ensure_route(conn, conversation_id)
    chat = Chat(
        BusinessId(route.business_id),
        ChannelId(route.channel_id),
        ContactId(route.contact_id),
        route.channel_kind,
    )
    due_at = _due_at(body, now)
    said, template = await _contents(conn, chat, body, now)
    if template is None:
        await _ensure_open_then(conn, conversation_id, due_at)
    return NewFollowUp(
        id=id_,
        business_id=chat.business_id,
        conversation_id=ConversationId(conversation_id),
        channel_id=chat.channel_id,
        contact_id=chat.contact_id,
        asked_by=str(request.state.principal.id),
        asked_at=now,
        due_at=due_at,
        content=said,
        template=template,
        unless_answered=body.unless_answered,
    )


def _due_at(body: FollowUpIn, now: datetime) -> datetime:
    due_at = body.due_at or now + timedelta(hours=body.after_hours)
    if not now < due_at <= now + LATEST:
        raise Invalid("due_at_invalid", "Choose a time within the next 90 days.", "due_at")
    return due_at


async def _contents(
    conn: Connection, chat: Chat, body: FollowUpIn, now: datetime
) -> tuple[Content | None, TemplateRef | None]:
    """What goes inside a window, and what outside."""
    if body.template is None and body.text is None and body.content is None:
        raise Invalid("nothing_to_say", "Give a content, a text, a template or more.", "content")
    said: Content | None = Text(body.text) if body.text is not None else None
    if body.content is not None:
        said = await content(conn, chat, body.content, now)
    outside = await content(conn, chat, body.template, now) if body.template else None
    if isinstance(said, TemplateRef):
        return None, said
    return said, outside if isinstance(outside, TemplateRef) else None


async def _ensure_open_then(conn: Connection, conversation_id: UUID, due_at: datetime) -> None:
    [row] = await lists.conversations(conn, Filter(id=conversation_id, limit=1))
    closes_at = row.window_closes_at
    if is_open(closes_at, due_at):
        return
    when = (
        "They have not written yet"
        if closes_at is None
        else f"Free replies end {closes_at:%d %B, %H:%M} UTC"
    )
    has_templates = "template" in rules_of(row.channel_kind).anytime
    remedy = "Choose an earlier time" + (", or add a template for then." if has_templates else ".")
    raise Conflict(
        "window_closed_then",
        f"{when}. {remedy}",
        "due_at",
    )


async def _found(conn: Connection, id_: UUID) -> FollowUp:
    rows = await store.follow_ups(conn, id_=id_)
    if not rows:
        raise NotFound("follow_up_not_found", "There is no such follow-up.")
    return _shape(rows[0])


def _shape(row: FollowUpRow) -> FollowUp:
    said: Any = row.content
    return FollowUp(
        id=row.id,
        conversation_id=row.conversation_id,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        due_at=row.due_at,
        content=said,
        template=row.template["name"] if row.template else None,
        unless_answered=row.unless_answered,
        state=row.state,  # pyright: ignore[reportArgumentType]
        ended_by=row.ended_by,  # pyright: ignore[reportArgumentType]
    )


router.include_router(creating)
