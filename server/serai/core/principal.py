"""Who asks: worked out once at the door, then carried along."""

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from serai.core.ids import BusinessId
from serai.core.permissions import OF_THE_COMPANY, Permission


class Principal(Struct, frozen=True, kw_only=True):
    """A person who is signed in, or an API key."""

    kind: Literal["user", "key"]
    id: UUID
    name: str
    """What others see of who did something."""
    organization_id: UUID
    grants: Mapping[BusinessId, frozenset[Permission]]
    """What may be done, by business; one that is not named may not even be seen."""
    company: frozenset[Permission] = frozenset()
    """What may be done to the company itself: its keys, members, businesses and audit log."""
    is_whole: bool = True
    """What was asked for may be done at the whole company, as far as it has been asked."""

    @property
    def businesses(self) -> tuple[BusinessId, ...]:
        """Those that may be seen, no others."""
        return tuple(self.grants)

    @property
    def visible_company(self) -> UUID | None:
        """The company, for whoever may see more of it than some of its businesses."""
        return self.organization_id if self.is_whole and self.company else None

    def within(self, permission: Permission) -> "Principal":
        """The same, but seeing only the businesses in which they may do this."""
        grants = {each: may for each, may in self.grants.items() if permission in may}
        return replace(self, grants=grants, is_whole=self.is_whole and permission in self.company)

    def may(self, permission: Permission) -> bool:
        """Whether they may do this anywhere at all."""
        if permission in OF_THE_COMPANY:
            return permission in self.company
        return permission in self.company or any(permission in may for may in self.grants.values())
