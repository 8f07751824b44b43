"""/me/drafts and /me/habits: what each person has for themselves."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from serai.core.permissions import Permission
from serai.features.desk.store import drafts as store
from serai.features.desk.store import habits
from serai.features.desk.store.habits import Habits
from serai.kit.errors import NotFound
from serai.kit.http import Connection, Moment, may

router = APIRouter(tags=["me"], dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))])


class DraftIn(BaseModel):
    text: str = Field(max_length=8192, description="Empty: there is none any more.")
    reply_to: UUID | None = Field(None, description="The message that it quotes.")


class Draft(BaseModel):
    """What somebody began to write; nobody else sees it."""

    conversation_id: UUID
    text: str
    reply_to: UUID | None
    updated_at: datetime


class HabitsShape(BaseModel):
    """How somebody likes to answer."""

    undo_seconds: int = Field(5, ge=0, le=10, description="So long a message can be undone.")
    enter_sends: bool = Field(True, description="Else Enter starts a line, and Ctrl+Enter sends.")


@router.get("/me/drafts")
async def list_drafts(request: Request, conn: Connection) -> list[Draft]:
    """One's own, the latest first."""
    rows = await store.drafts(conn, request.state.principal.id)
    return [
        Draft(
            conversation_id=row.conversation_id,
            text=row.text,
            reply_to=row.reply_to,
            updated_at=row.updated_at,
        )
        for row in rows
    ]


@router.put("/conversations/{conversation_id}/draft", status_code=204)
async def keep_draft(
    conversation_id: UUID, body: DraftIn, request: Request, conn: Connection, now: Moment
) -> None:
    """In place of the one before, wherever that was written."""
    author = request.state.principal.id
    if not body.text.strip():
        await store.drop(conn, author, conversation_id)
    elif not await store.keep(conn, author, conversation_id, body.text, body.reply_to, now):
        raise NotFound("conversation_not_found", "There is no such conversation.")


@router.get("/me/habits")
async def get_habits(request: Request, conn: Connection) -> HabitsShape:
    found = await habits.habits(conn, request.state.principal.id)
    return HabitsShape(undo_seconds=found.undo_seconds, enter_sends=found.enter_sends)


@router.put("/me/habits")
async def set_habits(body: HabitsShape, request: Request, conn: Connection) -> HabitsShape:
    wanted = Habits(undo_seconds=body.undo_seconds, enter_sends=body.enter_sends)
    await habits.keep(conn, request.state.principal.id, wanted)
    return body
