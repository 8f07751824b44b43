"""From someone's roles to what they may do where."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from serai.core.ids import BusinessId
from serai.core.permissions import ROLES, Permission, Role

STRENGTH = tuple(Role)
"""The strongest first."""


class Membership(Struct, frozen=True):
    """A role at one business, or at all of the company's, later ones too."""

    business_id: BusinessId | None
    role: Role


def strongest(roles: Iterable[Role]) -> Role:
    """The one to show where there is room for one. There must be one."""
    return min(roles, key=STRENGTH.index)


def company_grants(memberships: Sequence[Membership]) -> frozenset[Permission]:
    """What they may do to the company itself."""
    wide = [ROLES[each.role] for each in memberships if each.business_id is None]
    return frozenset[Permission]().union(*wide)


def grants(
    memberships: Sequence[Membership], businesses: Sequence[BusinessId]
) -> dict[BusinessId, frozenset[Permission]]:
    """What they may do at each of the company's businesses; where nothing, it is left out."""
    wide = company_grants(memberships)
    own = {each.business_id: ROLES[each.role] for each in memberships if each.business_id}
    found = {id_: wide | own.get(id_, frozenset()) for id_ in businesses}
    return {id_: may for id_, may in found.items() if may}
