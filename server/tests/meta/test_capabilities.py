"""Each channel is asked only for what it can carry."""

import pytest
from serai.core.content import Text
from serai.core.effects import RefuseMessage
from serai.core.events import Refusal
from serai.core.ids import ChannelId
from serai.core.interactive import ListMenu, Row, Section
from serai.core.message import Content, kind_of
from serai.core.policy import REMEDIES
from serai.core.state import Channel
from serai.engine import permit
from serai.engine.decide import decide
from serai.meta.capabilities import CARRIED, carries, sendable, sendable_now
from serai.meta.whatsapp.checks import CHECKS
from tests.given import message, send, state
from tests.meta.outgoing import INTERACTIVE, PLAIN

MENU = ListMenu(body="Menu", button="Open", sections=(Section(rows=(Row(id="a", title="A"),)),))
INSTAGRAM = Channel(id=ChannelId(state().channel.id), kind="instagram")


def test_instagram_refuses_a_list_with_the_reason_and_takes_text():
    here = state(channel=INSTAGRAM)

    assert permit.refusal(here, send(MENU)) is Refusal.KIND_NOT_CARRIED
    assert "no such kind of message" in REMEDIES[Refusal.KIND_NOT_CARRIED]
    assert permit.refusal(here, send(Text("Hello"))) is None
    assert "list" not in sendable("instagram")


@pytest.mark.parametrize("content", [content for content, _ in PLAIN + INTERACTIVE])
def test_whatsapp_carries_every_kind_that_can_be_sent(content: Content):
    assert carries("whatsapp", content)
    assert kind_of(content) in sendable("whatsapp")
    assert len(sendable("whatsapp")) == len(CHECKS)


def test_a_channel_that_is_not_known_carries_nothing():
    assert not carries("pigeon", Text("Hello"))
    assert sendable("pigeon") == []


def test_a_closed_window_leaves_templates():
    assert sendable_now("whatsapp", window_is_open=True) == sendable("whatsapp")
    assert sendable_now("whatsapp", window_is_open=False) == ["template"]
    assert sendable_now("instagram", window_is_open=False) == []


def test_every_channel_says_what_it_carries():
    assert set(CARRIED) == {"whatsapp", "instagram", "messenger"}


def test_what_meta_would_refuse_is_refused_whoever_wrote_it():
    too_long = Text("x" * 4097)
    event = message("hi")

    _, [effect] = decide(state(), event, [lambda _state, _event: [send(too_long)]])

    assert isinstance(effect, RefuseMessage)
    assert effect.reason == Refusal.CONTENT_NOT_TAKEN
