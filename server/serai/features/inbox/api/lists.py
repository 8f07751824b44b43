"""/conversations: which there are, and one of them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from msgspec.structs import replace

from serai.core.permissions import Permission
from serai.core.phones import shared_form
from serai.core.search import patterns, terms
from serai.features.inbox.api import shapes
from serai.features.inbox.api.shapes import Conversation
from serai.features.inbox.store import lists
from serai.features.inbox.store.lists import Filter, Sort
from serai.kit.errors import Invalid, NotFound
from serai.kit.http import Connection, Cursor, Limit, Moment, Page, cursor_of, may, read_cursor
from serai.kit.secrets import Vault

router = APIRouter(tags=["inbox"], dependencies=[Depends(may(Permission.CONVERSATIONS_READ))])

WORDS = (
    "Words of a name or of a text, in part at least, or a phone number. Words of one or two letters are"
    " looked for in the first 2,000 conversations."
)
States = Literal["open", "pending", "snoozed", "resolved"]
Assignee = Annotated[str | None, Query(description="A user's id, `me`, or `nobody`.")]


async def wanted(
    request: Request,
    business_id: UUID | None = None,
    status: States | None = None,
    assignee: Assignee = None,
    team_id: UUID | None = None,
    channel_id: UUID | None = None,
    tag_id: UUID | None = None,
    unread: Annotated[bool, Query(description="Only those with unread messages.")] = False,
    mentioned: Annotated[bool, Query(description="Only where the caller was mentioned.")] = False,
    q: Annotated[
        str | None,
        Query(
            max_length=200,
            description=WORDS,
        ),
    ] = None,
) -> Filter:
    """What a list is to show; all that is given must fit. Raises Invalid."""
    me: UUID = request.state.principal.id
    vault: Vault = request.app.state.wiring.vault
    digits = "".join(char for char in q or "" if char.isdecimal())
    return Filter(
        business_id=business_id,
        status=status,
        assignee_id=_assignee(assignee, me),
        unassigned=assignee == "nobody",
        team_id=team_id,
        channel_id=channel_id,
        tag_id=tag_id,
        unread=unread,
        mentioned_id=me if mentioned else None,
        patterns=patterns(terms(q or "")) or None,
        lookup=vault.index.of(shared_form(digits), "phone") if digits else None,
    )


@router.get("/conversations")
async def list_conversations(
    request: Request,
    conn: Connection,
    now: Moment,
    fits: Annotated[Filter, Depends(wanted)],
    sort: Annotated[
        Sort, Query(description="By latest activity, or the longest waiting first.")
    ] = "newest",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[Conversation]:
    """Conversations, the latest activity first unless asked otherwise."""
    after = read_cursor(cursor, tuple[datetime, UUID])
    vault = request.app.state.wiring.vault
    at, id_ = after or (None, None)
    fits = replace(fits, after_at=at, after_id=id_, limit=limit + 1)
    rows = await lists.conversations(conn, fits, sort)
    page = rows[:limit]
    following = cursor_of(page[-1].sort_at, page[-1].id) if len(rows) > limit else None
    return Page(data=[shapes.conversation(row, vault, now) for row in page], next_cursor=following)


@router.get("/conversations/{conversation_id}")
async def get_conversation(
    conversation_id: UUID, request: Request, conn: Connection, now: Moment
) -> Conversation:
    rows = await lists.conversations(conn, Filter(id=conversation_id, limit=1))
    if not rows:
        raise NotFound("conversation_not_found", "There is no such conversation.")
    return shapes.conversation(rows[0], request.app.state.wiring.vault, now)


def _assignee(assignee: str | None, me: UUID) -> UUID | None:
    if assignee is None or assignee == "nobody":
        return None
    if assignee == "me":
        return me
    try:
        return UUID(assignee)
    except ValueError as error:
        raise Invalid(
            "assignee_invalid", "Give a user's id, `me` or `nobody`.", "assignee"
        ) from error
