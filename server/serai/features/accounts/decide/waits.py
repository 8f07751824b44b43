"""How long a guesser waits."""

from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct

FORGOTTEN_AFTER = timedelta(hours=24)
"""Without a further wrong guess."""
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)


class Guessed(Enum):
    """What is guessed at."""

    ACCOUNT = "account"
    CODE = "code"
    ADDRESS = "address"


FREE = {Guessed.ACCOUNT: 5, Guessed.CODE: 5, Guessed.ADDRESS: 30}
"""How many wrong guesses cost nothing. A whole office may share an address, so it gets more."""


class Attempts(Struct, frozen=True):
    failure_count: int
    last_at: datetime
    waits_until: datetime


def wait(failures: int, guessed: Guessed) -> timedelta:
    """After so many wrong guesses in a row: none, then 5 s, doubling up to 15 minutes."""
    free = FREE[guessed]
    if failures < free:
        return timedelta()
    doublings = min(failures - free, 20)
    return min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)


def failures_now(known: Attempts, now: datetime) -> int:
    """How many of the wrong guesses still count."""
    if now - known.last_at > FORGOTTEN_AFTER:
        return 0
    return known.failure_count
