"""Several people in one conversation: whose it becomes, who is there, who was first, who is told."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from serai.app.wiring import REPLAY_WIPES
from serai.core.permissions import Role
from serai.engine.handle import handle
from serai.engine.replay import replay
from serai.features.teamwork import jobs
from serai.kit.db import Conn
from tests.app.calling import Api, cookie, serving
from tests.given import WIRING, a_business, a_channel, change, deliver, delivery, rows, text_item


class Moved:
    """This machine's time, and whatever a test adds."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Colleague:
    """Somebody at their desk."""

    def __init__(self, api: Api, cookie: str) -> None:
        self.api = api
        self.headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
        self.id = ""

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        return await self.api.ask(method, path, body, headers=self.headers)

    async def get(self, path: str) -> Any:
        answer = await self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def do(self, path: str, method: str = "POST", **body: Any) -> None:
        answer = await self.ask(method, path, body)
        assert answer.status_code in {200, 204}, answer.text

    async def say(self, talk: str, text: str, *, confirm: bool = False, **more: Any) -> Any:
        body = {"content": {"type": "text", "body": text}, **more}
        path = f"/conversations/{talk}/messages?confirm={str(confirm).lower()}"
        return await self.ask("POST", path, body)


class Room:
    """A cafe whose team is an owner and an agent; Ada has written to it."""

    def __init__(self, api: Api, conn: Conn, owner: Colleague, agent: Colleague) -> None:
        self.api, self.conn, self.owner, self.agent = api, conn, owner, agent
        self.clock = api.app.state.clock = Moved()
        self.talk = ""

    async def hear(self, text: str) -> None:
        at = self.clock.now()
        item = text_item(text, at=int(at.timestamp()))
        await deliver(self.conn, delivery(change(messages=[item])), now=at)

    async def shown(self) -> Any:
        return await self.owner.get(f"/conversations/{self.talk}")

    async def lines(self) -> list[tuple[str, str | None]]:
        """What was done and why, oldest first."""
        told = await self.owner.get(f"/conversations/{self.talk}/lines")
        return [(each["kind"], each["detail"].get("reason")) for each in reversed(told["data"])]

    async def tags(self) -> list[str]:
        return [tag["name"] for tag in (await self.shown())["tags"]]

    async def here(self, who: Colleague) -> list[tuple[str, bool]]:
        """Who is there as somebody sees it, and whether they write."""
        told = await who.get(f"/conversations/{self.talk}/presence")
        return [(each["name"], each["typing_until"] is not None) for each in told["data"]]


@pytest.fixture
async def room(db_url: str, conn: Conn) -> AsyncIterator[Room]:
    business = await a_business(conn)
    await a_channel(conn, business)
    async with serving(db_url, conn, user_limit=1_000_000) as api:
        owner, agent = [Colleague(api, await cookie(api, r)) for r in (Role.OWNER, Role.AGENT)]
        for each in (owner, agent):
            each.id = (await each.get("/me"))["id"]
        room = Room(api, conn, owner, agent)
        await room.hear("Is the terrace open?")
        [talk] = await rows(conn, "SELECT id FROM conversations")
        room.talk = str(talk["id"])
        yield room


async def test_whoever_answers_what_is_nobodys_has_it_and_the_next_does_not(room: Room):
    assert (await room.agent.say(room.talk, "Until ten")).status_code == 200
    shown = await room.shown()
    assert (shown["assignee"]["id"], shown["handled_by"]) == (room.agent.id, "people")
    assert await room.lines() == [("assigned", "answered")]

    assert (await room.owner.say(room.talk, "Indeed", confirm=True)).status_code == 200
    assert (await room.shown())["assignee"]["id"] == room.agent.id


async def test_who_wrote_again_has_one_open_conversation_and_the_old_one_stays_resolved(room: Room):
    await room.owner.do(f"/conversations/{room.talk}/resolve")
    await room.hear("One more thing")
    for wish in ("reopen", "pending"):
        answer = await room.owner.ask("POST", f"/conversations/{room.talk}/{wish}")
        assert (answer.status_code, answer.json()["code"]) == (409, "conversation_followed")
    await room.owner.do("/conversations/mark", conversation_ids=[room.talk], mark="reopened")
    assert (await room.shown())["status"] == "resolved"
    assert await room.lines() == [("resolved", None)]

    every = [each["id"] for each in (await room.owner.get("/conversations"))["data"]]
    assert len(every) == 2
    await room.owner.do("/conversations/mark", conversation_ids=every, mark="resolved")
    await room.owner.do("/conversations/mark", conversation_ids=every, mark="reopened")
    shown = [await room.owner.get(f"/conversations/{each}") for each in every]
    assert {each["id"]: each["status"] for each in shown} == {
        each: "resolved" if each == room.talk else "open" for each in every
    }


