"""A follow-up whose time has come, and what becomes of it."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId, ContactId, ConversationId, MetaId
from serai.core.message import Content
from serai.core.template import TemplateRef


class Due(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: BusinessId
    conversation_id: ConversationId
    contact_id: ContactId
    channel: MetaId
    asked_by: str
    content: Content | None
    """For an open service window."""
    template: TemplateRef | None
    """For a closed one."""
    is_answered: bool
    """They have written since it was asked for, and then it was not to be said."""
    window_closes_at: datetime | None


class Ended(Struct, frozen=True):
    id: UUID
    state: str
    """done or cancelled."""
    by: str
    """due or answered."""
