"""What a company asks of those who sign in."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from serai.core.permissions import Role
from serai.features.accounts.store.sessions import required_roles
from serai.kit.db import Conn, fetch

FIND = """
    SELECT second_factor_roles FROM sign_in_rules WHERE organization_id = %(organization_id)s
"""
PUT = """
    INSERT INTO sign_in_rules (organization_id, second_factor_roles)
    VALUES (%(organization_id)s, %(roles)s)
        ON CONFLICT (organization_id) DO UPDATE SET second_factor_roles = excluded.second_factor_roles
"""


class RulesRow(Struct, frozen=True):
    second_factor_roles: tuple[Role, ...]


async def second_factor_roles(conn: Conn, organization_id: UUID) -> Sequence[Role]:
    """Who must have a second factor."""
    rows = await fetch(conn, RulesRow, FIND, {"organization_id": organization_id})
    return required_roles(rows[0].second_factor_roles if rows else None)


async def put(conn: Conn, organization_id: UUID, roles: Sequence[Role]) -> None:
    """From now on these must have one."""
    await conn.execute(PUT, {"organization_id": organization_id, "roles": list(roles)})
