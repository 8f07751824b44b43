"""Join what people are known by to contacts, new or known, and lock them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from msgspec import Struct
from psycopg import OperationalError

from serai.core.ids import BusinessId, ChannelId, ContactId
from serai.features.contacts.store import names
from serai.features.contacts.store.identities import SCOPES, Identity, identity_context
from serai.features.contacts.store.usernames import take
from serai.kit.db import Conn, fetch, json_rows
from serai.kit.secrets import Vault

IDENTITIES = """
    SELECT contact_identities.business_id, contact_identities.type, contact_identities.lookup,
           contact_identities.contact_id, contact_identities.exact,
           EXISTS (SELECT FROM contact_identities AS another
                    WHERE another.contact_id = contact_identities.contact_id
                      AND another.type = contact_identities.type
                      AND another.lookup <> contact_identities.lookup) AS has_another
      FROM unnest(%(business_ids)s::uuid[], %(types)s::text[], %(lookups)b::bytea[])
        AS rows (business_id, type, lookup)
      JOIN contact_identities
        ON contact_identities.business_id = rows.business_id
       AND contact_identities.type = rows.type AND contact_identities.lookup = rows.lookup
"""
MAKE = """
    INSERT INTO contacts (id, business_id, name, created_at, last_seen_at)
    SELECT id, business_id, name, created_at, created_at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (id uuid, business_id uuid, name text, created_at timestamptz)
     ORDER BY id
        ON CONFLICT DO NOTHING
"""
"""Before HOLD, where somebody is new: of two workers that meet them at once one waits here.

HOLD alone looks for a conflict in one of the two unique indexes, and fails on the other one.
"""
HOLD = """
    INSERT INTO contacts (id, business_id, name, created_at, last_seen_at)
    SELECT id, business_id, name, created_at, created_at
      FROM jsonb_to_recordset(%(rows)s)
        AS rows (id uuid, business_id uuid, name text, created_at timestamptz)
     ORDER BY id
        ON CONFLICT (id) DO UPDATE
       SET name = CASE WHEN contacts.name_is_ours THEN contacts.name
                       ELSE coalesce(excluded.name, contacts.name) END,
           archived_at = CASE WHEN contacts.merged_into IS NULL THEN NULL
                              ELSE contacts.archived_at END,
           last_seen_at = CASE WHEN excluded.last_seen_at
                                    < contacts.last_seen_at + interval '1 minute'
                               THEN contacts.last_seen_at ELSE excluded.last_seen_at END
    RETURNING merged_into
"""
"""Locks the rows, in one order everywhere, so that one worker at a time decides about a contact.

Whoever writes is seen, and back from the archive. Seen to the minute: most updates touch no index.
"""
SEEN = """
    UPDATE contact_identities
       SET seen_at = %(now)s
      FROM unnest(%(business_ids)s::uuid[], %(types)s::text[], %(lookups)b::bytea[])
        AS rows (business_id, type, lookup)
     WHERE contact_identities.business_id = rows.business_id
       AND contact_identities.type = rows.type AND contact_identities.lookup = rows.lookup
       AND EXISTS (SELECT FROM contact_identities AS another
                    WHERE another.contact_id = contact_identities.contact_id
                      AND another.type = contact_identities.type
                      AND another.lookup <> contact_identities.lookup)
"""
"""Of someone with two numbers: answers go to the one that they wrote by."""

ADD_IDENTITIES = """
    INSERT INTO contact_identities (business_id, contact_id, type, scope, lookup, sealed, exact,
                                    first_seen_at)
    SELECT business_id, contact_id, type, scope, lookup, sealed, exact, %(now)s
      FROM unnest(%(business_ids)s::uuid[], %(contact_ids)s::uuid[], %(types)s::text[],
                  %(scopes)s::text[], %(lookups)b::bytea[], %(sealed)b::bytea[], %(exacts)b::bytea[])
        AS rows (business_id, contact_id, type, scope, lookup, sealed, exact)
     ORDER BY business_id, type, lookup
        ON CONFLICT (business_id, type, scope, lookup)
        DO UPDATE SET sealed = excluded.sealed, exact = excluded.exact
         WHERE contact_identities.contact_id = excluded.contact_id
"""
"""A phone number that WhatsApp spells differently now is sent to as it is spelled now."""

RETIRE = """
    DELETE FROM contact_identities
     USING unnest(%(business_ids)s::uuid[], %(contact_ids)s::uuid[], %(lookups)b::bytea[])
        AS rows (business_id, contact_id, lookup)
     WHERE contact_identities.business_id = rows.business_id
       AND contact_identities.contact_id = rows.contact_id
       AND contact_identities.type = 'phone' AND contact_identities.lookup = rows.lookup
"""
"""A number that was given up may be someone else's tomorrow."""


class Held(Struct, frozen=True):
    merged_into: ContactId | None


class IdentityRow(Struct, frozen=True):
    business_id: BusinessId
    type: str
    lookup: bytes
    contact_id: ContactId
    exact: bytes | None
    has_another: bool
    """The contact is known by another one of this type too."""


class Sender(Struct, frozen=True, kw_only=True):
    """Who is behind an event, once the channel is known."""

    key: str
    channel_id: ChannelId
    business_id: BusinessId
    name: str | None
    identities: tuple[Identity, ...]
    """The steadiest first."""
    username: Identity | None = None
    retired: Identity | None = None
    """A phone number that is theirs no more."""

    def names(self) -> list["Name"]:
        return [(self.business_id, each.type, each.lookup) for each in self.identities]


