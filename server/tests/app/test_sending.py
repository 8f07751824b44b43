"""Sending through the API: every kind is taken, what is wrong is named, nothing leaves by mistake."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import httpx2
import msgspec
import pytest
from serai.core.events import MessageAccepted
from serai.core.ids import MessageId, MetaId
from serai.core.message import kind_of
from serai.engine.handle import handle
from serai.kit.db import Conn
from tests.app.calling import serving
from tests.given import (
    NUMBER,
    WIRING,
    a_business,
    a_channel,
    change,
    deliver,
    delivery,
    rows,
    text_item,
)
from tests.meta.outgoing import INTERACTIVE, PLAIN

OTHER_PHONE = "15550100999"


class Caller:
    """Someone with an API key, and a chat in which Ada has just written."""

    def __init__(self, http: httpx2.AsyncClient, conn: Conn) -> None:
        self.http = http
        self.conn = conn
        self.count = 0

    async def post(self, path: str, body: Any = None) -> httpx2.Response:
        self.count += 1
        headers = {"Idempotency-Key": f"wish-{self.count}"}
        return await self.http.post(f"/api/v1{path}", json=body, headers=headers)

    async def talk(self, phone: str = "15550100123") -> str:
        """The conversation with that person."""
        found = await rows(
            self.conn,
            f"""SELECT conversation_id FROM messages WHERE meta_id = 'wamid.{phone}'""",
        )
        return str(found[0]["conversation_id"])

    async def message(self, meta_id: str) -> str:
        [found] = await rows(self.conn, f"SELECT id FROM messages WHERE meta_id = '{meta_id}'")
        return str(found["id"])

    async def answer(self, content: Any, **more: Any) -> httpx2.Response:
        path = f"/conversations/{await self.talk()}/messages"
        return await self.post(path, {"content": content, **more})


@pytest.fixture
async def caller(db_url: str, conn: Conn) -> AsyncIterator[Caller]:
    business = await a_business(conn)
    await a_channel(conn, business)
    now = datetime.now(UTC)
    for phone in ("15550100123", OTHER_PHONE):
        item = text_item("hello", id_=f"wamid.{phone}", phone=phone, at=int(now.timestamp()) - 60)
        await deliver(conn, delivery(change(messages=[item])), now=now)
    async with serving(db_url, conn) as api:
        api.http.headers["Authorization"] = f"Bearer {await api.key('read', 'write')}"
        yield Caller(api.http, conn)


def asked(content: Any) -> Any:
    """The content as a caller writes it: of a file's type they say nothing."""
    return _without_types(msgspec.to_builtins(content))


def _without_types(value: Any) -> Any:
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        return {name: _without_types(each) for name, each in members.items() if name != "mime_type"}
    if isinstance(value, list | tuple):
        return [_without_types(each) for each in cast("list[Any]", value)]
    return value


SAID = [
    content
    for content, _ in PLAIN + INTERACTIVE
    if kind_of(content) not in {"reaction", "template"}
]


async def test_every_kind_is_taken_and_queued(caller: Caller):
    for content in SAID:
        answer = await caller.answer(asked(content))
        assert (answer.status_code, answer.json().get("state")) == (200, "queued"), answer.text
    queued = await rows(caller.conn, "SELECT effect -> 'content' AS content FROM sends")
    kept = [row["content"] for row in queued]
    assert len(kept) == len(SAID)
    assert all(asked(content) in kept for content in SAID)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (
            {
                "type": "buttons",
                "body": "When?",
                "buttons": [{"id": f"b{n}", "title": f"Button {n}"} for n in range(4)],
            },
            "content.buttons[3]",
        ),
        (
            {
                "type": "buttons",
                "body": "When?",
                "buttons": [{"id": "a", "title": "Yes"}, {"id": "b", "title": "x" * 21}],
            },
            "content.buttons[1].title",
        ),
        (
            {
                "type": "list",
                "body": "Menu",
                "button": "Open",
                "sections": [{"rows": [{"id": f"r{n}", "title": f"R{n}"} for n in range(11)]}],
            },
            "content.sections[0].rows[10]",
        ),
        ({"type": "text", "body": "x" * 4097}, "content.body"),
        ({"type": "image", "file": {"link": "ftp://cdn.example/a"}}, "content.file.link"),
        (
            {"type": "buttons", "body": "When?", "buttons": [{"id": "a"}]},
            "content.buttons[0].title",
        ),
        ({"type": "text", "body": "Hi", "colour": "red"}, "content.colour"),
        ({"type": "carrier_pigeon"}, "content"),
    ],
)
async def test_what_meta_would_refuse_is_422_with_its_field(
    caller: Caller, content: dict[str, Any], field: str
):
    answer = await caller.answer(content)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert answer.json()["problems"][0]["field"] == field
    assert await rows(caller.conn, "SELECT FROM sends") == []


