"""What the promises of a service are, and how much of them was kept. Pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from msgspec import Struct

UP_AIM = 0.999
"""Of all minutes: some 43 of a month may be missed."""
ANSWERS_AIM = 0.95
"""Of automatic answers within two seconds: Meta tells in whole seconds when one was asked for."""
ERRORS_AIM = 0.001
"""Of all requests, at most."""
DELIVERY_AIM = 0.98
"""Of messages that were tried."""
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


class Share(Struct, frozen=True):
    """Part of a whole; `share` is None of nothing."""

    count: int
    part_count: int

    @property
    def share(self) -> float | None:
        return self.part_count / self.count if self.count else None


def expected_minutes(day: date, began_at: datetime | None, now: datetime) -> int:
    """Whole minutes of that day of UTC's since watching began that are over by now."""
    if began_at is None:
        return 0
    midnight = datetime.combine(day, time(), UTC)
    begin = max(midnight, began_at)
    end = min(midnight + DAY, now)
    return max(0, int((end - begin) / MINUTE))


def days_between(since: date, until: date) -> Sequence[date]:
    """Both among them, in order."""
    return [since + DAY * n for n in range((until - since).days + 1)]
