"""The line in a thread that says what somebody did."""

from uuid import UUID

from serai.core.effects import AddLine
from serai.core.events import ConversationEvent, MessageAsked
from serai.core.ids import ConversationId, derived
from serai.core.state import State


def line(
    state: State,
    event: ConversationEvent | MessageAsked,
    conversation_id: ConversationId,
    kind: str,
    **detail: object,
) -> AddLine:
    """By whoever caused the event; what is None in `detail` is left out."""
    return AddLine(
        business_id=event.business_id,
        line_id=derived("line", event.key, kind),
        conversation_id=conversation_id,
        kind=kind,
        at=state.now,
        actor_kind=event.by_kind,
        actor_id=_id(event.by),
        detail={name: value for name, value in detail.items() if value is not None},
    )


def _id(by: str) -> UUID | None:
    """Of a person or key; None for what else may ask."""
    try:
        return UUID(by)
    except ValueError:
        return None
