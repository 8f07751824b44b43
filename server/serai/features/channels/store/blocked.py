"""Who was put on a number's block list, by whom and when; the list itself is Meta's."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId, ChannelId, derived
from serai.core.phones import shared_form
from serai.kit.db import Conn, fetch
from serai.kit.secrets import Vault

NOTE = """
    INSERT INTO channel_blocks (id, business_id, channel_id, contact_id, blocked_at, blocked_by)
    VALUES (%(id)s, %(business_id)s, %(channel_id)s, %(contact_id)s, %(now)s, %(by)s)
        ON CONFLICT (channel_id, contact_id) WHERE lifted_at IS NULL DO NOTHING
"""
LIFT = """
    UPDATE channel_blocks SET lifted_at = %(now)s, lifted_by = %(by)s
     WHERE channel_id = %(channel_id)s AND contact_id = %(contact_id)s AND lifted_at IS NULL
"""
KNOWN = """
    SELECT known.type, known.lookup, contacts.id AS contact_id, contacts.name,
           blocks.blocked_at, blocks.blocked_by
      FROM unnest(%(types)s::text[], %(lookups)b::bytea[]) AS rows (type, lookup)
      JOIN contact_identities AS known
        ON known.business_id = %(business_id)s
       AND known.type = rows.type AND known.lookup = rows.lookup
      JOIN contacts ON contacts.id = known.contact_id
      LEFT JOIN channel_blocks AS blocks
        ON blocks.channel_id = %(channel_id)s AND blocks.lifted_at IS NULL
       AND blocks.contact_id = contacts.id
"""


class KnownRow(Struct, frozen=True, kw_only=True):
    """Somebody of ours, found by what Meta calls them."""

    type: str
    lookup: bytes
    contact_id: UUID
    name: str | None
    blocked_at: datetime | None
    """None: it was not we who blocked them."""
    blocked_by: str | None


class Who(Struct, frozen=True):
    """A person as Meta names them: by one of these."""

    phone: str | None
    user_id: str | None


async def note(
    conn: Conn, place: tuple[BusinessId, ChannelId], contact: UUID, by: str, now: datetime
) -> None:
    """Meta keeps them away from the number now."""
    business, channel = place
    values = {"business_id": business, "channel_id": channel, "contact_id": contact}
    id_ = derived("block", channel, contact, now)
    await conn.execute(NOTE, values | {"id": id_, "by": by, "now": now})


async def lift(conn: Conn, channel: ChannelId, contact: UUID, by: str, now: datetime) -> None:
    """They may write again."""
    values = {"channel_id": channel, "contact_id": contact}
    await conn.execute(LIFT, values | {"by": by, "now": now})


async def known(
    conn: Conn, vault: Vault, place: tuple[BusinessId, ChannelId], who: Sequence[Who]
) -> list[KnownRow | None]:
    """The contact behind each, in order; None for those who are nobody of ours."""
    business, channel = place
    names = [_name(vault, each) for each in who]
    values = {
        "business_id": business,
        "channel_id": channel,
        "types": [type_ for type_, _ in names],
        "lookups": [lookup for _, lookup in names],
    }
    rows = {(row.type, row.lookup): row for row in await fetch(conn, KnownRow, KNOWN, values)}
    return [rows.get(name) for name in names]


def _name(vault: Vault, who: Who) -> tuple[str, bytes]:
    if who.phone:
        return "phone", vault.index.of(shared_form(who.phone), "phone")
    return "wa_user_id", vault.index.of(who.user_id or "", "wa_user_id")
