"""What a person is known by, as rows: looked up by a blind index, readable only when unsealed."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from psycopg.types.json import Jsonb

from serai.core.ids import ContactId, Person
from serai.core.phones import shared_form
from serai.features.contacts.model import known_by
from serai.kit.db import Conn
from serai.kit.secrets import Vault
from serai.meta.capabilities import KINDS, identity_types, knowing_phones

SCOPES = known_by.SCOPES
"""Who gave a value its meaning."""


class Identity(Struct, frozen=True):
    type: str
    value: str
    lookup: bytes
    """The same for all spellings of a phone number."""
    exact: bytes
    """Tells one spelling from another."""


def identity(vault: Vault, type_: str, value: str) -> Identity:
    lookup = phone_lookup(vault, value) if type_ == "phone" else vault.index.of(value, type_)
    return Identity(type_, value, lookup, vault.index.of(value, f"{type_}-exact"))


def identities(vault: Vault, person: Person, channel_kind: str) -> tuple[Identity, ...]:
    """What a person is known by on such a channel, the steadiest first: Meta's own id, then the phone.

    A username is shown but joins nobody: it can be given up and taken by someone else.
    """
    kind = KINDS[channel_kind]
    values = [(kind.identity, person.user_id)]
    if kind.knows_phones:
        values.append(("phone", person.phone))
    return tuple(identity(vault, type_, value) for type_, value in values if value)


def reached_by() -> dict[str, object]:
    """For statements that ask where someone is reached: by what people are known on which channels."""
    return {"types": Jsonb(identity_types()), "by_phone": knowing_phones()}


def phone_lookup(vault: Vault, digits: str) -> bytes:
    """By which a phone number is found, whichever way it is spelled."""
    return vault.index.of(shared_form(digits), "phone")


def identity_context(type_: str, contact: ContactId) -> bytes:
    """What a sealed identity is bound to."""
    return f"identity:{type_}:{contact}".encode()


REMOVE = """
    DELETE FROM contact_identities WHERE id = %(id)s
"""
VERIFY = """
    UPDATE contact_identities SET verified_at = %(at)s WHERE id = %(id)s
"""


async def remove(conn: Conn, id_: UUID) -> None:
    await conn.execute(REMOVE, {"id": id_})


async def verify(conn: Conn, id_: UUID, at: datetime | None) -> None:
    """Someone made sure then; None: nobody did."""
    await conn.execute(VERIFY, {"id": id_, "at": at})