Name: TypeAlias = tuple[BusinessId, str, bytes]
Owners: TypeAlias = dict[Name, IdentityRow]
Changed: TypeAlias = dict[Name, tuple[ContactId, Identity]]


async def reconcile(
    conn: Conn, vault: Vault, senders: Sequence[Sender], now: datetime
) -> dict[str, tuple[ChannelId, ContactId]]:
    """The channel and contact of each sender, by event key. Raises OperationalError: try again."""
    owners = await _owners(conn, senders)
    new = [sender for sender in senders if not any(name in owners for name in sender.names())]
    named = await names.name(conn, [_steadiest(sender) for sender in new])
    if new:
        # Whom another worker met since has the first name, and ours is the next: they are known now.
        owners |= await _owners(conn, new)
    by_key: dict[str, tuple[ChannelId, ContactId]] = {}
    changed: Changed = {}
    rows: dict[ContactId, dict[str, object]] = {}
    for sender in senders:
        contact = _join(sender, owners, changed, named)
        by_key[sender.key] = (sender.channel_id, contact)
        name = sender.name or (rows[contact]["name"] if contact in rows else None)
        rows[contact] = {
            "id": contact,
            "business_id": sender.business_id,
            "name": name,
            "created_at": now,
        }
    people = {"rows": json_rows(list(rows.values()))}
    if new:
        await conn.execute(MAKE, people)
    held = await fetch(conn, Held, HOLD, people)
    if any(row.merged_into for row in held):
        raise OperationalError("one of them became part of another contact meanwhile; try again")
    if changed:
        await _ensure_ours(conn, senders, changed)
        await _write(conn, vault, changed, now)
    await _see(conn, [name for name, row in owners.items() if row.has_another], now)
    await _retire(conn, senders, by_key)
    usernames = {
        by_key[sender.key][1]: (sender.business_id, sender.username)
        for sender in senders
        if sender.username is not None
    }
    await take(conn, vault, usernames, now)
    return by_key


def _join(
    sender: Sender, owners: Owners, changed: Changed, named: Mapping[names.Wanted, ContactId]
) -> ContactId:
    """Find or name the contact, noting what is new or spelled differently."""
    known_as = sender.names()
    known = next((owners[name] for name in known_as if name in owners), None)
    contact = known.contact_id if known else named[_steadiest(sender)]
    for name, identity in zip(known_as, sender.identities, strict=True):
        owner = owners.get(name)
        if owner is None or (owner.contact_id == contact and owner.exact != identity.exact):
            owners[name] = IdentityRow(*name, contact, identity.exact, has_another=True)
            changed[name] = (contact, identity)
    return contact


def _steadiest(sender: Sender) -> names.Wanted:
    business, _, lookup = sender.names()[0]
    return business, lookup


async def _ensure_ours(conn: Conn, senders: Sequence[Sender], changed: Changed) -> None:
    """Another worker may have added some of it while we waited for the lock."""
    owners = await _owners(conn, senders)
    if any(
        name in owners and owners[name].contact_id != contact
        for name, (contact, _) in changed.items()
    ):
        raise OperationalError("another worker met one of them as someone else; try again")


async def _owners(conn: Conn, senders: Sequence[Sender]) -> Owners:
    known_as = {name for sender in senders for name in sender.names()}
    rows = await fetch(
        conn,
        IdentityRow,
        IDENTITIES,
        {
            "business_ids": [business for business, _, _ in known_as],
            "types": [type_ for _, type_, _ in known_as],
            "lookups": [lookup for _, _, lookup in known_as],
        },
    )
    return {(row.business_id, row.type, row.lookup): row for row in rows}


async def _write(conn: Conn, vault: Vault, changed: Changed, now: datetime) -> None:
    await conn.execute(
        ADD_IDENTITIES,
        {
            "business_ids": [business for business, _, _ in changed],
            "contact_ids": [contact for contact, _ in changed.values()],
            "types": [type_ for _, type_, _ in changed],
            "scopes": [SCOPES[type_] for _, type_, _ in changed],
            "lookups": [lookup for _, _, lookup in changed],
            "sealed": [
                vault.ring.seal(identity.value.encode(), identity_context(identity.type, contact))
                for contact, identity in changed.values()
            ],
            "exacts": [identity.exact for _, identity in changed.values()],
            "now": now,
        },
    )


async def _see(conn: Conn, known: Sequence[Name], now: datetime) -> None:
    if not known:
        return
    await conn.execute(
        SEEN,
        {
            "business_ids": [business for business, _, _ in known],
            "types": [type_ for _, type_, _ in known],
            "lookups": [lookup for _, _, lookup in known],
            "now": now,
        },
    )


async def _retire(
    conn: Conn, senders: Sequence[Sender], by_key: dict[str, tuple[ChannelId, ContactId]]
) -> None:
    gone = [(sender, sender.retired) for sender in senders if sender.retired is not None]
    if not gone:
        return
    await conn.execute(
        RETIRE,
        {
            "business_ids": [sender.business_id for sender, _ in gone],
            "contact_ids": [by_key[sender.key][1] for sender, _ in gone],
            "lookups": [identity.lookup for _, identity in gone],
        },
    )
