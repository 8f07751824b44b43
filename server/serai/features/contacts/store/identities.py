"""What a person is known by, as rows: looked up by a blind index, readable only when unsealed."""

from msgspec import Struct

from serai.core.ids import ContactId, Person
from serai.core.phones import shared_form
from serai.kit.secrets import Vault

SCOPES = {"phone": "world", "wa_user_id": "whatsapp", "username": "whatsapp"}
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


def identities(vault: Vault, person: Person) -> tuple[Identity, ...]:
    """What a person is known by, the steadiest first: Meta's own id, then the phone.

    A username is shown but joins nobody: it can be given up and taken by someone else.
    """
    values = (("wa_user_id", person.user_id), ("phone", person.phone))
    return tuple(identity(vault, type_, value) for type_, value in values if value)


def phone_lookup(vault: Vault, digits: str) -> bytes:
    """By which a phone number is found, whichever way it is spelled."""
    return vault.index.of(shared_form(digits), "phone")


def identity_context(type_: str, contact: ContactId) -> bytes:
    """What a sealed identity is bound to."""
    return f"identity:{type_}:{contact}".encode()
