"""What people say and do: kept in their conversation, and what it opens."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from msgspec.structs import replace

from serai.core.content import (
    Audio,
    CallPermissionReply,
    Document,
    Image,
    Sticker,
    SystemNote,
    Video,
    WelcomeRequest,
)
from serai.core.effects import (
    Effect,
    KeepCallPermission,
    NoteActivity,
    OpenConversation,
    OpenWindow,
    React,
    RecordMessage,
    ReviseMessage,
)
from serai.core.events import (
    CallReported,
    Event,
    IdentityChanged,
    MessageReceived,
    PersonEvent,
    Reacted,
)
from serai.core.ids import ConversationId, MessageId, MetaId, dated, derived
from serai.core.message import Author, Content
from serai.core.state import State


def received(state: State, event: MessageReceived) -> Iterator[Effect]:
    yield from opened(state, event)
    said = recorded(state, event, event.message, event.content)
    yield replace(said, context=event.context, referral=event.referral)
    in_group = event.context is not None and event.context.group_id is not None
    if not in_group:
        yield _window(state, event, said.message_id)
        if event.referral is not None:
            yield replace(_window(state, event, said.message_id), kind="entry")
    if isinstance(event.content, CallPermissionReply):
        yield _permission(state, event, event.content)
    silent = isinstance(event.content, WelcomeRequest)
    yield NoteActivity(
        business_id=state.business.id,
        conversation_id=said.conversation_id,
        at=state.now,
        unread=0 if silent else 1,
        waiting_since=None if silent else _waiting_since(state),
    )


def reacted(state: State, event: Reacted) -> Iterator[Effect]:
    yield React(
        business_id=state.business.id,
        channel_id=state.channel.id,
        contact_id=state.contact.id,
        meta_id=event.target,
        by_us=event.by_us,
        emoji=event.emoji,
        at=event.at,
    )


def revised(
    state: State, event: PersonEvent, target: MetaId, content: Content | None
) -> Iterator[Effect]:
    """Changed, or taken back when there is no content."""
    yield ReviseMessage(
        business_id=state.business.id,
        channel_id=state.channel.id,
        meta_id=target,
        content=None if content is None else kept(state, content),
        revision=event.key,
        at=event.at,
    )


def renamed(state: State, event: IdentityChanged) -> Iterator[Effect]:
    """A line in the conversation; the new address was noted when the person was met."""
    yield from opened(state, event)
    note = SystemNote(kind=event.kind, body=event.body)
    said = recorded(state, event, event.message, note)
    yield replace(said, author=Author.SYSTEM)


def called(state: State, event: CallReported) -> Iterator[Effect]:
    """One line for a call, from its first ring to its end; their call opens the window.

    Source: WhatsApp Cloud API, customer service windows: a call of the person, answered or not.
    """
    call = event.call
    yield from opened(state, event)
    author = Author.CONTACT if call.direction == "in" else Author.SYSTEM
    said = replace(
        recorded(state, event, event.message, call),
        message_id=MessageId(derived("message", state.channel.id, event.message)),
        author=author,
    )
    yield said
    if call.direction == "in":
        yield _window(state, event, said.message_id)
    yield ReviseMessage(
        business_id=state.business.id,
        channel_id=state.channel.id,
        meta_id=event.message,
        content=call,
        revision=event.key,
        at=event.at,
        is_edit=False,
    )
    missed = call.direction == "in" and call.status == "missed"
    yield NoteActivity(
        business_id=state.business.id,
        conversation_id=said.conversation_id,
        at=state.now,
        unread=1 if missed else 0,
        waiting_since=_waiting_since(state) if missed else None,
    )


def opened(state: State, event: Event) -> Iterator[Effect]:
    """A conversation for what follows, if there is none."""
    if state.conversation is None:
        yield OpenConversation(
            business_id=state.business.id,
            conversation_id=conversation_of(state, event),
            channel_id=state.channel.id,
            contact_id=state.contact.id,
            at=state.now,
        )


def conversation_of(state: State, event: Event) -> ConversationId:
    if state.conversation is not None:
        return state.conversation.id
    return ConversationId(dated(event.at, "conversation", event.key))


def recorded(state: State, event: PersonEvent, message: MetaId, content: Content) -> RecordMessage:
    """What was said, as we keep it."""
    return RecordMessage(
        business_id=state.business.id,
        message_id=MessageId(dated(event.at, "message", event.key)),
        conversation_id=conversation_of(state, event),
        channel_id=state.channel.id,
        contact_id=state.contact.id,
        meta_id=message,
        content=kept(state, content),
        cause=event.key,
        sent_at=event.at,
        at=state.now,
    )


def kept(state: State, content: Content) -> Content:
    """A file gets our id, and loses the address that is dead after five minutes."""
    match content:
        case Image() | Video() | Audio() | Document() | Sticker():
            file = replace(content.file, id=file_id(state, content.file.meta_id or ""), url=None)
            return replace(content, file=file)
        case _:
            return content


def file_id(state: State, meta_id: str) -> UUID:
    """Ours, of a file that came in."""
    return derived("file", state.channel.id, meta_id)


def _window(state: State, event: Event, message_id: MessageId) -> OpenWindow:
    return OpenWindow(
        business_id=state.business.id,
        channel_id=state.channel.id,
        contact_id=state.contact.id,
        opened_by=message_id,
        opened_at=event.at,
        closes_at=event.at + state.channel.rules.window,
    )


def _waiting_since(state: State) -> datetime | None:
    """Now, unless they wait already."""
    if state.conversation is None or state.conversation.waiting_since is None:
        return state.now
    return None


def _permission(state: State, event: Event, reply: CallPermissionReply) -> KeepCallPermission:
    ends = reply.expires_at
    return KeepCallPermission(
        business_id=state.business.id,
        channel_id=state.channel.id,
        contact_id=state.contact.id,
        granted=reply.granted,
        expires_at=datetime.fromtimestamp(ends, UTC) if ends and not reply.permanent else None,
        at=event.at,
    )
