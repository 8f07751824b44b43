"""serai owner add: a new owner, or one who cannot come in any more, from where Serai runs."""

import asyncio
import re
from typing import Annotated, NamedTuple
from uuid import UUID

import typer

from serai.app.first_owner import address_of
from serai.app.wiring import vault_of
from serai.core.permissions import Role
from serai.features.accounts.decide.grants import Membership
from serai.features.accounts.store import (
    companies,
    factors,
    identities,
    invitations,
    members,
    passkeys,
    people,
    sessions,
    tokens,
)
from serai.features.accounts.store.invitations import NewInvitation
from serai.features.accounts.store.members import PlaceRow
from serai.kit import settings
from serai.kit.clock import Clock
from serai.kit.db import ENGINE, Conn, connect
from serai.kit.settings import Settings

group = typer.Typer(help="Owners of a company.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="owner")


class Said(NamedTuple):
    text: str
    is_done: bool = True


class Wanted(NamedTuple):
    email: str
    organization: str | None
    forgets: bool


@group.command()
def add(
    email: Annotated[str, typer.Argument(help="Their e-mail address.")],
    organization: Annotated[
        str | None, typer.Option(help="Name of the company, if there are several.")
    ] = None,
    forget_second_factor: Annotated[
        bool,
        typer.Option(
            "--forget-second-factor",
            help="They lost it: their app, codes and passkeys are forgotten.",
        ),
    ] = False,
) -> None:
    """Make somebody an owner, and print a link by which they come in, once."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise typer.BadParameter("this is no e-mail address", param_hint="EMAIL")
    said = asyncio.run(_add(settings.load(), Wanted(email, organization, forget_second_factor)))
    print(said.text)
    if not said.is_done:
        raise typer.Exit(1)


async def _add(found: Settings, wanted: Wanted) -> Said:
    async with await connect(found.database_url, ENGINE) as conn, conn.transaction():
        company = await companies.named(conn, wanted.organization)
        if company is None:
            return Said("Name the company with --organization; there is not just one.", False)
        known = await members.by_email(conn, vault_of(found), wanted.email)
        if known is None:
            return await _invite(conn, found, company, wanted.email)
        if known.organization_id != company:
            return Said("This address has an account at another company.", False)
        return await _restore(conn, found, known, wanted)


async def _invite(conn: Conn, found: Settings, company: UUID, email: str) -> Said:
    """Somebody new: they choose a name and a password behind the link."""
    token = tokens.new_token()
    new = NewInvitation(
        organization_id=company,
        email=email,
        memberships=[Membership(None, Role.OWNER)],
        invited_by=None,
    )
    await invitations.put(conn, vault_of(found), new, token, Clock().now())
    link = f"{address_of(found)}/welcome/invitation#token={token}"
    return Said(f"Give this to {email} alone. It works once, for seven days:\n{link}")


async def _restore(conn: Conn, found: Settings, known: PlaceRow, wanted: Wanted) -> Said:
    """Somebody who is known: owner of the whole company, enabled, with a link to a new password."""
    user_id, company = known.id, known.organization_id
    now, token = Clock().now(), tokens.new_token()
    await members.enable(conn, user_id)
    await people.set_memberships(conn, user_id, company, [Membership(None, Role.OWNER)], now)
    if wanted.forgets:
        await factors.forget_authenticator(conn, user_id)
        await factors.clear_recovery_codes(conn, user_id)
        await passkeys.remove(conn, user_id, None)
        await identities.forget(conn, user_id)
    await sessions.end(conn, user_id, now)
    await tokens.forget(conn, "reset", user_id)
    await tokens.add(conn, "reset", token, now, user_id)
    link = f"{address_of(found)}/welcome/reset#token={token}"
    kept = "" if wanted.forgets else " Their second factor stays (--forget-second-factor)."
    return Said(
        f"{wanted.email} is an owner now.{kept} Give them this link to a new password. "
        f"It works once, for an hour:\n{link}"
    )
