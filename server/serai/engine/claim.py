"""Take what may be carried now: due, within every limit, people's replies first.

A claim asks the database in a few statements whatever the number of messages; which of them go is
decided in `engine.limits`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from serai.core.ids import ChannelId
from serai.engine import limits
from serai.engine.limits import Admitted, Candidate, Pace, Reach
from serai.engine.outbox import Parcel
from serai.kit.db import Conn, fetch

ADD_PACES = """
    INSERT INTO paces (channel_id, business_id, tokens, filled_at)
    SELECT id, business_id, 0, %(now)s FROM channels
     WHERE NOT EXISTS (SELECT FROM paces WHERE paces.channel_id = channels.id)
        ON CONFLICT (channel_id) DO NOTHING
"""
RELEASE = """
    UPDATE sends
       SET not_before = NULL, waits_for = NULL, needs_file = false
     WHERE id IN (SELECT id FROM sends
                   WHERE state = 'waiting' AND not_before <= %(now)s
                   ORDER BY not_before
                   LIMIT 1000
                     FOR UPDATE SKIP LOCKED)
"""
HOLD_PACES = """
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
     WHERE channels.state = 'active'
       AND EXISTS (SELECT FROM sends
                    WHERE sends.channel_id = channels.id AND sends.state = 'waiting'
                      AND sends.not_before IS NULL)
       FOR UPDATE OF paces SKIP LOCKED
"""
PICK = """
    SELECT picked.id AS message_id, picked.channel_id, picked.contact_id, picked.template,
           picked.category,
           picked.counted_on IS NOT NULL AS is_counted,
           picked.template IS NOT NULL AND NOT EXISTS (
               SELECT FROM messaging_windows
                WHERE messaging_windows.channel_id = picked.channel_id
                  AND messaging_windows.contact_id = picked.contact_id
                  AND kind = 'service' AND closes_at > %(now)s) AS is_opening,
           pair_paces.full_at AS pair_full_at, reached_people.reached_at
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
                                 AND earlier.created_at < sends.created_at
                                 AND earlier.created_at > %(now)s::timestamptz - interval '5 minutes'
                                 AND earlier.state = 'waiting' AND earlier.needs_file)
            ORDER BY sends.priority, sends.created_at, sends.id
            LIMIT allowed.count
              FOR UPDATE SKIP LOCKED
           ) AS picked
      LEFT JOIN pair_paces
        ON pair_paces.channel_id = picked.channel_id AND pair_paces.contact_id = picked.contact_id
      LEFT JOIN reached_people
        ON reached_people.portfolio = allowed.portfolio
       AND reached_people.contact_id = picked.contact_id
     ORDER BY picked.priority, picked.created_at, picked.id
"""
"""One message at a time per person keeps a conversation's order, also for a while behind one whose
file is on its way to Meta."""

HOLD_PORTFOLIOS = """
    SELECT pg_advisory_xact_lock(70021, hashtext(portfolio))::text
      FROM (SELECT unnest(%(portfolios)s::text[]) AS portfolio ORDER BY 1) AS rows
"""
"""So that two workers do not both reach the last person that is allowed."""

REACHES = """
    SELECT rows.portfolio, count(reached_people.contact_id) AS count,
           min(reached_people.reached_at) AS oldest_at
      FROM unnest(%(portfolios)s::text[]) AS rows (portfolio)
      LEFT JOIN reached_people
        ON reached_people.portfolio = rows.portfolio AND reached_people.reached_at > %(since)s
     GROUP BY rows.portfolio
"""
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
     ORDER BY created_at, id
"""
"""The attempt is written before the call, so that a crash leaves a trace."""

