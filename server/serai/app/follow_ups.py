"""/conversations/…/follow-ups: what to say later to someone who has not written by then."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from serai.app.sending.contents import Chat, content
from serai.app.sending.shapes import TemplateIn
from serai.core.ids import BusinessId, ChannelId, ContactId, ConversationId, derived
from serai.core.permissions import Permission
from serai.core.template import TemplateRef
from serai.features.follow_ups import store
from serai.features.follow_ups.store import FollowUpRow, NewFollowUp
from serai.features.inbox.api.routes import ensure_route
from serai.kit.errors import Invalid, NotFound
from serai.kit.http import Connection, CreatingRoute, Moment, example, may
from serai.meta.whatsapp import limits

router = APIRouter(tags=["follow-ups"], dependencies=[Depends(may(Permission.CONVERSATIONS_READ))])
creating = APIRouter(tags=["follow-ups"], route_class=CreatingRoute)

LATEST = timedelta(days=90)


class FollowUpIn(BaseModel):
    """Say it in so many hours, or at a time. The text goes if they can still be written to freely
    then, else the template; nothing goes if they have written meanwhile.
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
    text: str | None = Field(None, min_length=1, max_length=limits.TEXT)
    template: TemplateIn | None = None


class FollowUp(BaseModel):
    id: UUID
    conversation_id: UUID
    asked_at: datetime
    due_at: datetime
    text: str | None
    template: str | None = Field(description="Name of the template.")
    state: Literal["waiting", "cancelled", "done"]
    ended_by: Literal["due", "answered", "cancelled", "window_closed"] | None


@creating.post(
    "/conversations/{conversation_id}/follow-ups",
    dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))],
)
async def add_follow_up(
    conversation_id: UUID, body: FollowUpIn, request: Request, conn: Connection, now: Moment
) -> FollowUp:
    """Outside a service window WhatsApp takes templates only, so give one unless it is soon."""
    route = await ensure_route(conn, conversation_id)
    chat = Chat(
        BusinessId(route.business_id), ChannelId(route.channel_id), ContactId(route.contact_id)
    )
    new = NewFollowUp(
        id=derived("follow_up", request.state.principal.id, request.state.idempotency_key),
        business_id=chat.business_id,
        conversation_id=ConversationId(conversation_id),
        channel_id=chat.channel_id,
        contact_id=chat.contact_id,
        asked_by=str(request.state.principal.id),
        asked_at=now,
        due_at=_due_at(body, now),
        text=body.text,
        template=await _template(conn, chat, body, now),
    )
    await store.add(conn, new)
    return await _found(conn, new.id)


@router.get("/conversations/{conversation_id}/follow-ups")
async def list_follow_ups(conversation_id: UUID, conn: Connection) -> list[FollowUp]:
    """Those of a conversation, the earliest first."""
    await ensure_route(conn, conversation_id)
    rows = await store.follow_ups(conn, conversation_id=conversation_id)
    return [_shape(row) for row in rows]


@router.delete(
    "/follow-ups/{follow_up_id}", dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))]
)
async def cancel_follow_up(follow_up_id: UUID, conn: Connection, now: Moment) -> FollowUp:
    """Say nothing; one that went out stays as it is."""
    await _found(conn, follow_up_id)
    await store.cancel(conn, follow_up_id, now)
    return await _found(conn, follow_up_id)


def _due_at(body: FollowUpIn, now: datetime) -> datetime:
    due_at = body.due_at or now + timedelta(hours=body.after_hours)
    if not now < due_at <= now + LATEST:
        raise Invalid("due_at_invalid", "Choose a time within the next 90 days.", "due_at")
    return due_at


async def _template(
    conn: Connection, chat: Chat, body: FollowUpIn, now: datetime
) -> TemplateRef | None:
    """Checked and complete. Raises Invalid, NotFound and Conflict, each with its field."""
    if body.template is None and body.text is None:
        raise Invalid("nothing_to_say", "Give a text, a template or both.", "text")
    filled = await content(conn, chat, body.template, now) if body.template else None
    return filled if isinstance(filled, TemplateRef) else None


async def _found(conn: Connection, id_: UUID) -> FollowUp:
    rows = await store.follow_ups(conn, id_=id_)
    if not rows:
        raise NotFound("follow_up_not_found", "There is no such follow-up.")
    return _shape(rows[0])


def _shape(row: FollowUpRow) -> FollowUp:
    return FollowUp(
        id=row.id,
        conversation_id=row.conversation_id,
        asked_at=row.asked_at,
        due_at=row.due_at,
        text=row.text,
        template=row.template["name"] if row.template else None,
        state=row.state,  # pyright: ignore[reportArgumentType]
        ended_by=row.ended_by,  # pyright: ignore[reportArgumentType]
    )


router.include_router(creating)
