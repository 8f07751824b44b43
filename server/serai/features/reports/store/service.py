"""How fast automation answers and what arrives: counted by day and number, and read."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

COUNT = """
    WITH sent AS MATERIALIZED (
        SELECT messages.business_id, messages.channel_id, messages.author_kind,
               split_part(messages.cause, ' ', 1) AS asked_by, sends.state, facts.*
          FROM channels
          JOIN messages ON messages.channel_id = channels.id AND messages.direction = 'out'
               AND messages.created_at >= %(day)s::date AND messages.created_at < %(day)s::date + 1
          JOIN sends ON sends.id = messages.id
          CROSS JOIN LATERAL (
               SELECT min(recorded_at)
                          FILTER (WHERE kind IN ('accepted', 'sent', 'delivered', 'read')) AS taken_at,
                      bool_or(kind NOT IN ('received', 'queued', 'refused', 'flagged')) AS is_tried,
                      bool_or(kind IN ('delivered', 'read')) AS is_delivered,
                      bool_or(kind = 'failed') AS is_failed
                 FROM message_events WHERE message_id = messages.id) AS facts
    ),
    answers AS (
        SELECT sent.business_id, sent.channel_id,
               extract(epoch FROM coalesce(min(taken_at), %(now)s) - events.at) AS seconds
          FROM sent
          JOIN events ON events.key = asked_by AND events.kind = 'MessageReceived'
         WHERE author_kind IN ('automation', 'bot')
         GROUP BY sent.business_id, sent.channel_id, events.key, events.at
        HAVING min(taken_at) IS NOT NULL
            OR bool_or(state IN ('waiting', 'under_way')) AND events.at < %(now)s - %(prompt)s::interval
    ),
    counts AS (
        SELECT business_id, channel_id, 1 AS answer,
               (seconds < extract(epoch FROM %(prompt)s::interval))::int AS prompt,
               greatest(0, seconds) AS seconds, 0 AS sent, 0 AS delivered
          FROM answers
         UNION ALL
        SELECT business_id, channel_id, 0, 0, 0, 1, coalesce(is_delivered, false)::int
          FROM sent
         WHERE is_tried AND (is_delivered OR is_failed OR taken_at IS NULL
                             OR taken_at < %(now)s - %(patience)s::interval)
    )
    INSERT INTO service_days (business_id, channel_id, day, answer_count, prompt_count, answer_seconds,
                              slowest_seconds, sent_count, delivered_count, counted_at)
    SELECT business_id, channel_id, %(day)s::date, sum(answer), sum(prompt), sum(seconds), max(seconds),
           sum(sent), sum(delivered), %(now)s
      FROM counts
     GROUP BY business_id, channel_id
        ON CONFLICT (channel_id, day) DO UPDATE
       SET answer_count = excluded.answer_count, prompt_count = excluded.prompt_count,
           answer_seconds = excluded.answer_seconds, slowest_seconds = excluded.slowest_seconds,
           sent_count = excluded.sent_count, delivered_count = excluded.delivered_count,
           counted_at = excluded.counted_at
"""
"""An answer is timed from when Meta says that the person wrote, which is in whole seconds, to when Meta has
taken the first message that answers; one that still waits counts with its age."""

READ = """
    WITH counted AS (
        SELECT service_days.*,
               CASE %(by)s::text
                    WHEN 'day' THEN day::text
                    WHEN 'business' THEN service_days.business_id::text
                    WHEN 'channel' THEN service_days.channel_id::text
               END AS key,
               CASE %(by)s::text
                    WHEN 'business' THEN businesses.name
                    WHEN 'channel' THEN channels.name
               END AS name
          FROM service_days
          JOIN businesses ON businesses.id = service_days.business_id
          JOIN channels ON channels.id = service_days.channel_id
         WHERE day BETWEEN %(since)s AND %(until)s
           AND (%(business_id)s::uuid IS NULL OR service_days.business_id = %(business_id)s)
    )
    SELECT key, max(name) AS name, GROUPING(key) = 1 AS is_total,
           coalesce(sum(answer_count), 0)::bigint AS answer_count,
           coalesce(sum(prompt_count), 0)::bigint AS prompt_count,
           coalesce(sum(answer_seconds), 0) AS answer_seconds,
           coalesce(max(slowest_seconds), 0) AS slowest_seconds,
           coalesce(sum(sent_count), 0)::bigint AS sent_count,
           coalesce(sum(delivered_count), 0)::bigint AS delivered_count,
           max(counted_at) AS counted_at
      FROM counted
     GROUP BY ROLLUP (key)
     ORDER BY is_total DESC, key
"""
PROMPT = timedelta(seconds=2)
"""By when whoever writes shall have the first automatic answer."""
PATIENCE = timedelta(hours=1)
"""So long a message that Meta took may be on its way before it counts as not delivered."""


class Counts(Struct, frozen=True, kw_only=True):
    """Of one day, business or number; or of all."""

    key: str | None = None
    name: str | None = None
    is_total: bool = False
    answer_count: int = 0
    prompt_count: int = 0
    answer_seconds: float = 0.0
    """Of all answers together."""
    slowest_seconds: float = 0.0
    sent_count: int = 0
    delivered_count: int = 0
    counted_at: datetime | None = None


class Wanted(Struct, frozen=True, kw_only=True):
    since: date
    until: date
    """Both days count."""
    by: str
    business_id: UUID | None = None


async def count(conn: Conn, day: date, now: datetime) -> None:
    """Count a day anew, of all numbers; some ten milliseconds for a thousand messages."""
    values = {"day": day, "now": now, "prompt": PROMPT, "patience": PATIENCE}
    await conn.execute(COUNT, values)


async def levels(conn: Conn, wanted: Wanted) -> Sequence[Counts]:
    """The total first, then each group by its key."""
    values = {name: getattr(wanted, name) for name in wanted.__struct_fields__}
    return await fetch(conn, Counts, READ, values)
