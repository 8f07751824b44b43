"""/search: people, and what was said."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from serai.core.permissions import Permission
from serai.core.phones import shared_form
from serai.core.search import patterns, terms
from serai.features.desk.decide import finding as decide
from serai.features.desk.store import search as store
from serai.features.desk.store.search import ContactRow, MessageRow, Wanted
from serai.kit.errors import Invalid
from serai.kit.http import Connection, Cursor, cursor_of, example, may, read_cursor
from serai.kit.secrets import Vault

router = APIRouter(tags=["search"], dependencies=[Depends(may(Permission.CONVERSATIONS_READ))])

MOST_CONTACTS = 8
Author = Literal["contact", "agent", "automation", "campaign", "native_app", "system"]


class FoundMessage(BaseModel):
    """Something that was said, and where the words stand in it."""

    model_config = ConfigDict(
        **example(
            {
                "id": "0b6ff1c6-0e1e-5a53-9d67-5a2f7d2e8c11",
                "conversation_id": "6d3f3c0f-7f43-5d55-b8a4-3f5a6f0e2f77",
                "business_id": "6a0e4d0e-9f0f-5d8e-8a51-0a1a5a1a5a1a",
                "channel_id": "5b1c2f0e-5f55-5a0b-8d0a-2a7c1d5f8e31",
                "contact": {"id": "0f2f7f1e-0d1c-5b0a-9c8d-7e6f5a4b3c2d", "name": "Dana"},
                "author_kind": "contact",
                "at": "2026-11-21T09:00:00Z",
                "text": "Is the terrace open tonight?",
                "marks": [[7, 14]],
            }
        )
    )
    id: UUID
    conversation_id: UUID
    business_id: UUID
    channel_id: UUID
    contact: "FoundName"
    author_kind: str
    at: datetime
    text: str = Field(description="The part around the first word that fits.")
    marks: list[tuple[int, int]] = Field(description="From and to, in characters of the text.")


class FoundName(BaseModel):
    id: UUID
    name: str | None


class FoundContact(BaseModel):
    id: UUID
    business_id: UUID
    name: str | None
    phone: str | None
    conversation_id: UUID | None = Field(description="The latest one with them.")
    status: str | None
    last_activity_at: datetime | None
    marks: list[tuple[int, int]] = Field(description="From and to, in characters of the name.")


class Found(BaseModel):
    contacts: list[FoundContact] = Field(description="Up to 8; only on the first page.")
    messages: list[FoundMessage] = Field(description="The newest first.")
    next_cursor: str | None = Field(description="For more messages.")


@router.get("/search")
async def search(
    request: Request,
    conn: Connection,
    q: Annotated[
        str, Query(max_length=200, description="All words must be there, in part at least.")
    ],
    business_id: UUID | None = None,
    channel_id: UUID | None = None,
    author: Author | None = None,
    has_file: bool = False,
    tag_id: Annotated[UUID | None, Query(description="A tag of the conversation.")] = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: Cursor = None,
) -> Found:
    """Any part of a word, in any script, with or without accents; a phone number as a whole."""
    words = terms(q)
    if not any(len(word) > 1 for word in words):
        raise Invalid("query_too_short", "Type two letters or more.", "q")
    vault: Vault = request.app.state.wiring.vault
    after = read_cursor(cursor, tuple[datetime, UUID])
    wanted = Wanted(
        patterns=patterns(words),
        lookups=_lookups(vault, q),
        business_id=business_id,
        channel_id=channel_id,
        author=author,
        has_file=has_file,
        tag_id=tag_id,
        since=since,
        until=until,
        before_at=after[0] if after else None,
        before_id=after[1] if after else None,
        limit=limit + 1,
    )
    rows = await store.messages(conn, wanted)
    people = [] if after else (await store.contacts(conn, wanted))[:MOST_CONTACTS]
    page = rows[:limit]
    return Found(
        contacts=[_contact(vault, row, words) for row in people],
        messages=[_message(row, words) for row in page],
        next_cursor=cursor_of(page[-1].at, page[-1].id) if len(rows) > limit else None,
    )


def _lookups(vault: Vault, q: str) -> list[bytes]:
    digits = "".join(char for char in q if char.isdecimal())
    found = [vault.index.of(q.strip().removeprefix("@").lower(), "username")]
    return [*found, vault.index.of(shared_form(digits), "phone")] if len(digits) > 5 else found


def _message(row: MessageRow, words: list[str]) -> FoundMessage:
    shown = decide.snippet(decide.words_of(row.content), words)
    return FoundMessage(
        id=row.id,
        conversation_id=row.conversation_id,
        business_id=row.business_id,
        channel_id=row.channel_id,
        contact=FoundName(id=row.contact_id, name=row.contact_name),
        author_kind=row.author_kind,
        at=row.at,
        text=shown.text,
        marks=list(shown.marks),
    )


def _contact(vault: Vault, row: ContactRow, words: list[str]) -> FoundContact:
    context = f"identity:phone:{row.id}".encode()
    phone = vault.ring.open(row.phone, context).decode() if row.phone else None
    return FoundContact(
        id=row.id,
        business_id=row.business_id,
        name=row.name,
        phone=f"+{phone}" if phone else None,
        conversation_id=row.conversation_id,
        status=row.status,
        last_activity_at=row.last_activity_at,
        marks=list(decide.snippet(row.name or "", words).marks),
    )
