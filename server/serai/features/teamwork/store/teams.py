"""Teams, queues and how much each person takes: what people configure."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from serai.core.ids import BusinessId
from serai.features.teamwork.model import CAPACITY
from serai.features.teamwork.store.turns import ANSWERING, HERE_FOR
from serai.kit.db import Conn, fetch

TEAMS = """
    SELECT id, business_id, name, policy,
           ARRAY(SELECT user_id FROM team_members WHERE team_id = teams.id ORDER BY user_id)
               AS member_ids
      FROM teams
     WHERE (%(id)s::uuid IS NULL OR id = %(id)s)
       AND (%(business_id)s::uuid IS NULL OR business_id = %(business_id)s)
     ORDER BY lower(name), id
     LIMIT 500
"""
SAVE = """
    INSERT INTO teams (id, business_id, name, policy, created_at)
    VALUES (%(id)s, %(business_id)s, %(name)s, %(policy)s, %(now)s)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, policy = excluded.policy
"""
NAMED = """
    SELECT id FROM teams
     WHERE business_id = %(business_id)s AND lower(name) = lower(%(name)s) AND id <> %(id)s
"""
DROP_MEMBERS = """
    DELETE FROM team_members WHERE team_id = %(id)s AND NOT user_id = ANY (%(users)s)
"""
ADD_MEMBERS = """
    INSERT INTO team_members (business_id, team_id, user_id)
    SELECT %(business_id)s, %(id)s, user_id FROM unnest(%(users)s::uuid[]) AS users (user_id)
        ON CONFLICT (team_id, user_id) DO NOTHING
"""
DROP = """
    DELETE FROM teams WHERE id = %(id)s
"""
QUEUES = """
    SELECT businesses.id AS business_id, coalesce(policy, 'manual') AS policy,
           coalesce(answer_within_minutes, 15) AS answer_within_minutes,
           coalesce(answering_takes, true) AS answering_takes
      FROM businesses LEFT JOIN queues ON queues.business_id = businesses.id
     WHERE (%(business_id)s::uuid IS NULL OR businesses.id = %(business_id)s)
     ORDER BY lower(businesses.name), businesses.id
"""
SET_QUEUE = """
    INSERT INTO queues (business_id, policy, answer_within_minutes, answering_takes)
    VALUES (%(business_id)s, %(policy)s, %(minutes)s, %(answering_takes)s)
        ON CONFLICT (business_id) DO UPDATE
       SET policy = excluded.policy, answer_within_minutes = excluded.answer_within_minutes,
           answering_takes = excluded.answering_takes
"""
AGENTS = """
    SELECT users.id AS user_id, users.name,
           coalesce(agents.availability, 'available') AS availability,
           coalesce(agents.capacity, %(capacity)s::integer) AS capacity,
           coalesce(agents.seen_at > %(since)s, false) AS is_here,
           (SELECT count(*) FROM conversations
             WHERE assignee_id = users.id AND status = 'open') AS open_count,
           ARRAY(SELECT business_id FROM memberships
                  WHERE memberships.user_id = users.id AND role = ANY (%(roles)s)) AS places,
           works_out_of_sight(users.id, %(roles)s) AS is_elsewhere
      FROM users
      LEFT JOIN agents ON agents.user_id = users.id
     WHERE users.organization_id = %(organization_id)s AND disabled_at IS NULL
       AND (%(id)s::uuid IS NULL OR users.id = %(id)s)
       AND EXISTS (SELECT FROM memberships
                    WHERE memberships.user_id = users.id AND role = ANY (%(roles)s))
     ORDER BY lower(users.name), users.id
     LIMIT 1000
"""
SET_AGENT = """
    INSERT INTO agents (user_id, organization_id, availability, capacity, seen_at)
    VALUES (%(user_id)s, %(organization_id)s, coalesce(%(availability)s::text, 'available'),
            coalesce(%(capacity)s::integer, %(default)s::integer), NULL)
        ON CONFLICT (user_id) DO UPDATE
       SET availability = coalesce(%(availability)s::text, agents.availability),
           capacity = coalesce(%(capacity)s::integer, agents.capacity)
"""
LOOK_AGAIN = """
    SELECT pg_notify('serai_work', '')
"""


class TeamRow(Struct, frozen=True, kw_only=True):
    id: UUID
    business_id: UUID
    name: str
    policy: str
    member_ids: tuple[UUID, ...] = ()


class QueueRow(Struct, frozen=True):
    business_id: UUID
    policy: str
    answer_within_minutes: int
    answering_takes: bool = True
    """Whoever answers what is nobody's has it from then on."""


class AgentRow(Struct, frozen=True, kw_only=True):
    user_id: UUID
    name: str
    availability: str
    capacity: int
    is_here: bool
    open_count: int
    places: tuple[BusinessId | None, ...] = ()
    """Where they answer, as far as the caller sees it; None: at the whole company."""
    is_elsewhere: bool = False
    """They answer at businesses that the caller does not see as well."""


class Id(Struct, frozen=True):
    id: UUID


async def teams(
    conn: Conn, *, id_: UUID | None = None, business_id: UUID | None = None
) -> list[TeamRow]:
    """By name."""
    return await fetch(conn, TeamRow, TEAMS, {"id": id_, "business_id": business_id})


async def name_is_taken(conn: Conn, team: TeamRow) -> bool:
    values = {"id": team.id, "business_id": team.business_id, "name": team.name}
    return bool(await fetch(conn, Id, NAMED, values))


async def save(conn: Conn, team: TeamRow, now: datetime) -> None:
    """The team with exactly these members."""
    values = {
        "id": team.id,
        "business_id": team.business_id,
        "name": team.name,
        "policy": team.policy,
        "users": list(team.member_ids),
        "now": now,
    }
    await conn.execute(SAVE, values)
    await conn.execute(DROP_MEMBERS, values)
    await conn.execute(ADD_MEMBERS, values)
    await conn.execute(LOOK_AGAIN)


async def drop(conn: Conn, team_id: UUID) -> None:
    """Its conversations have no team then."""
    await conn.execute(DROP, {"id": team_id})


async def queues(conn: Conn, business_id: UUID | None = None) -> list[QueueRow]:
    """Of each business that may be seen, by its name."""
    return await fetch(conn, QueueRow, QUEUES, {"business_id": business_id})


async def set_queue(conn: Conn, queue: QueueRow) -> None:
    values = {
        "business_id": queue.business_id,
        "policy": queue.policy,
        "minutes": queue.answer_within_minutes,
        "answering_takes": queue.answering_takes,
    }
    await conn.execute(SET_QUEUE, values)
    await conn.execute(LOOK_AGAIN)


async def agents(
    conn: Conn, organization_id: UUID, now: datetime, user_id: UUID | None = None
) -> list[AgentRow]:
    """Who may answer somewhere, by name; open conversations of businesses that may be seen."""
    values = {
        "organization_id": organization_id,
        "id": user_id,
        "since": now - HERE_FOR,
        "capacity": CAPACITY,
        "roles": ANSWERING,
    }
    return await fetch(conn, AgentRow, AGENTS, values)


async def set_agent(
    conn: Conn,
    user_id: UUID,
    organization_id: UUID,
    availability: str | None = None,
    capacity: int | None = None,
) -> None:
    """What is None stays as it was."""
    values = {
        "user_id": user_id,
        "organization_id": organization_id,
        "availability": availability,
        "capacity": capacity,
        "default": CAPACITY,
    }
    await conn.execute(SET_AGENT, values)
    await conn.execute(LOOK_AGAIN)
