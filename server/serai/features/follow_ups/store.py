"""Rows of follow-ups."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from serai.core.effects import JoinContacts
from serai.core.events import Event
from serai.core.ids import BusinessId, ChannelId, ContactId, ConversationId
from serai.core.message import Content
from serai.core.template import TemplateRef
from serai.features.follow_ups import decide
from serai.features.follow_ups.model import Due
from serai.kit.db import Conn, fetch, json_rows

ADD = """
    INSERT INTO follow_ups (id, business_id, conversation_id, channel_id, contact_id, asked_by,
                            asked_at, due_at, content, template, unless_answered)
    SELECT id, business_id, conversation_id, channel_id, contact_id, asked_by, asked_at, due_at,
           nullif(content, 'null'::jsonb), nullif(template, 'null'::jsonb), unless_answered
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (id uuid, business_id uuid, conversation_id uuid, channel_id uuid, contact_id uuid,
                 asked_by text, asked_at timestamptz, due_at timestamptz, content jsonb, template jsonb,
                 unless_answered boolean)
        ON CONFLICT (id) DO NOTHING
"""
LIST = """
    SELECT follow_ups.id, follow_ups.business_id, follow_ups.conversation_id, asked_by, asked_at, due_at,
           content, template, unless_answered,
           CASE WHEN state = 'waiting' AND unless_answered AND said.opened_at > asked_at
                THEN 'cancelled' ELSE state END AS state,
           CASE WHEN state = 'waiting' AND unless_answered AND said.opened_at > asked_at
                THEN 'answered' ELSE ended_by END AS ended_by
      FROM follow_ups
      LEFT JOIN messaging_windows AS said
        ON said.channel_id = follow_ups.channel_id AND said.contact_id = follow_ups.contact_id
       AND said.kind = 'service'
     WHERE (%(id)s::uuid IS NULL OR follow_ups.id = %(id)s)
       AND (%(conversation_id)s::uuid IS NULL OR follow_ups.conversation_id = %(conversation_id)s)
     ORDER BY due_at, follow_ups.id
     LIMIT 200
"""
DUE = """
    SELECT follow_ups.id, follow_ups.business_id, follow_ups.conversation_id, follow_ups.contact_id,
           channels.meta_id AS channel, follow_ups.asked_by, follow_ups.content, follow_ups.template,
           follow_ups.unless_answered
           AND coalesce(said.opened_at > follow_ups.asked_at, false) AS is_answered,
           said.closes_at AS window_closes_at
      FROM follow_ups
      JOIN channels ON channels.id = follow_ups.channel_id
      LEFT JOIN messaging_windows AS said
        ON said.channel_id = follow_ups.channel_id AND said.contact_id = follow_ups.contact_id
       AND said.kind = 'service'
     WHERE follow_ups.state = 'waiting' AND follow_ups.due_at <= %(now)s
     ORDER BY follow_ups.due_at
     LIMIT %(limit)s
       FOR UPDATE OF follow_ups SKIP LOCKED
"""
END = """
    UPDATE follow_ups
       SET state = rows.state, ended_at = %(now)s, ended_by = rows.by
      FROM jsonb_to_recordset(%(rows)s) AS rows (id uuid, state text, by text)
     WHERE follow_ups.id = rows.id AND follow_ups.state = 'waiting'
"""
CHANGE = """
    UPDATE follow_ups
       SET due_at = %(due_at)s, content = nullif(%(content)s::jsonb, 'null'::jsonb),
           template = nullif(%(template)s::jsonb, 'null'::jsonb),
           unless_answered = %(unless_answered)s, asked_at = %(asked_at)s, asked_by = %(asked_by)s
     WHERE id = %(id)s AND state = 'waiting'
"""
CANCEL = """
    UPDATE follow_ups
       SET state = 'cancelled', ended_at = %(now)s, ended_by = 'cancelled'
     WHERE id = %(id)s AND state = 'waiting'
"""

HAND_OVER = """
    UPDATE follow_ups
       SET contact_id = rows.kept_id
      FROM jsonb_to_recordset(%(rows)s) AS rows (kept_id uuid, gone_id uuid)
     WHERE follow_ups.contact_id = rows.gone_id AND follow_ups.state = 'waiting'
"""


class NewFollowUp(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: BusinessId
    conversation_id: ConversationId
    channel_id: ChannelId
    contact_id: ContactId
    asked_by: str
    asked_at: datetime
    due_at: datetime
    content: Content | None
    template: TemplateRef | None
    unless_answered: bool = True


class FollowUpRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: UUID
    conversation_id: UUID
    asked_by: str
    asked_at: datetime
    due_at: datetime
    content: dict[str, Any] | None
    template: dict[str, Any] | None
    unless_answered: bool
    state: str
    ended_by: str | None


async def add(conn: Conn, new: NewFollowUp) -> None:
    await conn.execute(ADD, {"rows": json_rows([new])})


async def follow_ups(
    conn: Conn, *, id_: UUID | None = None, conversation_id: UUID | None = None
) -> list[FollowUpRow]:
    """Up to 200, the earliest first; whoever has written meanwhile cancelled theirs."""
    values = {"id": id_, "conversation_id": conversation_id}
    return await fetch(conn, FollowUpRow, LIST, values)


async def change(conn: Conn, new: NewFollowUp) -> bool:
    """Something else, or at another time; False if it is not waiting any more."""
    values: dict[str, object] = {
        "id": new.id,
        "due_at": new.due_at,
        "content": json_rows(new.content),  # pyright: ignore[reportArgumentType]
        "template": json_rows(new.template),  # pyright: ignore[reportArgumentType]
        "unless_answered": new.unless_answered,
        "asked_at": new.asked_at,
        "asked_by": new.asked_by,
    }
    cursor = await conn.execute(CHANGE, values)
    return cursor.rowcount == 1


async def cancel(conn: Conn, id_: UUID, now: datetime) -> None:
    """One that was sent stays as it is."""
    await conn.execute(CANCEL, {"id": id_, "now": now})


async def claim(conn: Conn, now: datetime, limit: int) -> Sequence[Event]:
    """What has come due, as wishes to send. Handle them in the same transaction."""
    rows = await fetch(conn, Due, DUE, {"now": now, "limit": limit})
    if not rows:
        return []
    ended = [decide.ended(row) for row in rows]
    await conn.execute(END, {"rows": json_rows(ended), "now": now})
    return [event for row in rows if (event := decide.asked(row, now)) is not None]


async def hand_over(conn: Conn, effects: Sequence[JoinContacts]) -> None:
    """What waits to be said to one contact waits for the other."""
    await conn.execute(HAND_OVER, {"rows": json_rows(effects)})
