"""Rows of limits, and what is counted against them."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

KEEP = """
    INSERT INTO send_limits (business_id, channel_id, per_second, per_minute, per_template_day,
                             retries, batch)
    VALUES (%(business_id)s, %(channel_id)s, %(per_second)s, %(per_minute)s, %(per_template_day)s,
            %(retries)s, %(batch)s)
        ON CONFLICT (business_id, channel_id)
        DO UPDATE SET per_second = excluded.per_second, per_minute = excluded.per_minute,
                      per_template_day = excluded.per_template_day, retries = excluded.retries,
                      batch = excluded.batch
"""
FIND = """
    SELECT per_second, per_minute, per_template_day, retries, batch
      FROM send_limits
     WHERE business_id = %(business_id)s AND channel_id IS NOT DISTINCT FROM %(channel_id)s::uuid
"""
BUSINESS = """
    SELECT id FROM businesses WHERE id = %(id)s
"""
NUMBER = """
    SELECT channels.id, channels.business_id, channels.messages_per_second,
           (SELECT max(messaging_limit) FROM channels AS sibling
             WHERE coalesce(sibling.portfolio_id, sibling.account_id)
                   = coalesce(channels.portfolio_id, channels.account_id)) AS messaging_limit,
           coalesce(channels.portfolio_id, channels.account_id) AS portfolio,
           (%(now)s::timestamptz AT TIME ZONE businesses.time_zone)::date AS today,
           businesses.time_zone
      FROM channels
      JOIN businesses ON businesses.id = channels.business_id
     WHERE (%(id)s::uuid IS NULL OR channels.id = %(id)s)
       AND (%(meta_id)s::text IS NULL OR channels.meta_id = %(meta_id)s)
     LIMIT 1
"""
SENT = """
    SELECT category, sum(count)::integer AS count
      FROM daily_counts
     WHERE channel_id = %(channel_id)s AND "on" = %(today)s
     GROUP BY category
     ORDER BY category
"""
CHARGED = """
    SELECT message_charges.category, coalesce(message_charges.tariff, 'unknown') AS tariff,
           count(*) AS count
      FROM message_charges
      JOIN messages ON messages.id = message_charges.message_id
      JOIN businesses ON businesses.id = messages.business_id
     WHERE messages.channel_id = %(channel_id)s AND messages.direction = 'out'
       AND messages.created_at >= %(today)s::timestamp AT TIME ZONE businesses.time_zone
     GROUP BY message_charges.category, tariff
     ORDER BY message_charges.category, tariff
"""
WAITING = """
    SELECT waits_for, count(*) AS count, min(created_at) AS since, min(not_before) AS next_at
      FROM sends
     WHERE channel_id = %(channel_id)s AND state = 'waiting'
     GROUP BY waits_for
     ORDER BY waits_for NULLS FIRST
"""
REACHED = """
    SELECT count(*) AS count, min(reached_at) AS oldest_at
      FROM reached_people
     WHERE reached_at > %(since)s
       AND portfolio = ANY (%(portfolio)s::text
                            || ARRAY(SELECT account_id FROM channels WHERE portfolio_id = %(portfolio)s))
"""
"""As `engine.claim` counts: also under the accounts of the portfolio, from before it was known."""


class Limits(Struct, frozen=True, kw_only=True):
    """A company's own; None: none."""

    per_second: int | None = None
    per_minute: int | None = None
    per_template_day: int | None = None
    retries: int | None = None
    batch: int | None = None


class Number(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: UUID
    messages_per_second: int
    messaging_limit: int | None
    portfolio: str
    today: date
    """In the business's time zone."""
    time_zone: str


class Id(Struct, frozen=True):
    id: UUID


class Counted(Struct, frozen=True):
    category: str
    count: int


class Charged(Struct, frozen=True):
    category: str
    tariff: str
    count: int


class Waiting(Struct, frozen=True):
    waits_for: str | None
    count: int
    since: datetime
    """When the oldest of them was asked for."""
    next_at: datetime | None


class Reached(Struct, frozen=True):
    count: int
    oldest_at: datetime | None


async def keep(conn: Conn, business: UUID, channel: UUID | None, limits: Limits) -> None:
    """Set all limits of a number, or of a business for the numbers that have none of their own."""
    values = {name: getattr(limits, name) for name in limits.__struct_fields__}
    await conn.execute(KEEP, values | {"business_id": business, "channel_id": channel})


async def find(conn: Conn, business: UUID, channel: UUID | None) -> Limits:
    rows = await fetch(conn, Limits, FIND, {"business_id": business, "channel_id": channel})
    return rows[0] if rows else Limits()


async def sees_business(conn: Conn, business: UUID) -> bool:
    return bool(await fetch(conn, Id, BUSINESS, {"id": business}))


async def number(conn: Conn, channel: UUID, now: datetime) -> Number | None:
    rows = await fetch(conn, Number, NUMBER, {"id": channel, "meta_id": None, "now": now})
    return rows[0] if rows else None


async def number_of(conn: Conn, meta_id: str, now: datetime) -> Number | None:
    """By Meta's id of the number."""
    rows = await fetch(conn, Number, NUMBER, {"id": None, "meta_id": meta_id, "now": now})
    return rows[0] if rows else None


async def sent(conn: Conn, of: Number) -> list[Counted]:
    """Today, by category."""
    return await fetch(conn, Counted, SENT, {"channel_id": of.id, "today": of.today})


async def charged(conn: Conn, of: Number) -> list[Charged]:
    """What Meta has said of today's messages, by category and tariff."""
    return await fetch(conn, Charged, CHARGED, {"channel_id": of.id, "today": of.today})


async def waiting(conn: Conn, of: Number) -> list[Waiting]:
    return await fetch(conn, Waiting, WAITING, {"channel_id": of.id})


async def reached(conn: Conn, of: Number, since: datetime) -> Reached:
    """People whom the number's portfolio has reached, as far as the connection may see."""
    values = {"portfolio": of.portfolio, "since": since}
    rows = await fetch(conn, Reached, REACHED, values)
    return rows[0]
