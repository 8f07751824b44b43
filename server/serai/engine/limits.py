"""Which of the messages that could go now may go now: pure, so that every limit is tested by example.

Source: WhatsApp Cloud API, "Throughput" (80 a second; 45 at once to one person and then one in
6 seconds) and "Messaging limits" (unique people outside a service window in 24 hours, for all
numbers of a portfolio together).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from serai.core.ids import ChannelId, ContactId, MessageId
from serai.core.policy import kinds_of

PAIR_GAP = timedelta(seconds=6)
PAIR_BURST = 44
"""To one person: one each gap, and so many at once after a long silence. Meta takes 45; one is left
over because calls take longer at one time than at another.
Source: WhatsApp Cloud API, "Pair rate limits"."""
REACH_LASTS = timedelta(hours=24, minutes=1)
"""How long a person counts as reached: Meta's 24 hours begin when it takes the message, a little after
we let it go. Source: WhatsApp Cloud API, "Messaging limits"."""
UNKNOWN_PEOPLE = 250
"""Unique people in 24 hours while Meta has not told the real limit: what a new portfolio has, so
that no send fails for it. Source: WhatsApp Cloud API, "Messaging limits"."""
NO_LIMIT = 2_147_483_647
FILL_SHARE = 0.9
BURST_SHARE = 0.1
"""Of Meta's rate for the number: what fills the bucket each second, and what it holds. Together they
never exceed the rate in any second. Our own limit is ours to meet exactly."""
MINUTE = timedelta(minutes=1)
LOOK_AGAIN = timedelta(minutes=1)
"""Whether a restriction of the number is over."""


class Pace(Struct, frozen=True, kw_only=True):
    """What one number may send now, and what limits it."""

    channel_id: ChannelId
    messages_per_second: int
    """Meta's."""
    tokens: float
    filled_at: datetime
    minute_at: datetime | None = None
    minute_count: int = 0
    """Sent in the minute that began at `minute_at`."""
    portfolio: str
    people_limit: int = UNKNOWN_PEOPLE
    today: date
    """In the business's time zone."""
    tomorrow_at: datetime
    """When the business's next day begins."""
    per_second: int | None = None
    per_minute: int | None = None
    per_template_day: int | None = None
    retries: int | None = None
    batch: int | None = None
    """Our own limits; None: none."""
    restricted: frozenset[str] = frozenset()
    """Kinds of messages that may not go now, as `core.policy.kinds_of` names them."""


class Candidate(Struct, frozen=True, kw_only=True):
    """A message that is due, and what the limits must know about it."""

    message_id: MessageId
    channel_id: ChannelId
    contact_id: ContactId
    template: str | None = None
    """Name; None: a free-form message, which only goes inside a service window."""
    category: str = "service"
    is_opening: bool = False
    """Outside any service window, so that it counts against the limit of people."""
    is_counted: bool = False
    """Tried before, so that today's counters have it already."""
    pair_full_at: datetime | None = None
    reached_at: datetime | None = None


class Reach(Struct, frozen=True):
    """How many people a portfolio has reached in the last 24 hours."""

    portfolio: str
    count: int
    oldest_at: datetime | None = None


class Held(Struct, frozen=True):
    """A message that has to wait: what for, and until when it is not looked at again."""

    message_id: MessageId
    waits_for: str
    until: datetime


class Admitted(Struct, frozen=True):
    taken: tuple[Candidate, ...]
    held: tuple[Held, ...]
    """Candidates in neither wait for the one before them to the same person."""


def filled(pace: Pace, now: datetime) -> Pace:
    """The number's buckets as they are now."""
    seconds = max(timedelta(), now - pace.filled_at).total_seconds()
    fill, most = pace.messages_per_second * FILL_SHARE, pace.messages_per_second * BURST_SHARE
    if pace.per_second is not None:
        fill, most = min(fill, pace.per_second), min(most, pace.per_second * BURST_SHARE)
    minute = now.replace(second=0, microsecond=0)
    return replace(
        pace,
        tokens=min(max(1.0, most), pace.tokens + seconds * fill),
        filled_at=now,
        minute_at=minute,
        minute_count=pace.minute_count if pace.minute_at == minute else 0,
    )


def allowance(pace: Pace, limit: int) -> int:
    """How many messages a number may send at once, of `limit` that a worker takes."""
    left = limit if pace.per_minute is None else max(0, pace.per_minute - pace.minute_count)
    return min(int(pace.tokens), limit, left, pace.batch or limit)


