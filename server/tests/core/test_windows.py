"""The customer service window, against a model, through every order of things that happen."""

from datetime import timedelta

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace
from serai.core.content import Call, Context, Text
from serai.core.events import CallReported, EchoReceived, Event, MessageReceived, Reacted
from serai.core.ids import MetaId
from serai.core.policy import refusal
from serai.core.state import State
from serai.core.template import TemplateRef
from serai.engine.decide import decide
from serai.features.inbox.decide import decide as inbox
from tests.given import ADA, NOON, NUMBER, message, send, state

DAY = timedelta(hours=24)
AGO = st.integers(0, 60 * 30).map(lambda minutes: timedelta(minutes=minutes))
"""How late something is told; statuses and messages may come hours after they happened."""


class Windows(RuleBasedStateMachine):
    """What a person does opens the window until 24 hours later; what we do never."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.state: State = state(wrote_at=None, conversation=None)
        self.wrote_at = NOON - 30 * DAY
        self.serial = 0

    def tell(self, event: Event) -> None:
        self.state = replace(self.state, now=self.now)
        self.state, _ = decide(self.state, event, [lambda at, what: inbox(at, None, what)])

    def key(self) -> str:
        self.serial += 1
        return f"wamid.{self.serial}"

    @rule(hours=st.floats(0, 40))
    def time_passes(self, hours: float) -> None:
        self.now += timedelta(hours=hours)

    @rule(ago=AGO)
    def the_person_writes(self, ago: timedelta) -> None:
        at = self.now - ago
        self.tell(message("hello", at=at, id=self.key()))
        self.wrote_at = max(self.wrote_at, at)

    @rule(ago=AGO)
    def the_person_calls(self, ago: timedelta) -> None:
        at, key = self.now - ago, self.key()
        call = Call(direction="in", status="ringing")
        self.tell(
            CallReported(key=key, at=at, channel=NUMBER, person=ADA, message=MetaId(key), call=call)
        )
        self.wrote_at = max(self.wrote_at, at)

    @rule()
    def we_write_on_the_phone(self) -> None:
        key = self.key()
        self.tell(
            EchoReceived(
                key=key, at=self.now, channel=NUMBER, person=ADA, message=MetaId(key),
                content=Text("ours"),
            )
        )  # fmt: skip

    @rule()
    def we_react(self) -> None:
        self.tell(
            Reacted(
                key=self.key(), at=self.now, channel=NUMBER, person=ADA, target=MetaId("wamid.1"),
                emoji="👍", by_us=True,
            )
        )  # fmt: skip

    @rule()
    def someone_writes_in_a_group(self) -> None:
        told: MessageReceived = message("all", at=self.now, id=self.key())
        self.tell(replace(told, context=Context(group_id="g"), standby=True))

    @invariant()
    def free_words_go_within_24_hours_of_theirs_and_templates_always(self) -> None:
        now = replace(self.state, now=self.now)
        is_open = self.now <= self.wrote_at + DAY - timedelta(seconds=1)
        assert (refusal(now, send(Text("hi"))) is None) == is_open
        assert refusal(now, send(TemplateRef("ready", "en"))) is None


TestWindows = Windows.TestCase
TestWindows.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
