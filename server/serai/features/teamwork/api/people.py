"""/teams, /queues, /agents: who gets what, and how much."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request

from serai.core.ids import BusinessId, derived
from serai.core.permissions import Permission
from serai.core.principal import Principal
from serai.features.teamwork.api import shapes
from serai.features.teamwork.decide.reach import may_change
from serai.features.teamwork.store import read, teams, turns
from serai.features.teamwork.store.teams import AgentRow, QueueRow, TeamRow
from serai.kit.errors import Conflict, Forbidden, Invalid, NotFound
from serai.kit.http import Connection, Moment, may

router = APIRouter(dependencies=[Depends(may(Permission.CONVERSATIONS_READ))])
CONFIGURE = [Depends(may(Permission.BUSINESS_WRITE))]


@router.get("/teams")
async def list_teams(conn: Connection, business_id: UUID | None = None) -> shapes.TeamList:
    """The teams of the businesses that the caller sees, by name."""
    rows = await teams.teams(conn, business_id=business_id)
    return shapes.TeamList(data=[_team(row) for row in rows])


@router.post("/teams", status_code=201, dependencies=CONFIGURE)
async def add_team(body: shapes.TeamIn, conn: Connection, now: Moment) -> shapes.Team:
    """A team of a business, with its members."""
    return await _save(conn, derived("team", body.business_id, body.name, now), body, now)


@router.put("/teams/{team_id}", dependencies=CONFIGURE)
async def change_team(
    team_id: UUID, body: shapes.TeamIn, conn: Connection, now: Moment
) -> shapes.Team:
    """Its name, policy and members, in place of those it had."""
    row = await _team_of(conn, team_id)
    if row.business_id != body.business_id:
        raise Invalid("team_moves", "A team stays at its business.", "business_id")
    return await _save(conn, team_id, body, now)


@router.delete("/teams/{team_id}", status_code=204, dependencies=CONFIGURE)
async def drop_team(team_id: UUID, conn: Connection) -> None:
    """Its conversations stay, without a team."""
    await _team_of(conn, team_id)
    await teams.drop(conn, team_id)


@router.get("/queues")
async def list_queues(conn: Connection, business_id: UUID | None = None) -> shapes.QueueList:
    """What happens at each business to conversations that no team has."""
    rows = await teams.queues(conn, business_id)
    return shapes.QueueList(data=[_queue(row) for row in rows])


@router.put("/queues/{business_id}", dependencies=CONFIGURE)
async def change_queue(business_id: UUID, body: shapes.QueueIn, conn: Connection) -> shapes.Queue:
    """By hand or by turn, and how soon people are to be answered."""
    if not await teams.queues(conn, business_id):
        raise NotFound("business_not_found", "There is no such business.")
    row = QueueRow(business_id, body.policy, body.answer_within_minutes, body.answering_takes)
    await teams.set_queue(conn, row)
    return _queue(row)


@router.get("/agents")
async def list_agents(request: Request, conn: Connection, now: Moment) -> shapes.AgentList:
    """Who answers in this company: whether they are here, and how much they have."""
    rows = await teams.agents(conn, request.state.principal.organization_id, now)
    return shapes.AgentList(data=[_agent(row, request.state.principal) for row in rows])


@router.post("/agents/me/seen", status_code=204)
async def seen(request: Request, conn: Connection, now: Moment) -> None:
    """A page of the caller's is there; turns are given to those who were here lately."""
    asking = request.state.principal
    if asking.kind == "user":
        await turns.seen(conn, asking.id, asking.organization_id, now)


@router.patch("/agents/{user_id}")
async def change_agent(
    user_id: UUID, body: shapes.AgentIn, request: Request, conn: Connection, now: Moment
) -> shapes.Agent:
    """One's own availability; with business:write wherever they answer also anybody else's, and how
    much they take. Raises Forbidden, NotFound."""
    asking: Principal = request.state.principal
    is_own = user_id == asking.id and body.capacity is None
    if not (is_own or asking.may(Permission.BUSINESS_WRITE)):
        raise Forbidden(
            "permission_missing",
            f"This needs the permission {Permission.BUSINESS_WRITE}. Ask an owner for it.",
        )
    organization = asking.organization_id
    known = await teams.agents(conn, organization, now, user_id)
    if not known:
        raise NotFound("agent_not_found", "Nobody who answers has this id.")
    if not (is_own or _may_change(asking, known[0])):
        raise Forbidden(
            "agent_answers_elsewhere",
            "They answer at businesses that are not yours too. Ask a manager of the company.",
        )
    await teams.set_agent(conn, user_id, organization, body.availability, body.capacity)
    [row] = await teams.agents(conn, organization, now, user_id)
    return _agent(row, asking)


async def _save(conn: Connection, team_id: UUID, body: shapes.TeamIn, now: Moment) -> shapes.Team:
    row = TeamRow(
        id=team_id,
        business_id=body.business_id,
        name=body.name.strip(),
        policy=body.policy,
        member_ids=tuple(dict.fromkeys(body.member_ids)),
    )
    if not row.name:
        raise Invalid("name_empty", "Give the team a name.", "name")
    if not await teams.queues(conn, row.business_id):
        raise NotFound("business_not_found", "There is no such business.", "business_id")
    if await teams.name_is_taken(conn, row):
        raise Conflict("name_taken", "Another team of this business has this name.", "name")
    business = BusinessId(row.business_id)
    able = await read.may_answer(conn, [business], list(row.member_ids), turns.ANSWERING)
    if len(able) < len(row.member_ids):
        raise Invalid("member_cannot_answer", "Choose people who may answer there.", "member_ids")
    await teams.save(conn, row, now)
    return _team(row)


async def _team_of(conn: Connection, team_id: UUID) -> TeamRow:
    rows = await teams.teams(conn, id_=team_id)
    if not rows:
        raise NotFound("team_not_found", "There is no such team.")
    return rows[0]


def _team(row: TeamRow) -> shapes.Team:
    return shapes.Team(
        id=row.id,
        business_id=row.business_id,
        name=row.name,
        policy=row.policy,  # pyright: ignore[reportArgumentType]
        member_ids=list(row.member_ids),
    )


def _queue(row: QueueRow) -> shapes.Queue:
    return shapes.Queue(
        business_id=row.business_id,
        policy=row.policy,  # pyright: ignore[reportArgumentType]
        answer_within_minutes=row.answer_within_minutes,
        answering_takes=row.answering_takes,
    )


def _may_change(asking: Principal, row: AgentRow) -> bool:
    return may_change(asking, row.places, is_elsewhere=row.is_elsewhere)


def _agent(row: AgentRow, asking: Principal) -> shapes.Agent:
    return shapes.Agent(
        id=row.user_id,
        name=row.name,
        availability=row.availability,  # pyright: ignore[reportArgumentType]
        is_here=row.is_here,
        capacity=row.capacity,
        open_count=row.open_count,
        may_change=_may_change(asking, row),
    )
