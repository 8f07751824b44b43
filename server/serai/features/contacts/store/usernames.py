"""Usernames: shown, and never joined by, for one that was given up may be someone else's tomorrow."""

from collections.abc import Mapping
from datetime import datetime

from serai.core.ids import BusinessId, ContactId
from serai.features.contacts.store.identities import Identity, identity_context
from serai.kit.db import Conn
from serai.kit.secrets import Vault

TAKE = """
    WITH rows AS (
        SELECT *
          FROM unnest(%(business_ids)s::uuid[], %(contact_ids)s::uuid[], %(lookups)b::bytea[],
                      %(sealed)b::bytea[]) AS rows (business_id, contact_id, lookup, sealed)
    ),
    given_up AS (
        DELETE FROM contact_identities
         USING rows
         WHERE contact_identities.business_id = rows.business_id
           AND contact_identities.contact_id = rows.contact_id
           AND contact_identities.type = 'username' AND contact_identities.lookup <> rows.lookup
    )
    INSERT INTO contact_identities (business_id, contact_id, type, scope, lookup, sealed,
                                    first_seen_at)
    SELECT business_id, contact_id, 'username', 'whatsapp', lookup, sealed, %(now)s FROM rows
     ORDER BY business_id, lookup
        ON CONFLICT (business_id, type, scope, lookup)
        DO UPDATE SET contact_id = excluded.contact_id, sealed = excluded.sealed,
                      first_seen_at = excluded.first_seen_at
         WHERE contact_identities.contact_id <> excluded.contact_id
"""
"""Whoever has the name now; a contact has one at most."""


async def take(
    conn: Conn,
    vault: Vault,
    names: Mapping[ContactId, tuple[BusinessId, Identity]],
    now: datetime,
) -> None:
    """Note who goes by which username; of two people who claim one, the last has it."""
    if not names:
        return
    by_name = {(business, n.lookup): (c, n) for c, (business, n) in names.items()}
    await conn.execute(
        TAKE,
        {
            "business_ids": [business for business, _ in by_name],
            "contact_ids": [contact for contact, _ in by_name.values()],
            "lookups": [lookup for _, lookup in by_name],
            "sealed": [
                vault.ring.seal(name.value.encode(), identity_context("username", contact))
                for contact, name in by_name.values()
            ],
            "now": now,
        },
    )
