"""What is asked of a new password."""

from collections.abc import Iterable

from serai.features.accounts.decide import passwords as rules
from serai.kit.errors import Invalid


def ensure_good(password: str, own_words: Iterable[str], field: str = "password") -> None:
    """Raises Invalid, with what to do better."""
    problem = rules.problem(password, own_words)
    if problem is not None:
        raise Invalid("password_weak", problem, field)
