"""What processes say of themselves: that they work, and what they could not do."""

from datetime import UTC, date, datetime
from typing import Literal

from msgspec import Struct

from serai.kit.db import Conn, fetch

MARK = """
    INSERT INTO watched_days (day, part, minutes, answer_count, failure_count)
    VALUES (%(day)s, %(part)s, set_bit(repeat('0', 1440)::bit(1440), %(minute)s, 1),
            %(answers)s, %(failures)s)
        ON CONFLICT (day, part) DO UPDATE
       SET minutes = watched_days.minutes | excluded.minutes,
           answer_count = watched_days.answer_count + excluded.answer_count,
           failure_count = watched_days.failure_count + excluded.failure_count
"""
SET_ASIDE = """
    INSERT INTO watched_days (day, part, failure_count)
    SELECT %(day)s::date, 'set_aside', count(*)
      FROM (SELECT received_at
              FROM webhook_deliveries WHERE state = 'quarantined'
             UNION ALL
            SELECT received_at
              FROM inbound_items
              JOIN webhook_deliveries ON webhook_deliveries.id = inbound_items.delivery_id
             WHERE inbound_items.state = 'quarantined'
               AND inbound_items.reason <> 'unknown_receiver') AS aside
     WHERE received_at >= %(day)s::date AND received_at < %(day)s::date + 1
        ON CONFLICT (day, part) DO UPDATE SET failure_count = excluded.failure_count
"""
"""What came for a number that is not connected here is no failure of ours."""

BEGAN = """
    SELECT max(at) AS at
      FROM (SELECT DISTINCT ON (part)
                   day + (position(B'1' IN minutes) - 1) * interval '1 minute' AS at
              FROM watched_days
             WHERE part IN ('serve', 'work') AND minutes <> repeat('0', 1440)::bit(1440)
             ORDER BY part, day) AS first_marks
    HAVING count(*) = 2
"""
DAYS = """
    SELECT day,
           bit_count(substring(
               bit_and(minutes) FILTER (WHERE part = 'serve')
               & bit_and(minutes) FILTER (WHERE part = 'work')
               FROM 1 FOR CASE WHEN day = %(today)s THEN %(minute)s ELSE 1440 END)) AS up_minutes,
           sum(answer_count)::bigint AS answer_count, sum(failure_count)::bigint AS failure_count
      FROM watched_days
     WHERE day BETWEEN %(since)s AND %(until)s
     GROUP BY day
     ORDER BY day
"""
"""A part has one row a day, so that `bit_and` is that row's. The minute that runs is left out."""

Part = Literal["serve", "work"]


class Watched(Struct, frozen=True):
    """One day of the installation."""

    day: date
    up_minutes: int | None
    """In which a server and a worker said that they work; None: one of them said nothing all day."""
    answer_count: int
    failure_count: int


class Began(Struct, frozen=True):
    at: datetime


async def mark(conn: Conn, part: Part, now: datetime, answers: int, failures: int) -> None:
    """A process of that part works now, and has answered so many requests since it last said so."""
    now = now.astimezone(UTC)
    minute = now.hour * 60 + now.minute
    values = {"day": now.date(), "part": part, "minute": minute}
    await conn.execute(MARK, values | {"answers": answers, "failures": failures})


async def count_set_aside(conn: Conn, day: date) -> None:
    """What came that day and could not be read or handled, as it stands."""
    await conn.execute(SET_ASIDE, {"day": day})


async def began_at(conn: Conn) -> datetime | None:
    """By when both a server and a worker had said once that they work; None: not yet."""
    found = await fetch(conn, Began, BEGAN, {})
    return found[0].at.replace(tzinfo=UTC) if found else None


async def days(conn: Conn, since: date, until: date, now: datetime) -> list[Watched]:
    """Days of which anything was said, in order."""
    now = now.astimezone(UTC)
    values = {"since": since, "until": until, "today": now.date()}
    return await fetch(conn, Watched, DAYS, values | {"minute": now.hour * 60 + now.minute})
