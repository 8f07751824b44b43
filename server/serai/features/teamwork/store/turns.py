"""What waits for a turn, and who is here to take it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from serai.core.ids import ContactId
from serai.core.permissions import ROLES, Permission
from serai.features.teamwork.model import CAPACITY, Agent, Waiting
from serai.kit.db import Conn, fetch

HERE_FOR = timedelta(minutes=5)
"""How long somebody counts as here after a page of theirs last said so."""
ANSWERING = sorted(role for role, may in ROLES.items() if Permission.CONVERSATIONS_ANSWER in may)
"""Roles of people who may answer."""
LOCK = """
    SELECT pg_advisory_xact_lock(70018)
"""
"""One worker at a time gives turns, so that none is counted with room that another fills."""

HOLD = """
    SELECT contacts.id FROM contacts
     WHERE contacts.id IN (
           SELECT contact_id FROM conversations
             LEFT JOIN teams ON teams.id = conversations.team_id
             LEFT JOIN queues ON queues.business_id = conversations.business_id
            WHERE conversations.status = 'open' AND conversations.handled_by = 'people'
              AND assignee_id IS NULL
              AND CASE WHEN conversations.team_id IS NULL THEN queues.policy ELSE teams.policy END
                  = 'round_robin'
            ORDER BY coalesce(waiting_since, last_activity_at), conversations.id
            LIMIT %(limit)s)
     ORDER BY contacts.id
       FOR UPDATE SKIP LOCKED
"""
WAITING = """
    SELECT conversations.id AS conversation_id, conversations.business_id, team_id,
           coalesce(waiting_since, last_activity_at) AS since
      FROM conversations
      LEFT JOIN teams ON teams.id = conversations.team_id
      LEFT JOIN queues ON queues.business_id = conversations.business_id
     WHERE contact_id = ANY (%(contacts)s)
       AND conversations.status = 'open' AND conversations.handled_by = 'people'
       AND assignee_id IS NULL
       AND CASE WHEN conversations.team_id IS NULL THEN queues.policy ELSE teams.policy END
           = 'round_robin'
"""
"""Read once nobody else decides about them: some may have been taken by hand just now."""

HERE = """
    SELECT agents.user_id, agents.given_at,
           agents.capacity - (SELECT count(*) FROM conversations
                               WHERE assignee_id = agents.user_id AND status = 'open') AS room,
           ARRAY(SELECT businesses.id FROM memberships
                   JOIN businesses ON businesses.organization_id = memberships.organization_id
                    AND (memberships.business_id IS NULL
                         OR memberships.business_id = businesses.id)
                  WHERE memberships.user_id = agents.user_id AND role = ANY (%(roles)s))
               AS business_ids,
           ARRAY(SELECT team_id FROM team_members WHERE user_id = agents.user_id) AS team_ids
      FROM agents
      JOIN users ON users.id = agents.user_id AND disabled_at IS NULL
     WHERE availability = 'available' AND seen_at > %(since)s
     ORDER BY agents.user_id
"""
GIVEN = """
    UPDATE agents SET given_at = rows.at
      FROM (SELECT user_id, max(at) AS at
              FROM unnest(%(users)s::uuid[], %(ats)s::timestamptz[]) AS told (user_id, at)
             GROUP BY user_id) AS rows
     WHERE agents.user_id = rows.user_id
"""
SEEN = """
    INSERT INTO agents (user_id, organization_id, capacity, seen_at)
    VALUES (%(user_id)s, %(organization_id)s, %(capacity)s, %(now)s)
        ON CONFLICT (user_id) DO UPDATE SET seen_at = excluded.seen_at
         WHERE agents.seen_at IS NULL OR agents.seen_at < excluded.seen_at
"""
TELL_WORK = """
    SELECT pg_notify('serai_work', '')
"""


class Id(Struct, frozen=True):
    id: ContactId


async def hold(conn: Conn, limit: int) -> list[Waiting]:
    """The longest waiting; nobody else decides about them, or gives turns, until the commit."""
    await conn.execute(LOCK)
    rows = await fetch(conn, Id, HOLD, {"limit": limit})
    if not rows:
        return []
    return await fetch(conn, Waiting, WAITING, {"contacts": [row.id for row in rows]})


async def here(conn: Conn, now: datetime) -> list[Agent]:
    """Who is available and was here lately, with the room that they have."""
    return await fetch(conn, Agent, HERE, {"since": now - HERE_FOR, "roles": ANSWERING})


async def given(conn: Conn, turns: Sequence[tuple[UUID, datetime]]) -> None:
    """Who got one by turn, and when: they stand last in the round now."""
    users = [user for user, _ in turns]
    await conn.execute(GIVEN, {"users": users, "ats": [at for _, at in turns]})


async def seen(conn: Conn, user_id: UUID, organization_id: UUID, now: datetime) -> None:
    """A page of theirs is here; whoever gives turns looks again."""
    values = {"user_id": user_id, "organization_id": organization_id, "now": now}
    await conn.execute(SEEN, values | {"capacity": CAPACITY})
    await conn.execute(TELL_WORK)
