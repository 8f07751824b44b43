"""What people of ours do to a conversation."""

from serai.core.events.event import Event
from serai.core.ids import BusinessId, ConversationId


class ConversationMarked(Event, frozen=True, kw_only=True):
    """Someone read, resolved or reopened a conversation."""

    conversation_id: ConversationId
    business_id: BusinessId
    mark: str
    """read, resolved or reopened."""
    by: str
