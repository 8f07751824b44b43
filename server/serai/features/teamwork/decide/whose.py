"""Whose a conversation becomes because somebody answers in it."""

from collections.abc import Iterator
from uuid import UUID

from serai.core.effects import AddLine, AssignConversation, Effect
from serai.core.events import EchoReceived, MessageAsked
from serai.core.ids import dated, derived
from serai.core.state import Conversation, State
from serai.features.teamwork.decide.lines import line


def answered(state: State, conversation: Conversation, event: MessageAsked) -> Iterator[Effect]:
    """Nobody's becomes theirs, and automation's becomes people's; the thread tells it once."""
    was_automatic = conversation.handled_by == "automation"
    if event.takes and conversation.assignee_id is None:
        yield AssignConversation(
            business_id=event.business_id,
            conversation_id=conversation.id,
            assignee_id=UUID(event.by),
            team_id=conversation.team_id,
            at=state.now,
        )
        yield line(
            state,
            event,
            conversation.id,
            "assigned",
            **_because(event),
            assignee_id=event.by,
            team_id=conversation.team_id,
            had_team_id=conversation.team_id,
            was_automatic=was_automatic or None,
        )
    elif was_automatic and conversation.status == "open":
        yield line(state, event, conversation.id, "handed_over", **_because(event))


def handed_by_phone(state: State, conversation: Conversation, event: EchoReceived) -> AddLine:
    """Somebody of ours answered in the channel's own app; who, it does not say."""
    return AddLine(
        business_id=state.business.id,
        line_id=derived("line", event.key, "handed_over"),
        conversation_id=conversation.id,
        kind="handed_over",
        at=state.now,
        actor_kind="system",
        detail={"reason": "phone_app"},
    )


def _because(event: MessageAsked) -> dict[str, str]:
    """It names the message, so that it goes with it when that is taken back."""
    return {"reason": "answered", "message_id": str(dated(event.at, "send", event.key))}
