"""/first-run: the first person of an installation, who owns it."""

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel

from serai.core.permissions import Role
from serai.features.accounts.api import cookies
from serai.features.accounts.api.desk import AtDesk, Desk, Email, Name, Password, Secret
from serai.features.accounts.api.entrance import Step
from serai.features.accounts.api.secrets import ensure_good
from serai.features.accounts.decide.grants import Membership
from serai.features.accounts.store import companies, factors, people, tokens
from serai.features.accounts.store.people import NewUser
from serai.kit import passwords
from serai.kit.db import Conn
from serai.kit.errors import Conflict, Forbidden

router = APIRouter(tags=["sign-in"], dependencies=[Depends(cookies.ensure_own_page)])


class FirstOwner(BaseModel):
    token: Secret
    company: Name
    name: Name
    email: Email
    password: Password


@router.post("/first-run")
async def first_run(body: FirstOwner, desk: AtDesk, response: Response) -> Step:
    """Make the owner and sign them in. Raises Forbidden, Conflict, Invalid."""
    cookies.name_of(desk.request)
    ensure_good(body.password, [body.name, body.email, body.company])
    hash_ = await passwords.hashed(body.password)
    async with desk.pool.connection() as conn, conn.transaction():
        await _ensure_may(desk, conn, body.token)
        organization_id = await companies.only_organization(conn, body.company.strip())
        user = await people.add(
            conn,
            desk.vault,
            NewUser(
                organization_id=organization_id,
                name=body.name,
                email=body.email,
                memberships=[Membership(None, Role.OWNER)],
            ),
            desk.now,
        )
        if user is None:
            raise Conflict("email_taken", "This address has an account already.", "email")
        await factors.put_password(conn, user, hash_, desk.now)
        await desk.admit(response, conn, user, "whole", "password")
        await desk.note(conn, organization_id, user, "owner.made")
    return Step(next="done")


async def _ensure_may(desk: Desk, conn: Conn, token: str) -> None:
    """Only once, and only with the link that the server printed. Raises Forbidden, Conflict."""
    if await people.is_anybody_there(conn):
        raise Conflict("set_up_already", "This Serai has an owner. Sign in.")
    if await tokens.take(conn, "set_up", token, desk.now) is None:
        raise Forbidden(
            "set_up_link_unknown",
            "This link is not the one that the server printed last. Look there, or run serai doctor.",
        )
    await tokens.forget(conn, "set_up")