async def test_a_reply_quotes_a_message_of_the_same_chat(caller: Caller):
    text = {"type": "text", "body": "Yes"}
    good = await caller.answer(text, reply_to=await caller.message("wamid.15550100123"))
    elsewhere = await caller.answer(text, reply_to=await caller.message(f"wamid.{OTHER_PHONE}"))
    nowhere = await caller.answer(text, reply_to=str(UUID(int=1)))
    unsent = await caller.answer(text, reply_to=good.json()["id"])

    assert good.status_code == 200
    [queued] = await rows(caller.conn, "SELECT effect ->> 'reply_to' AS quoted FROM sends")
    assert queued["quoted"] == "wamid.15550100123"
    for answer, status, code in (
        (elsewhere, 409, "message_elsewhere"),
        (nowhere, 404, "message_not_found"),
        (unsent, 409, "message_not_sent"),
    ):
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem["field"]) == (status, code, "reply_to")


async def test_a_reaction_names_a_message_and_is_no_answer(caller: Caller):
    target = await caller.message("wamid.15550100123")
    answer = await caller.answer({"type": "reaction", "message_id": target, "emoji": "👍"})
    words = await caller.answer({"type": "reaction", "message_id": target, "emoji": "nice"})

    assert answer.status_code == 200
    assert (words.status_code, words.json()["field"]) == (422, "content.emoji")
    [queued] = await rows(caller.conn, "SELECT effect -> 'content' AS content FROM sends")
    assert queued["content"] == {"type": "reaction", "target": "wamid.15550100123", "emoji": "👍"}
    [talk] = await rows(
        caller.conn,
        f"SELECT waiting_since, answered_at FROM conversations WHERE id = '{await caller.talk()}'",
    )
    assert talk["waiting_since"] is not None
    assert talk["answered_at"] is None


async def test_a_reaction_is_listed_only_when_it_failed(caller: Caller):
    target = await caller.message("wamid.15550100123")
    reaction = {"type": "reaction", "message_id": target, "emoji": "👍"}
    id_ = MessageId(UUID((await caller.answer(reaction)).json()["id"]))
    taken = MessageAccepted(
        key="accepted", at=datetime.now(UTC), message_id=id_, message=MetaId("wamid.reaction")
    )
    await handle(caller.conn, WIRING, [taken], datetime.now(UTC))
    talk = f"/api/v1/conversations/{await caller.talk()}"

    [only] = (await caller.http.get(f"{talk}/messages")).json()["data"]
    assert [each["emoji"] for each in only["reactions"]] == ["👍"]
    assert (await caller.http.get(talk)).json()["last_message"]["text"] == "hello"

    await deliver(caller.conn, delivery(change(statuses=[failed("wamid.reaction", id_)])))
    listed = (await caller.http.get(f"{talk}/messages")).json()["data"]
    assert {each["state"] for each in listed} == {"received", "failed"}
    assert [each["reactions"] for each in listed] == [[], []]


def failed(meta_id: str, ours: MessageId) -> dict[str, Any]:
    """Source: WhatsApp Cloud API, reactions: a target that is gone fails later with 131009."""
    return {
        "id": meta_id,
        "status": "failed",
        "timestamp": str(int(datetime.now(UTC).timestamp())),
        "recipient_id": "15550100123",
        "biz_opaque_callback_data": str(ours),
        "errors": [{"code": 131009, "title": "Parameter value is not valid"}],
    }


async def test_someone_who_hides_their_number_is_written_to_by_their_id(caller: Caller):
    [channel] = await rows(caller.conn, f"SELECT id FROM channels WHERE meta_id = '{NUMBER}'")
    body = {
        "channel_id": str(channel["id"]),
        "to": {"user_id": "US.15550100123"},
        "content": {"type": "text", "body": "Hello Ada"},
    }
    known = await caller.post("/messages", body)
    stranger = await caller.post("/messages", body | {"to": {"user_id": "US.777"}})

    assert (known.status_code, known.json()["conversation_id"]) == (200, await caller.talk())
    assert (stranger.status_code, stranger.json()["code"]) == (409, "window_closed")


async def test_typing_and_read_are_queued_for_the_latest_message_once(caller: Caller):
    talk = await caller.talk()
    for path in ("read", "typing", "read", "typing"):
        assert (await caller.post(f"/conversations/{talk}/{path}")).status_code == 204
    queued = await rows(
        caller.conn,
        "SELECT signals.kind, meta_id FROM signals JOIN messages ON id = message_id ORDER BY 1",
    )
    assert queued == [
        {"kind": "read", "meta_id": "wamid.15550100123"},
        {"kind": "typing", "meta_id": "wamid.15550100123"},
    ]


async def test_a_paused_number_tells_nobody_anything(caller: Caller):
    await caller.conn.execute("UPDATE channels SET state = 'paused'")
    talk = await caller.talk()
    for path in ("read", "typing"):
        assert (await caller.post(f"/conversations/{talk}/{path}")).status_code == 204
    assert await rows(caller.conn, "SELECT FROM signals") == []


async def test_a_message_of_long_ago_cannot_be_marked_as_read(caller: Caller):
    old = datetime.now(UTC) - timedelta(days=31)
    await caller.conn.execute("UPDATE messages SET sent_at = %s", (old,))
    await caller.post(f"/conversations/{await caller.talk()}/read")
    assert await rows(caller.conn, "SELECT FROM signals") == []


