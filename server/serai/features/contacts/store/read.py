"""Contacts as people see them, and new ones that people or programs add."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId, ContactId, derived
from serai.features.contacts.store.identities import SCOPES, Identity, identity, identity_context
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

LIST = """
    SELECT contacts.id, contacts.business_id, contacts.name, contacts.language, contacts.created_at,
           ARRAY(SELECT type FROM contact_identities WHERE contact_id = contacts.id
                  ORDER BY type, lookup) AS types,
           ARRAY(SELECT sealed FROM contact_identities WHERE contact_id = contacts.id
                  ORDER BY type, lookup) AS sealed
      FROM contacts
     WHERE (%(id)s::uuid IS NULL OR id = %(id)s)
       AND (%(business_id)s::uuid IS NULL OR business_id = %(business_id)s)
       AND (%(kilometres)s::double precision IS NULL
            OR EXISTS (SELECT FROM contact_places
                        WHERE contact_places.contact_id = contacts.id
                          AND kilometres_between(latitude, longitude, %(latitude)s::double precision,
                                                 %(longitude)s::double precision)
                              <= %(kilometres)s))
       AND (%(after_at)s::timestamptz IS NULL
            OR (created_at, id) < (%(after_at)s, %(after_id)s::uuid))
     ORDER BY created_at DESC, id DESC
     LIMIT %(limit)s
"""
FIND = """
    SELECT contact_id AS id FROM contact_identities
     WHERE business_id = %(business_id)s AND type = %(type)s AND scope = %(scope)s
       AND lookup = %(lookup)s
"""
ADD = """
    INSERT INTO contacts (id, business_id, name, language, created_at)
    VALUES (%(id)s, %(business_id)s, %(name)s, %(language)s, %(now)s)
"""
ADD_IDENTITY = """
    INSERT INTO contact_identities (business_id, contact_id, type, scope, lookup, sealed, exact,
                                    first_seen_at)
    VALUES (%(business_id)s, %(id)s, %(type)s, %(scope)s, %(lookup)s, %(sealed)s, %(exact)s, %(now)s)
"""


class ContactRow(Struct, frozen=True, kw_only=True):
    id: ContactId
    business_id: BusinessId
    name: str | None
    language: str | None
    created_at: datetime
    types: tuple[str, ...]
    sealed: tuple[bytes, ...]

    def identities(self, vault: Vault) -> Sequence[tuple[str, str]]:
        """Type and value of each."""
        return [
            (type_, vault.ring.open(value, identity_context(type_, self.id)).decode())
            for type_, value in zip(self.types, self.sealed, strict=True)
        ]


class NewContact(Struct, frozen=True, kw_only=True):
    """Someone known by a phone number or, without one, by WhatsApp's own id."""

    business_id: BusinessId
    phone: str = ""
    """Digits with country code."""
    user_id: str = ""
    name: str | None = None
    language: str | None = None


class Near(Struct, frozen=True):
    """Around a place, by where people last said they are."""

    latitude: float | None
    """Degrees."""
    longitude: float | None
    kilometres: float | None


class Id(Struct, frozen=True):
    id: ContactId


async def contacts(
    conn: Conn,
    *,
    id_: UUID | None = None,
    business_id: UUID | None = None,
    near: Near | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[ContactRow]:
    """Those that the connection may see, the newest first."""
    at, after_id = after or (None, None)
    place = near or Near(None, None, None)
    values = {"id": id_, "business_id": business_id, "after_at": at, "after_id": after_id}
    about = {name: getattr(place, name) for name in place.__struct_fields__}
    return await fetch(conn, ContactRow, LIST, values | about | {"limit": limit})


async def find_by_phone(conn: Conn, vault: Vault, business: UUID, phone: str) -> ContactId | None:
    """Whose phone it is in that business."""
    return await _find(conn, business, identity(vault, "phone", phone))


async def find_by_user_id(
    conn: Conn, vault: Vault, business: UUID, user_id: str
) -> ContactId | None:
    """Whom WhatsApp knows by this business-scoped id."""
    return await _find(conn, business, identity(vault, "wa_user_id", user_id))


async def _find(conn: Conn, business: UUID, known_by: Identity) -> ContactId | None:
    values = {"type": known_by.type, "scope": SCOPES[known_by.type], "lookup": known_by.lookup}
    rows = await fetch(conn, Id, FIND, values | {"business_id": business})
    return rows[0].id if rows else None


async def add(conn: Conn, vault: Vault, contact: NewContact, now: datetime) -> ContactId:
    """A contact whom nobody in the business is known by yet."""
    type_, value = ("phone", contact.phone) if contact.phone else ("wa_user_id", contact.user_id)
    known_by = identity(vault, type_, value)
    id_ = ContactId(derived("contact", contact.business_id, known_by.lookup.hex()))
    values = {"id": id_, "business_id": contact.business_id, "now": now}
    await conn.execute(ADD, values | {"name": contact.name, "language": contact.language})
    sealed = vault.ring.seal(value.encode(), identity_context(type_, id_))
    added = {"type": type_, "scope": SCOPES[type_], "sealed": sealed}
    added |= {"lookup": known_by.lookup, "exact": known_by.exact}
    await conn.execute(ADD_IDENTITY, values | added)
    return id_
