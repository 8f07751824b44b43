"""Take what may be carried now: due, within every limit, people's replies first.

A claim asks the database in a few statements whatever the number of messages; which of them go is
decided in `engine.limits`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from serai.core.ids import ChannelId
from serai.engine import limits, paces
from serai.engine.limits import Admitted, Candidate, Pace, Reach
from serai.engine.outbox import Parcel
from serai.kit.db import Conn, fetch

WAITS = """
    SELECT EXISTS (SELECT FROM channels
                    CROSS JOIN LATERAL (
                          SELECT FROM sends
                           WHERE sends.channel_id = channels.id AND sends.state = 'waiting'
                             AND sends.not_before IS NULL
                           ORDER BY sends.priority, sends.seq
                           LIMIT 1) AS due
                    WHERE channels.state = 'active')
        OR (SELECT not_before FROM sends
             WHERE state = 'waiting' AND not_before IS NOT NULL
             ORDER BY not_before LIMIT 1) <= %(now)s AS waits
"""
READY = """
    WITH added AS (
        INSERT INTO paces (channel_id, business_id, tokens, filled_at)
        SELECT id, business_id, 0, %(now)s FROM channels
         WHERE NOT EXISTS (SELECT FROM paces WHERE paces.channel_id = channels.id)
            ON CONFLICT (channel_id) DO NOTHING
    )
    UPDATE sends
       SET not_before = NULL, waits_for = NULL, needs_file = false
     WHERE id IN (SELECT id FROM sends
                   WHERE state = 'waiting' AND not_before <= %(now)s
                   ORDER BY not_before
                   LIMIT 1000
                     FOR UPDATE SKIP LOCKED)
"""
"""New numbers get a bucket, and what waited long enough goes back into the queue."""

PICK = """
    SELECT picked.id AS message_id, picked.channel_id, picked.contact_id, picked.template,
           picked.category,
           picked.counted_on IS NOT NULL AS is_counted,
           picked.template IS NOT NULL AND NOT EXISTS (
               SELECT FROM messaging_windows
                WHERE messaging_windows.channel_id = picked.channel_id
                  AND messaging_windows.contact_id = picked.contact_id
                  AND kind = 'service' AND closes_at > %(now)s) AS is_opening,
           pair_paces.full_at AS pair_full_at, reached.reached_at
      FROM unnest(%(channel_ids)s::uuid[], %(portfolios)s::text[], %(counts)s::integer[])
        AS allowed (channel_id, portfolio, count)
     CROSS JOIN LATERAL (
           SELECT sends.*
             FROM sends
            WHERE sends.channel_id = allowed.channel_id
              AND sends.state = 'waiting' AND sends.not_before IS NULL
              AND NOT EXISTS (SELECT FROM sends AS other
                               WHERE other.contact_id = sends.contact_id
                                 AND other.state = 'under_way')
              AND NOT EXISTS (SELECT FROM sends AS earlier
                               WHERE earlier.contact_id = sends.contact_id
                                 AND earlier.seq < sends.seq
                                 AND earlier.created_at > %(now)s::timestamptz - interval '5 minutes'
                                 AND earlier.state = 'waiting' AND earlier.needs_file)
            ORDER BY sends.priority, sends.seq
            LIMIT allowed.count
              FOR UPDATE SKIP LOCKED
           ) AS picked
      LEFT JOIN pair_paces
        ON pair_paces.channel_id = picked.channel_id AND pair_paces.contact_id = picked.contact_id
     CROSS JOIN LATERAL (
           SELECT max(reached_at) AS reached_at
             FROM reached_people
            WHERE reached_people.contact_id = picked.contact_id
              AND reached_people.portfolio IN (
                  allowed.portfolio,
                  (SELECT account_id FROM channels WHERE channels.id = picked.channel_id))
           ) AS reached
     ORDER BY picked.priority, picked.seq
"""
"""One message at a time per person keeps a conversation's order, also for a while behind one whose
file is on its way to Meta."""

HOLD_PORTFOLIOS = """
    SELECT pg_advisory_xact_lock(70021, hashtext(portfolio))::text
      FROM (SELECT unnest(%(portfolios)s::text[]) AS portfolio ORDER BY 1) AS rows
