"""/session: sign in with a password and, where there is one, a second factor; sign out."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from serai.features.accounts.api import cookies
from serai.features.accounts.api.desk import AtDesk, Desk, Email, Password, Secret
from serai.features.accounts.decide.waits import Guessed
from serai.features.accounts.store import attempts, companies, factors, people, sessions, tokens
from serai.features.accounts.store.people import AccountRow
from serai.features.accounts.store.sessions import SessionRow
from serai.kit import passwords
from serai.kit.db import Conn
from serai.kit.errors import Conflict, Forbidden, Unauthorised
from serai.kit.secrets import Vault

OURS = "company"
"""The one provider that an installation can have, as addresses name it."""

router = APIRouter(tags=["sign-in"], dependencies=[Depends(cookies.ensure_own_page)])


class Provider(BaseModel):
    id: str
    name: str


class Ways(BaseModel):
    """How one can come in here."""

    is_new: bool = Field(description="Nobody has an account yet: the first comes by a link.")
    passkeys: bool = Field(description="Whether this address can be used for passkeys.")
    mail: bool = Field(description="Whether a forgotten password can be mended by e-mail.")
    demo_mail: str | None = Field(description="In a demo: the page where its letters can be read.")
    providers: list[Provider]


class SignIn(BaseModel):
    email: Email
    password: Password


class Code(BaseModel):
    code: Secret


class Link(BaseModel):
    token: Secret


class Step(BaseModel):
    """What comes next."""

    next: Literal["done", "second_factor"]
    factors: list[Literal["code", "passkey", "recovery"]] = Field(
        default=[], description="With what the second factor can be shown."
    )


@router.get("/session/ways")
async def ways(desk: AtDesk) -> Ways:
    """How one can come in here; also where nobody is signed in."""
    async with desk.pool.connection() as conn:
        is_new = not await people.is_anybody_there(conn)
    return Ways(
        is_new=is_new,
        passkeys=not cookies.is_number(desk.request.url.hostname or ""),
        mail=desk.settings.smtp_host is not None,
        demo_mail=desk.settings.demo_mail,
        providers=[Provider(id=OURS, name=desk.settings.oidc_name)]
        if desk.settings.oidc_issuer
        else [],
    )


@router.post("/session")
async def sign_in(body: SignIn, desk: AtDesk, response: Response) -> Step:
    """Begin a session. Raises Unauthorised, TooMany, Forbidden."""
    cookies.name_of(desk.request)
    form = people.email_form(body.email)
    async with desk.pool.connection() as conn:
        account = await people.by_email(conn, desk.vault, form)
    at = desk.at_account(form, account.id if account else None)
    remote = None
    if at == form:  # who came in by this browser before does not wait for others at its address
        remote = await desk.count_guess(Guessed.ADDRESS, desk.device.remote)
    subject = await desk.count_guess(Guessed.ACCOUNT, at)
    kept = account.password_hash if account else None
    is_right = await passwords.fits(kept, body.password)
    if account is None or kept is None or not is_right:
        raise await _refusal(desk, account)
    dated = passwords.is_dated(kept)
    anew = await passwords.hashed(body.password) if dated else None
    async with desk.pool.connection() as conn, conn.transaction():
        if remote is not None:
            await attempts.forgive(conn, remote, desk.now)
        await attempts.forget(conn, subject)
        if anew is not None:
            await factors.rehash(conn, account.id, anew)
        held = await factors.held(conn, account.id)
        stage = "second_factor" if held.has_second_factor else "whole"
        await desk.admit(response, conn, account.id, stage, "password")
        if stage == "whole":
            await desk.note(conn, account.organization_id, account.id, "session.began")
    return step_of(held)


@router.post("/session/code")
async def show_code(body: Code, desk: AtDesk, response: Response) -> Step:
    """The second factor by an authenticator app. Raises Unauthorised, TooMany."""
    words = "This code is wrong or was used. Wait for a new one."
    return await show(desk, response, Shown("code", body.code, factors.use_code, words))


@router.post("/session/recovery-code")
async def show_recovery_code(body: Code, desk: AtDesk, response: Response) -> Step:
    """The second factor by a recovery code, which is then used up. Raises Unauthorised, TooMany."""
    words = "This recovery code is wrong or was used."
    return await show(
        desk, response, Shown("recovery", body.code, factors.use_recovery_code, words)
    )


class Shown(NamedTuple):
    """A second factor that one types."""

    means: Literal["code", "recovery"]
    code: str
    use: Callable[[Conn, Vault, UUID, str, datetime], Awaitable[bool]]
    refusal: str


async def show(desk: Desk, response: Response, shown: Shown) -> Step:
    """Raises Unauthorised, TooMany."""
    half = await half_way(desk)
    subject = await desk.count_guess(Guessed.CODE, at_factor(desk, half))
    async with desk.pool.connection() as conn:
        fits = await shown.use(conn, desk.vault, half.user_id, shown.code, desk.now)
    if not fits:
        raise await refuse_factor(desk, half, shown.means, shown.refusal)
    return await finish(desk, response, half, subject, shown.means)


@router.post("/session/link")
async def follow_link(body: Link, desk: AtDesk, response: Response) -> Step:
    """Sign in by the demo's link, on the demo's machine. Raises Unauthorised."""
    remote = desk.device.remote
    async with desk.pool.connection() as conn, conn.transaction():
        found = None
        if desk.settings.demo and remote in cookies.LOOPBACK:
            found = await tokens.look(conn, "demo", body.token, desk.now)
        if found is None or found.user_id is None:
            raise Unauthorised("link_unknown", "This link no longer opens Serai. Sign in.")
        if await desk.is_in(conn, found.user_id):
            return Step(next="done")  # in another tab; a new session would end the one it uses
        await desk.admit(response, conn, found.user_id, "whole", "link")
    return Step(next="done")


@router.delete("/session", status_code=204)
async def sign_out(desk: AtDesk, response: Response) -> None:
    """End the session of this browser."""
    session = await desk.find_session()
    cookies.take(desk.request, response)
    if session is None:
        return
    async with desk.pool.connection() as conn, conn.transaction():
        await sessions.end(conn, session.user_id, desk.now, id_=session.id)
        await desk.note(conn, session.organization_id, session.user_id, "session.ended")


def at_factor(desk: Desk, half: SessionRow) -> str:
    """What guesses at somebody's second factor count under."""
    return desk.at_account(str(half.user_id), half.user_id)


