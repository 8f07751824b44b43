"""Events of what somebody does to conversations, one or many at a time."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from fastapi import Request

from serai.core.events import ConversationEvent
from serai.core.ids import BusinessId, ConversationId
from serai.engine.handle import handle
from serai.features.teamwork.store import read
from serai.features.teamwork.store.read import ConversationRow
from serai.kit.db import Conn
from serai.kit.errors import NotFound


class Who:
    """The common part of every event of one request."""

    def __init__(self, request: Request, now: datetime) -> None:
        principal = request.state.principal
        self.now = now
        self.by = str(principal.id)
        self.by_kind: str = principal.kind
        self._wiring = request.app.state.wiring

    def said(self, row: ConversationRow, what: str) -> dict[str, object]:
        """Fields that each event about this conversation has."""
        return {
            "key": f"{row.id}:{what}:{self.by}:{self.now.isoformat()}",
            "at": self.now,
            "conversation_id": ConversationId(row.id),
            "business_id": BusinessId(row.business_id),
            "by": self.by,
            "by_kind": self.by_kind,
        }

    async def handle(self, conn: Conn, events: Sequence[ConversationEvent]) -> None:
        await handle(conn, self._wiring, events, self.now)


async def known(conn: Conn, ids: list[UUID]) -> list[ConversationRow]:
    """All of these. Raises NotFound if the caller cannot see one."""
    rows = await read.conversations(conn, ids)
    if len(rows) < len(set(ids)):
        raise NotFound("conversation_not_found", "There is no such conversation.")
    return rows