"""
"""So that two workers do not both reach the last person that is allowed."""

REACHES = """
    SELECT rows.portfolio, reached.count, reached.oldest_at
      FROM unnest(%(portfolios)s::text[]) AS rows (portfolio)
     CROSS JOIN LATERAL (
           SELECT count(*) AS count, min(reached_at) AS oldest_at
             FROM reached_people
            WHERE reached_people.reached_at > %(since)s
              AND reached_people.portfolio = ANY (
                  rows.portfolio || ARRAY(SELECT account_id FROM channels
                                           WHERE channels.portfolio_id = rows.portfolio))
           ) AS reached
"""
"""Also who was reached while Meta had not told the portfolio, under the account; whoever is under both
counts twice for a day, which is never too few."""

COUNTS = """
    SELECT daily_counts.channel_id, daily_counts.template, sum(daily_counts.count)::integer AS count
      FROM unnest(%(channel_ids)s::uuid[], %(days)s::date[]) AS rows (channel_id, day)
      JOIN daily_counts ON daily_counts.channel_id = rows.channel_id AND daily_counts."on" = rows.day
     WHERE daily_counts.template <> ''
     GROUP BY daily_counts.channel_id, daily_counts.template
"""
TAKE = """
    WITH rows AS (
        SELECT *
          FROM unnest(%(ids)s::uuid[], %(days)s::date[], %(portfolios)s::text[],
                      %(are_new)s::boolean[], %(retries)s::integer[])
            AS rows (id, day, portfolio, is_new, retries)
    ),
    claimed AS (
        UPDATE sends
           SET state = 'under_way', claimed_at = %(now)s, attempt_count = attempt_count + 1,
               waits_for = NULL, counted_on = coalesce(sends.counted_on, rows.day)
          FROM rows
         WHERE sends.id = rows.id
        RETURNING sends.*, rows.portfolio, rows.is_new, rows.retries
    ),
    attempts AS (
        INSERT INTO send_attempts (send_id, number, business_id, started_at)
        SELECT id, attempt_count, business_id, %(now)s FROM claimed
    ),
    pairs AS (
        INSERT INTO pair_paces (channel_id, contact_id, business_id, full_at)
        SELECT channel_id, contact_id, business_id, %(now)s + %(pair_gap)s::interval FROM claimed
            ON CONFLICT (channel_id, contact_id)
            DO UPDATE SET full_at = greatest(pair_paces.full_at, %(now)s) + %(pair_gap)s::interval
    ),
    reached AS (
        INSERT INTO reached_people AS people (portfolio, contact_id, business_id, channel_id, send_id,
                                              reached_at)
        SELECT portfolio, contact_id, business_id, channel_id, id, %(now)s
          FROM claimed WHERE portfolio IS NOT NULL
            ON CONFLICT (portfolio, contact_id)
            DO UPDATE SET reached_at = excluded.reached_at, channel_id = excluded.channel_id,
                          send_id = CASE WHEN people.reached_at <= %(since)s THEN excluded.send_id END
    ),
    counted AS (
        INSERT INTO daily_counts (channel_id, business_id, "on", category, template, count)
        SELECT channel_id, business_id, counted_on, category, coalesce(template, ''), count(*)
          FROM claimed WHERE is_new
         GROUP BY channel_id, business_id, counted_on, category, template
            ON CONFLICT (channel_id, "on", category, template)
            DO UPDATE SET count = daily_counts.count + excluded.count
    )
    SELECT id AS message_id, business_id, channel_id, contact_id, effect,
           attempt_count AS attempt, created_at, retries
      FROM claimed
     ORDER BY priority, seq
"""
"""The attempt is written before the call, so that a crash leaves a trace. People's replies are first in
line for a connection too, of which there are fewer than a claim may take."""

HOLD_BACK = """
    UPDATE sends
       SET not_before = rows.not_before, waits_for = rows.waits_for
      FROM unnest(%(ids)s::uuid[], %(not_befores)s::timestamptz[], %(reasons)s::text[])
        AS rows (id, not_before, waits_for)
     WHERE sends.id = rows.id
