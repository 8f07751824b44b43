"""What someone of ours types in WhatsApp's own app, and what was said there before.

It counts as an answer, it starts nothing, and it opens no window.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from serai.core.effects import Effect, NoteActivity, OpenConversation, OpenWindow
from serai.core.events import EchoReceived, PastReceived
from serai.core.ids import ConversationId, derived
from serai.core.message import Author
from serai.core.state import State
from serai.features.inbox.decide import responses
from serai.features.inbox.decide.incoming import opened, recorded

STATES = frozenset({"sent", "delivered", "read", "played", "failed"})
"""Of past messages of ours. Source: WhatsApp Cloud API, `history_context.status`."""


def echoed(state: State, event: EchoReceived) -> Iterator[Effect]:
    yield from opened(state, event)
    said = recorded(state, event, event.message, event.content)
    yield replace(said, author=Author.NATIVE_APP, state="sent", context=event.context)
    yield from responses.ended(state, said.message_id, event.at, None)
    yield NoteActivity(
        business_id=state.business.id,
        conversation_id=said.conversation_id,
        at=state.now,
        stops_waiting=True,
        answered_at=event.at,
        handled_by="people",
    )


def remembered(state: State, event: PastReceived) -> Iterator[Effect]:
    """The past lies in one resolved conversation of its own, so that nobody has to work it off."""
    conversation = ConversationId(derived("history", state.channel.id, state.contact.id))
    yield OpenConversation(
        business_id=state.business.id,
        conversation_id=conversation,
        channel_id=state.channel.id,
        contact_id=state.contact.id,
        at=event.at,
        is_past=True,
    )
    said = replace(
        recorded(state, event, event.message, event.content),
        conversation_id=conversation,
        context=event.context,
    )
    if event.by_us:
        known = event.status if event.status in STATES else "sent"
        yield replace(said, author=Author.NATIVE_APP, state=known)
        return
    yield said
    if state.now - event.at < state.channel.rules.window:
        yield OpenWindow(
            business_id=state.business.id,
            channel_id=state.channel.id,
            contact_id=state.contact.id,
            opened_by=said.message_id,
            opened_at=event.at,
            closes_at=event.at + state.channel.rules.window,
        )
