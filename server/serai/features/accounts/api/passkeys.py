"""/account/passkeys, /session/passkey: signing in with a device. Source: W3C Web Authentication 2."""

import json
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from serai.features.accounts.api import cookies
from serai.features.accounts.api.account import confirm
from serai.features.accounts.api.authenticator import Confirmation, ensure_not_last
from serai.features.accounts.api.desk import AtDesk, Desk, Office, Person, account_of
from serai.features.accounts.api.entrance import Step
from serai.features.accounts.api.post import tell_of_factor
from serai.features.accounts.decide.waits import Guessed
from serai.features.accounts.store import attempts, companies, factors, passkeys, people, tokens
from serai.features.accounts.store.passkeys import NewPasskey, PasskeyRow
from serai.features.accounts.store.tokens import Purpose
from serai.kit.errors import Conflict, Forbidden, Invalid, NotFound, Unauthorised

router = APIRouter(tags=["account"])
way_in = APIRouter(tags=["sign-in"], dependencies=[Depends(cookies.ensure_own_page)])

Given = dict[str, Any]
VERIFIED = UserVerificationRequirement.REQUIRED
"""The device makes sure that it is them, by finger, face or PIN: so a passkey is both factors."""
UNKNOWN = Unauthorised("passkey_refused", "This passkey is not known here. Sign in another way.")


class PasskeyOptions(BaseModel):
    options: Given = Field(description="For navigator.credentials, in its JSON form.")


class NewPasskeyIn(BaseModel):
    name: str = Field(min_length=1, max_length=60, examples=["My phone"])
    credential: Given


class PasskeyName(BaseModel):
    name: str = Field(min_length=1, max_length=60)


class ShownPasskey(BaseModel):
    credential: Given


@router.post("/account/passkeys/options")
async def adding_options(body: Confirmation, desk: AtDesk, person: Person) -> PasskeyOptions:
    """What a browser needs to make a passkey. Raises Forbidden."""
    await confirm(desk, body.password)
    async with desk.pool.connection() as conn:
        account = await account_of(conn, person.id)
        known = await passkeys.of_user(conn, person.id)
        challenge = tokens.new_token()
        await tokens.add(conn, "add_passkey", challenge, desk.now, person.id)
    options = generate_registration_options(
        rp_id=_site(desk),
        rp_name="Serai",
        user_name=people.opened_email(desk.vault, account.email_sealed, person.id),
        user_id=person.id.bytes,
        user_display_name=account.name,
        challenge=base64url_to_bytes(challenge),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=row.credential) for row in known],
    )
    return PasskeyOptions(options=json.loads(options_to_json(options)))


@router.post("/account/passkeys", status_code=204)
async def add_passkey(body: NewPasskeyIn, desk: AtDesk, person: Person, conn: Office) -> None:
    """Keep the passkey that a browser made. Raises Invalid, Conflict."""
    challenge = await _challenge(desk, body.credential, "add_passkey", person.id)
    try:
        made = verify_registration_response(
            credential=body.credential,
            expected_challenge=challenge,
            expected_rp_id=_site(desk),
            expected_origin=sorted(cookies.origins(desk.request)),
            require_user_verification=True,
        )
    except WebAuthnException as error:
        raise Invalid("passkey_invalid", "The passkey could not be read. Try again.") from error
    new = NewPasskey(
        user_id=person.id,
        credential=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=body.name.strip() or "Passkey",
        transports=_transports(body.credential),
    )
    if not await passkeys.add(conn, new, desk.now):
        raise Conflict("passkey_taken", "This passkey is known already.")
    await desk.note(conn, person.organization_id, person.id, "passkey.added")
    await tell_of_factor(desk, conn, person.id, "passkey.added")


@router.patch("/account/passkeys/{passkey_id}", status_code=204)
async def rename_passkey(passkey_id: UUID, body: PasskeyName, person: Person, conn: Office) -> None:
    """Call it something that its owner recognises."""
    if not await passkeys.rename(conn, person.id, passkey_id, body.name):
        raise NotFound("passkey_not_found", "There is no such passkey.")


