"""What may be sent, and when."""

from datetime import timedelta

import pytest
from serai.core.content import Text
from serai.core.effects import RefuseMessage
from serai.core.events import Refusal
from serai.core.ids import ContactId
from serai.core.message import Author, Purpose
from serai.core.policy import REMEDIES, judge, refusal
from serai.core.state import Channel, Contact, Conversation
from serai.core.template import TemplateRef
from serai.core.templates.standing import Standing
from tests.given import NOON, business, send, state

HELLO = Text("hello")
NOTICE = TemplateRef("notice", "en_US")
OFFER = TemplateRef("offer", "en_US", category="MARKETING")
ID = ContactId(state().contact.id)


@pytest.mark.promise("POL-01")
@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(hours=23, minutes=59, seconds=59), None),
        (timedelta(hours=24), Refusal.WINDOW_CLOSED),
        (timedelta(days=30), Refusal.WINDOW_CLOSED),
    ],
)
def test_text_after_24_hours_needs_a_template(age: timedelta, expected: Refusal | None):
    ada = state(wrote_at=NOON - age)
    assert refusal(ada, send(HELLO)) is expected
    assert refusal(ada, send(NOTICE)) is None


def test_someone_who_never_wrote_gets_templates_only():
    ada = state(wrote_at=None)
    assert refusal(ada, send(HELLO)) is Refusal.WINDOW_CLOSED
    assert refusal(ada, send(NOTICE)) is None


def test_marketing_never_reaches_someone_who_stopped_it():
    ada = state(contact=Contact(id=ID, stopped_marketing=True))
    assert refusal(ada, send(OFFER)) is Refusal.OPTED_OUT
    assert refusal(ada, send(NOTICE, purpose=Purpose.MARKETING)) is Refusal.OPTED_OUT
    assert refusal(ada, send(NOTICE)) is None
    assert refusal(ada, send(HELLO)) is None


def test_someone_who_cannot_be_reached_gets_nothing():
    assert (
        refusal(state(contact=Contact(id=ID, suppressed=True)), send(NOTICE)) is Refusal.SUPPRESSED
    )
    limited = state(contact=Contact(id=ID, marketing_suppressed=True))
    assert refusal(limited, send(OFFER)) is Refusal.SUPPRESSED
    assert refusal(limited, send(NOTICE)) is None


def test_a_template_that_meta_paused_does_not_go():
    until = NOON + timedelta(hours=3)
    standing = Standing(status="PAUSED", category="UTILITY", paused_until=until)
    paused = state(business=business(templates={("", "notice", "en_US"): standing}))
    assert refusal(paused, send(NOTICE)) is Refusal.TEMPLATE_NOT_USABLE
    assert refusal(paused, send(OFFER)) is None
    refused = judge(paused, send(NOTICE))
    assert isinstance(refused, RefuseMessage)
    assert "until 1 December 2026, 15:00 UTC" in refused.words


def test_a_template_is_judged_by_what_meta_says_of_it_on_that_account():
    standing = Standing(status="REJECTED", category="UTILITY", reason="PROMOTIONAL")
    mixed = business(templates={("1", "notice", "en_US"): standing})
    here, there = (Channel(id=state().channel.id, account=account) for account in ("1", "2"))
    assert refusal(state(business=mixed, channel=here), send(NOTICE)) is Refusal.TEMPLATE_NOT_USABLE
    assert refusal(state(business=mixed, channel=there), send(NOTICE)) is None


def test_a_template_that_became_marketing_goes_only_to_who_agreed_to_marketing():
    standing = Standing(status="APPROVED", category="MARKETING")
    moved = business(templates={("", "notice", "en_US"): standing})
    people = {
        "agreed": Contact(id=ID, agreed_to_marketing=True),
        "silent": Contact(id=ID),
        "stopped": Contact(id=ID, stopped_marketing=True),
    }
    verdicts = {
        name: refusal(state(business=moved, contact=contact), send(NOTICE))
        for name, contact in people.items()
    }
    assert verdicts == {
        "agreed": None,
        "silent": Refusal.TEMPLATE_NOW_MARKETING,
        "stopped": Refusal.OPTED_OUT,
    }


def test_a_disconnected_number_sends_nothing_and_a_paused_one_waits():
    gone = state(channel=Channel(id=state().channel.id, state="disconnected"))
    paused = state(channel=Channel(id=state().channel.id, state="paused"))
    assert refusal(gone, send(HELLO)) is Refusal.CHANNEL_DISCONNECTED
    assert refusal(paused, send(HELLO)) is None


def test_a_business_that_answers_in_person_lets_automation_acknowledge_once():
    adviser = business(always_human=True)
    ack = send(HELLO, author=Author.AUTOMATION, is_acknowledgement=True)
    asleep = state(business=adviser)
    done = Conversation(id=ack.conversation_id, acknowledged_at=NOON - timedelta(hours=1))

    assert refusal(asleep, send(HELLO, author=Author.AUTOMATION)) is Refusal.HUMAN_ONLY
    assert refusal(asleep, ack) is None
    assert refusal(state(business=adviser, conversation=done), ack) is Refusal.HUMAN_ONLY
    assert refusal(state(business=adviser, conversation=done), send(HELLO)) is None


def test_a_forbidden_send_becomes_a_refusal_that_people_can_read():
    refused = judge(state(wrote_at=None), send(HELLO))
    assert isinstance(refused, RefuseMessage)
    assert REMEDIES[Refusal(refused.reason)]


def test_every_refusal_has_words_with_a_next_step():
    assert set(REMEDIES) == set(Refusal)
