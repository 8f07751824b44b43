"""/account/authenticator, /account/recovery-codes: a second factor by an app."""

import secrets

from fastapi import APIRouter
from pydantic import BaseModel, Field
from pyotp import random_base32

from serai.features.accounts.api.account import confirm, end_others, session_of
from serai.features.accounts.api.desk import AtDesk, Password, Person, Secret, account_of
from serai.features.accounts.api.post import tell_of_factor
from serai.features.accounts.decide import codes
from serai.features.accounts.decide.members import needs_second_factor
from serai.features.accounts.decide.waits import Guessed
from serai.features.accounts.store import attempts, factors, people
from serai.features.accounts.store.sessions import required_roles
from serai.kit.errors import Conflict, Forbidden

router = APIRouter(tags=["account"])


class Confirmation(BaseModel):
    password: Password | None = Field(
        None, description="Not asked for within 15 minutes of sign-in."
    )


class Offer(BaseModel):
    secret: str = Field(description="To type into an app that cannot read the picture.")
    address: str = Field(description="otpauth://…, what the QR code says.")


class Proof(BaseModel):
    code: Secret


class RecoveryCodes(BaseModel):
    codes: list[str] = Field(description="Each signs in once. They are shown this once.")


@router.post("/account/authenticator")
async def offer(body: Confirmation, desk: AtDesk, person: Person) -> Offer:
    """A secret for an app; it counts once a code proves that the app has it. Raises Conflict."""
    await confirm(desk, body.password)
    secret = random_base32()
    async with desk.pool.connection() as conn:
        account = await account_of(conn, person.id)
        if not await factors.offer(conn, desk.vault, person.id, secret, desk.now):
            raise Conflict(
                "authenticator_there", "You use an authenticator app already. Remove it first."
            )
    email = people.opened_email(desk.vault, account.email_sealed, person.id)
    return Offer(secret=secret, address=codes.address(secret, email, account.organization))


@router.post("/account/authenticator/proof")
async def prove(body: Proof, desk: AtDesk, person: Person) -> RecoveryCodes:
    """From now on a code is asked for. Returns recovery codes, this once. Raises Forbidden."""
    subject = await desk.count_guess(Guessed.CODE, f"prove:{person.id}")
    async with desk.writing() as conn:
        if not await factors.use_code(conn, desk.vault, person.id, body.code, desk.now):
            raise Forbidden(
                "second_factor_refused", "This code does not fit. Enter the one shown now.", "code"
            )
        await attempts.forget(conn, subject)
        made = codes.recovery_codes(secrets.choice)
        await factors.put_recovery_codes(conn, desk.vault, person.id, made)
        await end_others(desk, conn)
        await desk.note(conn, person.organization_id, person.id, "authenticator.added")
        await tell_of_factor(desk, conn, person.id, "authenticator.added")
    return RecoveryCodes(codes=made)


@router.post("/account/authenticator/removal", status_code=204)
async def remove(body: Confirmation, desk: AtDesk, person: Person) -> None:
    """Ask for codes no more. Raises Forbidden, Conflict."""
    await confirm(desk, body.password)
    async with desk.writing() as conn:
        held = await factors.held(conn, person.id)
        await factors.forget_authenticator(conn, person.id)
        if not held.passkey_count:
            ensure_not_last(desk)
            await factors.put_recovery_codes(conn, desk.vault, person.id, [])
        await desk.note(conn, person.organization_id, person.id, "authenticator.removed")
        await tell_of_factor(desk, conn, person.id, "authenticator.removed")


@router.post("/account/recovery-codes")
async def renew_recovery_codes(body: Confirmation, desk: AtDesk, person: Person) -> RecoveryCodes:
    """New recovery codes; those before are void. Raises Forbidden, Conflict."""
    await confirm(desk, body.password)
    async with desk.writing() as conn:
        if not (await factors.held(conn, person.id)).has_second_factor:
            raise Conflict("second_factor_missing", "Set up a second factor first.")
        made = codes.recovery_codes(secrets.choice)
        await factors.put_recovery_codes(conn, desk.vault, person.id, made)
        await desk.note(conn, person.organization_id, person.id, "recovery_codes.renewed")
        await tell_of_factor(desk, conn, person.id, "recovery_codes.renewed")
    return RecoveryCodes(codes=made)


def ensure_not_last(desk: AtDesk) -> None:
    """Whether they may be without a second factor. Raises Conflict."""
    session = session_of(desk)
    roles = [each.role for each in session.memberships]
    if needs_second_factor(roles, required_roles(session.second_factor_roles)):
        raise Conflict(
            "second_factor_required",
            "Your company asks for a second factor. Add another one before you remove this.",
        )
