"""What people have at hand while they answer, through the API."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx2
import pytest
from serai.core.events import MessageFailed, MessageUnknown
from serai.core.hours import Interval
from serai.core.ids import MessageId
from serai.engine.claim import claim
from serai.engine.handle import handle
from serai.features.businesses.store import hours
from serai.kit.db import ENGINE, Conn, connect
from tests.app.calling import Api, serving
from tests.given import WIRING, a_business, a_channel, change, deliver, delivery, rows, text_item

COUNT = count(1)


class Desk:
    """Somebody who answers for a cafe that is open from 08:00 to 16:00, to whom Ada has written."""

    def __init__(self, api: Api, business: Any, url: str) -> None:
        self.api, self.http, self.conn = api, api.http, api.conn
        self.business, self.url = business, url
        self.talk = ""

    async def ask(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        headers = {"Idempotency-Key": f"wish-{next(COUNT)}"}
        return await self.http.request(method, f"/api/v1{path}", json=body, headers=headers)

    async def get(self, path: str) -> Any:
        answer = await self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def say(self, text: str, **more: Any) -> dict[str, Any]:
        body = {"content": {"type": "text", "body": text}, **more}
        answer = await self.ask("POST", f"/conversations/{self.talk}/messages", body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def hear(self, text: str, *, ago: timedelta = timedelta(minutes=1)) -> None:
        at = datetime.now(UTC) - ago
        item = text_item(text, at=int(at.timestamp()))
        await deliver(self.conn, delivery(change(messages=[item])), now=at)


@pytest.fixture
async def desk(db_url: str, conn: Conn) -> AsyncIterator[Desk]:
    business = await a_business(conn)
    week = [Interval(weekday=day, opens="08:00", closes="16:00") for day in range(7)]
    await hours.replace(conn, business, week, ())
    await a_channel(conn, business)
    async with serving(db_url, conn) as api:
        api.http.headers["Authorization"] = (
            f"Bearer {await api.key('read', 'write', name='Robin Lake')}"
        )
        desk = Desk(api, business, db_url)
        await desk.hear("Is the Café terrace open? هل الحديقة مفتوحة")
        [talk] = await rows(conn, "SELECT id FROM conversations")
        desk.talk = str(talk["id"])
        yield desk


async def test_an_undone_message_leaves_no_trace_in_the_thread_and_the_person_waits_on(desk: Desk):
    before = await desk.get(f"/conversations/{desk.talk}")
    said = await desk.say("Sorry, wrong chat", undo_seconds=10)
    assert said["waits"]["code"] == "undo"

    undone = await desk.ask("POST", f"/messages/{said['id']}/undo")
    again = await desk.ask("POST", f"/messages/{said['id']}/undo")

    assert (undone.status_code, undone.json()["state"]) == (200, "undone")
    assert again.status_code == 200, "whoever presses twice is told the same"
    thread = (await desk.get(f"/conversations/{desk.talk}/messages"))["data"]
    assert said["id"] not in {each["id"] for each in thread}
    after = await desk.get(f"/conversations/{desk.talk}")
    assert after["waiting_since"] == before["waiting_since"]
    assert (await desk.get(f"/conversations/{desk.talk}/response-times"))["waits"] == []
    async with await connect(desk.url, ENGINE) as worker:
        assert await claim(worker, datetime.now(UTC) + timedelta(hours=1), 10) == []


@pytest.mark.parametrize("round_", range(5))
async def test_a_message_is_either_undone_or_leaves_never_both(desk: Desk, round_: int):
    said = await desk.say("On my way", undo_seconds=10)
    later = datetime.now(UTC) + timedelta(seconds=11)

    async def leave() -> bool:
        async with await connect(desk.url, ENGINE) as worker, worker.transaction():
            await asyncio.sleep(0.002 * round_)
            return bool(await claim(worker, later, 10))

    left, undone = await asyncio.gather(leave(), desk.ask("POST", f"/messages/{said['id']}/undo"))

    assert left == (undone.status_code == 409)
    [row] = await rows(desk.conn, "SELECT state FROM sends")
    assert row["state"] == ("under_way" if left else "undone")


async def test_a_failed_message_goes_again_as_a_new_one_that_names_it(desk: Desk):
    said = await desk.say("Yes, until ten")
    too_soon = await desk.ask("POST", f"/messages/{said['id']}/resend", {})
    now = datetime.now(UTC)
    failed = MessageFailed(
        key="failed", at=now, message_id=MessageId(said["id"]), code=131026, reason="No"
    )
    await handle(desk.conn, WIRING, [failed], now)

    again = await desk.ask("POST", f"/messages/{said['id']}/resend", {})
    twice = await desk.ask("POST", f"/messages/{said['id']}/resend", {})

    assert too_soon.json()["code"] == "message_not_failed"
    assert again.status_code in {200, 409}, again.text
    if again.status_code == 200:
        assert again.json()["resend_of"] == said["id"]
        assert again.json()["content"] == said["content"]
        assert twice.json()["code"] == "message_resent_before"


@pytest.mark.promise("INB-11")
async def test_what_may_have_arrived_goes_again_only_when_somebody_says_so_knowingly(desk: Desk):
    said = await desk.say("Yes, until ten")
    now = datetime.now(UTC)
    unknown = MessageUnknown(key="unknown", at=now, message_id=MessageId(said["id"]))
    await handle(desk.conn, WIRING, [unknown], now)

    unsure = await desk.ask("POST", f"/messages/{said['id']}/resend", {})
    sure = await desk.ask("POST", f"/messages/{said['id']}/resend", {"confirm_unknown": True})

    assert (unsure.status_code, unsure.json()["code"]) == (409, "message_may_have_arrived")
    assert (sure.status_code, sure.json()["resend_of"]) == (200, said["id"])
    assert len(await rows(desk.conn, "SELECT FROM sends")) == 2


@pytest.mark.promise("INB-11")
async def test_free_words_for_after_the_window_are_refused_when_they_are_scheduled(desk: Desk):
    path = f"/conversations/{desk.talk}/follow-ups"
    soon = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    late = (datetime.now(UTC) + timedelta(hours=25)).isoformat()
    words = {"content": {"type": "text", "body": "It is ready"}, "unless_answered": False}

    kept = await desk.ask("POST", path, {**words, "due_at": soon})
    refused = await desk.ask("POST", path, {**words, "due_at": late})
    moved = await desk.ask("PUT", f"/follow-ups/{kept.json()['id']}", {**words, "due_at": late})

    assert kept.json()["state"] == "waiting"
    for each in (refused, moved):
        assert (each.status_code, each.json()["code"]) == (409, "window_closed_then")
        assert "template" in each.json()["detail"]
    assert [each["due_at"] for each in await desk.get(path)] == [kept.json()["due_at"]]


@pytest.mark.promise("INB-05")
async def test_menu_expands_with_the_business_s_hours_and_only_where_it_belongs(desk: Desk):
    other = await a_business(desk.conn, "school")
    body = (
        "Hello {{contact.first_name|there}}! Today: {{business.hours_today}}. {{agent.first_name}}"
    )
    reply = {"shortcut": "Menu", "title": "The menu", "body": body}

    mine = await desk.ask("POST", "/quick-replies", {**reply, "business_id": str(desk.business)})
    taken = await desk.ask("POST", "/quick-replies", {**reply, "business_id": str(desk.business)})
    theirs = await desk.ask(
        "POST", "/quick-replies", {**reply, "shortcut": "fees", "business_id": str(other)}
    )

    assert (mine.status_code, theirs.status_code) == (200, 200), mine.text
    assert taken.json()["code"] == "shortcut_taken"
    [filled] = await desk.get(f"/conversations/{desk.talk}/quick-replies")
    assert (filled["shortcut"], filled["missing"]) == ("menu", [])
    assert filled["text"] == "Hello there! Today: 08:00–16:00. Robin"
    listed = await desk.get(f"/quick-replies?business_id={desk.business}")
    assert [each["shortcut"] for each in listed] == ["menu"]


async def test_a_blank_that_nobody_fills_is_refused_with_those_that_are_filled(desk: Desk):
    reply = {"shortcut": "hi", "title": "Hi", "body": "Hi {{contact.nickname}}"}
    refused = await desk.ask("POST", "/quick-replies", {**reply, "business_id": str(desk.business)})

    assert (refused.status_code, refused.json()["code"]) == (422, "blank_unknown")
    assert "contact.first_name" in refused.json()["detail"]


async def test_a_view_comes_back_with_the_filters_that_were_saved(desk: Desk):
    view = {"name": "Waiting", "search": {"status": "open", "assignee": "none"}}

    added = (await desk.ask("POST", "/views", view)).json()
    second = (await desk.ask("POST", "/views", {**view, "name": "Second"})).json()
    await desk.ask("PUT", "/views/order", [second["id"], added["id"]])

    views = await desk.get("/views")
    assert [each["name"] for each in views] == ["Second", "Waiting"]
    assert views[1]["search"] == view["search"]
    assert (await desk.ask("DELETE", f"/views/{added['id']}")).status_code == 204
    assert len(await desk.get("/views")) == 1


async def test_a_draft_is_kept_as_it_was_last_written_and_goes_when_it_is_empty(desk: Desk):
    path = f"/conversations/{desk.talk}/draft"
    await desk.ask("PUT", path, {"text": "We a"})
    await desk.ask("PUT", path, {"text": "We are open"})

    assert [each["text"] for each in await desk.get("/me/drafts")] == ["We are open"]
    await desk.ask("PUT", path, {"text": ""})
    assert await desk.get("/me/drafts") == []


@pytest.mark.parametrize(
    ("q", "marked"), [("cafe", "Café"), ("errac", "errac"), ("حديق", "حديق"), ("OPEN café", "Café")]
)
async def test_any_part_of_a_word_is_found_in_any_script(desk: Desk, q: str, marked: str):
    await desk.hear("Something else", ago=timedelta(seconds=30))

    found = await desk.get(f"/search?q={q}")

    [hit] = found["messages"]
    assert hit["conversation_id"] == desk.talk
    begin, end = hit["marks"][0]
    assert hit["text"][begin:end] == marked
    assert (await desk.get("/search?q=nowhere"))["messages"] == []


async def test_a_search_sees_no_other_company_s_words(desk: Desk):
    other = await a_business(desk.conn, "shop")
    key = await desk.api.key("read", businesses=[other])
    desk.http.headers["Authorization"] = f"Bearer {key}"

    found = await desk.get("/search?q=terrace")

    assert (found["messages"], found["contacts"]) == ([], [])


@pytest.mark.promise("POL-03")
async def test_the_window_says_its_state_its_end_what_may_be_sent_and_why(desk: Desk):
    window = await desk.get(f"/conversations/{desk.talk}/window")

    assert (window["state"], "text" in window["allowed"]) == ("open", True)
    left = datetime.fromisoformat(window["closes_at"]) - datetime.now(UTC)
    assert timedelta(hours=23) < left < timedelta(hours=24)

    later = "UPDATE messaging_windows SET closes_at = now() - interval '1 second'"
    await desk.conn.execute(later.encode())
    closed = await desk.get(f"/conversations/{desk.talk}/window")
    assert (closed["state"], closed["allowed"]) == ("closed", ["template"])
    assert "template" in closed["why"]