@router.post("/account/passkeys/{passkey_id}/removal", status_code=204)
async def remove_passkey(
    passkey_id: UUID, body: Confirmation, desk: AtDesk, person: Person
) -> None:
    """Let it sign in no more. Raises NotFound, Forbidden, Conflict."""
    await confirm(desk, body.password)
    async with desk.writing() as conn:
        if not await passkeys.remove(conn, person.id, passkey_id):
            raise NotFound("passkey_not_found", "There is no such passkey.")
        if not (await factors.held(conn, person.id)).has_second_factor:
            ensure_not_last(desk)
        await desk.note(conn, person.organization_id, person.id, "passkey.removed")
        await tell_of_factor(desk, conn, person.id, "passkey.removed")


@way_in.post("/session/passkey/options")
async def showing_options(desk: AtDesk) -> PasskeyOptions:
    """What a browser needs to show a passkey; it finds by itself which ones are for here."""
    challenge = tokens.new_token()
    async with desk.pool.connection() as conn:
        await tokens.add(conn, "passkey", challenge, desk.now)
    options = generate_authentication_options(
        rp_id=_site(desk), challenge=base64url_to_bytes(challenge), user_verification=VERIFIED
    )
    return PasskeyOptions(options=json.loads(options_to_json(options)))


@way_in.post("/session/passkey")
async def show_passkey(body: ShownPasskey, desk: AtDesk, response: Response) -> Step:
    """Sign in by a passkey alone, or by one as the second factor. Raises Unauthorised."""
    subject = await desk.count_guess(Guessed.ADDRESS, f"passkey:{desk.device.remote}")
    challenge = await _challenge(desk, body.credential, "passkey", None)
    async with desk.pool.connection() as conn, conn.transaction():
        known = await passkeys.find(conn, _credential_id(body.credential))
        if known is None or not await _fits(desk, conn, body.credential, challenge, known):
            await companies.note_security(conn, {("passkey", desk.device.remote): 1}, desk.now)
            raise UNKNOWN
        account = await account_of(conn, known.user_id)
        subject = attempts.subject_of(desk.vault, Guessed.ADDRESS, f"passkey:{desk.device.remote}")
        await attempts.forgive(conn, subject, desk.now)
        await desk.admit(response, conn, known.user_id, "whole", "passkey")
        await desk.note(
            conn, account.organization_id, account.id, "session.began", factor="passkey"
        )
    return Step(next="done")


async def _fits(
    desk: Desk, conn: Office, credential: Given, challenge: bytes, known: PasskeyRow
) -> bool:
    """Whether the device signed our challenge, with a count that only goes up."""
    try:
        shown = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_site(desk),
            expected_origin=sorted(cookies.origins(desk.request)),
            credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
            require_user_verification=True,
        )
    except WebAuthnException:
        return False
    return await passkeys.use(conn, known, shown.new_sign_count, desk.now)


async def _challenge(
    desk: Desk, credential: Given, purpose: Purpose, user_id: UUID | None
) -> bytes:
    """The challenge that the device signed, if it is one of ours; it is used up. Raises Forbidden."""
    try:
        client = json.loads(base64url_to_bytes(credential["response"]["clientDataJSON"]))
        signed = base64url_to_bytes(client["challenge"])
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid("passkey_invalid", "The passkey could not be read. Try again.") from error
    async with desk.pool.connection() as conn:
        row = await tokens.take(conn, purpose, bytes_to_base64url(signed), desk.now)
    if row is None or row.user_id != user_id:
        raise Forbidden("passkey_too_late", "This took too long. Try again.")
    return signed


def _credential_id(credential: Given) -> bytes:
    try:
        return base64url_to_bytes(credential["id"])
    except (KeyError, TypeError, ValueError):
        return b""


def _transports(credential: Given) -> list[str]:
    told = credential.get("response", {}).get("transports", [])
    return [str(each)[:20] for each in told[:8]] if isinstance(told, list) else []  # pyright: ignore


def _site(desk: Desk) -> str:
    """What passkeys are bound to. Raises Invalid where the address is a number."""
    host = desk.request.url.hostname or ""
    if cookies.is_number(host):
        raise Invalid("passkey_needs_name", "Open Serai by a name, not by a number, for passkeys.")
    return host
