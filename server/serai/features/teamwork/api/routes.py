"""What is done to conversations: assign, snooze, mark, tag, hand over, note."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request

from serai.core.events import (
    ConversationAssigned,
    ConversationHanded,
    ConversationMarked,
    ConversationSnoozed,
    ConversationTagged,
    NoteWritten,
)
from serai.core.permissions import Permission
from serai.features.teamwork.api import people, shapes, thread
from serai.features.teamwork.api.acting import Who, known
from serai.features.teamwork.store import read
from serai.features.teamwork.store.read import ConversationRow
from serai.features.teamwork.store.turns import ANSWERING
from serai.kit.errors import Conflict, Forbidden, Invalid, NotFound
from serai.kit.http import Connection, Moment, may

router = APIRouter(tags=["teamwork"], dependencies=[Depends(may(Permission.CONVERSATIONS_READ))])
router.include_router(thread.router)
router.include_router(people.router)
ANSWER = [Depends(may(Permission.CONVERSATIONS_ANSWER))]


@router.post("/conversations/assign", status_code=204, dependencies=ANSWER)
async def assign(body: shapes.AssignIn, request: Request, conn: Connection, now: Moment) -> None:
    """Give conversations to a person, a team, both or nobody.

    Taking one for oneself is part of answering; giving it to others needs conversations:assign.
    """
    rows = await known(conn, body.conversation_ids)
    _ensure_may_give(request, body, rows)
    await _ensure_can_answer(conn, body.assignee_id, rows)
    await _ensure_team(conn, body.team_id, rows)
    who = Who(request, now)
    given = body.model_fields_set
    events = [
        ConversationAssigned(
            **who.said(row, "assigned"),  # pyright: ignore[reportArgumentType]
            assignee=body.assignee_id if "assignee_id" in given else row.assignee_id,
            team=body.team_id if "team_id" in given else row.team_id,
        )
        for row in rows
    ]
    await who.handle(conn, events)


@router.post("/conversations/snooze", status_code=204, dependencies=ANSWER)
async def snooze(body: shapes.SnoozeIn, request: Request, conn: Connection, now: Moment) -> None:
    """Put them out of sight until a time; whatever happens, until the person writes."""
    if body.until is not None and body.until <= now:
        raise Invalid("until_past", "Give a time that is still to come.", "until")
    who = Who(request, now)
    rows = await known(conn, body.conversation_ids)
    events = [
        ConversationSnoozed(**who.said(row, "snoozed"), until=body.until)  # pyright: ignore[reportArgumentType]
        for row in rows
        if row.status != "resolved"
    ]
    await who.handle(conn, events)


@router.post("/conversations/mark", status_code=204, dependencies=ANSWER)
async def mark(body: shapes.MarkIn, request: Request, conn: Connection, now: Moment) -> None:
    """Resolve, reopen or mark many at once. A person has one open conversation: of several that are
    resolved the latest is opened, and none while another is open.
    """
    who = Who(request, now)
    rows = await known(conn, body.conversation_ids)
    events = [
        ConversationMarked(**who.said(row, body.mark), mark=body.mark)  # pyright: ignore[reportArgumentType]
        for row in rows
    ]
    await who.handle(conn, events)


@router.post("/conversations/tag", status_code=204, dependencies=ANSWER)
async def tag(body: shapes.TaggingIn, request: Request, conn: Connection, now: Moment) -> None:
    """Put tags of their business on conversations, or take them off."""
    who = Who(request, now)
    rows = await known(conn, body.conversation_ids)
    businesses = [row.business_id for row in rows]
    if not await read.are_tags_of(conn, businesses, [*body.add, *body.remove]):
        raise NotFound("tag_not_found", "There is no such tag.")
    events = [
        ConversationTagged(
            **who.said(row, "tagged"),  # pyright: ignore[reportArgumentType]
            added=tuple(body.add),
            removed=tuple(body.remove),
        )
        for row in rows
    ]
    await who.handle(conn, events)


@router.post("/conversations/{conversation_id}/hand", status_code=204, dependencies=ANSWER)
async def hand(
    conversation_id: UUID, body: shapes.HandIn, request: Request, conn: Connection, now: Moment
) -> None:
    """Take it from automation, which is then silent in it, or give it back."""
    [row] = await known(conn, [conversation_id])
    if body.to == "automation" and row.always_human:
        raise Conflict("always_human", "This business answers in person; nothing automatic would.")
    who = Who(request, now)
    event = ConversationHanded(**who.said(row, "handed"), to=body.to)  # pyright: ignore[reportArgumentType]
    await who.handle(conn, [event])


@router.post("/conversations/{conversation_id}/notes", status_code=204, dependencies=ANSWER)
async def write_note(
    conversation_id: UUID, body: shapes.NoteIn, request: Request, conn: Connection, now: Moment
) -> None:
    """Write to colleagues, in the thread. It is never sent."""
    [row] = await known(conn, [conversation_id])
    text = body.body.strip()
    if not text:
        raise Invalid("note_empty", "Write something for your colleagues.", "body")
    able = await read.may_answer(conn, [row.business_id], body.mentions, ANSWERING)
    if len(able) < len(set(body.mentions)):
        raise Invalid("mention_unknown", "Mention people who work at this business.", "mentions")
    who = Who(request, now)
    event = NoteWritten(
        **who.said(row, "note"),  # pyright: ignore[reportArgumentType]
        body=text,
        mentions=tuple(dict.fromkeys(body.mentions)),
    )
    await who.handle(conn, [event])


def _ensure_may_give(request: Request, body: shapes.AssignIn, rows: list[ConversationRow]) -> None:
    """Raises Forbidden for whoever may only take, and gives."""
    principal = request.state.principal
    takes_only = body.model_fields_set <= {"conversation_ids", "assignee_id"}
    if takes_only and body.assignee_id == principal.id:
        return
    for row in rows:
        if Permission.CONVERSATIONS_ASSIGN not in principal.grants.get(row.business_id, ()):
            raise Forbidden(
                "permission_missing",
                f"This needs the permission {Permission.CONVERSATIONS_ASSIGN}. Ask an owner for it.",
            )


async def _ensure_can_answer(
    conn: Connection, user_id: UUID | None, rows: list[ConversationRow]
) -> None:
    if user_id is None:
        return
    businesses = sorted({row.business_id for row in rows})
    able = await read.may_answer(conn, businesses, [user_id], ANSWERING)
    if len(able) < len(businesses):
        raise Invalid(
            "assignee_cannot_answer", "Choose somebody who may answer there.", "assignee_id"
        )


async def _ensure_team(conn: Connection, team_id: UUID | None, rows: list[ConversationRow]) -> None:
    if team_id is None:
        return
    businesses = {row.business_id for row in rows}
    if len(businesses) > 1 or not await read.has_team(conn, businesses.pop(), team_id):
        raise Invalid("team_unknown", "Choose a team of the conversation's business.", "team_id")
