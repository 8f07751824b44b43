"""Contacts as JSON."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from pydantic import BaseModel, Field, StringConstraints

from serai.features.contacts.decide import values
from serai.features.contacts.model.known_by import NAMES, IdentityType
from serai.features.contacts.store.read import ContactRow, KnownBy
from serai.kit.errors import BadRequest
from serai.kit.secrets import Vault

Colour = Literal["grey", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink"]
Source = Literal["message", "person", "api", "import"]
Said = Literal["yes", "no", "unknown"]
Value = str | float | bool | None
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$", examples=["en"])]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class Identity(BaseModel):
    id: UUID
    type: IdentityType
    value: str
    first_seen_at: datetime
    verified_at: datetime | None = Field(description="When someone of ours made sure.")
    from_channel: bool = Field(description="A channel told it; nobody typed it.")


class Tag(BaseModel):
    id: UUID
    name: str
    colour: Colour


class Contact(BaseModel):
    id: UUID
    business_id: UUID
    name: str | None
    company: str | None
    language: str | None
    time_zone: str | None
    birthday: date | None
    notes: str
    attributes: dict[str, Value] = Field(description="By key; see /contact-attributes.")
    identities: list[Identity]
    tags: list[Tag]
    agreed_to_marketing: Said
    source: Source = Field(description="How the record began.")
    created_at: datetime
    last_seen_at: datetime | None = Field(description="When they last wrote or called.")
    archived_at: datetime | None
    merged_into: UUID | None = Field(description="The contact that stands for this one now.")
    conversation_id: UUID | None = Field(description="The one with the latest activity.")
    channel_ids: list[UUID] = Field(description="Where they were talked to.")
    etag: str = Field(description="Send it as If-Match with a change, so that none is lost.")


class IdentityIn(BaseModel):
    type: IdentityType
    value: str = Field(min_length=1, max_length=254, examples=["+1 555 010 0123"])


class Fields(BaseModel):
    name: Text | None = None
    company: Text | None = None
    language: Language | None = None
    time_zone: str | None = Field(None, examples=["Asia/Muscat"])
    birthday: date | None = None
    notes: str = Field("", max_length=10_000)
    attributes: dict[str, Value] = {}


class ContactIn(Fields):
    business_id: UUID
    phone: str | None = Field(
        None, examples=["+1 555 010 0123"], description="With country code; short for an identity."
    )
    identities: list[IdentityIn] = Field([], max_length=10)
    tag_ids: list[UUID] = Field([], max_length=50)


class ContactChange(BaseModel):
    """Fields that are left out stay; an attribute that is null is taken away."""

    name: Text | None = None
    company: Text | None = None
    language: Language | None = None
    time_zone: str | None = None
    birthday: date | None = None
    notes: str | None = Field(None, max_length=10_000)
    attributes: dict[str, Value] | None = None


def read_identity(type_: IdentityType, text: str, field: str) -> str:
    """The value as it is kept. Raises BadRequest."""
    if type_ == "phone":
        return read_phone(text, field)
    value = values.identity(type_, text)
    if value is None:
        raise BadRequest("identity_unreadable", f"That is no {NAMES[type_]}.", field)
    return value


def read_phone(text: str, field: str = "phone") -> str:
    """Digits with country code, as WhatsApp writes them. Raises BadRequest."""
    phone = values.phone(text)
    if phone is None:
        raise BadRequest(
            "invalid_recipient",
            "Write the number with its country code, such as +1 555 010 0123.",
            field,
        )
    return phone


def contact(row: ContactRow, vault: Vault) -> Contact:
    """As JSON, with its identities opened."""
    names = set(Contact.model_fields) - {"identities", "tags", "agreed_to_marketing", "etag"}
    fields: Mapping[str, Any] = {name: getattr(row, name) for name in names}
    return Contact.model_validate(
        fields
        | {
            "identities": [_identity(each, value) for each, value in row.known_by(vault)],
            "tags": [{"id": tag.id, "name": tag.name, "colour": tag.colour} for tag in row.tags],
            "agreed_to_marketing": row.marketing,
            "etag": etag(row),
        }
    )


def etag(row: ContactRow) -> str:
    """Changes whenever a field does that people write."""
    written = (row.name, row.company, row.language, row.time_zone, row.birthday, row.notes)
    encoded = msgspec.json.encode((written, row.attributes), order="deterministic")
    return hashlib.blake2b(encoded, digest_size=8).hexdigest()


def _identity(row: KnownBy, value: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "type": row.type,
        "value": f"+{value}" if row.type == "phone" else value,
        "first_seen_at": row.first_seen_at,
        "verified_at": row.verified_at,
        "from_channel": row.added_by is None,
    }
