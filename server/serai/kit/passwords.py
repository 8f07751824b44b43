"""Hashing passwords: Argon2id, off the event loop, a few at a time."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)
"""Source: RFC 9106, section 4, second recommended option: 3 passes over 64 MiB in 4 lanes."""
AT_ONCE = asyncio.Semaphore(3)
"""So that a flood of sign-ins costs time and not this machine's memory."""


async def hashed(password: str) -> str:
    """What is kept of a password, with its salt and parameters."""
    async with AT_ONCE:
        return await asyncio.to_thread(HASHER.hash, password)


async def fits(kept: str | None, password: str) -> bool:
    """Whether it is the password; takes as long when nothing is kept."""
    async with AT_ONCE:
        return await asyncio.to_thread(_fits, kept, password) and kept is not None


def is_dated(kept: str) -> bool:
    """Whether it was made with other parameters than today's."""
    return HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    """Checked where there is no account, so that both take the same time; made once for either."""
    return HASHER.hash("a password that nobody has")


def _fits(kept: str | None, password: str) -> bool:
    nobodys = _nobodys()
    try:
        return HASHER.verify(kept or nobodys, password)
    except (VerificationError, InvalidHashError):
        return False
