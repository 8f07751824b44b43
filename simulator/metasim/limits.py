"""Rate limits as token buckets on the simulator's clock.

Source: WhatsApp Cloud API reference, 6.1 "Throughput" and 6.2 "Messaging limits".
"""

from metasim.clock import Clock

PAIR_BURST = 45.0
PAIR_PER_SECOND = 1 / 6
"""One message in 6 seconds to one person, 45 at once when rested. Source: 6.1."""
DAY = 86_400.0
TIERS = {
    "TIER_250": 250,
    "TIER_2K": 2_000,
    "TIER_10K": 10_000,
    "TIER_100K": 100_000,
    "TIER_UNLIMITED": None,
}
"""Unique people in a rolling 24 hours. Source: 6.2."""


class Limits:
    """Buckets are made full when first asked for."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._levels: dict[tuple[str, ...], tuple[float, float]] = {}

    def take(self, key: tuple[str, ...], size: float, per_second: float) -> bool:
        """Take one from the bucket; False, and nothing taken, when it is empty."""
        now = self._clock.now()
        level, at = self._levels.get(key, (size, now))
        level = min(size, level + (now - at) * per_second)
        if level < 1:
            self._levels[key] = (level, now)
            return False
        self._levels[key] = (level - 1, now)
        return True

    def throughput(self, number: str, per_second: int) -> bool:
        """May this number send (or receive) one more message? Source: 6.1."""
        return self.take((number,), per_second, per_second)

    def pair(self, number: str, person: str) -> bool:
        """May this number write to this person again? Source: 6.1 "Pair rate"."""
        return self.take((number, person), PAIR_BURST, PAIR_PER_SECOND)


def reached_lately(reached: dict[str, float], now: float) -> int:
    """How many people were written to in the last 24 hours; older ones are dropped. Source: 6.2."""
    for person, at in list(reached.items()):
        if at > now - DAY:
            break  # kept in order of time: the rest are newer
        del reached[person]
    return len(reached)
