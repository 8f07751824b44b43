"""Let go what waits for the limit of people as soon as there is room for it.

The limit moves without us: a portfolio's tier rises, the person writes and opens a window, someone
reached a day ago falls out. So those who wait are let go by the room there is, not at a time.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from serai.core.ids import ChannelId, ContactId
from serai.engine import limits
from serai.kit.db import Conn, fetch

PORTFOLIOS = """
    SELECT known.portfolio, known.people_limit,
           (SELECT count(*) FROM reached_people
             WHERE reached_people.portfolio = ANY (known.portfolio || known.accounts)
               AND reached_at > %(since)s) AS count
      FROM (SELECT coalesce(portfolio_id, account_id) AS portfolio,
                   array_agg(DISTINCT account_id) AS accounts,
                   coalesce(max(messaging_limit), %(unknown)s) AS people_limit,
                   bool_or(EXISTS (SELECT FROM sends WHERE sends.channel_id = channels.id
                                      AND sends.state = 'waiting'
                                      AND sends.waits_for = 'people')) AS has_waiting
              FROM channels
             GROUP BY coalesce(portfolio_id, account_id)) AS known
     WHERE known.has_waiting
"""
"""One limit for all numbers of a portfolio, as far as Meta has told it of any of them."""

LET_GO = """
    UPDATE sends SET not_before = NULL, waits_for = NULL
     WHERE state = 'waiting' AND id IN (
           SELECT first.id
             FROM unnest(%(portfolios)s::text[], %(rooms)s::integer[]) AS rooms (portfolio, room)
            CROSS JOIN LATERAL (
                  SELECT sends.id
                    FROM channels
                    JOIN sends ON sends.channel_id = channels.id
                     AND sends.state = 'waiting' AND sends.waits_for = 'people'
                   WHERE coalesce(channels.portfolio_id, channels.account_id) = rooms.portfolio
                   ORDER BY sends.priority, sends.seq
                   LIMIT rooms.room
                     FOR UPDATE OF sends SKIP LOCKED) AS first)
"""
ANSWERED = """
    UPDATE sends SET not_before = NULL, waits_for = NULL
     WHERE id IN (SELECT sends.id
                    FROM unnest(%(channel_ids)s::uuid[], %(contact_ids)s::uuid[])
                      AS rows (channel_id, contact_id)
                    JOIN sends ON sends.contact_id = rows.contact_id
                     AND sends.channel_id = rows.channel_id
                     AND sends.state = 'waiting' AND sends.waits_for = 'people'
                   ORDER BY sends.id
                     FOR UPDATE OF sends)
"""


class Room(Struct, frozen=True):
    """A portfolio in which people wait."""

    portfolio: str
    people_limit: int
    count: int
    """Reached in the last 24 hours."""


async def let_go(conn: Conn, now: datetime) -> int:
    """Back into the queue with as many as there is room for, the earliest first; returns how many."""
    values = {"since": now - limits.REACH_LASTS, "unknown": limits.UNKNOWN_PEOPLE}
    portfolios = await fetch(conn, Room, PORTFOLIOS, values)
    rooms = [each for each in portfolios if each.people_limit > each.count]
    if not rooms:
        return 0
    cursor = await conn.execute(
        LET_GO,
        {
            "portfolios": [each.portfolio for each in rooms],
            "rooms": [each.people_limit - each.count for each in rooms],
        },
    )
    return cursor.rowcount


async def answered(conn: Conn, pairs: Sequence[tuple[ChannelId, ContactId]]) -> None:
    """These people have written, and inside a service window nobody counts: theirs may go now."""
    await conn.execute(
        ANSWERED,
        {
            "channel_ids": [channel for channel, _ in pairs],
            "contact_ids": [contact for _, contact in pairs],
        },
    )
