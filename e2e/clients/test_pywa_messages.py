"""pywa sends every kind of message to metasim, which answers and delivers as Meta does."""

from collections.abc import Callable
from typing import Any

import pytest

from e2e.clients.client import ROSA, TO, WABA, until
from e2e.clients.conftest import Given
from e2e.clients.sends import SENDS
from e2e.clients.untyped import (
    MessageStatus,
    WhatsAppError,
    types,
)
from e2e.clients.untyped import templates as t


def statuses(given: Given, message_id: str, count: int = 1) -> list[Any]:
    """What pywa heard of a message, once it is so much."""

    def heard() -> list[Any]:
        found = [each for each in given.ears.of(MessageStatus) if each.id == message_id]
        return found if len(found) >= count else []

    return until(heard)


@pytest.mark.parametrize("name", SENDS)
def test_what_pywa_sends_is_delivered_and_its_statuses_are_read(
    given: Given, wa: Any, files: str, name: str
) -> None:
    given.writes()

    sent = SENDS[name](wa, files)

    assert given.statuses(sent.id)[:3] == ["sent", "delivered", "read"]
    assert given.chat()[-1]["id"] == sent.id
    heard = statuses(given, sent.id, 3)
    assert {each.status for each in heard} >= {"sent", "delivered", "read"}
    assert {each.pricing.model for each in heard if each.pricing} == {"PMP"}


def test_a_quoted_tracked_message_reports_its_tracker(given: Given, wa: Any) -> None:
    question = given.writes()

    sent = wa.send_message(TO, "Yes", reply_to_message_id=question, tracker="order-5512")
    given.passes(5)

    assert statuses(given, sent.id)[0].tracker == "order-5512"
    assert given.chat()[-1]["context"] == question


def test_a_reaction_is_set_and_removed(given: Given, wa: Any) -> None:
    message = given.writes()
    assert given.statuses(wa.send_reaction(TO, "👍", message).id) == ["sent"]
    assert given.chat()[0]["reactions"] == {"out": "👍"}

    assert given.statuses(wa.remove_reaction(TO, message).id) == ["sent"]

    assert given.chat()[0]["reactions"] == {}


def test_a_message_is_marked_as_read_and_typing_is_shown(given: Given, wa: Any) -> None:
    message = given.writes()

    assert wa.mark_message_as_read(message).success
    assert wa.indicate_typing(message).success

    assert given.chat()[0]["status"] == "read"


def test_a_user_id_is_an_address(given: Given, wa: Any) -> None:
    given.has("people", phone=ROSA, user_id="US.20481632648128256512")
    given.writes()

    sent = wa.send_message("US.20481632648128256512", "Hello")

    assert given.statuses(sent.id)[-1] == "read"


ERRORS: list[tuple[Callable[[Any], Any], int]] = [
    (lambda wa: wa.send_message(TO, "a" * 4097), 100),
    (lambda wa: wa.send_message(TO, "a", buttons=[types.Button("a" * 21, "b")]), 131009),
    (lambda wa: wa.send_image(TO, "1"), 100),
    (lambda wa: wa.send_message("15557650001", "a"), 131021),
    (lambda wa: wa.mark_message_as_read("wamid.unknown"), 131009),
    (lambda wa: wa.send_template(TO, "nothing", t.TemplateLanguage.ENGLISH_US, []), 132001),
]


@pytest.mark.parametrize(("work", "code"), ERRORS)
def test_a_refusal_is_an_error_with_its_code(
    given: Given, wa: Any, work: Callable[[Any], Any], code: int
) -> None:
    with pytest.raises(WhatsAppError) as refused:
        work(wa)

    assert refused.value.code == code
    assert given.chat() == []


def test_a_failed_message_says_why(given: Given, wa: Any) -> None:
    given.control("PUT", "/world", {"settings": {"contacts_on_failed": True}})
    sent = wa.send_message(TO, "The window is closed")
    given.passes(2)

    status = statuses(given, sent.id)[0]
    assert status.status == "failed"
    assert status.error.code == 131047


def test_a_template_is_sent_with_all_its_parameters(given: Given, wa: Any, files: str) -> None:
    buttons = [
        {"type": "QUICK_REPLY", "text": "Confirm"},
        {"type": "URL", "text": "Track", "url": "https://t.example/{{1}}"},
    ]
    components = [
        {"type": "HEADER", "format": "IMAGE"},
        {"type": "BODY", "text": "Hi {{name}}, your parcel comes {{day}}."},
        {"type": "BUTTONS", "buttons": buttons},
    ]
    given.has(
        "templates", id="990", waba_id=WABA, name="parcel", parameter_format="NAMED",
        components=components,
    )  # fmt: skip

    sent = wa.send_template(
        TO,
        "parcel",
        t.TemplateLanguage.ENGLISH_US,
        [
            t.HeaderImage.params(image=f"{files}/image.jpg"),
            t.BodyText.params(name="Rosa", day="Tuesday"),
            t.QuickReplyButton.params(callback_data="CONFIRM-5512", index=0),
            t.URLButton.params(url_variable="5512", index=1),
        ],
    )

    assert given.statuses(sent.id) == ["sent", "delivered", "read"]
    assert "Hi Rosa, your parcel comes Tuesday." in given.chat()[-1]["text"]
    given.act("tap", message=sent.id, button="Confirm")
    button = until(lambda: given.ears.of(types.CallbackButton))[0]
    assert (button.data, button.reply_to_message.id) == ("CONFIRM-5512", sent.id)


def test_a_marketing_template_goes_by_its_own_endpoint(given: Given, wa: Any) -> None:
    components = [{"type": "BODY", "text": "Sale"}]
    given.has(
        "templates", id="991", waba_id=WABA, name="sale", category="MARKETING",
        components=components,
    )  # fmt: skip

    sent = wa.send_template(
        TO, "sale", t.TemplateLanguage.ENGLISH_US, [], use_mm_lite_api=True,
        message_activity_sharing=True,
    )  # fmt: skip
    given.passes(2)

    status = statuses(given, sent.id)[0]
    assert status.pricing.category == "marketing_lite"
