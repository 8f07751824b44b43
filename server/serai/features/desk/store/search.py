"""What the words are found in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from serai.kit.db import Conn, fetch

MESSAGES = """
    SELECT messages.id, messages.business_id, messages.conversation_id, messages.channel_id,
           messages.author_kind, messages.direction, found.at,
           coalesce(revised.content, messages.content) AS content,
           contacts.id AS contact_id, contacts.name AS contact_name
      FROM find_messages(%(patterns)s::text[], %(business_id)s::uuid, %(channel_id)s::uuid,
                         %(author)s::text, %(has_file)s::boolean, %(tag_id)s::uuid,
                         %(since)s::timestamptz, %(until)s::timestamptz,
                         %(before_at)s::timestamptz, %(before_id)s::uuid, %(limit)s::integer) AS found
      JOIN messages ON messages.id = found.id
      JOIN contacts ON contacts.id = messages.contact_id
      LEFT JOIN LATERAL (
           SELECT message_revisions.content
             FROM message_revisions
            WHERE message_revisions.channel_id = messages.channel_id
              AND message_revisions.meta_id = messages.meta_id
            ORDER BY message_revisions.at DESC, (message_revisions.content IS NULL) DESC, seq DESC
            LIMIT 1) AS revised ON true
     ORDER BY found.at DESC, found.id DESC
"""
CONTACTS = """
    SELECT contacts.id, contacts.business_id, contacts.name,
           (SELECT sealed FROM contact_identities
             WHERE contact_id = contacts.id AND type = 'phone'
             ORDER BY first_seen_at DESC LIMIT 1) AS phone,
           latest.id AS conversation_id, latest.last_activity_at, latest.status
      FROM contacts
      LEFT JOIN LATERAL (
           SELECT id, last_activity_at, status
             FROM conversations
            WHERE conversations.contact_id = contacts.id
              AND (%(channel_id)s::uuid IS NULL OR conversations.channel_id = %(channel_id)s)
            ORDER BY last_activity_at DESC
            LIMIT 1) AS latest ON true
     WHERE contacts.id IN (
               SELECT id FROM find_contacts(%(patterns)s::text[], %(business_id)s::uuid, 100)
                UNION ALL
               SELECT contact_id FROM contact_identities WHERE lookup = ANY (%(lookups)s))
       AND (%(business_id)s::uuid IS NULL OR contacts.business_id = %(business_id)s)
     ORDER BY latest.last_activity_at DESC NULLS LAST, contacts.id
     LIMIT %(limit)s
"""


class MessageRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: UUID
    conversation_id: UUID
    channel_id: UUID
    author_kind: str
    direction: str
    at: datetime
    content: dict[str, Any]
    contact_id: UUID
    contact_name: str | None


class ContactRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: UUID
    name: str | None
    phone: bytes | None
    conversation_id: UUID | None
    last_activity_at: datetime | None
    status: str | None


class Wanted(Struct, frozen=True, kw_only=True):
    patterns: Sequence[str]
    """For LIKE, folded; all must fit."""
    lookups: Sequence[bytes] = ()
    """Blind indexes of what may be a phone number or a name of an account."""
    business_id: UUID | None = None
    channel_id: UUID | None = None
    author: str | None = None
    has_file: bool = False
    tag_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    before_at: datetime | None = None
    before_id: UUID | None = None
    limit: int = 20


def _values(wanted: Wanted) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(wanted, name) for name in wanted.__struct_fields__}
    return values | {"patterns": list(wanted.patterns), "lookups": list(wanted.lookups)}


async def messages(conn: Conn, wanted: Wanted) -> list[MessageRow]:
    """Those that the connection may see, the newest first."""
    return await fetch(conn, MessageRow, MESSAGES, _values(wanted))


async def contacts(conn: Conn, wanted: Wanted) -> list[ContactRow]:
    """By name, phone number or account name; whoever was active last comes first."""
    return await fetch(conn, ContactRow, CONTACTS, _values(wanted))
