"""What each number may send at this moment: its buckets, and what limits it."""

from collections.abc import Mapping
from datetime import datetime

from serai.core.ids import ChannelId
from serai.engine import limits
from serai.engine.limits import Admitted, Pace
from serai.kit.db import Conn, fetch

HOLD = """
    SELECT paces.channel_id, channels.messages_per_second, paces.tokens, paces.filled_at,
           paces.minute_at, paces.minute_count,
           coalesce(channels.portfolio_id, channels.account_id) AS portfolio,
           coalesce((SELECT max(messaging_limit) FROM channels AS sibling
                      WHERE coalesce(sibling.portfolio_id, sibling.account_id)
                            = coalesce(channels.portfolio_id, channels.account_id)),
                    %(unknown)s) AS people_limit,
           local.today,
           (local.today + 1)::timestamp AT TIME ZONE businesses.time_zone AS tomorrow_at,
           coalesce(own.per_second, company.per_second) AS per_second,
           coalesce(own.per_minute, company.per_minute) AS per_minute,
           coalesce(own.per_template_day, company.per_template_day) AS per_template_day,
           coalesce(own.retries, company.retries) AS retries,
           coalesce(own.batch, company.batch) AS batch,
           ARRAY(SELECT key FROM jsonb_each_text(channels.restrictions)
                  WHERE value IS NULL OR value::timestamptz > %(now)s) AS restricted
      FROM paces
      JOIN channels ON channels.id = paces.channel_id
      JOIN businesses ON businesses.id = channels.business_id
     CROSS JOIN LATERAL (
           SELECT (%(now)s::timestamptz AT TIME ZONE businesses.time_zone)::date AS today) AS local
      LEFT JOIN send_limits AS own ON own.channel_id = channels.id
      LEFT JOIN send_limits AS company
        ON company.business_id = channels.business_id AND company.channel_id IS NULL
     CROSS JOIN LATERAL (
           SELECT FROM sends
            WHERE sends.channel_id = channels.id AND sends.state = 'waiting'
              AND sends.not_before IS NULL
            ORDER BY sends.priority, sends.seq
            LIMIT 1) AS due
     WHERE channels.state = 'active'
       FOR UPDATE OF paces SKIP LOCKED
"""
"""One row of each number's queue is looked at: EXISTS would be worked out for all numbers together, from
all that waits, which a campaign makes a hundred thousand. The order keeps to the index of what waits,
and from looking through everything for the numbers that have nothing."""

SPEND = """
    UPDATE paces
       SET tokens = rows.tokens, filled_at = %(now)s, minute_at = rows.minute_at,
           minute_count = rows.minute_count
      FROM unnest(%(channel_ids)s::uuid[], %(tokens)s::double precision[],
                  %(minute_ats)s::timestamptz[], %(minute_counts)s::integer[])
        AS rows (channel_id, tokens, minute_at, minute_count)
     WHERE paces.channel_id = rows.channel_id
"""


async def hold(conn: Conn, now: datetime) -> dict[ChannelId, Pace]:
    """Of the numbers with something due, as full as they are now; no other worker gets them before
    the transaction ends.
    """
    rows = await fetch(conn, Pace, HOLD, {"now": now, "unknown": limits.UNKNOWN_PEOPLE})
    return {row.channel_id: limits.filled(row, now) for row in rows}


async def spend(
    conn: Conn, admitted: Admitted, paces: Mapping[ChannelId, Pace], now: datetime
) -> None:
    """Keep what is left after these messages."""
    taken = [candidate.channel_id for candidate in admitted.taken]
    left = [limits.spent(pace, taken.count(pace.channel_id)) for pace in paces.values()]
    await conn.execute(
        SPEND,
        {
            "channel_ids": [pace.channel_id for pace in left],
            "tokens": [pace.tokens for pace in left],
            "minute_ats": [pace.minute_at for pace in left],
            "minute_counts": [pace.minute_count for pace in left],
            "now": now,
        },
    )
