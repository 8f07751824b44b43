"""Tell the person's phone that someone of ours writes."""

from uuid import UUID

from fastapi import APIRouter, Depends

from serai.core.ids import ConversationId
from serai.core.permissions import Permission
from serai.engine import signals
from serai.features.inbox.api.routes import ensure_route
from serai.kit.http import Connection, Moment, may

router = APIRouter(tags=["inbox"], dependencies=[Depends(may(Permission.CONVERSATIONS_ANSWER))])


@router.post("/conversations/{conversation_id}/typing", status_code=204)
async def show_typing(conversation_id: UUID, conn: Connection, now: Moment) -> None:
    """Show the person that an answer is being written: for 25 seconds, or until it comes.

    WhatsApp marks their messages as read with it. Nothing is told while the number is paused, or
    when they have written nothing for 30 days.
    """
    await ensure_route(conn, conversation_id)
    await signals.ask(conn, ConversationId(conversation_id), "typing", now)
