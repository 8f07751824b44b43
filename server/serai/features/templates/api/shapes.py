"""Templates as the API shows them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from serai.core.templates.layout import Face, Unreadable
from serai.core.templates.needs import needs
from serai.core.templates.standing import words
from serai.features.templates.store.read import TemplateRow, labels_of


class Need(BaseModel):
    """One value that has to be given."""

    field: str = Field(examples=["body.first_name", "header", "buttons[1].suffix"])
    kind: str = Field(examples=["text", "image", "suffix"])


class Template(BaseModel):
    id: UUID
    business_id: UUID
    account_id: str = Field(description="WhatsApp Business Account; empty: of none yet.")
    meta_id: str | None = Field(description="Null: Meta does not have it.")
    name: str
    language: str
    category: str
    status: str
    is_usable: bool
    why_not: str | None = Field(description="For people: why it cannot be sent now.")
    paused_until: datetime | None
    quality: str | None
    previous_category: str | None
    correct_category: str | None = Field(description="What Meta has announced to make it.")
    header: str | None
    body: str
    footer: str | None
    parameters: list[str] = Field(description="What people call the body's variables.")
    samples: list[str]
    needs: list[Need]
    fallbacks: dict[str, str] = Field(description="What is said where a value is missing.")
    components: list[dict[str, Any]] = Field(description="In Meta's form.")
    synced_at: datetime | None


def shape(row: TemplateRow) -> Template:
    standing = row.standing
    face, wanted = _read(row)
    return Template(
        id=row.id,
        business_id=row.business_id,
        account_id=row.account_id,
        meta_id=row.meta_id,
        name=row.name,
        language=row.language,
        category=row.category,
        status=row.status,
        is_usable=standing.is_usable,
        why_not=None if standing.is_usable else words(standing),
        paused_until=row.paused_until,
        quality=row.quality,
        previous_category=row.previous_category,
        correct_category=row.correct_category,
        header=face.header_text or None,
        body=face.body,
        footer=face.footer,
        parameters=list(row.parameters),
        samples=list(row.samples),
        needs=wanted,
        fallbacks=row.fallbacks,
        components=row.components,
        synced_at=row.synced_at,
    )


def _read(row: TemplateRow) -> tuple[Face, list[Need]]:
    """Empty for components that Meta does not document."""
    try:
        found = row.layout
    except Unreadable:
        return Face(), []
    wanted = needs(found, labels_of(row, found))
    return found.face, [Need(field=each.field, kind=each.kind) for each in wanted]
