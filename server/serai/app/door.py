"""The webhook door: raw ASGI, because nothing stands between Meta's bytes and the disk.

GET answers Meta's handshake. POST: signature over the bytes as they came, then kept, then 200.
Source: Graph API, "Webhooks: getting started" (handshake, X-Hub-Signature-256).
"""

import asyncio
import hashlib
import hmac
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime
from time import perf_counter, time_ns
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import parse_qsl

from prometheus_client import Counter as Metric
from prometheus_client import Histogram
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from serai.app.signers import Signers
from serai.engine.intake import Intake, NotKept
from serai.features.accounts.store import companies as accounts
from serai.features.accounts.store.companies import Audited
from serai.features.channels.store.apps import App
from serai.kit import tracing
from serai.kit.allow_list import Networks, allows
from serai.kit.clock import Clock
from serai.kit.db import Pool
from serai.kit.log import logger
from serai.kit.meters import SECONDS, failed, mark_of
from serai.kit.secrets import Vault
from serai.meta import webhooks

Scope: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[dict[str, Any]]]
Send: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]

REPORT_SECONDS = 1.0
"""How often what was turned away is written down, counted."""
REQUESTS = Metric("serai_door_requests", "Requests at the webhook door.", ["status"])
ANSWERED = {status: REQUESTS.labels(status) for status in (200, 403, 405, 408, 413, 503)}
REFUSED = Metric("serai_door_refused", "Those that were turned away.", ["reason"])
TOOK = Histogram("serai_door_seconds", "From a webhook's first byte to 200.", buckets=SECONDS)
BODY_SECONDS = 20.0
"""For a whole body: Meta sends it in one go, and hangs up after this long."""
SIGNATURE = b"x-hub-signature-256"

log = logger("serai.door")


class TooMuch(Exception):
    """The body is larger than Meta ever sends."""


class Bounds(NamedTuple):
    """What is taken at all."""

    most_bytes: int
    guests: Networks | None = None
    """From where; None: from everywhere."""


