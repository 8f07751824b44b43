"""Who was asked to work here and has not come yet."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from serai.features.accounts.decide.grants import Membership
from serai.features.accounts.store.people import email_form, email_lookup
from serai.features.accounts.store.tokens import digest_of
from serai.kit.db import Conn, fetch, json_rows
from serai.kit.secrets import Vault

LIFE = timedelta(days=7)

PUT = """
    INSERT INTO invitations (id, organization_id, email_lookup, email_sealed, memberships, digest,
                             language, invited_by, created_at, expires_at)
    VALUES (gen_random_uuid(), %(organization_id)s, %(lookup)s, %(sealed)b, %(memberships)s, %(digest)s,
            %(language)s, %(invited_by)s, %(now)s, %(expires_at)s)
        ON CONFLICT (organization_id, email_lookup) WHERE accepted_at IS NULL AND withdrawn_at IS NULL
        DO UPDATE SET memberships = excluded.memberships, digest = excluded.digest,
                      language = excluded.language,
                      invited_by = excluded.invited_by, created_at = excluded.created_at,
                      expires_at = excluded.expires_at
    RETURNING id
"""
_WAITING = """
    SELECT invitations.id, invitations.organization_id, organizations.name AS organization,
           invitations.email_lookup, invitations.email_sealed, memberships,
           invitations.language, users.name AS invited_by,
           invitations.created_at, expires_at
      FROM invitations
      JOIN organizations ON organizations.id = invitations.organization_id
      LEFT JOIN users ON users.id = invitations.invited_by
     WHERE accepted_at IS NULL AND withdrawn_at IS NULL
"""
LIST = (
    _WAITING
    + """
       AND invitations.organization_id = %(organization_id)s
       AND (%(id)s::uuid IS NULL OR invitations.id = %(id)s)
     ORDER BY invitations.created_at DESC, invitations.id
"""
)
OPEN = (
    _WAITING
    + """
       AND digest = %(digest)s AND expires_at > %(now)s
"""
)
FOR_ADDRESS = (
    _WAITING
    + """
       AND invitations.email_lookup = %(lookup)s AND expires_at > %(now)s
     ORDER BY invitations.created_at DESC LIMIT 1
"""
)
ACCEPT = """
    UPDATE invitations SET accepted_at = %(now)s
     WHERE id = %(id)s AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > %(now)s
"""
WITHDRAW = """
    UPDATE invitations SET withdrawn_at = %(now)s
     WHERE id = %(id)s AND organization_id = %(organization_id)s
       AND accepted_at IS NULL AND withdrawn_at IS NULL
"""


class InvitationRow(Struct, frozen=True):
    id: UUID
    organization_id: UUID
    organization: str
    email_lookup: bytes
    email_sealed: bytes
    memberships: tuple[Membership, ...]
    language: str | None
    invited_by: str | None
    """Their name."""
    created_at: datetime
    expires_at: datetime


class NewInvitation(Struct, frozen=True, kw_only=True):
    organization_id: UUID
    email: str
    memberships: Sequence[Membership]
    invited_by: UUID | None
    language: str | None = None


async def put(conn: Conn, vault: Vault, new: NewInvitation, token: str, now: datetime) -> UUID:
    """Invite somebody; an open invitation to the same address is replaced, and its link is dead."""
    lookup = email_lookup(vault, new.email)
    sealed = vault.ring.seal(email_form(new.email).encode(), _context(lookup))
    values = {
        "organization_id": new.organization_id,
        "lookup": lookup,
        "sealed": sealed,
        "memberships": json_rows(new.memberships),
        "digest": digest_of(token),
        "invited_by": new.invited_by,
        "language": new.language,
        "now": now,
        "expires_at": now + LIFE,
    }
    [row] = await fetch(conn, IdRow, PUT, values)
    return row.id


async def waiting(
    conn: Conn, organization_id: UUID, id_: UUID | None = None
) -> list[InvitationRow]:
    """Those that are neither accepted nor withdrawn, the latest first; too old ones too."""
    return await fetch(conn, InvitationRow, LIST, {"organization_id": organization_id, "id": id_})


async def find(conn: Conn, token: str, now: datetime) -> InvitationRow | None:
    """By the secret of the link; None when it was used, replaced, withdrawn or is too old."""
    values = {"digest": digest_of(token), "now": now}
    rows = await fetch(conn, InvitationRow, OPEN, values)
    return rows[0] if rows else None


async def for_address(conn: Conn, vault: Vault, email: str, now: datetime) -> InvitationRow | None:
    """By an address that somebody proved to be theirs."""
    values = {"lookup": email_lookup(vault, email), "now": now}
    rows = await fetch(conn, InvitationRow, FOR_ADDRESS, values)
    return rows[0] if rows else None


async def accept(conn: Conn, id_: UUID, now: datetime) -> bool:
    """Use it up; False if somebody was faster."""
    return bool((await conn.execute(ACCEPT, {"id": id_, "now": now})).rowcount)


async def withdraw(conn: Conn, organization_id: UUID, id_: UUID, now: datetime) -> bool:
    values = {"id": id_, "organization_id": organization_id, "now": now}
    return bool((await conn.execute(WITHDRAW, values)).rowcount)


def opened_email(vault: Vault, row: InvitationRow) -> str:
    """Raises CannotOpen."""
    return vault.ring.open(row.email_sealed, _context(row.email_lookup)).decode()


def _context(lookup: bytes) -> bytes:
    return f"invitation:{lookup.hex()}".encode()


class IdRow(Struct, frozen=True):
    id: UUID
