"""What leaves for Meta, word for word."""

import json
from typing import Any
from uuid import UUID

import pytest
from serai.core.content import File, Image, Location, Reaction, Text, Unsupported
from serai.core.ids import MessageId, MetaId, Person, Who
from serai.core.message import Content
from serai.core.template import TemplateRef
from serai.meta.whatsapp.checks import CHECKS, check
from serai.meta.whatsapp.payload import request_for, signal_for
from tests.meta.outgoing import INTERACTIVE, PLAIN

NUMBER = MetaId("770012340000001")
ADA = Who(NUMBER, Person(phone="15550100123", user_id="US.1001"))
HIDDEN = Who(NUMBER, Person(user_id="US.1002"))
MESSAGE = MessageId(UUID(int=5))


def sent(content: Content, who: Who = ADA, **more: Any) -> dict[str, Any]:
    return json.loads(request_for(MESSAGE, content, who, **more).body)


@pytest.mark.parametrize(("content", "wanted"), PLAIN)
def test_a_plain_message_leaves_as_meta_wants_it(content: Content, wanted: dict[str, Any]):
    assert sent(content) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+15550100123",
        **wanted,
        "biz_opaque_callback_data": str(MESSAGE),
    }


@pytest.mark.parametrize(("content", "wanted"), INTERACTIVE)
def test_an_interactive_message_leaves_as_meta_wants_it(content: Content, wanted: dict[str, Any]):
    body = sent(content)
    assert (body["type"], body["interactive"]) == ("interactive", wanted)


@pytest.mark.parametrize("content", [content for content, _ in PLAIN + INTERACTIVE])
def test_what_is_shown_here_is_what_the_checks_let_through(content: Content):
    assert check(content) == []


def test_every_kind_that_may_be_sent_is_shown_here():
    assert {type(content) for content, _ in PLAIN + INTERACTIVE} == set(CHECKS)


def test_a_place_is_told_to_the_last_digit_without_an_exponent():
    place = sent(Location(latitude=-0.00001, longitude=2.17))["location"]
    assert place == {"latitude": "-0.00001", "longitude": "2.17"}


def test_a_reply_quotes_the_message_it_answers():
    assert sent(Text("Yes"), reply_to=MetaId("wamid.q"))["context"] == {"message_id": "wamid.q"}
    assert "context" not in sent(Text("Yes"))


def test_a_reaction_quotes_nothing():
    assert "context" not in sent(Reaction(target="wamid.r"), reply_to=MetaId("wamid.q"))


def test_a_person_who_hides_their_number_is_addressed_by_their_id():
    body = sent(Text("Hi"), HIDDEN)
    assert (body["recipient"], "to" in body) == ("US.1002", False)


def test_marketing_goes_by_its_own_route_once_its_terms_are_accepted():
    offer = TemplateRef("offer", "en", category="MARKETING")
    notice = TemplateRef("notice", "en", category="UTILITY")

    def route(content: Content, *, accepted: bool) -> str:
        return request_for(MESSAGE, content, ADA, uses_marketing_route=accepted).path

    assert route(offer, accepted=True) == f"{NUMBER}/marketing_messages"
    assert route(offer, accepted=False) == f"{NUMBER}/messages"
    assert route(notice, accepted=True) == f"{NUMBER}/messages"
    assert route(Text("Hi"), accepted=True) == f"{NUMBER}/messages"


def test_reading_and_typing_are_told_about_the_message_they_answer():
    read = signal_for(MetaId("wamid.in"), NUMBER, types=False)
    typing = signal_for(MetaId("wamid.in"), NUMBER, types=True)

    told = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.in"}
    assert (read.method, read.path, read.body) == ("POST", f"{NUMBER}/messages", told)
    assert typing.body == told | {"typing_indicator": {"type": "text"}}


def test_what_only_comes_in_or_has_no_file_yet_cannot_be_sent():
    for content in (Unsupported(original="poll"), Image(file=File(id=UUID(int=9)))):
        with pytest.raises(ValueError, match=r"cannot be sent|not at Meta yet"):
            request_for(MESSAGE, content, ADA)
