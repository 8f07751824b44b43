"""How much waits and how long, in all of the installation: asked of the database, cheaply.

Every statement goes by an index over what waits, or looks at one row for each number.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from prometheus_client.core import GaugeMetricFamily

from serai.core.ids import ChannelId
from serai.kit.db import Conn, fetch

WAITING = """
    SELECT 'deliveries' AS place, 'kept' AS state, count(*) AS count, min(received_at) AS oldest_at
      FROM webhook_deliveries WHERE state = 'kept'
     UNION ALL
    SELECT 'deliveries', 'set_aside', count(*), min(received_at)
      FROM webhook_deliveries WHERE state = 'quarantined'
     UNION ALL
    SELECT 'items', 'pending', count(*),
           (SELECT received_at FROM webhook_deliveries WHERE id = min(delivery_id))
      FROM inbound_items WHERE state = 'pending'
     UNION ALL
    SELECT 'items', 'set_aside', count(*),
           (SELECT received_at FROM webhook_deliveries WHERE id = min(delivery_id))
      FROM inbound_items WHERE state = 'quarantined'
     UNION ALL
    SELECT 'sends', 'ready', count(*), min(created_at)
      FROM sends WHERE state = 'waiting' AND not_before IS NULL AND waits_for IS NULL
     UNION ALL
    SELECT 'sends', 'held_' || coalesce(waits_for, 'other'), count(*), min(created_at)
      FROM sends WHERE state = 'waiting' AND (not_before IS NOT NULL OR waits_for = 'people')
     GROUP BY waits_for
     UNION ALL
    SELECT 'sends', 'under_way', count(*), min(claimed_at) FROM sends WHERE state = 'under_way'
     UNION ALL
    SELECT 'sends', 'unknown', count(*), min(created_at) FROM sends WHERE state = 'unknown'
     UNION ALL
    SELECT 'signals', 'waiting', count(*), min(asked_at)
      FROM signals WHERE state IN ('waiting', 'under_way')
     UNION ALL
    SELECT 'due_rows', 'overdue', count(*), min(due_at)
      FROM due_rows WHERE done_at IS NULL AND due_at <= %(now)s
     UNION ALL
    SELECT 'files', 'waiting', count(*), min(created_at) FROM files WHERE state = 'waiting'
     UNION ALL
    SELECT 'mails', 'waiting', count(*), min(created_at)
      FROM mails WHERE sent_at IS NULL AND failed_at IS NULL
     UNION ALL
    SELECT 'notifications', 'waiting', count(*), min(created_at)
      FROM push_notices WHERE taken_at IS NULL
     UNION ALL
    SELECT 'chores', 'overdue', count(*), min(due_at) FROM chores WHERE due_at <= %(now)s
"""
"""`place` and `state` are labels; the oldest is null where nothing waits."""

CLOSING = """
    SELECT count(*) AS count
      FROM conversations
      JOIN messaging_windows
        ON messaging_windows.channel_id = conversations.channel_id
       AND messaging_windows.contact_id = conversations.contact_id
       AND messaging_windows.kind = 'service'
     WHERE conversations.status = 'open' AND conversations.waiting_since IS NOT NULL
       AND conversations.last_activity_at > %(now)s::timestamptz - interval '25 hours'
       AND conversations.last_activity_at < %(now)s::timestamptz - interval '22 hours'
       AND messaging_windows.closes_at > %(now)s
       AND messaging_windows.closes_at <= %(now)s::timestamptz + interval '1 hour'
"""
"""A window closes a day after they wrote; what was active since then was answered or looked at."""

CHANNELS = """
    SELECT channels.id, channels.kind, businesses.key AS business, channels.state,
           channels.token_expires_at,
           (SELECT created_at FROM messages
             WHERE messages.channel_id = channels.id AND direction = 'in'
             ORDER BY created_at DESC
             LIMIT 1) AS heard_at,
           ARRAY(SELECT code || ' ' || level FROM channel_notices
                  WHERE channel_notices.channel_id = channels.id AND ended_at IS NULL
                  ORDER BY code) AS notices
      FROM channels
      JOIN businesses ON businesses.id = channels.business_id
     ORDER BY channels.id
     LIMIT 1000
"""
ANSWERS = """
    SELECT count(*) AS count, count(*) FILTER (WHERE seconds <= %(aim)s) AS within_count
      FROM response_times
     WHERE asked_at > %(now)s::timestamptz - interval '1 day' AND business_id IN (SELECT id FROM businesses)