def spent(pace: Pace, count: int) -> Pace:
    """The buckets after `count` messages."""
    return replace(pace, tokens=pace.tokens - count, minute_count=pace.minute_count + count)


def admit(
    candidates: Sequence[Candidate],
    paces: Mapping[ChannelId, Pace],
    reaches: Iterable[Reach],
    counts: Mapping[tuple[ChannelId, str], int],
    now: datetime,
) -> Admitted:
    """Who goes now and who waits for what; earlier candidates go first.

    `reaches` of portfolios that have a limit; `counts` is of today, by number and template.
    """
    door = _Door(paces, {reach.portfolio: reach for reach in reaches}, dict(counts), now)
    for candidate in candidates:
        door.ask(candidate)
    return Admitted(tuple(door.taken), tuple(door.held))


class _Door:
    """Counts what it lets through."""

    def __init__(
        self,
        paces: Mapping[ChannelId, Pace],
        reaches: Mapping[str, Reach],
        counts: dict[tuple[ChannelId, str], int],
        now: datetime,
    ) -> None:
        self._paces, self._reaches, self._counts, self._now = paces, reaches, counts, now
        self._fresh: dict[str, int] = {}
        """People reached anew, by portfolio."""
        self._queues: dict[tuple[ChannelId, ContactId], int] = {}
        """How many wait for a pair's next turn."""
        self._people: set[ContactId] = set()
        self.taken: list[Candidate] = []
        self.held: list[Held] = []

    def ask(self, candidate: Candidate) -> None:
        held = self._reason(candidate)
        if held is not None:
            self.held.append(held)
        elif candidate.contact_id not in self._people:
            self._take(candidate)

    def _take(self, candidate: Candidate) -> None:
        pace = self._paces[candidate.channel_id]
        self._people.add(candidate.contact_id)
        if candidate.template is not None and not candidate.is_counted:
            key = (candidate.channel_id, candidate.template)
            self._counts[key] = self._counts.get(key, 0) + 1
        if self._is_new(candidate):
            self._fresh[pace.portfolio] = self._fresh.get(pace.portfolio, 0) + 1
        self.taken.append(candidate)

    def _reason(self, candidate: Candidate) -> Held | None:
        return (
            self._restricted(candidate)
            or self._pair(candidate)
            or self._template_day(candidate)
            or self._new_people(candidate)
        )

    def _restricted(self, candidate: Candidate) -> Held | None:
        """What the number may not send now waits for the end of it, which may be told any time."""
        stopped = self._paces[candidate.channel_id].restricted
        is_template = candidate.template is not None
        if not stopped or not stopped & kinds_of(candidate.category, is_template=is_template):
            return None
        return Held(candidate.message_id, "meta", self._now + LOOK_AGAIN)

    def _pair(self, candidate: Candidate) -> Held | None:
        """The bucket holds 45 and is full at `pair_full_at`; each message takes 6 seconds of it."""
        full_at = candidate.pair_full_at
        turn_at = full_at - PAIR_GAP * (PAIR_BURST - 1) if full_at is not None else self._now
        if turn_at <= self._now:
            return None
        key = (candidate.channel_id, candidate.contact_id)
        before = self._queues.get(key, 0)
        self._queues[key] = before + 1
        return Held(candidate.message_id, "pair", turn_at + PAIR_GAP * before)

    def _template_day(self, candidate: Candidate) -> Held | None:
        pace = self._paces[candidate.channel_id]
        if candidate.template is None or candidate.is_counted or pace.per_template_day is None:
            return None
        count = self._counts.get((candidate.channel_id, candidate.template), 0)
        if count < pace.per_template_day:
            return None
        return Held(candidate.message_id, "template_day", pace.tomorrow_at)

    def _new_people(self, candidate: Candidate) -> Held | None:
        """Whoever is over the limit waits at most until all who were reached have fallen out."""
        pace = self._paces[candidate.channel_id]
        if not self._is_new(candidate) or candidate.contact_id in self._people:
            return None
        reach = self._reaches.get(pace.portfolio)
        if reach is None or reach.count + self._fresh.get(reach.portfolio, 0) < pace.people_limit:
            return None
        return Held(candidate.message_id, "people", self._now + REACH_LASTS)

    def _is_new(self, candidate: Candidate) -> bool:
        """Whether this message reaches someone who was not reached in the last 24 hours."""
        reached_at = candidate.reached_at
        is_known = reached_at is not None and reached_at > self._now - REACH_LASTS
        return candidate.is_opening and not is_known
