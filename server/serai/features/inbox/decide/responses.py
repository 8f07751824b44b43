"""How long somebody waited for a person of ours, in business hours."""

from collections.abc import Iterator
from datetime import datetime

from serai.core.effects import RecordResponse
from serai.core.hours import seconds_open
from serai.core.ids import MessageId
from serai.core.state import State


def ended(
    state: State, message: MessageId, at: datetime, by: str | None
) -> Iterator[RecordResponse]:
    """The wait that the answer `message` ends, if anybody waits.

    It began with the first message that no person has answered: what automation says ends no wait.
    """
    conversation = state.conversation
    if conversation is None or conversation.waiting_since is None:
        return
    asked_at = conversation.waiting_since
    yield RecordResponse(
        business_id=state.business.id,
        message_id=message,
        conversation_id=conversation.id,
        channel_id=state.channel.id,
        answered_by=by,
        asked_at=asked_at,
        answered_at=max(at, asked_at),
        seconds=seconds_open(state.business.hours, asked_at, max(at, asked_at)),
        is_first=conversation.answered_at is None,
    )
