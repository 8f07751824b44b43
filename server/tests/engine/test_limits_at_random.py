"""Whatever is queued, whenever, and however the tier moves: Meta's limits are never passed."""

from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace
from serai.core.ids import ChannelId, ContactId, MessageId
from serai.engine import limits
from serai.engine.limits import Candidate, Pace, Reach
from tests.given import NOON

NUMBER = ChannelId(UUID(int=1))
PEOPLE = [ContactId(UUID(int=100 + n)) for n in range(12)]
DAY = timedelta(hours=24)


class Numbers(RuleBasedStateMachine):
    """one number, twelve people, and a Meta that counts for itself."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.limit, self.made = NOON, 2, 0
        self.pace = Pace(
            channel_id=NUMBER,
            messages_per_second=80,
            tokens=0,
            filled_at=NOON,
            portfolio="p",
            today=NOON.date(),
            tomorrow_at=NOON + DAY,
            per_template_day=40,
        )
        self.waiting: list[Candidate] = []
        self.full_at: dict[ContactId, datetime] = {}
        self.reached: dict[ContactId, datetime] = {}
        self.levels: dict[ContactId, tuple[float, datetime]] = {}
        self.counts: dict[tuple[ChannelId, str], int] = {}
        self.passed: set[str] = set()

    @rule(
        people=some.lists(some.sampled_from(PEOPLE), min_size=1, max_size=8, unique=True),
        each=some.sampled_from([1, 2, 60]),
        template=some.sampled_from([None, "offer"]),
    )
    def ask(self, people: list[ContactId], each: int, template: str | None) -> None:
        for person in people * each:
            self.made += 1
            candidate = Candidate(
                message_id=MessageId(UUID(int=10_000 + self.made)),
                channel_id=NUMBER,
                contact_id=person,
                template=template,
                is_opening=template is not None,
            )
            self.waiting.append(candidate)

    @rule(seconds=some.sampled_from([0.05, 1, 7, 60, 3600, 86_400, 86_500]))
    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(limit=some.integers(1, 4))
    def rise(self, limit: int) -> None:
        """A tier that falls does not take back whom it let through: Meta's only rise."""
        self.limit = max(self.limit, limit)

    @rule(rounds=some.integers(1, 40), batch=some.integers(1, 30))
    def claim(self, rounds: int, batch: int) -> None:
        for _ in range(rounds):
            self.now += timedelta(milliseconds=100)
            self._claim(batch)

    def _claim(self, batch: int) -> None:
        pace = limits.filled(replace(self.pace, people_limit=self.limit), self.now)
        due = self.waiting[: limits.allowance(pace, batch)]
        picked = [
            replace(
                each,
                pair_full_at=self.full_at.get(each.contact_id),
                reached_at=self.reached.get(each.contact_id),
            )
            for each in due
        ]
        since = self.now - limits.REACH_LASTS
        reach = Reach("p", sum(at > since for at in self.reached.values()))
        admitted = limits.admit(picked, {NUMBER: pace}, [reach], self.counts, self.now)
        for each in admitted.taken:
            self._send(each)
        kept = {each.message_id for each in admitted.taken}
        held = {each.message_id for each in admitted.held}
        rest = [each for each in self.waiting if each.message_id not in kept]
        self.waiting = sorted(rest, key=lambda each: each.message_id in held)
        self.pace = limits.spent(pace, len(admitted.taken))

    def _send(self, message: Candidate) -> None:
        person, now = message.contact_id, self.now
        self.full_at[person] = max(self.full_at.get(person, now), now) + limits.PAIR_GAP
        level, at = self.levels.get(person, (45.0, now))
        level = min(45.0, level + (now - at).total_seconds() / 6) - 1
        self.levels[person] = level, now
        if level < 0:
            self.passed.add("pair")
        if message.template is not None:
            key = (NUMBER, message.template)
            self.counts[key] = self.counts.get(key, 0) + 1
        if message.is_opening:
            self.reached[person] = now

    @invariant()
    def no_pair_is_passed(self) -> None:
        assert "pair" not in self.passed

    @invariant()
    def no_more_people_than_meta_allows(self) -> None:
        lately = [at for at in self.reached.values() if at > self.now - DAY]
        assert len(lately) <= self.limit

    @invariant()
    def no_template_more_often_than_the_company_wants(self) -> None:
        assert self.counts.get((NUMBER, "offer"), 0) <= 40

    @invariant()
    def the_number_is_never_overdrawn(self) -> None:
        assert self.pace.tokens >= -1e-9


TestNumbers = Numbers.TestCase
TestNumbers.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
