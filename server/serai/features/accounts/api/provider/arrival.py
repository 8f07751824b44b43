"""Whoever the provider vouches for: whether they work here, and who they are."""

from uuid import UUID

from serai.features.accounts.api.desk import Desk
from serai.features.accounts.api.invitations import welcome
from serai.features.accounts.decide import vouching
from serai.features.accounts.decide.vouching import Trust, Vouched
from serai.features.accounts.store import identities, invitations, people
from serai.features.accounts.store.people import AccountRow
from serai.kit.db import Conn
from serai.kit.errors import Forbidden
from serai.kit.settings import Settings

STRANGER = Forbidden(
    "provider_stranger", "Nobody with your address works here. Ask to be invited, then try again."
)
DISABLED = Forbidden("provider_disabled", "Your account is disabled. Ask an owner of your company.")


def trust_of(settings: Settings) -> Trust:
    return Trust(
        domains=vouching.domains(settings.oidc_domains),
        vouches_for_mail=settings.oidc_vouches_for_mail,
        has_second_factor=settings.oidc_has_second_factor,
    )


async def account_for(desk: Desk, conn: Conn, vouched: Vouched) -> AccountRow:
    """Who they are here: as before, else by their address, else by an invitation to it.

    Nobody gets an account who was not asked in. Raises Forbidden.
    """
    known = await identities.find(conn, vouched.issuer, vouched.subject)
    if known is None:
        known = await _newly_linked(desk, conn, vouched)
    account = await people.by_id(conn, known)
    if account is None:
        raise DISABLED
    return account


async def _newly_linked(desk: Desk, conn: Conn, vouched: Vouched) -> UUID:
    user = await _by_address(desk, conn, vouched)
    if await identities.has_one(conn, vouched.issuer, user):
        raise Forbidden(
            "provider_other_person",
            "Your address belongs to a colleague who signs in by another account of the provider. "
            "Ask an owner of your company.",
        )
    if not await identities.link(conn, vouched.issuer, vouched.subject, user, desk.now):
        raise Forbidden("provider_again", "Two sign-ins met. Try again.")
    account = await people.by_id(conn, user)
    if account is not None:
        await desk.note(conn, account.organization_id, user, "provider.linked")
    return user


async def _by_address(desk: Desk, conn: Conn, vouched: Vouched) -> UUID:
    email = vouching.address(vouched, trust_of(desk.settings))
    if email is None:
        raise Forbidden(
            "provider_address",
            "The provider does not vouch for an address that counts here. Ask whoever runs Serai.",
        )
    account = await people.by_email(conn, desk.vault, email)
    if account is not None:
        return account.id
    if await people.is_known(conn, desk.vault, email):
        raise DISABLED
    invited = await invitations.for_address(conn, desk.vault, email, desk.now)
    if invited is None:
        raise STRANGER
    return await welcome(desk, conn, invited, vouched.name)
