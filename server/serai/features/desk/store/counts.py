"""How many conversations are in each of somebody's views: all of them in one look at what is not resolved."""

from collections.abc import Mapping
from uuid import UUID

import msgspec
from msgspec import Struct
from psycopg.types.json import Jsonb

from serai.features.desk.decide.counting import Counted
from serai.kit.db import Conn, fetch

COUNT = """
    WITH wanted AS (
        SELECT * FROM jsonb_to_recordset(%(views)s)
            AS rows (id uuid, status text, business uuid, team uuid, tag uuid, channel uuid, queue text,
                     unread boolean)
    ),
    active AS MATERIALIZED (
        SELECT id, business_id, status, team_id, channel_id, assignee_id = %(me)s AS is_mine,
               assignee_id IS NULL AS is_nobodys, unread_count > 0 AS is_unread
          FROM conversations WHERE status <> 'resolved'
    ),
    kinds AS (
        SELECT business_id, status, team_id, channel_id, is_mine, is_nobodys, is_unread, NULL::uuid AS tag_id,
               false AS mentions_me, count(*) AS count
          FROM active GROUP BY 1, 2, 3, 4, 5, 6, 7
         UNION ALL
        SELECT active.business_id, status, team_id, channel_id, is_mine, is_nobodys, is_unread,
               wanted_tags.tag, false, count(*)
          FROM (SELECT DISTINCT tag FROM wanted WHERE tag IS NOT NULL) AS wanted_tags
          JOIN conversation_tags ON conversation_tags.tag_id = wanted_tags.tag
          JOIN active ON active.id = conversation_tags.conversation_id
         GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
         UNION ALL
        SELECT conversations.business_id, NULL, team_id, channel_id, NULL, NULL, unread_count > 0,
               wanted_tags.tag, true, count(DISTINCT conversations.id)
          FROM (SELECT DISTINCT tag FROM wanted WHERE queue = 'mentions') AS wanted_tags
         CROSS JOIN mentions
          JOIN conversations ON conversations.id = mentions.conversation_id
         WHERE mentions.user_id = %(me)s AND read_at IS NULL
           AND (wanted_tags.tag IS NULL
                OR EXISTS (SELECT FROM conversation_tags
                            WHERE conversation_id = conversations.id AND tag_id = wanted_tags.tag))
         GROUP BY 1, 3, 4, 7, 8
    )
    SELECT wanted.id, coalesce(sum(kinds.count), 0)::bigint AS count
      FROM wanted
      LEFT JOIN kinds
        ON kinds.tag_id IS NOT DISTINCT FROM wanted.tag
       AND kinds.mentions_me = (wanted.queue IS NOT DISTINCT FROM 'mentions')
       AND (wanted.status IS NULL OR kinds.status = wanted.status)
       AND (wanted.business IS NULL OR kinds.business_id = wanted.business)
       AND (wanted.team IS NULL OR kinds.team_id = wanted.team)
       AND (wanted.channel IS NULL OR kinds.channel_id = wanted.channel)
       AND (wanted.queue IS DISTINCT FROM 'mine' OR kinds.is_mine)
       AND (wanted.queue IS DISTINCT FROM 'unassigned' OR kinds.is_nobodys)
       AND (NOT wanted.unread OR kinds.is_unread)
     GROUP BY wanted.id
"""
"""The conversations are summed up first by what views ask of them: some hundred sums, however many."""


class Count(Struct, frozen=True):
    id: UUID
    count: int


async def count(conn: Conn, me: UUID, views: Mapping[UUID, Counted]) -> dict[UUID, int]:
    """Of each view by its id; of mentions those that are not read yet."""
    if not views:
        return {}
    wanted = [{"id": str(id_), **msgspec.to_builtins(each)} for id_, each in views.items()]
    rows = await fetch(conn, Count, COUNT, {"views": Jsonb(wanted), "me": me})
    return {row.id: row.count for row in rows}