HOLD_BACK = """
    UPDATE sends
       SET not_before = rows.not_before, waits_for = rows.waits_for
      FROM unnest(%(ids)s::uuid[], %(not_befores)s::timestamptz[], %(reasons)s::text[])
        AS rows (id, not_before, waits_for)
     WHERE sends.id = rows.id
"""
SPEND = """
    UPDATE paces
       SET tokens = rows.tokens, filled_at = %(now)s, minute_at = rows.minute_at,
           minute_count = rows.minute_count
      FROM unnest(%(channel_ids)s::uuid[], %(tokens)s::double precision[],
                  %(minute_ats)s::timestamptz[], %(minute_counts)s::integer[])
        AS rows (channel_id, tokens, minute_at, minute_count)
     WHERE paces.channel_id = rows.channel_id
"""


MOST_ROUNDS = 20
"""Of messages that all have to wait, before a claim that takes nothing ends."""


class Count(Struct, frozen=True):
    """Messages of one template that a number has sent today."""

    channel_id: ChannelId
    template: str
    count: int


async def claim(conn: Conn, now: datetime, limit: int) -> list[Parcel]:
    """Up to `limit` messages per number, marked as under way; no other worker gets the same ones.

    What a limit holds back is told what it waits for. Call it in a transaction of its own.
    """
    await conn.execute(ADD_PACES, {"now": now})
    await conn.execute(RELEASE, {"now": now})
    paces = await _paces(conn, now)
    counts = [limits.allowance(pace, limit) for pace in paces.values()]
    if not any(counts):
        return []
    admitted = Admitted((), ())
    for _ in range(MOST_ROUNDS):
        admitted = await _admit(conn, paces, counts, now)
        await _hold_back(conn, admitted)
        if admitted.taken or not admitted.held:
            break
    parcels = await _take(conn, admitted, paces, now)
    await _spend(conn, admitted, paces, now)
    return parcels


async def _admit(
    conn: Conn, paces: Mapping[ChannelId, Pace], counts: Sequence[int], now: datetime
) -> Admitted:
    picked = await fetch(
        conn,
        Candidate,
        PICK,
        {
            "channel_ids": list(paces),
            "portfolios": [pace.portfolio for pace in paces.values()],
            "counts": counts,
            "now": now,
        },
    )
    reaches = await _reaches(conn, picked, paces, now)
    return limits.admit(picked, paces, reaches, await _counts(conn, picked, paces), now)


async def _paces(conn: Conn, now: datetime) -> dict[ChannelId, Pace]:
    values = {"now": now, "unknown": limits.UNKNOWN_PEOPLE}
    rows = await fetch(conn, Pace, HOLD_PACES, values)
    return {row.channel_id: limits.filled(row, now) for row in rows}


async def _reaches(
    conn: Conn, picked: Sequence[Candidate], paces: Mapping[ChannelId, Pace], now: datetime
) -> list[Reach]:
    """Of the portfolios that have a limit and a message that counts against it; held until the end."""
    openings = [paces[candidate.channel_id] for candidate in picked if candidate.is_opening]
    portfolios = {pace.portfolio for pace in openings if pace.people_limit < limits.NO_LIMIT}
    if not portfolios:
        return []
    values = {"portfolios": sorted(portfolios), "since": now - limits.REACH_LASTS}
    await conn.execute(HOLD_PORTFOLIOS, values)
    return await fetch(conn, Reach, REACHES, values)


async def _counts(
    conn: Conn, picked: Sequence[Candidate], paces: Mapping[ChannelId, Pace]
) -> dict[tuple[ChannelId, str], int]:
    """Of the numbers whose templates have a limit a day."""
    channels = {candidate.channel_id for candidate in picked if candidate.template is not None}
    limited = [paces[id_] for id_ in channels if paces[id_].per_template_day is not None]
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
    conn: Conn, admitted: Admitted, paces: Mapping[ChannelId, Pace], now: datetime
) -> list[Parcel]:
    if not admitted.taken:
        return []
    owners = [paces[candidate.channel_id] for candidate in admitted.taken]
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


async def _spend(
    conn: Conn, admitted: Admitted, paces: Mapping[ChannelId, Pace], now: datetime
) -> None:
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
