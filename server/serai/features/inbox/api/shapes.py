"""What the inbox's routes take and give."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from serai.core.content import Part
from serai.core.events import Refusal
from serai.core.ids import ContactId
from serai.core.message import Author, words_of
from serai.core.message import Content as AnyContent
from serai.core.policy import REMEDIES
from serai.core.waits import WAITS
from serai.features.inbox.api.contents import Content, MessageContext, MessageReferral
from serai.features.inbox.api.files import MessageFile, message_file
from serai.features.inbox.store.lists import ConversationRow
from serai.features.inbox.store.read import Fact, MessageRow, RevisionRow
from serai.kit.http import example
from serai.kit.secrets import Vault
from serai.meta.capabilities import WindowState, rules_of, sendable_now, window_state


class Window(BaseModel):
    open: bool
    state: WindowState = Field(
        description="person: it is over for programs, and a person of the team may still answer; "
        "never: they have not written yet, so none was ever open."
    )
    closes_at: datetime | None
    why: str = Field(description="What may be sent now and why, for people.")
    allowed: list[str] = Field(description="The kinds of content that may be sent now.")
    free_until: datetime | None = Field(
        None, description="They came by an advert: until then whatever may be sent costs nothing."
    )


class ConversationContact(BaseModel):
    id: UUID
    name: str | None
    phone: str | None
    username: str | None = None


class LastMessage(BaseModel):
    text: str
    author_kind: str
    at: datetime
    state: str


class Colleague(BaseModel):
    id: UUID
    name: str | None


class ConversationTag(BaseModel):
    id: UUID
    name: str
    colour: str


class Conversation(BaseModel):
    id: UUID
    business_id: UUID
    channel_id: UUID
    contact: ConversationContact
    status: Literal["open", "pending", "snoozed", "resolved"]
    handled_by: Literal["automation", "people"]
    team: str | None
    team_id: UUID | None
    assignee: Colleague | None = Field(description="Whose it is.")
    snoozed_until: datetime | None = Field(description="None while snoozed: until they write.")
    tags: list[ConversationTag]
    channel_kind: str
    opened_at: datetime
    waiting_since: datetime | None
    answer_within_minutes: int = Field(description="What the business aims at.")
    unread_count: int
    needs_attention: bool
    last_message: LastMessage | None
    window: Window
    last_activity_at: datetime


class Reaction(BaseModel):
    emoji: str
    by_us: bool
    at: datetime


class Quoted(BaseModel):
    """The message that a message answers; as it was when it was written."""

    id: UUID
    author_kind: str
    text: str


class Reason(BaseModel):
    code: str
    text: str = Field(description="For people, with the next step.")


class Wait(BaseModel):
    """What holds a message back for now."""

    code: str
    text: str = Field(description="For people.")
    until: datetime | None = Field(description="When it is looked at again, if that is a time.")


class MessageFact(BaseModel):
    kind: str
    at: datetime


class Message(BaseModel):
    model_config = ConfigDict(
        **example(
            {
                "id": "0b6ff1c6-0e1e-5a53-9d67-5a2f7d2e8c11",
                "business_id": "6a0e4d0e-9f0f-5d8e-8a51-0a1a5a1a5a1a",
                "conversation_id": "6d3f3c0f-7f43-5d55-b8a4-3f5a6f0e2f77",
                "channel_id": "5b1c2f0e-5f55-5a0b-8d0a-2a7c1d5f8e31",
                "direction": "out",
                "author_kind": "agent",
                "content": {"type": "text", "body": "We are open until ten."},
                "sent_at": "2026-11-21T09:00:01Z",
                "created_at": "2026-11-21T09:00:00Z",
                "state": "delivered",
                "reason": None,
                "events": [{"kind": "queued", "at": "2026-11-21T09:00:00Z"}],
            }
        )
    )
    id: UUID
    business_id: UUID
    conversation_id: UUID
    channel_id: UUID
    direction: Literal["in", "out"]
    author_kind: str
    author: Colleague | None = Field(None, description="The person of the company who wrote it.")
    content: Content
    sent_at: datetime | None
    created_at: datetime
    state: str
    reason: Reason | None
    waits: Wait | None = None
    events: list[MessageFact]
    context: MessageContext | None = None
    quoted: Quoted | None = Field(None, description="Only when the quoted message is known here.")
    referral: MessageReferral | None = None
    files: list[MessageFile] = []
    reactions: list[Reaction] = []
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    resend_of: UUID | None = Field(None, description="The message of which it is another try.")


class Revision(BaseModel):
    """What a message said from a time on."""

    at: datetime
    content: Content


def window(row: ConversationRow, now: datetime) -> Window:
    """What may be sent now, and until when it costs nothing."""
    closes_at, free_until = row.window_closes_at, row.free_until
    rules = rules_of(row.channel_kind)
    state = window_state(row.channel_kind, closes_at, now)
    is_free = free_until is not None and free_until > now
    ends_at = rules.ends_at(closes_at, Author.AGENT) if closes_at and state != "open" else None
    return Window(
        open=state in {"open", "person"},
        state=state,
        closes_at=ends_at or closes_at,
        why=getattr(rules.words, state),
        allowed=sendable_now(row.channel_kind, state),
        free_until=free_until if is_free else None,
    )


def conversation(row: ConversationRow, vault: Vault, now: datetime) -> Conversation:
    phone = _opened(vault, row.phone, "phone", row.contact_id)
    username = _opened(vault, row.username, "username", row.contact_id)
    person = ConversationContact(
        id=row.contact_id,
        name=row.contact_name,
        phone=f"+{phone}" if phone else None,
        username=username,
    )
    return Conversation(
        id=row.id,
        business_id=row.business_id,
        channel_id=row.channel_id,
        contact=person,
        status=row.status,  # pyright: ignore[reportArgumentType]
        handled_by=row.handled_by,  # pyright: ignore[reportArgumentType]
        team=row.team,
        team_id=row.team_id,
        assignee=_colleague(row.assignee_id, row.assignee_name),
        snoozed_until=row.snoozed_until if row.status == "snoozed" else None,
        tags=[ConversationTag(id=tag.id, name=tag.name, colour=tag.colour) for tag in row.tags],
        channel_kind=row.channel_kind,
        opened_at=row.opened_at,
        waiting_since=row.waiting_since,
        answer_within_minutes=row.answer_within_minutes,
        unread_count=row.unread_count,
        needs_attention=row.needs_attention,
        last_message=_last(row),
        window=window(row, now),
        last_activity_at=row.last_activity_at,
    )


def _colleague(id_: UUID | None, name: str | None) -> Colleague | None:
    return Colleague(id=id_, name=name) if id_ is not None else None


def _opened(vault: Vault, sealed: bytes | None, type_: str, contact_id: UUID) -> str | None:
    """A sealed identity, readable."""
    if sealed is None:
        return None
    return vault.ring.open(sealed, f"identity:{type_}:{ContactId(contact_id)}".encode()).decode()


def _last(row: ConversationRow) -> LastMessage | None:
    if row.last_at is None:
        return None
    return LastMessage(
        text=words(row.last_content),
        author_kind=row.last_author_kind or "",
        at=row.last_at,
        state=row.last_state or "",
    )


def words(content: dict[str, Any] | None) -> str:
    """For lists: the text, or the kind in brackets."""
    if content is None:
        return "[deleted]"
    return words_of(msgspec.convert(content, AnyContent, strict=False))


def message(row: MessageRow) -> Message:
    return Message(
        id=row.id,
        business_id=row.business_id,
        conversation_id=row.conversation_id,
        channel_id=row.channel_id,
        direction=row.direction,  # pyright: ignore[reportArgumentType]
        author_kind=row.author_kind,
        author=_colleague(row.author_id, row.author_name),
        content=row.content or {"type": "deleted"},
        sent_at=row.sent_at,
        created_at=row.created_at,
        state=row.state,
        reason=_reason(row.state, row.events),
        waits=_wait(row),
        events=[MessageFact(kind=fact.kind, at=fact.at) for fact in row.events],
        context=_plain(row.context),
        quoted=_quoted(row),
        referral=_plain(row.referral),
        files=[message_file(file) for file in row.files],
        reactions=[Reaction(emoji=r.emoji, by_us=r.by_us, at=r.at) for r in row.reactions],
        edited_at=row.edited_at,
        deleted_at=row.deleted_at,
        resend_of=row.resend_of,
    )


def revision(row: RevisionRow) -> Revision:
    return Revision(at=row.at, content=row.content or {"type": "deleted"})


def _plain(part: Part | None) -> Any:
    return None if part is None else msgspec.to_builtins(part)


def _quoted(row: MessageRow) -> Quoted | None:
    if row.quoted_id is None:
        return None
    return Quoted(
        id=row.quoted_id,
        author_kind=row.quoted_author_kind or "",
        text=words(row.quoted_content),
    )


def _wait(row: MessageRow) -> Wait | None:
    if row.waits_for is None:
        return None
    until = None if row.waits_for in {"people", "file"} else row.waits_until
    return Wait(code=row.waits_for, text=WAITS[row.waits_for], until=until)


WORDS = {
    "unknown": "It may have arrived. Look at the conversation before you send it again.",
    "failed": "Meta did not take the message. Change it and send it again.",
}


def _reason(state: str, facts: tuple[Fact, ...]) -> Reason | None:
    """Why it did not go out, in words."""
    if state not in {"refused", "failed", "unknown"}:
        return None
    details = [fact.detail for fact in facts if fact.kind == state and fact.detail]
    detail: dict[str, Any] = details[0] if details else {}
    code = str(detail.get("code") or detail.get("reason") or state)
    if code in list(Refusal):
        return Reason(code=code, text=str(detail.get("words") or REMEDIES[Refusal(code)]))
    return Reason(code=code, text=str(detail.get("reason") or WORDS.get(state, code)))
