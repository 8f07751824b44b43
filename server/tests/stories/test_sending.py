"""Everything that WhatsApp lets us send, from our API to the person's phone."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Event
from typing import Any, cast
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from serai.app.demo import world
from serai.core.ids import MessageId, MetaId, Person, Who
from serai.core.message import Content, kind_of
from serai.meta.whatsapp.checks import check
from serai.meta.whatsapp.payload import request_for
from tests.meta.contents import CONTENTS
from tests.meta.outgoing import INTERACTIVE, PLAIN
from tests.stories.conftest import AMAL, SCHOOL, Stack, until

FILES = {
    "image": ("image/jpeg", b"\xff\xd8\xff\xe0a picture"),
    "video": ("video/mp4", b"\x00\x00\x00\x18ftypmp42a film"),
    "audio": ("audio/ogg; codecs=opus", b"OggS" + bytes(24) + b"OpusHead a voice"),
    "document": ("application/pdf", b"%PDF-1.4 a bill"),
    "sticker": ("image/webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
}
"""By kind: a type that Meta takes, and what is served."""


ARRIVED = {"delivered", "read", "played"}
"""On a phone; a voice message is heard a while after it is read."""
GONE = {"accepted", "sent"} | ARRIVED
TOLERATED = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


class Files(BaseHTTPRequestHandler):
    """A web server of a business, with one file of each kind."""

    def do_GET(self) -> None:
        mime_type, data = FILES[self.path.strip("/")]
        self.send_response(200)
        self.send_header("Content-Type", mime_type)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the library's name
        """Nothing to say."""


@pytest.fixture
def files() -> Iterator[str]:
    """Where the files are."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(server.serve_forever)
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()


class Desk:
    """An agent of the school in a conversation with Amal, who has just written."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.count = 0
        self.asked = stack.write(AMAL, SCHOOL, "hello?")
        [self.talk] = until(lambda: stack.ask("GET", "/conversations").json()["data"])
        until(lambda: stack.answers(AMAL, SCHOOL))

    def send(self, content: Any, **more: Any) -> Any:
        self.count += 1
        return self.stack.ask(
            "POST",
            f"/conversations/{self.talk['id']}/messages",
            {"content": content, **more},
            **{"Idempotency-Key": f"send-{self.count}"},
        )

    def signal(self, kind: str) -> None:
        answer = self.stack.ask("POST", f"/conversations/{self.talk['id']}/{kind}")
        assert answer.status_code == 204

    def ours(self, meta_id: str) -> str:
        """Our id of a message."""
        [row] = self.stack.rows(f"SELECT id FROM messages WHERE meta_id = '{meta_id}'")
        return str(row["id"])

    def carried(self, id_: str) -> tuple[str, str | None]:
        """State and Meta's id, once Meta has said something."""

        def told() -> Any:
            state = self.stack.ask("GET", f"/messages/{id_}").json()["state"]
            return state if state != "queued" else None

        state = until(told)
        [row] = self.stack.rows(f"SELECT meta_id FROM messages WHERE id = '{id_}'")
        return state, row["meta_id"]

    def on_the_phone(self, meta_id: str) -> dict[str, Any]:
        chat = self.stack.chat(AMAL, SCHOOL)
        [found] = [message for message in chat if message["id"] == meta_id]
        return found


def routes(stack: Stack) -> list[str]:
    """The last part of the path of every call that was made to Meta, in order."""
    calls = stack.tell("GET", "/calls")["calls"]
    return [call["path"].rpartition("/")[2] for call in calls if call["method"] == "POST"]


def typing_seen(stack: Stack, begun: Event) -> dict[str, Any]:
    """The next `typing` that phones are told of; `begun` is set when we listen."""
    with stack.http.stream("GET", f"{stack.metasim}/stream") as stream:
        begun.set()
        lines = stream.iter_lines()
        next(line for line in lines if line == "event: typing")
        return json.loads(next(lines).removeprefix("data: "))


def as_written(content: Content, files: str) -> dict[str, Any]:
    """As a caller writes it, with files that are really there."""
    return _linked(msgspec.to_builtins(content), "", files)


