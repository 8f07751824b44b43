"""Templates as people and sends look at them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId, ChannelId
from serai.core.templates.layout import Layout, layout
from serai.core.templates.standing import Standing
from serai.core.templates.values import Template
from serai.kit.db import Conn, fetch

OF_CHANNEL = """
    SELECT DISTINCT ON (templates.name, templates.language)
           templates.id, templates.business_id, templates.account_id, templates.meta_id,
           templates.name, templates.language, templates.category, templates.status,
           templates.components, templates.parameter_format, templates.parameters,
           templates.samples, templates.fallbacks,
           templates.quality, templates.reason, templates.previous_category,
           templates.correct_category, templates.paused_until, templates.synced_at
      FROM channels
      JOIN templates ON templates.business_id = channels.business_id
       AND templates.account_id IN (channels.account_id, '')
     WHERE channels.id = %(channel_id)s
       AND (%(name)s::text IS NULL OR templates.name = %(name)s)
     ORDER BY templates.name, templates.language, templates.account_id DESC
"""
ONE = """
    SELECT id, business_id, account_id, meta_id, name, language, category, status, components,
           parameter_format, parameters, samples, fallbacks, quality, reason, previous_category,
           correct_category, paused_until, synced_at
      FROM templates
     WHERE id = %(id)s
"""
WHERE_SENT = """
    SELECT channels.id AS channel_id, channels.business_id, channels.account_id, channels.token,
           businesses.language AS business_language, contacts.language AS contact_language
      FROM channels
      JOIN businesses ON businesses.id = channels.business_id
      LEFT JOIN contacts
        ON contacts.id = %(contact_id)s::uuid AND contacts.business_id = channels.business_id
     WHERE channels.id = %(channel_id)s
"""
OF_ACCOUNT = """
    SELECT channels.id AS channel_id, channels.business_id, channels.account_id, channels.token,
           businesses.language AS business_language, NULL AS contact_language
      FROM channels
      JOIN businesses ON businesses.id = channels.business_id
     WHERE channels.business_id = %(business_id)s
       AND (channels.account_id = %(account_id)s OR %(account_id)s = '')
     ORDER BY channels.state, channels.created_at
     LIMIT 1
"""


class TemplateRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: BusinessId
    account_id: str
    meta_id: str | None
    name: str
    language: str
    category: str
    status: str
    components: list[dict[str, Any]]
    parameter_format: str
    parameters: tuple[str, ...]
    """What people call the body's variables, in the order of their numbers or places."""
    samples: tuple[str, ...]
    fallbacks: dict[str, str]
    quality: str | None
    reason: str | None
    previous_category: str | None
    correct_category: str | None
    paused_until: datetime | None
    synced_at: datetime | None

    @property
    def layout(self) -> Layout:
        """Raises serai.core.templates.layout.Unreadable."""
        return layout(self.components, self.category)

    @property
    def standing(self) -> Standing:
        return Standing(
            status=self.status,
            category=self.category,
            reason=self.reason,
            paused_until=self.paused_until,
        )


class Where(Struct, frozen=True, kw_only=True):
    """Where a template is to be sent, and who reads it."""

    channel_id: ChannelId
    business_id: BusinessId
    account_id: str
    token: bytes
    """Sealed."""
    business_language: str
    contact_language: str | None


async def of_channel(conn: Conn, channel: UUID, name: str | None = None) -> list[TemplateRow]:
    """Those that may be known for a channel, by name and language; of one name if it is given."""
    return await fetch(conn, TemplateRow, OF_CHANNEL, {"channel_id": channel, "name": name})


async def one(conn: Conn, id_: UUID) -> TemplateRow | None:
    rows = await fetch(conn, TemplateRow, ONE, {"id": id_})
    return rows[0] if rows else None


async def where(conn: Conn, channel: UUID, contact: UUID | None = None) -> Where | None:
    """None if there is no such channel."""
    values = {"channel_id": channel, "contact_id": contact}
    rows = await fetch(conn, Where, WHERE_SENT, values)
    return rows[0] if rows else None


async def of_account(conn: Conn, business: UUID, account: str) -> Where | None:
    """A channel of the account, or of any if the template has none yet; active ones first."""
    values = {"business_id": business, "account_id": account}
    rows = await fetch(conn, Where, OF_ACCOUNT, values)
    return rows[0] if rows else None


def labels_of(row: TemplateRow, found: Layout) -> dict[str, str]:
    """What people call the body's variables, by variable."""
    return dict(zip(found.face.body_variables, row.parameters, strict=False))


def sendable(row: TemplateRow, fallbacks: dict[str, str] | None = None) -> Template:
    """The row as filling it in needs it; `fallbacks` count before the template's own.

    Raises serai.core.templates.layout.Unreadable.
    """
    found = row.layout
    return Template(
        name=row.name,
        language=row.language,
        category=row.category,
        layout=found,
        labels=labels_of(row, found),
        fallbacks=row.fallbacks | (fallbacks or {}),
    )
