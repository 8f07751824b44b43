"""What people tapped or filled in when they answered a message."""

from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

COUNT = """
    WITH answers AS (
        SELECT answers.contact_id, answers.content
          FROM messages AS asked
          JOIN messages AS answers
            ON answers.channel_id = asked.channel_id
           AND answers.context ->> 'reply_to' = asked.meta_id
           AND answers.direction = 'in'
           AND answers.content ->> 'type' IN ('choice', 'flow_reply')
         WHERE asked.id = %(id)s
    ),
    told AS (
        SELECT 'choice' AS kind, content ->> 'id' AS name, content ->> 'title' AS value, contact_id
          FROM answers
         WHERE content ->> 'type' = 'choice'
         UNION ALL
        SELECT 'field', field.name, field.value #>> '{}', contact_id
          FROM answers
         CROSS JOIN LATERAL jsonb_each(coalesce(content -> 'values', '{}')) AS field (name, value)
         WHERE content ->> 'type' = 'flow_reply'
    )
    SELECT kind, name, max(value) AS value, count(*) AS count,
           count(DISTINCT contact_id) AS people_count
      FROM told
     GROUP BY kind, name, CASE WHEN kind = 'field' THEN value END
     ORDER BY kind, count(*) DESC, name, max(value)
"""
ASKED = """
    SELECT direction, content FROM messages WHERE id = %(id)s
"""


class Told(Struct, frozen=True):
    """How often one answer was given."""

    kind: Literal["choice", "field"]
    name: str
    """Id of what was tapped, or name of the field."""
    value: str | None
    """Its title, or what was filled in."""
    count: int
    people_count: int


class Asked(Struct, frozen=True):
    direction: str
    content: dict[str, Any]


async def asked(conn: Conn, message_id: UUID) -> Asked | None:
    """The message that answers are counted for; None if there is none."""
    rows = await fetch(conn, Asked, ASKED, {"id": message_id})
    return rows[0] if rows else None


async def count(conn: Conn, message_id: UUID) -> list[Told]:
    """Taps and fields of all answers that quote the message, the most frequent first."""
    return await fetch(conn, Told, COUNT, {"id": message_id})
