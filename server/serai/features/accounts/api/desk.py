"""What every way in needs: the keys, the time, the device; and the book in which it is written."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response
from pydantic import Field

from serai.core.principal import Principal
from serai.features.accounts.api import cookies, devices
from serai.features.accounts.decide.waits import Guessed
from serai.features.accounts.store import attempts, companies, people, sessions, tokens
from serai.features.accounts.store.companies import Audited
from serai.features.accounts.store.sessions import Device, Means, NewSession, SessionRow, Stage
from serai.kit.db import Conn, Pool, writing
from serai.kit.errors import TooMany, Unauthorised
from serai.kit.secrets import Vault
from serai.kit.settings import Settings

Email = Annotated[str, Field(pattern=r"^\s*[^@\s]+@[^@\s]+\.[^@\s]+\s*$", max_length=254)]
Password = Annotated[str, Field(max_length=1000)]
Secret = Annotated[str, Field(min_length=1, max_length=200)]
Name = Annotated[str, Field(min_length=1, max_length=120, pattern=r"\S")]


class Desk:
    """One request at a way in."""

    def __init__(self, request: Request) -> None:
        state = request.app.state
        self.request = request
        self.pool: Pool = state.engine_pool
        self.vault: Vault = state.wiring.vault
        self.settings: Settings = state.settings
        self.now: datetime = state.own_clock.now()
        """This machine's time: authenticator apps and sessions do not go by Meta's."""

    @property
    def device(self) -> Device:
        client = self.request.client
        agent = self.request.headers.get("User-Agent", "")[:300]
        return Device(agent=agent, remote=client.host if client else "")

    @property
    def browser_language(self) -> str | None:
        """As the browser asks. Source: RFC 9110, `Accept-Language`."""
        return self.request.headers.get("Accept-Language")

    @property
    def idle(self) -> timedelta:
        """Sessions end after this long without a request."""
        return timedelta(hours=self.settings.session_idle_hours)

    def writing(self) -> AbstractAsyncContextManager[Conn]:
        """A transaction that says who acts."""
        return writing(self.pool)

    async def find_session(self) -> SessionRow | None:
        """Of the cookie, at whichever stage. Raises Forbidden when another site's page asks."""
        token = cookies.token_in(self.request)
        if token is None:
            return None
        cookies.ensure_own_page(self.request)
        async with self.pool.connection() as conn:
            session = await sessions.find(conn, token, self.idle, self.now)
            if session is not None:
                await sessions.see(conn, session.id, self.device.remote, self.now)
        return session

    async def admit(
        self,
        response: Response,
        conn: Conn,
        user_id: UUID,
        stage: Stage,
        means: Means,
        *,
        is_twofold: bool = False,
    ) -> None:
        """Begin a session with a token of its own; the one that they came with ends."""
        life = timedelta(days=self.settings.session_life_days)
        if stage == "second_factor":
            life = timedelta(minutes=15)
        token = tokens.new_token()
        cookies.put(self.request, response, token, int(life.total_seconds()))
        earlier = await self._earlier(conn)
        if earlier is not None:
            await sessions.end(conn, earlier.user_id, self.now, id_=earlier.id)
        if stage == "whole":
            devices.remember(self.request, response, self.vault, user_id, tokens.new_token())
        new = NewSession(
            user_id=user_id,
            stage=stage,
            means=means,
            device=self.device,
            expires_at=self.now + life,
            is_twofold=is_twofold,
        )
        await sessions.begin(conn, token, new, self.now)

    async def is_in(self, conn: Conn, user_id: UUID) -> bool:
        """Whether this browser has them signed in already."""
        session = await self._earlier(conn)
        return session is not None and session.user_id == user_id and session.stage == "whole"

    async def _earlier(self, conn: Conn) -> SessionRow | None:
        token = cookies.token_in(self.request)
        return await sessions.find(conn, token, self.idle, self.now) if token else None

    def at_account(self, name: str, user_id: UUID | None) -> str:
        """What guesses at an account count under: from browsers that it knows apart from all others."""
        device = devices.known(self.request, self.vault)
        is_known = device is not None and user_id in device.users
        return f"{name} {device.id}" if device and is_known else name

    async def count_guess(self, guessed: Guessed, at: str) -> bytes:
        """Count a guess; returns what to forgive it by. Raises TooMany."""
        subject = attempts.subject_of(self.vault, guessed, at)
        async with self.pool.connection() as conn:
            wait = await attempts.begin(conn, subject, guessed, self.now)
            if wait is None:
                return subject
            kind = (f"sign_in_{guessed.value}", self.device.remote)
            await companies.note_security(conn, {kind: 1}, self.now)
        seconds = int(wait.total_seconds()) + 1
        raise TooMany(
            "too_many_attempts",
            f"Too many wrong tries. Wait {_spoken(seconds)}, then try again.",
            {"Retry-After": str(seconds)},
        )

    async def note(
        self, conn: Conn, organization_id: UUID, user_id: UUID, action: str, **detail: Any
    ) -> None:
        """Write into the audit log what somebody did, or tried, at a way in."""
        entry = Audited(
            at=self.now,
            actor=await people.name_of(conn, user_id),
            actor_kind="user",
            actor_id=user_id,
            action=action,
            subject=str(user_id),
            organization_id=organization_id,
            detail={"remote": self.device.remote, **detail},
        )
        await companies.audit(conn, entry)

    async def note_by(
        self, conn: Conn, asking: Principal, action: str, subject: UUID, **detail: Any
    ) -> None:
        """Write into the audit log what somebody did to somebody else."""
        entry = Audited(
            at=self.now,
            actor=asking.name,
            actor_kind=asking.kind,
            actor_id=asking.id,
            action=action,
            subject=str(subject),
            organization_id=asking.organization_id,
            detail={"remote": self.device.remote, **detail},
        )
        await companies.audit(conn, entry)

    @property
    def address(self) -> str:
        """Where links in letters lead: as set, never as some request says it was asked."""
        if self.settings.public_url:
            return self.settings.public_url.rstrip("/")
        return f"http://localhost:{self.settings.port}"


def desk(request: Request) -> Desk:
    return Desk(request)


AtDesk = Annotated[Desk, Depends(desk)]


async def office(request: Request) -> AsyncIterator[Conn]:
    """A transaction that sees the people of every company and says who acts: its queries name the company."""
    async with writing(request.app.state.engine_pool) as conn:
        yield conn


Office = Annotated[Conn, Depends(office, scope="function")]
"""Committed before the answer leaves: who is told that somebody is out can rely on it."""


def person(request: Request) -> Principal:
    """Who is signed in. Raises Unauthorised for an API key."""
    principal: Principal = request.state.principal
    if principal.kind != "user":
        raise Unauthorised("person_needed", "Only somebody who is signed in can do this.")
    return principal


Person = Annotated[Principal, Depends(person)]


async def account_of(conn: Conn, user_id: UUID) -> people.AccountRow:
    """The account of somebody who is signed in. Raises Unauthorised."""
    account = await people.by_id(conn, user_id)
    if account is None:
        raise Unauthorised("signed_out", "Sign in again.")
    return account


def _spoken(seconds: int) -> str:
    if seconds < 100:
        return f"{seconds} seconds"
    return f"{(seconds + 59) // 60} minutes"
