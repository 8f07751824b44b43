"""What time does to conversations: turns are given, and those put off wake."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from serai.core.events import ConversationAssigned, ConversationWoken, Event
from serai.core.ids import BusinessId, ConversationId
from serai.engine.handle import handle
from serai.engine.wiring import Wiring
from serai.features.teamwork.decide.turns import turns
from serai.features.teamwork.model import Given
from serai.features.teamwork.store import turns as store
from serai.features.teamwork.store import wakes
from serai.kit.db import Conn

MOST = 200
"""Conversations of one round."""


async def give_turns(conn: Conn, wiring: Wiring, now: datetime) -> int:
    """Give what waits to whoever is free; returns how many were given.

    What waits is the rows themselves, so nothing has to be remembered: a lost wake-up is made
    good by the next look.
    """
    async with conn.transaction():
        waiting = await store.hold(conn, MOST)
        if not waiting:
            return 0
        given = list(turns(waiting, await store.here(conn, now)))
        if not given:
            return 0
        await handle(conn, wiring, [_assigned(each, now) for each in given], now)
        last = [(each.user_id, now + place * _STEP) for place, each in enumerate(given)]
        await store.given(conn, last)
    return len(given)


_STEP = timedelta(microseconds=1)
"""Keeps the order of the round among those who got one in the same moment."""


async def woken(conn: Conn, now: datetime, limit: int) -> Sequence[Event]:
    """Those whose time has come. Handle them in the same transaction."""
    return [
        ConversationWoken(
            key=f"{row.id}:woken:{row.snoozed_until.isoformat()}",
            at=now,
            conversation_id=ConversationId(row.id),
            business_id=BusinessId(row.business_id),
            by_kind="system",
        )
        for row in await wakes.due(conn, now, limit)
    ]


def _assigned(given: Given, now: datetime) -> ConversationAssigned:
    waiting = given.waiting
    return ConversationAssigned(
        key=f"{waiting.conversation_id}:turn:{now.isoformat()}",
        at=now,
        conversation_id=waiting.conversation_id,
        business_id=waiting.business_id,
        by_kind="system",
        assignee=given.user_id,
        team=waiting.team_id,
        by_turn=True,
    )
