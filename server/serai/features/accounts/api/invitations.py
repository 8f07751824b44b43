"""/invitations: asking people in; /invitation: coming in by such a link."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from serai.core.languages import Language, known, reader
from serai.core.permissions import Permission
from serai.core.principal import Principal
from serai.features.accounts.api import cookies
from serai.features.accounts.api.desk import AtDesk, Desk, Email, Name, Office, Password, Secret
from serai.features.accounts.api.entrance import Step
from serai.features.accounts.api.members import MembershipShape, ensure_may_give, memberships_of
from serai.features.accounts.api.secrets import ensure_good
from serai.features.accounts.decide import letters
from serai.features.accounts.decide.letters import Reader
from serai.features.accounts.store import factors, invitations, mails, people, tokens
from serai.features.accounts.store.invitations import InvitationRow, NewInvitation
from serai.features.accounts.store.people import NewUser
from serai.kit import passwords
from serai.kit.db import Conn
from serai.kit.errors import Conflict, NotFound
from serai.kit.http import may

router = APIRouter(tags=["members"], dependencies=[Depends(may(Permission.MEMBERS_WRITE))])
way_in = APIRouter(tags=["sign-in"], dependencies=[Depends(cookies.ensure_own_page)])

GONE = NotFound(
    "invitation_gone", "This invitation was used, withdrawn or is too old. Ask for a new one."
)


class InvitationIn(BaseModel):
    email: Email
    memberships: list[MembershipShape] = Field(min_length=1, max_length=200)
    language: Language | None = Field(
        None, description="In which they are written to; null: as the browser of who invites asks."
    )


class Invited(BaseModel):
    """The link is told this once, to be handed over by hand where there is no mail."""

    token: str = Field(description="Its link: /welcome/invitation#token=…")
    is_mailed: bool


class Invitation(BaseModel):
    id: UUID
    email: str
    memberships: list[MembershipShape]
    language: Language | None
    invited_by: str | None
    created_at: datetime
    expires_at: datetime
    is_too_old: bool


class Invitations(BaseModel):
    data: list[Invitation]


class Look(BaseModel):
    token: Secret


class Seen(BaseModel):
    """What an invited person is shown before they accept."""

    company: str
    email: str
    invited_by: str | None


class Acceptance(BaseModel):
    token: Secret
    name: Name
    password: Password


@router.get("/invitations")
async def list_invitations(request: Request, desk: AtDesk, conn: Office) -> Invitations:
    """Those that wait for an answer, the latest first."""
    rows = await invitations.waiting(conn, request.state.principal.organization_id)
    return Invitations(data=[_shape(desk, row) for row in rows])


@router.post("/invitations")
async def invite(body: InvitationIn, desk: AtDesk, request: Request, conn: Office) -> Invited:
    """Ask somebody in, by e-mail if there is mail. Raises Forbidden, Conflict, Invalid."""
    asking: Principal = request.state.principal
    memberships = memberships_of(body.memberships)
    ensure_may_give(asking, memberships)
    if await people.is_known(conn, desk.vault, body.email):
        raise Conflict("email_taken", "This address has an account already.", "email")
    new = NewInvitation(
        organization_id=asking.organization_id,
        email=body.email,
        memberships=memberships,
        invited_by=asking.id if asking.kind == "user" else None,
        language=body.language,
    )
    return await _send(desk, conn, asking, new, request.state.organization)


@router.post("/invitations/{invitation_id}/resend")
async def resend(invitation_id: UUID, desk: AtDesk, request: Request, conn: Office) -> Invited:
    """Send a new link for seven more days; the one before is dead. Raises NotFound, Forbidden."""
    asking: Principal = request.state.principal
    rows = await invitations.waiting(conn, asking.organization_id, invitation_id)
    if not rows:
        raise GONE
    ensure_may_give(asking, rows[0].memberships)
    new = NewInvitation(
        organization_id=asking.organization_id,
        email=invitations.opened_email(desk.vault, rows[0]),
        memberships=rows[0].memberships,
        invited_by=asking.id if asking.kind == "user" else None,
        language=rows[0].language,
    )
    return await _send(desk, conn, asking, new, request.state.organization)


@router.delete("/invitations/{invitation_id}", status_code=204)
async def withdraw(invitation_id: UUID, desk: AtDesk, request: Request, conn: Office) -> None:
    """The link opens nothing any more. Raises NotFound."""
    asking: Principal = request.state.principal
    if not await invitations.withdraw(conn, asking.organization_id, invitation_id, desk.now):
        raise GONE
    await desk.note_by(conn, asking, "invitation.withdrawn", invitation_id)


@way_in.post("/invitation/look")
async def look(body: Look, desk: AtDesk, conn: Office) -> Seen:
    """Who invites, and whom. Raises NotFound."""
    row = await invitations.find(conn, body.token, desk.now)
    if row is None:
        raise GONE
    email = invitations.opened_email(desk.vault, row)
    return Seen(company=row.organization, email=email, invited_by=row.invited_by)


@way_in.post("/invitation/accept")
async def accept(body: Acceptance, desk: AtDesk, response: Response) -> Step:
    """Choose a name and a password, and come in. Raises NotFound, Conflict, Invalid."""
    cookies.name_of(desk.request)
    async with desk.pool.connection() as conn:
        row = await invitations.find(conn, body.token, desk.now)
    if row is None:
        raise GONE
    email = invitations.opened_email(desk.vault, row)
    ensure_good(body.password, [body.name, email, row.organization])
    hash_ = await passwords.hashed(body.password)
    async with desk.pool.connection() as conn, conn.transaction():
        user = await welcome(desk, conn, row, body.name)
        await factors.put_password(conn, user, hash_, desk.now)
        await desk.admit(response, conn, user, "whole", "password")
    return Step(next="done")


async def welcome(desk: Desk, conn: Conn, row: InvitationRow, name: str) -> UUID:
    """Make an account of an invitation, which is used up. Raises NotFound, Conflict."""
    if not await invitations.accept(conn, row.id, desk.now):
        raise GONE
    new = NewUser(
        organization_id=row.organization_id,
        name=name,
        email=invitations.opened_email(desk.vault, row),
        memberships=row.memberships,
        language=row.language,
    )
    user = await people.add(conn, desk.vault, new, desk.now)
    if user is None:
        raise Conflict("email_taken", "This address has an account already. Sign in.")
    await desk.note(conn, row.organization_id, user, "invitation.accepted")
    return user


async def _send(
    desk: Desk, conn: Conn, asking: Principal, new: NewInvitation, company: str
) -> Invited:
    token = tokens.new_token()
    id_ = await invitations.put(conn, desk.vault, new, token, desk.now)
    has_mail = desk.settings.smtp_host is not None
    if has_mail:
        link = f"{desk.address}/welcome/invitation#token={token}"
        email = people.email_form(new.email)
        reads = reader(new.language, desk.browser_language)
        letter = letters.invitation(Reader(email, company, reads), asking.name, link)
        await mails.put(conn, desk.vault, "invitation", letter, desk.now)
    roles = [f"{each.role} {each.business_id or 'company'}" for each in new.memberships]
    await desk.note_by(conn, asking, "invitation.sent", id_, roles=roles)
    return Invited(token=token, is_mailed=has_mail)


def _shape(desk: Desk, row: InvitationRow) -> Invitation:
    return Invitation(
        id=row.id,
        email=invitations.opened_email(desk.vault, row),
        memberships=[
            MembershipShape(business_id=each.business_id, role=each.role)
            for each in row.memberships
        ],
        language=known(row.language),
        invited_by=row.invited_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        is_too_old=row.expires_at <= desk.now,
    )