async def half_way(desk: Desk) -> SessionRow:
    """The session that waits for a second factor. Raises Unauthorised, Conflict."""
    session = await desk.find_session()
    if session is None:
        raise Unauthorised("sign_in_again", "This took too long. Sign in again.")
    if session.stage == "whole":
        raise Conflict("signed_in_already", "You are signed in.")
    return session


async def finish(
    desk: Desk, response: Response, half: SessionRow, subject: bytes, factor: str
) -> Step:
    """Both factors were shown: a new session with a new token."""
    async with desk.pool.connection() as conn, conn.transaction():
        await attempts.forget(conn, subject)
        await desk.admit(response, conn, half.user_id, "whole", half.means)
        await desk.note(conn, half.organization_id, half.user_id, "session.began", factor=factor)
    return Step(next="done")


def step_of(held: factors.Held) -> Step:
    """What is asked for after a password."""
    if not held.has_second_factor:
        return Step(next="done")
    step = Step(next="second_factor")
    if held.authenticator_at is not None:
        step.factors.append("code")
    if held.passkey_count:
        step.factors.append("passkey")
    if held.recovery_count:
        step.factors.append("recovery")
    return step


async def _refusal(desk: Desk, account: AccountRow | None) -> Unauthorised:
    async with desk.pool.connection() as conn:
        await companies.note_security(conn, {("sign_in", desk.device.remote): 1}, desk.now)
        if account is not None:
            await desk.note(conn, account.organization_id, account.id, "session.refused")
    return Unauthorised("sign_in_refused", "The e-mail address or the password is wrong.")


async def refuse_factor(desk: Desk, half: SessionRow, factor: str, words: str) -> Forbidden:
    """Write down a wrong second factor; returns what to raise."""
    async with desk.pool.connection() as conn:
        await companies.note_security(conn, {("second_factor", desk.device.remote): 1}, desk.now)
        await desk.note(conn, half.organization_id, half.user_id, "session.refused", factor=factor)
    return Forbidden("second_factor_refused", words, "code")
