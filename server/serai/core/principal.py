"""Who asks: worked out once at the door, then carried along."""

from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId


class Principal(Struct, frozen=True):
    key_id: UUID
    organization_id: UUID
    businesses: tuple[BusinessId, ...]
    """Those that may be seen, no others."""
    scopes: frozenset[str]
    """read, write, admin."""
