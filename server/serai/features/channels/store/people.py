"""By what WhatsApp knows a contact, opened for one call."""

from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId, Person
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

IDENTITIES = """
    SELECT contacts.id AS contact_id, known.type, known.sealed
      FROM contacts
      LEFT JOIN LATERAL (SELECT DISTINCT ON (type) type, sealed FROM contact_identities
                          WHERE contact_id = contacts.id AND type IN ('phone', 'wa_user_id')
                          ORDER BY type, first_seen_at DESC) AS known ON true
     WHERE contacts.id = %(id)s AND contacts.business_id = %(business_id)s
"""


class IdentityRow(Struct, frozen=True):
    contact_id: UUID
    type: str | None
    sealed: bytes | None


async def person(conn: Conn, vault: Vault, contact: UUID, business: BusinessId) -> Person | None:
    """None: the business has no such contact."""
    rows = await fetch(conn, IdentityRow, IDENTITIES, {"id": contact, "business_id": business})
    if not rows:
        return None
    known = {
        row.type: vault.ring.open(row.sealed, f"identity:{row.type}:{contact}".encode()).decode()
        for row in rows
        if row.type and row.sealed
    }
    return Person(phone=known.get("phone"), user_id=known.get("wa_user_id"))
