"""/password: a new one for somebody who forgot theirs."""

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from serai.features.accounts.api import cookies
from serai.features.accounts.api.desk import AtDesk, Email, Password, Secret, account_of
from serai.features.accounts.api.post import reader_of
from serai.features.accounts.api.secrets import ensure_good
from serai.features.accounts.decide import letters
from serai.features.accounts.decide.waits import Guessed
from serai.features.accounts.store import attempts, factors, mails, people, sessions, tokens
from serai.features.accounts.store.mails import Wish
from serai.kit import passwords
from serai.kit.errors import NotFound

router = APIRouter(tags=["sign-in"], dependencies=[Depends(cookies.ensure_own_page)])

GONE = NotFound("reset_gone", "This link was used or is too old. Ask for a new one.")


class Forgotten(BaseModel):
    email: Email


class Reset(BaseModel):
    token: Secret
    password: Password


@router.post("/password/forgotten", status_code=202)
async def forgotten(body: Forgotten, desk: AtDesk) -> None:
    """Send a link, if the address has an account: at most three an hour. Raises TooMany.

    Whether there is one is not looked up here, so that neither the answer nor its time tells.
    """
    if desk.settings.smtp_host is None:
        return
    await desk.count_guess(Guessed.ADDRESS, f"letters:{desk.device.remote}")
    wish = Wish(
        email=people.email_form(body.email),
        remote=desk.device.remote,
        browser_language=desk.browser_language,
        address=desk.address,
    )
    async with desk.pool.connection() as conn, conn.transaction():
        if await attempts.may_write(conn, desk.vault, wish.email, desk.now):
            await mails.wish(conn, desk.vault, wish, desk.now)


@router.post("/password/reset", status_code=204)
async def reset(body: Reset, desk: AtDesk) -> None:
    """Choose a new password by the link; every session ends. Raises NotFound, Invalid.

    It does not sign in: who has a second factor still shows it.
    """
    async with desk.pool.connection() as conn:
        row = await tokens.look(conn, "reset", body.token, desk.now)
        if row is None or row.user_id is None:
            raise GONE
        account = await account_of(conn, row.user_id)
    email = people.opened_email(desk.vault, account.email_sealed, account.id)
    ensure_good(body.password, [account.name, email, account.organization])
    hash_ = await passwords.hashed(body.password)
    async with desk.pool.connection() as conn, conn.transaction():
        if await tokens.take(conn, "reset", body.token, desk.now) is None:
            raise GONE
        await factors.put_password(conn, account.id, hash_, desk.now)
        await sessions.end(conn, account.id, desk.now)
        letter = letters.password_changed(reader_of(desk, account))
        await mails.put(conn, desk.vault, "password_changed", letter, desk.now)
        await desk.note(conn, account.organization_id, account.id, "password.reset")
