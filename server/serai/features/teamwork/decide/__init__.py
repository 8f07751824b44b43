"""What is done to a conversation, and the line in its thread that says so."""

from collections.abc import Iterator
from uuid import UUID

from serai.core.content import Reaction
from serai.core.effects import (
    AddLine,
    AssignConversation,
    Effect,
    NoteActivity,
    SnoozeConversation,
    TagConversation,
    WriteNote,
)
from serai.core.events import (
    ConversationAssigned,
    ConversationEvent,
    ConversationHanded,
    ConversationMarked,
    ConversationSnoozed,
    ConversationTagged,
    ConversationWoken,
    EchoReceived,
    Event,
    MessageAsked,
    MessageReceived,
    NoteWritten,
)
from serai.core.ids import derived
from serai.core.message import Author
from serai.core.state import Conversation, State
from serai.features.teamwork.decide import whose
from serai.features.teamwork.decide.lines import line

ASLEEP = frozenset({"snoozed", "pending"})
"""States that a message of theirs ends."""
TOLD = {"resolved": "resolved", "reopened": "open", "pending": "pending"}
"""Marks that the thread tells of, and the state that each leads to."""


def decide(state: State, _: None, event: Event) -> Iterator[Effect]:
    conversation = state.conversation
    if conversation is None:
        return
    match event:
        case MessageReceived() if conversation.status in ASLEEP:
            yield from _awake(state, conversation, event, "contact")
        case MessageAsked(author=Author.AGENT) if not isinstance(event.content, Reaction):
            yield from whose.answered(state, conversation, event)
        case EchoReceived() if conversation.handled_by == "automation":
            yield whose.handed_by_phone(state, conversation, event)
        case ConversationWoken() if conversation.status == "snoozed":
            yield from _awake(state, conversation, event, "system")
        case ConversationEvent():
            yield from _done(state, conversation, event)
        case _:
            pass


def _done(state: State, conversation: Conversation, event: ConversationEvent) -> Iterator[Effect]:
    match event:
        case ConversationMarked(mark=mark) if TOLD.get(
            mark, conversation.status
        ) != conversation.status and (mark == "resolved" or not conversation.gives_way):
            yield line(state, event, conversation.id, mark)
        case ConversationAssigned():
            yield from _assigned(state, conversation, event)
        case ConversationSnoozed(until=until) if conversation.status != "resolved":
            yield from _snoozed(event)
            yield line(state, event, conversation.id, "snoozed", until=until)
        case ConversationHanded():
            yield from _handed(state, conversation, event)
        case ConversationTagged():
            yield from _tagged(state, conversation, event)
        case NoteWritten() if event.by:
            yield _note(state, event)
        case _:
            pass


def _awake(state: State, conversation: Conversation, event: Event, actor: str) -> Iterator[Effect]:
    yield NoteActivity(
        business_id=state.business.id,
        conversation_id=conversation.id,
        status="open",
        at=None if actor == "contact" else state.now,
    )
    if conversation.status == "snoozed":
        yield AddLine(
            business_id=state.business.id,
            line_id=derived("line", event.key, "woken"),
            conversation_id=conversation.id,
            kind="woken",
            at=state.now,
            actor_kind=actor,
        )


def _assigned(
    state: State, conversation: Conversation, event: ConversationAssigned
) -> Iterator[Effect]:
    if event.by_turn and conversation.assignee_id is not None:
        return
    if (event.assignee, event.team) == (conversation.assignee_id, conversation.team_id):
        return
    yield AssignConversation(
        business_id=event.business_id,
        conversation_id=event.conversation_id,
        assignee_id=event.assignee,
        team_id=event.team,
        at=state.now,
    )
    if conversation.handled_by != "people" and _is_for_people(conversation, event):
        yield _by(event, handled_by="people")
    yield line(
        state,
        event,
        conversation.id,
        "assigned",
        assignee_id=event.assignee,
        team_id=event.team,
        had_assignee_id=conversation.assignee_id,
        had_team_id=conversation.team_id,
        by_turn=event.by_turn,
    )


def _is_for_people(conversation: Conversation, event: ConversationAssigned) -> bool:
    """Whoever gives it to a person or another team wants people to answer, not automation."""
    return event.assignee is not None or event.team not in (None, conversation.team_id)


def _snoozed(event: ConversationSnoozed) -> Iterator[Effect]:
    yield _by(event, status="snoozed")
    yield SnoozeConversation(
        business_id=event.business_id,
        conversation_id=event.conversation_id,
        until=event.until,
    )


def _handed(
    state: State, conversation: Conversation, event: ConversationHanded
) -> Iterator[Effect]:
    if conversation.handled_by == event.to:
        return
    yield _by(event, handled_by=event.to)
    if event.to == "automation":
        yield AssignConversation(
            business_id=event.business_id,
            conversation_id=event.conversation_id,
            assignee_id=None,
            team_id=conversation.team_id,
            at=state.now,
        )
    yield line(
        state, event, conversation.id, "returned" if event.to == "automation" else "handed_over"
    )


def _tagged(
    state: State, conversation: Conversation, event: ConversationTagged
) -> Iterator[Effect]:
    yield TagConversation(
        business_id=event.business_id,
        conversation_id=event.conversation_id,
        added=event.added,
        removed=event.removed,
        at=state.now,
    )
    for kind, tags in (("tagged", event.added), ("untagged", event.removed)):
        if tags:
            yield line(state, event, conversation.id, kind, tag_ids=[str(each) for each in tags])


def _note(state: State, event: NoteWritten) -> WriteNote:
    return WriteNote(
        business_id=event.business_id,
        note_id=derived("note", event.key),
        conversation_id=event.conversation_id,
        author_id=UUID(event.by),
        body=event.body,
        mentions=event.mentions,
        at=state.now,
    )


def _by(event: ConversationEvent, **changes: str) -> NoteActivity:
    return NoteActivity(
        business_id=event.business_id,
        conversation_id=event.conversation_id,
        **changes,  # pyright: ignore[reportArgumentType]
    )
