"""What goes wrong, and when: drawn from a seed, so that the seed of a failure draws it again."""

import random

from msgspec import Struct

PROCESSES = ("kill web", "kill worker", "stop web", "stop worker", "end web", "end worker")
DATABASE = ("kill postgres", "stop postgres", "end a backend", "disk full")
META = (
    "kill metasim", "stop metasim", "told twice", "told out of order", "status before answer",
    "throttled", "hung up",
)  # fmt: skip
LINES = (
    "cut database line", "slow database line", "dead database line", "cut meta line", "slow meta line",
    "dead meta line", "cut door", "slow door", "dead door",
)  # fmt: skip
NATS = (
    "kill nats leader", "kill nats follower", "kill nats cluster", "stop nats leader",
    "stop nats follower",
)  # fmt: skip
"""Only where it stands in front."""
OTHERS = ("clock jumps", "restart storm", "nonsense")
WEIGHTS = {
    **dict.fromkeys(PROCESSES, 8),
    **dict.fromkeys(LINES, 5),
    **dict.fromkeys(META, 4),
    **dict.fromkeys(OTHERS, 4),
    "end a backend": 8,
    "stop postgres": 4,
    "kill postgres": 3,
    "kill metasim": 3,
    "disk full": 2,
    "restart storm": 2,
    **dict.fromkeys(NATS, 8),
    "kill nats cluster": 4,
}
KINDS = tuple(WEIGHTS)


def kinds(*, nats: bool, disk: bool, about: str = "") -> tuple[str, ...]:
    """Those that can be done where there is NATS, and a disk to fill; `about`: with that in their names."""
    missing = {"disk full"} if not disk else set[str]()
    missing |= set(NATS) if not nats else set()
    return tuple(kind for kind in KINDS if kind not in missing and about in kind)


class Fault(Struct, frozen=True):
    kind: str
    target: int
    """Which of those there are, modulo their number."""
    after: float
    """Seconds since the one before began."""
    lasts: float
    """Seconds."""

    def __str__(self) -> str:
        return f"+{self.after:.2f} s  {self.kind} #{self.target} for {self.lasts:.2f} s"


def draw(seed: str, count: int, kinds: tuple[str, ...] = KINDS) -> list[Fault]:
    """`count` faults of these kinds, in the order in which they happen."""
    chance = random.Random(seed)  # noqa: S311 — the seed repeats a failure
    names = chance.choices(kinds, [WEIGHTS[kind] for kind in kinds], k=count)
    return [
        Fault(
            kind=name,
            target=chance.randrange(1000),
            after=round(chance.uniform(0.02, 0.5), 2),
            lasts=round(chance.uniform(0.05, 1.5), 2),
        )
        for name in names
    ]