def tap(number: int, id_: str, title: str, asked_id: str) -> dict[str, Any]:
    """A tap on a button, as WhatsApp tells of it."""
    item = text_item("", id_=f"wamid.tap{number}", at=int(datetime.now(UTC).timestamp()))
    del item["text"]
    reply = {"type": "button_reply", "button_reply": {"id": id_, "title": title}}
    context = {"from": "15550100", "id": asked_id}
    return item | {"type": "interactive", "interactive": reply, "context": context}


async def test_taps_are_counted_by_button_for_each_message(caller: Caller):
    buttons = [{"id": f"b{n}", "title": f"Button {n}"} for n in range(3)]
    question = {"type": "buttons", "body": "When?", "buttons": buttons}
    [first, second] = [(await caller.answer(question)).json()["id"] for _ in range(2)]
    for id_, meta_id in ((first, "wamid.q1"), (second, "wamid.q2")):
        await caller.conn.execute(
            f"UPDATE messages SET meta_id = '{meta_id}' WHERE id = '{id_}'".encode()
        )
    taps = [
        tap(1, "b0", "Button 0", "wamid.q1"),
        tap(2, "b2", "Button 2", "wamid.q1"),
        tap(3, "b2", "Button 2", "wamid.q1"),
        tap(4, "b1", "Button 1", "wamid.q2"),
    ]
    await deliver(caller.conn, delivery(change(messages=taps)), now=datetime.now(UTC))

    answers = [
        (await caller.http.get(f"/api/v1/messages/{id_}/answers")) for id_ in (first, second)
    ]

    counts = [{c["id"]: c["count"] for c in each.json()["choices"]} for each in answers]
    assert counts == [{"b0": 1, "b1": 0, "b2": 2}, {"b0": 0, "b1": 1, "b2": 0}]
    assert [c["people_count"] for c in answers[0].json()["choices"]] == [1, 0, 1]


async def test_what_is_filled_into_a_form_is_counted_by_field(caller: Caller):
    flow = {"type": "flow", "body": "Book", "cta": "Book", "flow_id": "9"}
    id_ = (await caller.answer(flow)).json()["id"]
    await caller.conn.execute(
        f"UPDATE messages SET meta_id = 'wamid.f' WHERE id = '{id_}'".encode()
    )
    for number, people in enumerate((2, 2, 4)):
        item = tap(number, "", "", "wamid.f")
        values = f'{{"flow_token": "t", "people": {people}, "day": "Monday"}}'
        reply = {"name": "flow", "body": "Sent", "response_json": values}
        item["interactive"] = {"type": "nfm_reply", "nfm_reply": reply}
        await deliver(caller.conn, delivery(change(messages=[item])), now=datetime.now(UTC))

    fields = (await caller.http.get(f"/api/v1/messages/{id_}/answers")).json()["fields"]

    counts = {(field["name"], field["value"]): field["count"] for field in fields}
    assert counts == {("day", "Monday"): 3, ("people", "2"): 2, ("people", "4"): 1}


async def test_answers_to_an_unknown_message_are_404(caller: Caller):
    answer = await caller.http.get(f"/api/v1/messages/{UUID(int=1)}/answers")
    assert (answer.status_code, answer.json()["code"]) == (404, "message_not_found")


async def test_a_channel_says_what_it_carries_and_by_which_route_marketing_goes(caller: Caller):
    [channel] = (await caller.http.get("/api/v1/channels")).json()["data"]
    path = f"/api/v1/channels/{channel['id']}"
    changed = await caller.http.patch(path, json={"whatsapp": {"uses_marketing_route": True}})
    untouched = await caller.http.patch(path, json={})

    assert {"text", "list", "carousel", "template"} <= set(channel["capabilities"])
    assert channel["whatsapp"]["uses_marketing_route"] is False
    assert changed.json()["whatsapp"]["uses_marketing_route"] is True
    assert untouched.json()["whatsapp"]["uses_marketing_route"] is True


async def test_the_open_window_offers_every_kind_and_the_closed_one_templates(caller: Caller):
    path = f"/api/v1/conversations/{await caller.talk()}"
    is_open = (await caller.http.get(path)).json()["window"]
    await caller.conn.execute("UPDATE messaging_windows SET closes_at = now() - interval '1 hour'")
    is_closed = (await caller.http.get(path)).json()["window"]

    assert {"text", "buttons", "carousel", "template"} <= set(is_open["allowed"])
    assert is_closed["allowed"] == ["template"]


async def test_a_null_character_is_refused_like_any_other_fault(caller: Caller):
    answer = await caller.answer({"type": "text", "body": "a\x00b"})
    found = await caller.http.get("/api/v1/contacts", params={"q": "a\x00b"})
    assert [each.json()["code"] for each in (answer, found)] == ["request_invalid"] * 2
    assert await rows(caller.conn, "SELECT FROM sends") == []
