"""How often may be asked: by address while nobody is signed in, by key or person after.

All processes count in one table. For those who are signed in a process takes a share of a fiftieth
of the limit at a time, so that one request in twenty or so pays for the count; strangers are counted
one by one. Stretches of time do not slide: twice the limit can pass around the end of one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Request, Response, Security
from fastapi.security import HTTPAuthorizationCredentials

from serai.app.auth import authenticate, bearer
from serai.features.traffic import store
from serai.kit.clock import Clock
from serai.kit.db import Pool
from serai.kit.errors import TooMany, Unauthorised
from serai.kit.settings import Settings

STRANGERS_MINUTES = 15
SHARES = 50
"""A process takes this part of a limit at once."""
OURS = Clock()
"""Limits go by this machine's time, whatever Meta's says."""


@dataclass
class Lease:
    """What a process may still let pass in this stretch without asking the others."""

    began_at: datetime
    left: int = 0
    taken: int = 0
    """Of all processes, when it was last asked."""


@dataclass(frozen=True)
class Limit:
    name: str
    most: int
    stretch: timedelta
    share: int = 1

    def began_at(self, now: datetime) -> datetime:
        seconds = self.stretch.total_seconds()
        return datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)


class Gauge:
    """Counts requests of this process, and knows from the database what others counted."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool = pool
        self._leases: dict[str, Lease] = {}
        self._forgot_at = datetime.min.replace(tzinfo=UTC)
        minute = timedelta(minutes=1)
        self._stranger = Limit(
            "address", settings.stranger_limit, timedelta(minutes=STRANGERS_MINUTES)
        )
        self._known = {
            "key": Limit("key", settings.key_limit, minute, max(1, settings.key_limit // SHARES)),
            "user": Limit(
                "user", settings.user_limit, minute, max(1, settings.user_limit // SHARES)
            ),
        }

    async def known(self, kind: str, id_: object, now: datetime) -> dict[str, str]:
        """Count a request of a key or a person; the headers that say so. Raises TooMany."""
        return await self._count(self._known[kind], f"{kind}:{id_}", now)

    async def stranger(self, remote: str, now: datetime) -> dict[str, str]:
        """Count a request that nobody is signed in for. Raises TooMany."""
        return await self._count(self._stranger, f"address:{remote}", now)

    async def _count(self, limit: Limit, subject: str, now: datetime) -> dict[str, str]:
        began_at = limit.began_at(now)
        lease = self._leases.get(subject)
        if lease is None or lease.began_at != began_at:
            lease = self._leases[subject] = Lease(began_at)
        if lease.left == 0 and lease.taken < limit.most:
            await self._take(limit, subject, lease, now)
        seconds = max(1, round((began_at + limit.stretch - now).total_seconds()))
        told = {
            "RateLimit-Policy": f'"{limit.name}";q={limit.most};w={limit.stretch.seconds}',
            "RateLimit": f'"{limit.name}";r={max(0, lease.left - 1) + max(0, limit.most - lease.taken)}'
            f";t={seconds}",
        }
        if lease.left == 0:
            words = f"Too many requests. Ask again in {seconds} seconds."
            raise TooMany("too_many_requests", words, told | {"Retry-After": str(seconds)})
        lease.left -= 1
        return told

    async def _take(self, limit: Limit, subject: str, lease: Lease, now: datetime) -> None:
        async with self._pool.connection() as conn:
            lease.taken = await store.take(conn, subject, lease.began_at, limit.share)
            if now - self._forgot_at > self._stranger.stretch:
                self._forgot_at = now
                await store.forget(conn, now - 2 * self._stranger.stretch)
                self._leases = {subject: lease}
        surplus = max(0, lease.taken - limit.most)
        lease.left += max(0, limit.share - surplus)


async def let_in(
    request: Request,
    response: Response,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
) -> None:
    """Find out who asks, and count it. Raises Unauthorised, Forbidden, TooMany."""
    if getattr(request.state, "rates", None) is None:
        try:
            await authenticate(request, credentials)
        except Unauthorised:
            await count_stranger(request)
            raise
        who = request.state.principal
        request.state.rates = await request.app.state.gauge.known(who.kind, who.id, OURS.now())
    response.headers.update(request.state.rates)


async def count_stranger(request: Request) -> None:
    """For routes that are open to those who are not signed in. Raises TooMany."""
    remote = request.client.host if request.client else "unknown"
    await request.app.state.gauge.stranger(remote, OURS.now())