async def test_an_answer_taken_back_gives_back_what_it_took(room: Room):
    said = (await room.agent.say(room.talk, "Until ten", undo_seconds=5)).json()
    await room.agent.do(f"/messages/{said['id']}/undo")
    shown = await room.shown()
    assert (shown["assignee"], shown["handled_by"]) == (None, "automation")
    assert await room.lines() == []


async def test_what_somebody_was_given_by_hand_stays_theirs_when_they_take_an_answer_back(
    room: Room,
):
    ids = [room.talk]
    await room.owner.do("/conversations/assign", conversation_ids=ids, assignee_id=room.agent.id)
    said = (await room.agent.say(room.talk, "Until ten", undo_seconds=5)).json()
    await room.agent.do(f"/messages/{said['id']}/undo")
    shown = await room.shown()
    assert (shown["assignee"]["id"], shown["handled_by"]) == (room.agent.id, "people")


async def test_a_business_may_say_that_answering_takes_nothing(room: Room):
    business = (await room.shown())["business_id"]
    rule = {"policy": "manual", "answer_within_minutes": 15, "answering_takes": False}
    await room.owner.do(f"/queues/{business}", "PUT", **rule)
    await room.agent.say(room.talk, "Until ten")
    assert (await room.shown())["assignee"] is None
    assert await room.lines() == [("handed_over", "answered")]


async def test_a_program_takes_nothing_and_is_not_asked(room: Room):
    await room.agent.say(room.talk, "Until ten")
    await room.agent.do("/conversations/assign", conversation_ids=[room.talk], assignee_id=None)
    key = await room.api.key("read", "write")
    body = {"content": {"type": "text", "body": "Your table is ready."}}
    said = await room.api.ask("POST", f"/conversations/{room.talk}/messages", body, key=key)
    assert said.status_code == 200, said.text
    assert (await room.shown())["assignee"] is None


async def test_a_second_answer_within_five_seconds_is_asked_about_and_a_later_one_is_not(
    room: Room,
):
    await room.agent.say(room.talk, "Until ten")
    stopped = await room.owner.say(room.talk, "Until eleven")
    assert (stopped.status_code, stopped.json()["code"]) == (409, "colleague_answered")
    assert (await room.agent.say(room.talk, "On Fridays too")).status_code == 200
    assert (await room.owner.say(room.talk, "Until eleven", confirm=True)).status_code == 200
    room.clock.ahead = timedelta(seconds=6)
    assert (await room.agent.say(room.talk, "As I said")).status_code == 200


async def test_an_answer_that_was_taken_back_stops_nobody(room: Room):
    said = (await room.agent.say(room.talk, "Until ten", undo_seconds=5)).json()
    await room.agent.do(f"/messages/{said['id']}/undo")
    assert (await room.owner.say(room.talk, "Until eleven")).status_code == 200


async def test_a_tab_that_is_closed_hides_nobody_who_has_another_open(room: Room):
    where = f"/conversations/{room.talk}/presence"
    await room.agent.do(where, "PUT", page="one", doing="typing")
    await room.agent.do(where, "PUT", page="two")
    assert await room.here(room.owner) == [("Agent", True)], "once, however many tabs"
    await room.agent.do(f"{where}?page=one", "DELETE")
    assert await room.here(room.owner) == [("Agent", False)]
    await room.agent.do(f"{where}?page=two", "DELETE")
    assert await room.here(room.owner) == []


async def test_a_tag_taken_off_before_it_was_merged_leaves_the_other_also_in_a_replay(room: Room):
    business = (await room.shown())["business_id"]
    one, two = [await a_tag(room, business, name) for name in ("Late", "Delayed")]
    tagging: dict[str, Any] = {"conversation_ids": [room.talk]}
    await room.agent.do("/conversations/tag", **tagging, add=[one, two])
    await room.agent.do("/conversations/tag", **tagging, remove=[one])
    await room.owner.do(f"/tags/{one}/merge", into_id=two)
    assert await room.tags() == ["Delayed"]
    await replay(room.conn, WIRING, REPLAY_WIPES)
    assert await room.tags() == ["Delayed"]


