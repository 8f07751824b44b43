"""Where a contact is reached."""

from collections.abc import Sequence

from msgspec import Struct

from serai.core.ids import ChannelId, ContactId, MessageId, MetaId, Person, Who
from serai.engine.wiring import Address
from serai.features.contacts.store.identities import identity_context, reached_by
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault
from serai.meta.capabilities import KINDS

ADDRESSES = """
    SELECT rows.message_id, rows.contact_id, channels.id AS channel_id, channels.kind, channels.meta_id,
           channels.token, channels.uses_marketing_route,
           (SELECT sealed FROM contact_identities WHERE contact_id = rows.contact_id
               AND type = 'phone' AND channels.kind = ANY (%(by_phone)s)
             ORDER BY coalesce(seen_at, first_seen_at) DESC LIMIT 1) AS phone,
           (SELECT sealed FROM contact_identities WHERE contact_id = rows.contact_id
               AND type = %(types)s::jsonb ->> channels.kind
             ORDER BY coalesce(seen_at, first_seen_at) DESC LIMIT 1) AS user_id
      FROM unnest(%(message_ids)s::uuid[], %(channel_ids)s::uuid[], %(contact_ids)s::uuid[])
        AS rows (message_id, channel_id, contact_id)
      JOIN channels ON channels.id = rows.channel_id
"""


class AddressRow(Struct, frozen=True, kw_only=True):
    message_id: MessageId
    contact_id: ContactId
    channel_id: ChannelId
    kind: str
    meta_id: str
    token: bytes
    uses_marketing_route: bool
    phone: bytes | None
    user_id: bytes | None


async def find(
    conn: Conn, vault: Vault, wanted: Sequence[tuple[MessageId, ChannelId, ContactId]]
) -> dict[MessageId, Address]:
    """Number and token for each message; people of whom nothing is known are left out."""
    rows = await fetch(
        conn,
        AddressRow,
        ADDRESSES,
        {
            "message_ids": [message for message, _, _ in wanted],
            "channel_ids": [channel for _, channel, _ in wanted],
            "contact_ids": [contact for _, _, contact in wanted],
            **reached_by(),
        },
    )
    return {
        row.message_id: _address(vault, row)
        for row in rows
        if row.kind in KINDS and (row.phone or row.user_id)
    }


def _address(vault: Vault, row: AddressRow) -> Address:
    person = Person(
        phone=_opened(vault, row.phone, "phone", row.contact_id),
        user_id=_opened(vault, row.user_id, KINDS[row.kind].identity, row.contact_id),
    )
    token = vault.ring.open(row.token, token_context(row.channel_id)).decode()
    return Address(
        Who(MetaId(row.meta_id), person), token, KINDS[row.kind], row.uses_marketing_route
    )


def token_context(channel: ChannelId) -> bytes:
    """What a channel's sealed token is bound to."""
    return f"token:{channel}".encode()


def _opened(vault: Vault, sealed: bytes | None, type_: str, contact: ContactId) -> str | None:
    if sealed is None:
        return None
    return vault.ring.open(sealed, identity_context(type_, contact)).decode()