def _linked(value: Any, kind: str, files: str) -> Any:
    if isinstance(value, list | tuple):
        return [_linked(each, kind, files) for each in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    members = cast("dict[str, Any]", value)
    kind = str(members.get("kind") or members.get("type") or kind)
    return {
        name: {"link": f"{files}/{kind}"} if name == "file" else _linked(each, kind, files)
        for name, each in members.items()
    }


SAID = [
    content
    for content, _ in PLAIN + INTERACTIVE
    if kind_of(content) not in {"reaction", "template"}
]
TEMPLATE = {
    "type": "template",
    "name": "education_order_confirmation",
    "language": "en_US",
    "parameters": ["Dana", "A-17", "Monday"],
}
TOO_MUCH: list[tuple[dict[str, Any], str]] = [
    (
        {
            "type": "buttons",
            "body": "?",
            "buttons": [{"id": f"{n}", "title": f"B{n}"} for n in range(4)],
        },
        "content.buttons[3]",
    ),
    (
        {"type": "buttons", "body": "?", "buttons": [{"id": "1", "title": "x" * 21}]},
        "content.buttons[0].title",
    ),
    (
        {
            "type": "list",
            "body": "?",
            "button": "Open",
            "sections": [{"rows": [{"id": f"{n}", "title": f"R{n}"} for n in range(11)]}],
        },
        "content.sections[0].rows[10]",
    ),
]


@pytest.mark.promise("MSG-09")
def test_every_kind_of_message_gets_a_wamid_and_shows_on_the_phone(working: Stack, files: str):
    desk = Desk(working)
    contents = [as_written(content, files) for content in SAID] + [TEMPLATE]
    contents.append({"type": "text", "body": "*Bold* _and_ ~gone~ 😊 https://shop.example"})
    sent = [(content["type"], desk.send(content)) for content in contents]

    for kind, answer in sent:
        assert answer.status_code == 200, (kind, answer.text)
        state, meta_id = desk.carried(answer.json()["id"])
        assert state in GONE, (kind, state)
        assert (meta_id or "").startswith("wamid."), kind
        shown = desk.on_the_phone(meta_id or "")
        assert shown["direction"] == "out", kind
        until(lambda m=meta_id: desk.on_the_phone(m or "")["status"] in ARRIVED)


@pytest.mark.promise("MSG-09")
def test_what_is_too_much_is_refused_before_it_leaves_and_the_field_is_named(working: Stack):
    desk = Desk(working)
    before = working.tell("GET", "/counters")["sends"]
    for content, field in TOO_MUCH:
        answer = desk.send(content)
        assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert working.rows("SELECT FROM sends WHERE priority = 0") == []
    assert working.tell("GET", "/counters")["sends"] == before


@pytest.mark.promise("MSG-09")
def test_a_reply_quotes_and_a_reaction_sticks_until_it_is_taken_back(working: Stack):
    desk = Desk(working)
    target = desk.ours(desk.asked)
    reply = desk.send({"type": "text", "body": "Yes?"}, reply_to=target)
    _, meta_id = desk.carried(reply.json()["id"])
    assert desk.on_the_phone(meta_id or "")["context"] == desk.asked

    assert desk.send({"type": "reaction", "message_id": target, "emoji": "👍"}).status_code == 200
    until(lambda: desk.on_the_phone(desk.asked)["reactions"].get("out") == "👍")
    seen = until(lambda: working.ask("GET", f"/messages/{target}").json()["reactions"])
    assert [(each["emoji"], each["by_us"]) for each in seen] == [("👍", True)]
    assert desk.send({"type": "reaction", "message_id": target}).status_code == 200
    until(lambda: "out" not in desk.on_the_phone(desk.asked)["reactions"])
    until(lambda: working.ask("GET", f"/messages/{target}").json()["reactions"] == [])


def test_reading_and_typing_reach_the_person(working: Stack):
    desk = Desk(working)
    before = len(routes(working))
    begun = Event()
    with ThreadPoolExecutor(1) as aside:
        seen = aside.submit(typing_seen, working, begun)
        begun.wait()
        desk.signal("read")
        until(lambda: desk.on_the_phone(desk.asked)["status"] == "read")
        desk.signal("typing")
        assert seen.result(20)["person"] == AMAL
    until(lambda: working.rows("SELECT FROM signals WHERE state = 'done'")[1:])
    assert routes(working)[before:] == ["messages", "messages"]


def test_a_signal_that_meta_refuses_is_given_up_and_delays_nothing(working: Stack):
    desk = Desk(working)
    working.execute("UPDATE messages SET meta_id = 'wamid.unknown' WHERE direction = 'in'")
    desk.signal("typing")

    until(lambda: working.rows("SELECT FROM signals WHERE state = 'given_up'"))
    answer = desk.send({"type": "text", "body": "Here I am"})
    assert desk.carried(answer.json()["id"])[0] in GONE


@pytest.mark.promise("PLT-08")
def test_marketing_takes_its_own_route_once_the_channel_has_accepted_the_terms(working: Stack):
    working.execute("UPDATE templates SET category = 'MARKETING'")
    for template in working.tell("GET", "/world")["templates"]:
        if template["name"] == TEMPLATE["name"]:
            working.tell("PUT", "/world", {"templates": [{**template, "category": "MARKETING"}]})
    desk = Desk(working)
    before = len(routes(working))
    plain = desk.send(TEMPLATE)
    desk.carried(plain.json()["id"])
    working.command("channel", "marketing-route", SCHOOL, "on")
    by_route = desk.send(TEMPLATE)
    desk.carried(by_route.json()["id"])
    text = desk.send({"type": "text", "body": "Not marketing"})
    desk.carried(text.json()["id"])

    assert routes(working)[before:] == ["messages", "marketing_messages", "messages"]


def test_each_of_three_buttons_is_counted_where_it_was_tapped(working: Stack):
    desk = Desk(working)
    buttons = [{"id": f"slot-{n}", "title": f"At {n}"} for n in range(3)]
    question = desk.send({"type": "buttons", "body": "When?", "buttons": buttons})
    _, meta_id = desk.carried(question.json()["id"])
    until(lambda: desk.on_the_phone(meta_id or "")["status"] in ARRIVED)
    for button in range(3):
        body = {"number": SCHOOL, "message": meta_id, "button": button}
        working.tell("POST", f"/people/{AMAL}/tap", body)

    def counts() -> dict[str, int]:
        answers = working.ask("GET", f"/messages/{question.json()['id']}/answers").json()
        return {each["id"]: each["count"] for each in answers["choices"]}

    until(lambda: counts() == {"slot-0": 1, "slot-1": 1, "slot-2": 1})


def test_meta_takes_whatever_passed_our_checks(stack: Stack):
    phones = count(12_125_560_000)
    stack.tell("POST", "/clock", {"freeze": True})  # nobody need be told what becomes of them

    @settings(max_examples=250, deadline=None, suppress_health_check=TOLERATED)
    @given(CONTENTS)
    def taken(content: Content) -> None:
        assume(not check(content))
        status, answer = meta_takes(stack, content, str(next(phones)))
        assert status == 200, (content, answer)
        assert answer["messages"][0]["id"].startswith("wamid."), content

    try:
        taken()
    finally:
        stack.tell("POST", "/clock", {"freeze": False})


def meta_takes(stack: Stack, content: Content, phone: str) -> tuple[int, Any]:
    """What Meta answers, for a person of its own; the clock moves on, so that none is too many."""
    school = next(each for each in world.NUMBERS if each.id == SCHOOL)
    request = request_for(
        MessageId(UUID(int=int(phone))), content, Who(MetaId(SCHOOL), Person(phone=phone))
    )
    stack.tell("POST", "/clock", {"advance_seconds": 1})
    answer = stack.http.post(
        f"{stack.metasim.removesuffix('/_sim')}/v25.0/{request.path}",
        content=request.body,
        headers={"Authorization": f"Bearer {school.token}", "Content-Type": "application/json"},
    )
    return answer.status_code, answer.json()


@pytest.mark.promise("MSG-24")
def test_a_wish_that_is_repeated_finds_its_message_where_a_server_died_before_it_remembered(
    working: Stack,
):
    desk = Desk(working)
    asked = {"content": {"type": "text", "body": "Once only"}}
    path, key = f"/conversations/{desk.talk['id']}/messages", {"Idempotency-Key": "once"}

    first = working.ask("POST", path, asked, **key).json()
    desk.carried(first["id"])
    working.execute("DELETE FROM idempotent_requests")
    again = working.ask("POST", path, asked, **key)

    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    said = [each for each in working.answers(AMAL, SCHOOL) if each["text"] == "Once only"]
    assert len(said) == 1

    working.execute("DELETE FROM idempotent_requests")
    working.execute(f"UPDATE events SET message_id = NULL WHERE message_id = '{first['id']}'")
    gone = working.ask("POST", path, asked, **key)
    assert (gone.status_code, gone.json()["code"]) == (404, "message_not_found")
