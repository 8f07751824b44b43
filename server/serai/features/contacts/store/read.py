"""Contacts as people see them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId, ContactId
from serai.features.contacts.store.identities import SCOPES, Identity, identity, identity_context
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

FIND = """
    SELECT contacts.id, contacts.business_id, name, name_is_ours, company, language, time_zone,
           birthday, notes, attributes, source, created_at, last_seen_at, archived_at, merged_into,
           coalesce(known.identities, '[]') AS identities, coalesce(known.sealed, '{}') AS sealed,
           coalesce(tagged.tags, '[]') AS tags, marketing,
           latest.conversation_id, coalesce(latest.channel_ids, '{}') AS channel_ids
      FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS rows (id, number)
      JOIN contacts ON contacts.id = rows.id
      LEFT JOIN LATERAL (
           SELECT jsonb_agg(jsonb_build_object(
                      'id', id, 'type', type, 'scope', scope, 'first_seen_at', first_seen_at,
                      'verified_at', verified_at, 'added_by', added_by) ORDER BY type, lookup)
                      AS identities,
                  array_agg(sealed ORDER BY type, lookup) AS sealed
             FROM contact_identities WHERE contact_id = contacts.id) AS known ON true
      LEFT JOIN LATERAL (
           SELECT jsonb_agg(jsonb_build_object('id', tags.id, 'name', tags.name,
                                               'colour', tags.colour) ORDER BY lower(tags.name)) AS tags
             FROM contact_tags JOIN tags ON tags.id = contact_tags.tag_id
            WHERE contact_id = contacts.id) AS tagged ON true
      LEFT JOIN LATERAL (
           SELECT (array_agg(id ORDER BY last_activity_at DESC))[1] AS conversation_id,
                  array_agg(DISTINCT channel_id) AS channel_ids
             FROM conversations WHERE contact_id = contacts.id) AS latest ON true
     ORDER BY rows.number
"""
OWNER = """
    SELECT contact_id AS id FROM contact_identities
     WHERE business_id = %(business_id)s AND type = %(type)s AND lookup = %(lookup)s
       AND (%(scope)s::text IS NULL OR scope = %(scope)s)
     LIMIT 1
"""


class KnownBy(Struct, frozen=True, kw_only=True):
    id: UUID
    type: str
    scope: str
    first_seen_at: datetime
    verified_at: datetime | None
    added_by: str | None


class TagRow(Struct, frozen=True):
    id: UUID
    name: str
    colour: str


class ContactRow(Struct, frozen=True, kw_only=True):
    id: ContactId
    business_id: BusinessId
    name: str | None
    name_is_ours: bool
    company: str | None
    language: str | None
    time_zone: str | None
    birthday: date | None
    notes: str
    attributes: dict[str, Any]
    source: str
    created_at: datetime
    last_seen_at: datetime | None
    archived_at: datetime | None
    merged_into: ContactId | None
    identities: tuple[KnownBy, ...]
    sealed: tuple[bytes, ...]
    tags: tuple[TagRow, ...]
    marketing: Literal["yes", "no", "unknown"]
    """What they last said to it."""
    conversation_id: UUID | None
    """The one with the latest activity."""
    channel_ids: tuple[UUID, ...]

    def known_by(self, vault: Vault) -> Sequence[tuple[KnownBy, str]]:
        """Each identity with its value."""
        return [
            (each, vault.ring.open(value, identity_context(each.type, self.id)).decode())
            for each, value in zip(self.identities, self.sealed, strict=True)
        ]


class Id(Struct, frozen=True):
    id: ContactId


async def find(conn: Conn, ids: Sequence[UUID]) -> list[ContactRow]:
    """Those of them that the connection may see, in the order asked for."""
    return await fetch(conn, ContactRow, FIND, {"ids": list(ids)}) if ids else []


async def find_by_phone(conn: Conn, vault: Vault, business: UUID, phone: str) -> ContactId | None:
    """Whose phone it is in that business."""
    return await owner(conn, business, identity(vault, "phone", phone), SCOPES["phone"])


async def find_by_user_id(
    conn: Conn, vault: Vault, business: UUID, user_id: str
) -> ContactId | None:
    """Whom WhatsApp knows by this business-scoped id."""
    return await owner(conn, business, identity(vault, "wa_user_id", user_id))


async def owner(
    conn: Conn, business: UUID, known_by: Identity, scope: str | None = None
) -> ContactId | None:
    """Who is known by this in the business; in any scope if none is said."""
    values = {"type": known_by.type, "scope": scope, "lookup": known_by.lookup}
    rows = await fetch(conn, Id, OWNER, values | {"business_id": business})
    return rows[0].id if rows else None
