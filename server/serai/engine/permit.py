"""May this message leave? What the channel can carry, what Meta is known to refuse, then policy.

Asked when a message is decided and again at the door, whoever wrote it.
"""

from serai.core import policy
from serai.core.effects import SendMessage
from serai.core.events import Refusal
from serai.core.state import State
from serai.meta.capabilities import carries, check


def refusal(state: State, message: SendMessage) -> Refusal | None:
    """Why it may not; None if it may."""
    if not carries(state.channel.kind, message.content):
        return Refusal.KIND_NOT_CARRIED
    if check(state.channel.kind, message.content):
        return Refusal.CONTENT_NOT_TAKEN
    return policy.refusal(state, message)
