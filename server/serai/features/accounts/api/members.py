"""/members, /sign-in-rules: who works here, with which roles."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from serai.core.ids import BusinessId
from serai.core.permissions import Permission, Role
from serai.core.principal import Principal
from serai.features.accounts.api.desk import AtDesk, Desk, Name, Office
from serai.features.accounts.api.post import tell_of_factor
from serai.features.accounts.decide import members as decide
from serai.features.accounts.decide.grants import Membership
from serai.features.accounts.store import (
    factors,
    identities,
    members,
    passkeys,
    people,
    rules,
    sessions,
)
from serai.features.accounts.store.members import MemberRow
from serai.kit.db import Conn
from serai.kit.errors import Conflict, Forbidden, Invalid, NotFound
from serai.kit.http import may

router = APIRouter(tags=["members"], dependencies=[Depends(may(Permission.MEMBERS_READ))])
WRITING = [Depends(may(Permission.MEMBERS_WRITE))]


class MembershipShape(BaseModel):
    business_id: UUID | None = Field(description="None: the whole company, and what it adds later.")
    role: Role


class Member(BaseModel):
    id: UUID
    name: str
    email: str
    memberships: list[MembershipShape]
    seen_at: datetime | None
    created_at: datetime
    disabled_at: datetime | None
    has_second_factor: bool
    may_change: bool = Field(description="Whether the caller may give and take all of their roles.")


class Members(BaseModel):
    data: list[Member]
    may_give: list[MembershipShape] = Field(description="The roles that the caller may give.")


class MemberChange(BaseModel):
    name: Name | None = None
    memberships: list[MembershipShape] | None = Field(None, max_length=200)


class SignInRules(BaseModel):
    second_factor_roles: list[Role] = Field(
        description="Who must have a second factor; they set it up before anything else."
    )


@router.get("/members")
async def list_members(request: Request, desk: AtDesk, conn: Office) -> Members:
    """Everybody of the company, by name; those who are disabled last."""
    asking: Principal = request.state.principal
    rows = await members.members(conn, asking.organization_id)
    may_give = decide.giveable(asking.company, asking.grants)
    return Members(
        data=[_shape(desk, row, asking) for row in rows],
        may_give=[
            MembershipShape(business_id=each.business_id, role=each.role) for each in may_give
        ],
    )


@router.patch("/members/{user_id}", dependencies=WRITING)
async def change_member(
    user_id: UUID, body: MemberChange, desk: AtDesk, request: Request, conn: Office
) -> Member:
    """Change someone's name or roles. Raises NotFound, Forbidden, Conflict, Invalid."""
    asking: Principal = request.state.principal
    row = await _held(conn, asking, user_id)
    if body.memberships is not None:
        wanted = memberships_of(body.memberships)
        ensure_may_give(asking, [*row.memberships, *wanted])
        if not any(each.role is Role.OWNER for each in wanted):
            await _ensure_not_last_owner(conn, asking, user_id)
        await people.set_memberships(conn, user_id, asking.organization_id, wanted, desk.now)
        await _note(desk, conn, asking, "member.roles_changed", row)
    if body.name is not None:
        await people.change_self(conn, user_id, {"name": body.name.strip()})
    [changed] = await members.members(conn, asking.organization_id, user_id)
    return _shape(desk, changed, asking)


@router.post("/members/{user_id}/disable", status_code=204, dependencies=WRITING)
async def disable_member(user_id: UUID, desk: AtDesk, request: Request, conn: Office) -> None:
    """Keep someone out, at once; what they did stays theirs. Raises NotFound, Forbidden, Conflict."""
    asking: Principal = request.state.principal
    row = await _held(conn, asking, user_id)
    if user_id == asking.id:
        raise Conflict("member_is_you", "Ask a colleague to disable you.")
    ensure_may_give(asking, row.memberships)
    await _ensure_not_last_owner(conn, asking, user_id)
    await members.disable(conn, user_id, desk.now)
    await sessions.end(conn, user_id, desk.now)
    await _note(desk, conn, asking, "member.disabled", row)


