"""/account, PATCH /me: what people see and change of themselves."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from serai.features.accounts.api.desk import (
    AtDesk,
    Desk,
    Name,
    Office,
    Password,
    Person,
    account_of,
)
from serai.features.accounts.api.post import reader_of
from serai.features.accounts.api.secrets import ensure_good
from serai.features.accounts.decide import letters
from serai.features.accounts.decide.waits import Guessed
from serai.features.accounts.store import attempts, factors, mails, passkeys, people, sessions
from serai.features.accounts.store.sessions import Means, OpenRow, SessionRow
from serai.kit import passwords
from serai.kit.db import Conn
from serai.kit.errors import Forbidden, NotFound

router = APIRouter(tags=["account"])

FRESH = timedelta(minutes=15)
"""After signing in, for as long, nobody is asked for their password again."""


class SelfChange(BaseModel):
    """What is left out stays; a look that is null is forgotten, so that each device has its own."""

    name: Name | None = None
    language: str | None = Field(
        None, pattern=r"^([a-z]{2}|browser)$", description="`browser`: as each browser asks."
    )
    theme: Literal["system", "light", "dark"] | None = None
    density: Literal["comfortable", "compact"] | None = None


class PasswordChange(BaseModel):
    current: Password | None = Field(
        None, description="Not asked for within 15 minutes of sign-in."
    )
    new: Password


class PasskeyShape(BaseModel):
    id: UUID
    name: str
    created_at: datetime
    used_at: datetime | None


class SessionShape(BaseModel):
    id: UUID
    means: Means
    device: str = Field(description="What the browser calls itself.")
    remote: str = Field(description="The address last seen.")
    created_at: datetime
    seen_at: datetime
    is_this: bool


class Account(BaseModel):
    """How somebody signs in, and where they are signed in."""

    password_changed_at: datetime | None = Field(description="None: they have no password.")
    authenticator_at: datetime | None
    recovery_codes_left: int
    passkeys: list[PasskeyShape]
    sessions: list[SessionShape]


@router.patch("/me", status_code=204)
async def change_self(body: SelfChange, person: Person, conn: Office) -> None:
    """Change what is given; the rest stays."""
    changes: dict[str, str | None] = body.model_dump(exclude_unset=True)
    if body.name:
        changes["name"] = body.name.strip()
    await people.change_self(conn, person.id, changes)


@router.get("/account")
async def get_account(desk: AtDesk, person: Person, conn: Office) -> Account:
    """How one signs in, and where one is signed in."""
    held = await factors.held(conn, person.id)
    this = session_of(desk).id
    return Account(
        password_changed_at=held.password_changed_at,
        authenticator_at=held.authenticator_at,
        recovery_codes_left=held.recovery_count,
        passkeys=[
            PasskeyShape(id=row.id, name=row.name, created_at=row.created_at, used_at=row.used_at)
            for row in await passkeys.of_user(conn, person.id)
        ],
        sessions=[
            _shape(row, this)
            for row in await sessions.open_ones(conn, person.id, desk.idle, desk.now)
        ],
    )


@router.post("/account/password", status_code=204)
async def change_password(body: PasswordChange, desk: AtDesk, person: Person) -> None:
    """Choose a new password; every other session ends. Raises Forbidden, Invalid."""
    await confirm(desk, body.current, "current")
    async with desk.pool.connection() as conn:
        account = await account_of(conn, person.id)
    email = people.opened_email(desk.vault, account.email_sealed, person.id)
    ensure_good(body.new, [account.name, email, account.organization], "new")
    hash_ = await passwords.hashed(body.new)
    async with desk.writing() as conn:
        await factors.put_password(conn, person.id, hash_, desk.now)
        await sessions.end(conn, person.id, desk.now, but=session_of(desk).id)
        await desk.note(conn, account.organization_id, person.id, "password.changed")
        if desk.settings.smtp_host is not None:
            letter = letters.password_changed(reader_of(desk, account))
            await mails.put(conn, desk.vault, "password_changed", letter, desk.now)


@router.delete("/account/sessions", status_code=204)
async def end_other_sessions(desk: AtDesk, person: Person, conn: Office) -> None:
    """Sign out everywhere but here."""
    await sessions.end(conn, person.id, desk.now, but=session_of(desk).id)
    await desk.note(conn, person.organization_id, person.id, "session.others_ended")


@router.delete("/account/sessions/{session_id}", status_code=204)
async def end_session(session_id: UUID, desk: AtDesk, person: Person, conn: Office) -> None:
    """Sign out one browser."""
    if not await sessions.end(conn, person.id, desk.now, id_=session_id):
        raise NotFound("session_not_found", "This session has ended already.")
    await desk.note(conn, person.organization_id, person.id, "session.ended")


def session_of(desk: Desk) -> SessionRow:
    """The session of a request that somebody who is signed in makes."""
    return desk.request.state.session


async def confirm(desk: Desk, password: str | None, field: str = "password") -> None:
    """Make sure that it is them before anything that would lock them out. Raises Forbidden."""
    session = session_of(desk)
    if desk.now - session.created_at < FRESH:
        return
    async with desk.pool.connection() as conn:
        kept = await factors.password(conn, session.user_id)
    if kept is None:
        raise Forbidden("fresh_sign_in_needed", "Sign out and in again, then do this at once.")
    if not password:
        raise Forbidden("password_needed", "Enter your password again to go on.", field)
    subject = await desk.count_guess(Guessed.CODE, f"confirm:{session.user_id}")
    if not await passwords.fits(kept.hash, password):
        raise Forbidden("password_wrong", "This is not your password.", field)
    async with desk.pool.connection() as conn:
        await attempts.forget(conn, subject)


async def end_others(desk: Desk, conn: Conn) -> None:
    """After a change of how one signs in, nobody stays who came by the old way."""
    await sessions.end(conn, session_of(desk).user_id, desk.now, but=session_of(desk).id)


def _shape(row: OpenRow, this: UUID) -> SessionShape:
    return SessionShape(
        id=row.id,
        means=row.means,
        device=row.agent,
        remote=row.remote,
        created_at=row.created_at,
        seen_at=row.seen_at,
        is_this=row.id == this,
    )