"""
AIM_SECONDS = 900.0
"""An answer of a person within a quarter of an hour, of business hours: the figure to watch."""
SIZE = """
    SELECT pg_database_size(current_database()) AS bytes
"""


class Waiting(Struct, frozen=True):
    place: str
    state: str
    count: int
    oldest_at: datetime | None


class ChannelNow(Struct, frozen=True, kw_only=True):
    id: ChannelId
    kind: str
    business: str
    state: str
    token_expires_at: datetime | None
    heard_at: datetime | None
    notices: list[str]


class Count(Struct, frozen=True):
    count: int


class Answers(Struct, frozen=True):
    count: int
    within_count: int


class Size(Struct, frozen=True):
    bytes: int


class Standing(Struct, frozen=True, kw_only=True):
    """One look at the whole."""

    now: datetime
    waiting: Sequence[Waiting]
    closing_count: int
    channels: Sequence[ChannelNow]
    answers: Answers
    size_bytes: int


async def look(conn: Conn, now: datetime) -> Standing:
    """Five statements; `now` by Meta's clock, as windows go by it."""
    moment = {"now": now}
    [closing] = await fetch(conn, Count, CLOSING, moment)
    [answers] = await fetch(conn, Answers, ANSWERS, moment | {"aim": AIM_SECONDS})
    [size] = await fetch(conn, Size, SIZE, {})
    return Standing(
        now=now,
        waiting=await fetch(conn, Waiting, WAITING, moment),
        closing_count=closing.count,
        channels=await fetch(conn, ChannelNow, CHANNELS, {}),
        answers=answers,
        size_bytes=size.bytes,
    )


def families(standing: Standing) -> Iterator[GaugeMetricFamily]:
    """The look in Prometheus's terms."""
    yield from _waiting(standing)
    yield _gauge(
        "serai_windows_closing",
        "Service windows that close within an hour while somebody waits for an answer.",
        standing.closing_count,
    )
    yield from _channels(standing)
    yield _gauge(
        "serai_answers_day",
        "Waits for a person's answer that ended, asked in the last day.",
        standing.answers.count,
    )
    yield _gauge(
        "serai_answers_day_within_aim",
        f"Those of them that ended within {AIM_SECONDS:.0f} s of business hours.",
        standing.answers.within_count,
    )
    yield _gauge("serai_database_bytes", "Size of the database.", standing.size_bytes)


def _waiting(standing: Standing) -> Iterator[GaugeMetricFamily]:
    count = GaugeMetricFamily(
        "serai_waiting", "What waits, by place and state.", labels=["place", "state"]
    )
    oldest = GaugeMetricFamily(
        "serai_oldest_seconds", "Age of the oldest of them; 0: none.", labels=["place", "state"]
    )
    for row in standing.waiting:
        age = standing.now - row.oldest_at if row.oldest_at else timedelta()
        count.add_metric([row.place, row.state], row.count)
        oldest.add_metric([row.place, row.state], max(0.0, age.total_seconds()))
    yield count
    yield oldest


def _channels(standing: Standing) -> Iterator[GaugeMetricFamily]:
    labels = ["channel", "kind", "business"]
    active = GaugeMetricFamily(
        "serai_channel_active", "1 while a number may send, else 0.", labels=labels
    )
    silence = GaugeMetricFamily(
        "serai_channel_silence_seconds", "Since somebody last wrote to a number.", labels=labels
    )
    token = GaugeMetricFamily(
        "serai_channel_token_seconds", "Until a number's token ends, if it does.", labels=labels
    )
    notices = GaugeMetricFamily(
        "serai_channel_notice",
        "1 for each notice that holds now, such as quality_low, silent or token_ends.",
        labels=[*labels, "code", "level"],
    )
    for channel in standing.channels:
        called = [str(channel.id), channel.kind, channel.business]
        active.add_metric(called, float(channel.state == "active"))
        if channel.heard_at:
            silence.add_metric(called, (standing.now - channel.heard_at).total_seconds())
        if channel.token_expires_at:
            ends_in = channel.token_expires_at - standing.now
            token.add_metric(called, ends_in.total_seconds())
        for notice in channel.notices:
            notices.add_metric([*called, *notice.split(" ")], 1)
    yield from (active, silence, token, notices)


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=value)
