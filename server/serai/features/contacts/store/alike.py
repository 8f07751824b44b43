"""Contacts that may be the same person as another."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.ids import ContactId
from serai.features.contacts.decide import likeness
from serai.features.contacts.decide.likeness import ENOUGH, Likeness, Look
from serai.features.contacts.store import read
from serai.features.contacts.store.read import ContactRow
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

CANDIDATES = """
    SELECT contacts.id
      FROM contacts
     WHERE contacts.business_id = %(business_id)s AND contacts.id <> %(id)s
       AND contacts.merged_into IS NULL AND contacts.archived_at IS NULL
       AND contacts.id IN (
               SELECT unnest(contacts_like(%(name)s))
                UNION SELECT other.contact_id
                        FROM contact_identities AS mine
                        JOIN contact_identities AS other
                          ON other.business_id = mine.business_id AND other.lookup = mine.lookup
                       WHERE mine.contact_id = %(id)s)
       AND NOT EXISTS (SELECT FROM contact_distinctions
                        WHERE one_id = least(contacts.id, %(id)s::uuid)
                          AND other_id = greatest(contacts.id, %(id)s::uuid))
     LIMIT 50
"""
TELL_APART = """
    INSERT INTO contact_distinctions (business_id, one_id, other_id, by, at)
    SELECT business_id, least(id, %(other_id)s::uuid), greatest(id, %(other_id)s::uuid), %(by)s, %(now)s
      FROM contacts WHERE id = %(one_id)s
        ON CONFLICT DO NOTHING
"""
MOST = 5
PHONE_DIGITS = 9


class Id(Struct, frozen=True):
    id: ContactId


async def find(
    conn: Conn, vault: Vault, contact: ContactRow
) -> Sequence[tuple[ContactRow, Likeness]]:
    """At most five that nobody told apart from them, the likeliest first."""
    name = (contact.name or "").lower().strip()
    values = {"id": contact.id, "business_id": contact.business_id, "name": name}
    ids = [row.id for row in await fetch(conn, Id, CANDIDATES, values)]
    mine = _look(vault, contact)
    rows = await read.find(conn, ids)
    scored = [(row, likeness.compare(mine, _look(vault, row))) for row in rows]
    likely = [each for each in scored if each[1].score >= ENOUGH]
    return sorted(likely, key=lambda each: -each[1].score)[:MOST]


async def tell_apart(conn: Conn, pair: tuple[UUID, UUID], by: str, now: datetime) -> None:
    """Someone said that these are two people."""
    one, other = pair
    await conn.execute(TELL_APART, {"one_id": one, "other_id": other, "by": by, "now": now})


def _look(vault: Vault, row: ContactRow) -> Look:
    known = row.known_by(vault)
    return Look(
        name=row.name,
        phones={value[-PHONE_DIGITS:] for each, value in known if each.type == "phone"},
        emails={value for each, value in known if each.type == "email"},
        birthday=row.birthday,
        company=row.company,
    )
