"""What a page shows around a thread: lines and notes, counts, who is here, what was before."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from serai.core.permissions import Permission
from serai.features.teamwork.api import shapes
from serai.features.teamwork.api.acting import known
from serai.features.teamwork.store import background as before
from serai.features.teamwork.store import presence, read, turns
from serai.features.teamwork.store.read import LineRow
from serai.kit.http import Connection, Cursor, Limit, Moment, Page, cursor_of, may, read_cursor

router = APIRouter(dependencies=[Depends(may(Permission.CONVERSATIONS_READ))])


@router.get("/inbox/counts")
async def count(
    request: Request, conn: Connection, business_id: UUID | None = None
) -> shapes.Counts:
    """How many conversations are in each queue, as the caller sees them."""
    row = await read.counts(conn, request.state.principal.id, business_id)
    return shapes.Counts(
        open=row.open,
        mine=row.mine,
        unassigned=row.unassigned,
        pending=row.pending,
        snoozed=row.snoozed,
        unread=row.unread,
        mine_unread=row.mine_unread,
        mentions=row.mentions,
        teams=row.teams,
    )


@router.get("/conversations/{conversation_id}/lines")
async def list_lines(
    conversation_id: UUID,
    conn: Connection,
    earlier: Annotated[
        bool, Query(description="Also of this person's conversations before it.")
    ] = False,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[shapes.Line]:
    """Notes, and what was done to the conversation and by whom; the newest first."""
    await known(conn, [conversation_id])
    after = read_cursor(cursor, tuple[datetime, UUID])
    rows = await read.lines(conn, conversation_id, after, limit + 1, earlier=earlier)
    page = rows[:limit]
    following = cursor_of(page[-1].at, page[-1].id) if len(rows) > limit else None
    return Page(data=[_line(row) for row in page], next_cursor=following)


@router.get("/conversations/{conversation_id}/background")
async def background(conversation_id: UUID, conn: Connection) -> shapes.Background:
    """What to know before answering: earlier conversations, what they filled in, how long they wait."""
    await known(conn, [conversation_id])
    times = await before.response_times(conn, conversation_id)
    return shapes.Background(
        response_times=shapes.ResponseTimes(
            first_seconds=times.first_seconds,
            median_seconds=times.median_seconds,
            count=times.count,
        ),
        earlier=[
            shapes.Earlier(
                id=row.id,
                status=row.status,
                opened_at=row.opened_at,
                last_activity_at=row.last_activity_at,
                assignee_name=row.assignee_name,
                channel_kind=row.channel_kind,
                message_count=row.message_count,
            )
            for row in await before.earlier(conn, conversation_id)
        ],
        collected=[
            shapes.Collected(
                message_id=row.message_id,
                at=row.at,
                kind=row.kind,
                title=row.title,
                values=row.values,
            )
            for row in await before.collected(conn, conversation_id)
        ],
    )


@router.post("/conversations/{conversation_id}/mentions/read", status_code=204)
async def read_mentions(
    conversation_id: UUID, request: Request, conn: Connection, now: Moment
) -> None:
    """The caller has seen where they were mentioned in it."""
    await known(conn, [conversation_id])
    await read.read_mentions(conn, conversation_id, request.state.principal.id, now)


@router.get("/conversations/{conversation_id}/presence")
async def list_here(conversation_id: UUID, conn: Connection, now: Moment) -> shapes.HereList:
    """Who has the conversation before their eyes now, and who of them writes."""
    await known(conn, [conversation_id])
    rows = await presence.here(conn, conversation_id, now)
    return shapes.HereList(
        data=[
            shapes.Here(
                id=row.user_id, name=row.name, until=row.until, typing_until=row.typing_until
            )
            for row in rows
        ]
    )


@router.put("/conversations/{conversation_id}/presence", status_code=204)
async def come(
    conversation_id: UUID,
    body: shapes.PresenceIn,
    request: Request,
    conn: Connection,
    now: Moment,
) -> None:
    """Say that the caller is there: every 20 seconds, and while they write every few seconds.

    Counts as being at work: turns are given to those who are here. An API key is nobody to see.
    """
    [row] = await known(conn, [conversation_id])
    asking = request.state.principal
    if asking.kind != "user":
        return
    is_typing = body.doing == "typing"
    place = presence.Place(conversation_id, asking.id, body.page)
    await presence.come(conn, place, now, is_typing=is_typing)
    await presence.tell(conn, row.business_id, conversation_id)
    await turns.seen(conn, asking.id, asking.organization_id, now)


@router.delete("/conversations/{conversation_id}/presence", status_code=204)
async def leave(
    conversation_id: UUID,
    request: Request,
    conn: Connection,
    page: Annotated[
        str, Query(max_length=64, description="The tab that came with this name.")
    ] = "",
) -> None:
    """That tab of the caller's shows something else now."""
    [row] = await known(conn, [conversation_id])
    await presence.leave(conn, presence.Place(conversation_id, request.state.principal.id, page))
    await presence.tell(conn, row.business_id, conversation_id)


def _line(row: LineRow) -> shapes.Line:
    actor = shapes.Actor(
        kind=row.actor_kind,  # pyright: ignore[reportArgumentType]
        id=row.actor_id,
        name=row.actor_name,
    )
    return shapes.Line(
        id=row.id,
        conversation_id=row.conversation_id,
        kind=row.kind,
        at=row.at,
        actor=actor,
        body=row.body,
        detail=row.detail,
        names=row.names,
    )