@router.post("/members/{user_id}/enable", status_code=204, dependencies=WRITING)
async def enable_member(user_id: UUID, desk: AtDesk, request: Request, conn: Office) -> None:
    """Let someone in again, with the roles they had. Raises NotFound, Forbidden."""
    asking: Principal = request.state.principal
    row = await _held(conn, asking, user_id)
    ensure_may_give(asking, row.memberships)
    await members.enable(conn, user_id)
    await _note(desk, conn, asking, "member.enabled", row)


@router.post("/members/{user_id}/forget-second-factor", status_code=204, dependencies=WRITING)
async def forget_second_factor(user_id: UUID, desk: AtDesk, request: Request, conn: Office) -> None:
    """For somebody who lost their device and codes: they sign in by password and set up anew."""
    asking: Principal = request.state.principal
    row = await _held(conn, asking, user_id)
    ensure_may_give(asking, row.memberships)
    await factors.forget_authenticator(conn, user_id)
    await factors.clear_recovery_codes(conn, user_id)
    await passkeys.remove(conn, user_id, None)
    await identities.forget(conn, user_id)
    await sessions.end(conn, user_id, desk.now)
    await _note(desk, conn, asking, "member.second_factor_forgotten", row)
    await tell_of_factor(desk, conn, user_id, "member.second_factor_forgotten")


@router.get("/sign-in-rules")
async def get_rules(request: Request, conn: Office) -> SignInRules:
    """What the company asks of those who sign in."""
    found = await rules.second_factor_roles(conn, request.state.principal.organization_id)
    return SignInRules(second_factor_roles=list(found))


@router.put("/sign-in-rules", dependencies=[Depends(may(Permission.COMPANY_WRITE))])
async def set_rules(body: SignInRules, desk: AtDesk, request: Request, conn: Office) -> SignInRules:
    """Say who must have a second factor."""
    asking: Principal = request.state.principal
    if Permission.COMPANY_WRITE not in asking.company:
        raise Forbidden("permission_missing", "Only an owner of the company may do this.")
    wanted = list(dict.fromkeys(body.second_factor_roles))
    await rules.put(conn, asking.organization_id, wanted)
    await desk.note_by(conn, asking, "sign_in_rules.changed", asking.organization_id, roles=wanted)
    return SignInRules(second_factor_roles=wanted)


def memberships_of(given: list[MembershipShape]) -> list[Membership]:
    """Raises Invalid."""
    found = [
        Membership(BusinessId(each.business_id) if each.business_id else None, each.role)
        for each in given
    ]
    problem = decide.problem(found)
    if problem is not None:
        raise Invalid("memberships_invalid", problem, "memberships")
    return found


def ensure_may_give(asking: Principal, given: list[Membership] | tuple[Membership, ...]) -> None:
    """Nobody gives, or takes, what they do not have themselves. Raises Forbidden."""
    if not _may_give(asking, given):
        raise Forbidden(
            "role_above_yours",
            "You may give and take only roles that you have yourself. Ask an owner.",
        )


def _may_give(asking: Principal, given: list[Membership] | tuple[Membership, ...]) -> bool:
    return all(decide.may_give(asking.company, asking.grants, each) for each in given)


async def _held(conn: Conn, asking: Principal, user_id: UUID) -> MemberRow:
    rows = await members.members(conn, asking.organization_id, user_id)
    if not rows:
        raise NotFound("member_not_found", "There is no such person in your company.")
    return rows[0]


async def _ensure_not_last_owner(conn: Conn, asking: Principal, user_id: UUID) -> None:
    owners = await members.hold_owners(conn, asking.organization_id)
    if list(owners) == [user_id]:
        raise Conflict("last_owner", "A company needs an owner. Make somebody else one first.")


async def _note(desk: Desk, conn: Conn, asking: Principal, action: str, before: MemberRow) -> None:
    roles = [f"{each.role} {each.business_id or 'company'}" for each in before.memberships]
    await desk.note_by(conn, asking, action, before.id, roles_before=roles)


def _shape(desk: Desk, row: MemberRow, asking: Principal) -> Member:
    return Member(
        id=row.id,
        name=row.name,
        email=people.opened_email(desk.vault, row.email_sealed, row.id),
        memberships=[
            MembershipShape(business_id=each.business_id, role=each.role)
            for each in row.memberships
        ],
        seen_at=row.seen_at,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        has_second_factor=row.has_second_factor,
        may_change=_may_give(asking, row.memberships),
    )