"""


MOST_ROUNDS = 20
"""Of messages that all have to wait, before a claim that takes nothing ends."""


class Waits(Struct, frozen=True):
    waits: bool | None


class Count(Struct, frozen=True):
    """Messages of one template that a number has sent today."""

    channel_id: ChannelId
    template: str
    count: int


async def waits(conn: Conn, now: datetime) -> bool:
    """Whether anything may have come due, asked at the least cost."""
    [row] = await fetch(conn, Waits, WAITS, {"now": now})
    return bool(row.waits)


async def ready(conn: Conn, now: datetime) -> None:
    """Do it before a number's first message comes too, so that its bucket has filled by then."""
    await conn.execute(READY, {"now": now})


async def claim(conn: Conn, now: datetime, limit: int) -> list[Parcel]:
    """Up to `limit` messages per number, marked as under way; no other worker gets the same ones.

    What a limit holds back is told what it waits for. Call it in a transaction of its own.
    """
    await ready(conn, now)
    numbers = await paces.hold(conn, now)
    counts = [limits.allowance(pace, limit) for pace in numbers.values()]
    if not any(counts):
        return []
    admitted = Admitted((), ())
    for _ in range(MOST_ROUNDS):
        admitted = await _admit(conn, numbers, counts, now)
        await _hold_back(conn, admitted)
        if admitted.taken or not admitted.held:
            break
    parcels = await _take(conn, admitted, numbers, now)
    await paces.spend(conn, admitted, numbers, now)
    return parcels


async def _admit(
    conn: Conn, numbers: Mapping[ChannelId, Pace], counts: Sequence[int], now: datetime
) -> Admitted:
    picked = await fetch(
        conn,
        Candidate,
        PICK,
        {
            "channel_ids": list(numbers),
            "portfolios": [pace.portfolio for pace in numbers.values()],
            "counts": counts,
            "now": now,
        },
    )
    reaches = await _reaches(conn, picked, numbers, now)
    return limits.admit(picked, numbers, reaches, await _counts(conn, picked, numbers), now)


async def _reaches(
    conn: Conn, picked: Sequence[Candidate], numbers: Mapping[ChannelId, Pace], now: datetime
) -> list[Reach]:
    """Of the portfolios that have a limit and a message that counts against it; held until the end."""
    openings = [numbers[candidate.channel_id] for candidate in picked if candidate.is_opening]
    portfolios = {pace.portfolio for pace in openings if pace.people_limit < limits.NO_LIMIT}
    if not portfolios:
        return []
    values = {"portfolios": sorted(portfolios), "since": now - limits.REACH_LASTS}
    await conn.execute(HOLD_PORTFOLIOS, values)
    return await fetch(conn, Reach, REACHES, values)


async def _counts(
    conn: Conn, picked: Sequence[Candidate], numbers: Mapping[ChannelId, Pace]
) -> dict[tuple[ChannelId, str], int]:
    """Of the numbers whose templates have a limit a day."""
    channels = {candidate.channel_id for candidate in picked if candidate.template is not None}
    limited = [numbers[id_] for id_ in channels if numbers[id_].per_template_day is not None]
    if not limited:
        return {}
    ids, days = [pace.channel_id for pace in limited], [pace.today for pace in limited]
    rows = await fetch(conn, Count, COUNTS, {"channel_ids": ids, "days": days})
    return {(row.channel_id, row.template): row.count for row in rows}


async def _hold_back(conn: Conn, admitted: Admitted) -> None:
    if admitted.held:
        await conn.execute(
            HOLD_BACK,
            {
                "ids": [held.message_id for held in admitted.held],
                "not_befores": [held.until for held in admitted.held],
                "reasons": [held.waits_for for held in admitted.held],
            },
        )


async def _take(
    conn: Conn, admitted: Admitted, numbers: Mapping[ChannelId, Pace], now: datetime
) -> list[Parcel]:
    if not admitted.taken:
        return []
    owners = [numbers[candidate.channel_id] for candidate in admitted.taken]
    pairs = list(zip(admitted.taken, owners, strict=True))
    return await fetch(
        conn,
        Parcel,
        TAKE,
        {
            "ids": [candidate.message_id for candidate in admitted.taken],
            "days": [pace.today for pace in owners],
            "portfolios": [pace.portfolio if each.is_opening else None for each, pace in pairs],
            "are_new": [not candidate.is_counted for candidate in admitted.taken],
            "retries": [pace.retries for pace in owners],
            "pair_gap": limits.PAIR_GAP,
            "since": now - limits.REACH_LASTS,
            "now": now,
        },
    )
