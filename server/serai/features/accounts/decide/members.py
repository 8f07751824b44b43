"""Who may give which role to whom."""

from collections.abc import Iterable, Mapping, Sequence

from serai.core.ids import BusinessId
from serai.core.permissions import ROLES, Permission, Role
from serai.features.accounts.decide.grants import Membership

Grants = Mapping[BusinessId, frozenset[Permission]]


def may_give(company: frozenset[Permission], grants: Grants, membership: Membership) -> bool:
    """Whether someone with these permissions may give this role: never more than they have."""
    own = company if membership.business_id is None else grants.get(membership.business_id)
    return own is not None and Permission.MEMBERS_WRITE in own and ROLES[membership.role] <= own


def giveable(company: frozenset[Permission], grants: Grants) -> list[Membership]:
    """Every role that someone with these permissions may give: in the company, then at each business."""
    every = [Membership(place, role) for place in (None, *grants) for role in Role]
    return [
        each
        for each in every
        if not (each.role is Role.OWNER and each.business_id) and may_give(company, grants, each)
    ]


def problem(memberships: Sequence[Membership]) -> str | None:
    """What is wrong with someone's roles, as a sentence."""
    if not memberships:
        return "Give at least one role, or disable the person."
    places = [each.business_id for each in memberships]
    if len(set(places)) < len(places):
        return "Give one role for each business."
    if any(each.role is Role.OWNER and each.business_id for each in memberships):
        return "An owner owns the whole company."
    return None


def needs_second_factor(roles: Iterable[Role], required: Iterable[Role]) -> bool:
    """Whether one of someone's roles must have a second factor."""
    return not set(roles).isdisjoint(required)