class Door:
    """One per web process."""

    def __init__(
        self, pool: Pool, vault: Vault, clock: Clock, intake: Intake, bounds: Bounds
    ) -> None:
        self._pool = pool
        self._clock = clock
        self._intake = intake
        self._limit = bounds.most_bytes
        self._guests = bounds.guests
        self._signers = Signers(pool, vault)
        self._turned_away: Counter[tuple[str, str]] = Counter()
        self._reporter: asyncio.Task[None] | None = None

    def take(self, header: bytes, body: bytes, done: Callable[[bool], None]) -> bool:
        """Keep a webhook that nothing speaks against, and call `done` with whether it was kept.

        False: nothing was done; it has to come as a request, where all is asked and answered.
        """
        began, now = perf_counter(), self._clock.now()
        if len(body) > self._limit or self._guests or not self._signers.are_fresh(now):
            return False
        app = webhooks.signer(body, header, self._signers.secrets)
        if app is None:
            return False

        def ended(problem: NotKept | None) -> None:
            TOOK.observe(perf_counter() - began)
            if problem is not None:
                _note_not_kept(problem)
            if tracing.is_on():
                _trace(body, perf_counter() - began, 200 if problem is None else 503)
            ANSWERED[200 if problem is None else 503].inc()
            done(problem is None)

        self._intake.put(app, body, now, ended)
        return True

    async def can_check(self) -> bool:
        """Whether it is known by which secrets webhooks are signed, with the database or without."""
        try:
            await self._signers.refresh(self._clock.now())
        except Exception:  # the log has it already
            return False
        return True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not allows(self._guests, _remote(scope)):
            self._turn_away("other_address", scope)
            status, body = 403, b"Forbidden"
        elif scope["method"] == "POST":
            began = perf_counter()
            status, body = await self._post(scope, receive, began)
            TOOK.observe(perf_counter() - began)
        elif scope["method"] == "GET":
            status, body = await self._handshake(scope)
        else:
            status, body = 405, b"Method not allowed"
        ANSWERED[status].inc()
        headers = [
            (b"content-type", b"text/plain"),
            (b"content-length", b"%d" % len(body)),
            (b"x-content-type-options", b"nosniff"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _post(self, scope: Scope, receive: Receive, began: float) -> tuple[int, bytes]:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _read(scope, receive, self._limit)
        except TooMuch:
            self._turn_away("too_large", scope)
            return 413, b"Too large"
        except TimeoutError:
            self._turn_away("too_slow", scope)
            return 408, b"Too slow"
        now = self._clock.now()
        try:
            await self._signers.refresh(now)
            header = next((value for name, value in scope["headers"] if name == SIGNATURE), b"")
            app = webhooks.signer(body, header, self._signers.secrets)
            if app is None:
                self._turn_away("bad_signature", scope)
                return 403, b"Forbidden"
            await self._intake.keep(app, body, now)
        except NotKept as error:
            _note_not_kept(error)
            return 503, b"Try again"
        except Exception as error:
            REFUSED.labels("failed").inc()
            failed("door", error)
            log.error("door_failed", error=type(error).__name__, mark=mark_of(error))
            return 503, b"Try again"
        if tracing.is_on():
            _trace(body, perf_counter() - began, 200)
        return 200, b"OK"

    async def _handshake(self, scope: Scope) -> tuple[int, bytes]:
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        now = self._clock.now()
        try:
            await self._signers.refresh(now)
            app = self._app_for(query)
            await self._audit(app, scope, now)
        except Exception as error:
            log.error("handshake_failed", error=type(error).__name__)
            return 503, b"Try again"
        if app is None:
            return 403, b"Forbidden"
        return 200, query["hub.challenge"].encode()

    def _app_for(self, query: dict[str, str]) -> App | None:
        if query.get("hub.mode") != "subscribe" or "hub.challenge" not in query:
            return None
        token = query.get("hub.verify_token", "").encode()
        fitting = [
            app
            for app in self._signers.apps
            if hmac.compare_digest(app.verify_token.encode(), token)
        ]
        return fitting[0] if fitting else None

    async def _audit(self, app: App | None, scope: Scope, now: datetime) -> None:
        entry = Audited(
            at=now,
            actor="meta" if app else "unknown",
            action="webhook.verified" if app else "webhook.verification_refused",
            subject=str(app.id) if app else "",
            organization_id=app.organization_id if app else None,
            detail={"remote": _remote(scope)},
        )
        async with self._pool.connection() as conn:
            await accounts.audit(conn, entry)

    def _turn_away(self, kind: str, scope: Scope) -> None:
        """Count it; the count is written once a second, so that a flood costs us little."""
        self._turned_away[kind, _remote(scope)] += 1
        REFUSED.labels(kind).inc()
        if self._reporter is None or self._reporter.done():
            self._reporter = asyncio.create_task(self._report())

    async def _report(self) -> None:
        await asyncio.sleep(REPORT_SECONDS)
        counts, self._turned_away = self._turned_away, Counter()
        try:
            async with self._pool.connection() as conn:
                await accounts.note_security(conn, counts, self._clock.now())
        except (OperationalError, PoolTimeout):
            self._turned_away += counts  # written with the next, once the database is back


def _trace(body: bytes, seconds: float, status: int) -> None:
    """The first span of what this webhook leads to: processes know it by the digest of the body."""
    place, ended = tracing.begun_by(hashlib.sha256(body).digest()), time_ns()
    began = ended - int(seconds * 1e9)
    tracing.span("webhook", place, None, began, ended, status=status, bytes=len(body))


def _note_not_kept(problem: NotKept) -> None:
    REFUSED.labels("not_kept").inc()
    log.error("delivery_not_kept", error=str(problem))


async def _read(scope: Scope, receive: Receive, limit: int) -> bytes:
    """The whole body. Raises TooMuch, at once if the length is declared."""
    declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if declared.isdigit() and int(declared) > limit:
        raise TooMuch
    message = await receive()
    body = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
        if len(body) > limit:
            raise TooMuch
    if len(body) > limit:
        raise TooMuch
    return body


def _remote(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else "unknown"
