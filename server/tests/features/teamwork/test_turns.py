"""Who gets what waits: nobody too much, the longest waiting first, each in turn."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from serai.core.events import ConversationAssigned, ConversationMarked
from serai.core.ids import BusinessId, ConversationId
from serai.core.permissions import Role
from serai.engine.handle import handle
from serai.features.accounts.decide.grants import Membership
from serai.features.accounts.store import people
from serai.features.accounts.store.people import NewUser
from serai.features.teamwork import jobs
from serai.features.teamwork.decide.turns import turns
from serai.features.teamwork.model import Agent, Waiting
from serai.features.teamwork.store import teams
from serai.features.teamwork.store import turns as store
from serai.features.teamwork.store.teams import QueueRow, TeamRow
from serai.kit.db import ENGINE, Conn, connect
from tests.given import (
    NOON,
    VAULT,
    WIRING,
    a_business,
    a_channel,
    change,
    deliver,
    delivery,
    rows,
    text_item,
)

CAFE = BusinessId(UUID(int=1))
LATER = NOON + timedelta(minutes=1)


def waiting(number: int, *, team: UUID | None = None) -> Waiting:
    return Waiting(
        conversation_id=ConversationId(UUID(int=number)),
        business_id=CAFE,
        team_id=team,
        since=NOON + timedelta(seconds=number),
    )


def agent(number: int, room: int = 20, *, team: UUID | None = None, at: datetime | None = None):
    return Agent(
        user_id=UUID(int=number),
        business_ids=frozenset({CAFE}),
        team_ids=frozenset({team} if team else ()),
        room=room,
        given_at=at,
    )


def test_each_gets_one_in_turn_beginning_with_whoever_got_one_longest_ago():
    here = [agent(1, at=NOON), agent(2), agent(3, at=NOON - timedelta(hours=1))]
    given = [each.user_id.int for each in turns([waiting(n) for n in range(5)], here)]
    assert given == [2, 3, 1, 2, 3]


def test_the_longest_waiting_go_first_and_the_rest_stay_when_all_are_full():
    given = list(turns([waiting(3), waiting(1), waiting(2)], [agent(1, room=2)]))
    assert [each.waiting.conversation_id.int for each in given] == [1, 2]


def test_what_a_team_has_is_for_its_members_alone():
    team = UUID(int=9)
    given = list(turns([waiting(1, team=team)], [agent(1), agent(2, team=team)]))
    assert [each.user_id.int for each in given] == [2]


async def an_agent(conn: Conn, name: str, business: BusinessId, now: datetime = NOON) -> UUID:
    """Somebody who answers at a business, and is here."""
    [company] = await rows(conn, "SELECT id FROM organizations")
    new = NewUser(
        organization_id=company["id"],
        name=name,
        email=f"{name}@serai.test",
        memberships=[Membership(business, Role.AGENT)],
    )
    user = await people.add(conn, VAULT, new, now)
    assert user is not None
    await store.seen(conn, user, company["id"], now)
    return user


async def waiting_people(conn: Conn, count: int, *, in_person: bool = True) -> BusinessId:
    """A business that answers in person and by turn, with so many who have written."""
    business = await a_business(conn, always_human=in_person)
    await a_channel(conn, business)
    await teams.set_queue(conn, QueueRow(business, "round_robin", 15))
    for start in range(0, count, 25):
        items = [
            text_item(f"hello {n}", phone=f"155501{n:05d}", at=int(NOON.timestamp()) + n)
            for n in range(start, min(start + 25, count))
        ]
        now = NOON + timedelta(seconds=start)
        await deliver(conn, *(delivery(change(messages=[item])) for item in items), now=now)
    return business


async def give_all(conn: Conn, now: datetime = LATER) -> None:
    while await jobs.give_turns(conn, WIRING, now):
        pass


LOADS = "SELECT assignee_id, count(*) AS n FROM conversations WHERE status = 'open' GROUP BY 1"


@pytest.mark.promise("INB-02")
async def test_a_hundred_over_four_agents_leave_none_above_twenty_and_twenty_in_the_queue(
    conn: Conn,
):
    business = await waiting_people(conn, 100)
    team = [await an_agent(conn, name, business) for name in ("amal", "ben", "chloe", "dana")]
    await give_all(conn)
    loads = {row["assignee_id"]: row["n"] for row in await rows(conn, LOADS)}
    assert loads == {**dict.fromkeys(team, 20), None: 20}

    [oldest, *_] = await rows(
        conn,
        """SELECT id FROM conversations WHERE assignee_id IS NULL
            ORDER BY waiting_since, id""",
    )
    [done, *_] = await rows(
        conn, f"SELECT id, business_id FROM conversations WHERE assignee_id = '{team[2]}'"
    )
    resolved = ConversationMarked(
        key="done",
        at=LATER,
        conversation_id=done["id"],
        business_id=done["business_id"],
        mark="resolved",
        by=str(team[2]),
    )
    await handle(conn, WIRING, [resolved], LATER)
    await give_all(conn, LATER + timedelta(seconds=1))
    [given] = await rows(conn, f"SELECT assignee_id FROM conversations WHERE id = '{oldest['id']}'")
    assert given["assignee_id"] == team[2]
    assert {row["n"] for row in await rows(conn, LOADS)} == {20, 19}


async def test_two_workers_at_once_give_nobody_too_much(conn: Conn, db_url: str):
    business = await waiting_people(conn, 50)
    team = [await an_agent(conn, name, business) for name in ("amal", "ben")]
    async with await connect(db_url, ENGINE) as one, await connect(db_url, ENGINE) as other:
        await asyncio.gather(give_all(one), give_all(other))
    loads = {row["assignee_id"]: row["n"] for row in await rows(conn, LOADS)}
    assert loads == {team[0]: 20, team[1]: 20, None: 10}


@pytest.mark.parametrize("how", ["busy", "away", "gone"])
async def test_who_is_busy_away_or_gone_gets_none(conn: Conn, how: str):
    business = await waiting_people(conn, 1)
    user = await an_agent(conn, "amal", business)
    [company] = await rows(conn, "SELECT id FROM organizations")
    if how != "gone":
        await teams.set_agent(conn, user, company["id"], availability=how)
    now = LATER if how != "gone" else NOON + timedelta(minutes=6)
    assert await jobs.give_turns(conn, WIRING, now) == 0


async def test_a_turn_takes_nothing_from_whoever_took_it_by_hand(conn: Conn):
    business = await waiting_people(conn, 1)
    amal, ben = [await an_agent(conn, name, business) for name in ("amal", "ben")]
    [talk] = await rows(conn, "SELECT id FROM conversations")
    by_hand, by_turn = (
        ConversationAssigned(
            key=f"given to {user}",
            at=LATER,
            conversation_id=talk["id"],
            business_id=business,
            assignee=user,
            team=None,
            by_turn=user == ben,
        )
        for user in (amal, ben)
    )
    await handle(conn, WIRING, [by_hand], LATER)
    await handle(conn, WIRING, [by_turn], LATER)
    assert [row["assignee_id"] for row in await rows(conn, LOADS)] == [amal]


async def test_what_automation_has_is_given_out_by_turn_once_it_is_given_to_a_team(conn: Conn):
    business = await waiting_people(conn, 1, in_person=False)
    user, team = await an_agent(conn, "amal", business), UUID(int=77)
    kitchen = TeamRow(
        id=team,
        business_id=business,
        name="Kitchen",
        policy="round_robin",
        member_ids=(user,),
    )
    await teams.save(conn, kitchen, NOON)
    assert await jobs.give_turns(conn, WIRING, LATER) == 0
    [talk] = await rows(conn, "SELECT id, handled_by FROM conversations")
    assert talk["handled_by"] == "automation"

    to_team = ConversationAssigned(
        key="to the kitchen",
        at=LATER,
        conversation_id=talk["id"],
        business_id=business,
        assignee=None,
        team=team,
    )
    await handle(conn, WIRING, [to_team], LATER)
    await give_all(conn)
    [talk] = await rows(conn, "SELECT assignee_id, handled_by FROM conversations")
    assert talk == {"assignee_id": user, "handled_by": "people"}
