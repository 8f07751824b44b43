"""Each channel is asked only for what it can carry; another kind joins by adding, and nothing else."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from serai.core.content import Text
from serai.core.effects import RefuseMessage
from serai.core.events import MessageAsked, Refusal
from serai.core.ids import MessageId, MetaId
from serai.core.interactive import ListMenu, Row, Section
from serai.core.message import Author, Content, Purpose, kind_of
from serai.core.policy import window_lets
from serai.core.state import Channel
from serai.core.template import TemplateRef
from serai.engine import permit
from serai.engine.decide import decide
from serai.engine.handle import handle
from serai.features.contacts.store import addresses
from serai.kit.db import Conn
from serai.meta.capabilities import (
    KINDS,
    carries,
    check,
    sendable,
    sendable_now,
    window_state,
)
from serai.meta.kind import Kind, Outgoing
from serai.meta.whatsapp.checks import CHECKS
from tests.given import (
    NOON,
    VAULT,
    WIRING,
    a_business,
    a_channel,
    deliver,
    message,
    rows,
    send,
    state,
)
from tests.meta.outgoing import INTERACTIVE, PLAIN
from tests.meta.pigeon import PIGEON

MENU = ListMenu(body="Menu", button="Open", sections=(Section(rows=(Row(id="a", title="A"),)),))
LOFT = MetaId("550012340000001")
WHATSAPP = KINDS["whatsapp"]


@pytest.fixture
def pigeon(monkeypatch: pytest.MonkeyPatch) -> Kind:
    """The line by which a kind joins."""
    monkeypatch.setitem(KINDS, PIGEON.key, PIGEON)
    return PIGEON


def at_the_loft() -> Channel:
    return Channel(id=state().channel.id, kind="pigeon", rules=PIGEON.rules)


def letter(says: str, *, at: datetime = NOON) -> bytes:
    entry = {
        "id": LOFT,
        "letters": [{"id": says, "by": "p-77", "at": at.timestamp(), "says": says}],
    }
    return json.dumps({"object": "loft", "entry": [entry]}, default=int).replace(".0", "").encode()


@pytest.mark.parametrize("content", [content for content, _ in PLAIN + INTERACTIVE])
def test_whatsapp_carries_every_kind_that_can_be_sent(content: Content):
    assert carries("whatsapp", content)
    assert kind_of(content) in sendable("whatsapp")
    assert len(sendable("whatsapp")) == len(CHECKS)


def test_a_channel_that_is_not_known_carries_nothing():
    assert not carries("pigeon", Text("Hello"))
    assert sendable("pigeon") == []
    assert check("pigeon", Text("Hello"))


def test_a_closed_window_leaves_what_the_kind_sends_at_any_time(pigeon: Kind):
    assert sendable_now("whatsapp", "open") == sendable("whatsapp")
    assert sendable_now("whatsapp", "closed") == ["template"]
    assert sendable_now("pigeon", "person") == ["image", "text"]
    assert sendable_now("pigeon", "closed") == sendable_now("pigeon", "never") == []


def test_what_meta_would_refuse_is_refused_whoever_wrote_it():
    too_long = Text("x" * 4097)
    event = message("hi")

    _, [effect] = decide(state(), event, [lambda _state, _event: [send(too_long)]])

    assert isinstance(effect, RefuseMessage)
    assert effect.reason == Refusal.CONTENT_NOT_TAKEN


def test_each_kind_refuses_what_it_does_not_carry_by_its_own_limits(pigeon: Kind):
    here = state(channel=at_the_loft())

    assert permit.refusal(here, send(MENU)) is Refusal.KIND_NOT_CARRIED
    assert permit.refusal(here, send(TemplateRef("n", "en"))) is Refusal.KIND_NOT_CARRIED
    assert permit.refusal(here, send(Text("x" * 201))) is Refusal.CONTENT_NOT_TAKEN
    assert permit.refusal(here, send(Text("Coo"))) is None


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(hours=23), {Author.AGENT, Author.AUTOMATION}),
        (timedelta(hours=25), {Author.AGENT}),
        (timedelta(days=7, seconds=-1), {Author.AGENT}),
        (timedelta(days=7), set[Author]()),
    ],
)
def test_a_person_may_answer_for_longer_where_the_kind_says_so(
    age: timedelta, expected: set[Author]
):
    here = state(wrote_at=NOON - age, channel=at_the_loft())

    may = {who for who in (Author.AGENT, Author.AUTOMATION) if window_lets(here, who)}

    assert may == expected


def test_the_window_has_a_name_for_the_time_of_persons_alone(pigeon: Kind):
    closes_at = NOON + PIGEON.rules.window
    days = [timedelta(hours=1), timedelta(days=3), timedelta(days=8)]

    assert [window_state("pigeon", closes_at, NOON + d) for d in days] == [
        "open",
        "person",
        "closed",
    ]
    assert [window_state("whatsapp", closes_at, NOON + d) for d in days] == [
        "open",
        "closed",
        "closed",
    ]
    assert window_state("pigeon", None, NOON) == "never"


def test_nobody_is_told_of_templates_where_there_are_none(pigeon: Kind):
    words = [*_every(PIGEON.rules.words), *PIGEON.rules.remedies.values()]

    _, [effect] = decide(
        state(wrote_at=None, channel=at_the_loft()),
        message("hi"),
        [lambda _state, _event: [send(Text("Coo"))]],
    )

    assert isinstance(effect, RefuseMessage)
    assert effect.reason == Refusal.WINDOW_CLOSED
    assert not [each for each in [*words, effect.words] if "template" in each.lower()]
    assert "template" in WHATSAPP.rules.words.closed


def _every(words: Any) -> list[str]:
    return [getattr(words, name) for name in words.__struct_fields__]


async def test_what_comes_by_a_new_kind_is_a_conversation_that_can_be_answered(
    conn: Conn, pigeon: Kind
):
    owner = await a_business(conn)
    channel = await a_channel(conn, owner, LOFT, kind="pigeon")

    await deliver(conn, letter("Coo?"))

    [said] = await rows(conn, "SELECT id, conversation_id, contact_id, content FROM messages")
    [known] = await rows(conn, "SELECT type, scope FROM contact_identities")
    asked = MessageAsked(
        key="asked:1",
        at=NOON + timedelta(days=3),
        business_id=owner,
        conversation_id=said["conversation_id"],
        contact_id=said["contact_id"],
        channel=LOFT,
        content=Text("Coo!"),
        purpose=Purpose.SERVICE,
        author=Author.AGENT,
        by="someone",
    )
    await handle(conn, WIRING, [asked], asked.at)
    [parcel] = await rows(conn, "SELECT id FROM messages WHERE direction = 'out'")
    where = await addresses.find(conn, VAULT, [(parcel["id"], channel, said["contact_id"])])

    assert said["content"]["body"] == "Coo?"
    assert known == {"type": "page_user_id", "scope": "messenger"}
    [address] = where.values()
    out = Outgoing(
        message_id=MessageId(parcel["id"]), content=Text("x"), who=address.who, is_late=True
    )
    request = address.kind.request(out)
    assert request.path == f"{LOFT}/letters"
    assert json.loads(request.body) == {"to": "p-77", "tag": "HUMAN_AGENT"}