async def test_a_merged_tag_is_taken_off_whole_however_it_came_also_in_a_replay(room: Room):
    business = (await room.shown())["business_id"]
    one, two, three = [await a_tag(room, business, name) for name in ("A", "B", "C")]
    tagging: dict[str, Any] = {"conversation_ids": [room.talk]}
    await room.agent.do("/conversations/tag", **tagging, add=[one, two])
    await room.owner.do(f"/tags/{one}/merge", into_id=two)
    await room.owner.do(f"/tags/{two}/merge", into_id=three)
    assert await room.tags() == ["C"]
    await room.agent.do("/conversations/tag", **tagging, remove=[three])
    assert await room.tags() == []
    await replay(room.conn, WIRING, REPLAY_WIPES)
    assert await room.tags() == []


async def a_tag(room: Room, business: str, name: str) -> str:
    answer = await room.owner.ask("POST", "/tags", {"business_id": business, "name": name})
    return answer.json()["id"]


async def test_who_stops_saying_that_they_are_there_is_not_there_after_45_seconds(room: Room):
    where = f"/conversations/{room.talk}/presence"
    await room.agent.do(where, "PUT", doing="typing")
    await room.owner.do(where, "PUT")
    assert await room.here(room.owner) == [("Agent", True), ("Owner", False)]
    room.clock.ahead = timedelta(seconds=9)
    assert await room.here(room.owner) == [("Agent", False), ("Owner", False)]
    await room.owner.do(where, "DELETE")
    assert await room.here(room.agent) == [("Agent", False)]
    room.clock.ahead = timedelta(seconds=46)
    assert await room.here(room.owner) == []


async def test_who_is_mentioned_finds_it_until_they_look(room: Room):
    where = f"/conversations/{room.talk}/notes"
    await room.owner.do(where, body="@Agent please call back", mentions=[room.agent.id])
    assert (await room.agent.get("/inbox/counts"))["mentions"] == 1
    found = await room.agent.get("/conversations?mentioned=true")
    assert [each["id"] for each in found["data"]] == [room.talk]
    assert (await room.owner.get("/inbox/counts"))["mentions"] == 0
    await room.agent.do(f"/conversations/{room.talk}/mentions/read")
    assert (await room.agent.get("/inbox/counts"))["mentions"] == 0


async def test_what_was_put_off_comes_back_when_they_write_or_its_time_comes(room: Room):
    ids, until = [room.talk], room.clock.now() + timedelta(hours=1)
    await room.agent.do("/conversations/snooze", conversation_ids=ids, until=until.isoformat())
    await room.hear("Hello?")
    assert (await room.shown())["status"] == "open"
    await room.agent.do("/conversations/snooze", conversation_ids=ids, until=until.isoformat())
    assert await jobs.woken(room.conn, until - timedelta(seconds=1), 10) == []
    await handle(room.conn, WIRING, await jobs.woken(room.conn, until, 10), until)
    assert (await room.shown())["status"] == "open"
    kinds = [kind for kind, _ in await room.lines()]
    assert kinds == ["snoozed", "woken", "snoozed", "woken"]


async def test_automatic_answers_are_silent_while_people_handle_it_and_go_on_when_given_it_back(
    room: Room,
):
    sent = "SELECT count(*) AS n FROM messages WHERE author_kind = 'automation'"
    await room.conn.execute(
        "INSERT INTO rules (business_id, key, priority, match, reply, hours) SELECT id, 'menu', 1,"
        """ '{"mode": "contains", "words": ["menu"]}', 'Here is the menu', 'any' FROM businesses"""
    )
    hand = f"/conversations/{room.talk}/hand"
    await room.agent.do(hand, to="people")
    await room.hear("The menu?")
    assert await rows(room.conn, sent) == [{"n": 0}]
    await room.agent.do(hand, to="automation")
    await room.hear("The menu, please")
    assert await rows(room.conn, sent) == [{"n": 1}]
    assert [kind for kind, _ in await room.lines()] == ["handed_over", "returned"]


async def test_the_panel_says_how_long_they_waited_for_people(room: Room):
    where = f"/conversations/{room.talk}/background"
    assert (await room.owner.get(where))["response_times"]["first_seconds"] is None
    room.clock.ahead = timedelta(minutes=2)
    await room.agent.say(room.talk, "Until ten")
    await room.hear("And tomorrow?")
    room.clock.ahead = timedelta(minutes=6)
    await room.agent.say(room.talk, "Until nine")
    times = (await room.owner.get(where))["response_times"]
    assert times["count"] == 2
    assert 115 <= times["first_seconds"] <= 125
    assert 175 <= times["median_seconds"] <= 185
