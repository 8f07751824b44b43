"""pywa sends every kind of message to metasim, and reads every webhook about messages from it."""

from collections.abc import Callable
from typing import Any

import pytest

from e2e.clients.client import ROSA, WABA, until
from e2e.clients.conftest import Given
from e2e.clients.untyped import (
    MarketingPreference,
    MessageStatus,
    WhatsAppError,
    calls,
    system,
    types,
)
from e2e.clients.untyped import templates as t

TO = f"+{ROSA}"
BUTTONS = [types.Button("Yes", callback_data="yes"), types.Button("No", callback_data="no")]
ROWS = [types.SectionRow("Tue 10:00", callback_data="slot-3", description="30 min")]
LIST = types.SectionList("Times", sections=[types.Section("Morning", ROWS)])
FLOW = types.FlowButton(
    "Book",
    flow_id="430",
    flow_token="lead-77",
    flow_action_type=types.FlowActionType.NAVIGATE,
    flow_action_screen="FIRST",
)
CARD = types.Contact(
    name=types.Contact.Name(formatted_name="Ines Moura", first_name="Ines"),
    phones=[types.Contact.Phone(phone="+351210000000", type="WORK")],
)
Send = Callable[[Any, str], Any]
SENDS: dict[str, Send] = {
    "text": lambda wa, _: wa.send_message(TO, "See https://a.example", preview_url=True),
    "buttons": lambda wa, _: wa.send_message(TO, "Shall I?", "Today", "Thanks", BUTTONS),
    "list": lambda wa, _: wa.send_message(TO, "When?", buttons=LIST),
    "link": lambda wa, _: wa.send_message(
        TO, "Look", buttons=types.URLButton("Open", "https://a.example")
    ),
    "flow": lambda wa, _: wa.send_message(TO, "Book", buttons=FLOW),
    "call": lambda wa, _: wa.send_message(TO, "Call?", buttons=types.VoiceCallButton("Call us")),
    "call permission": lambda wa, _: wa.send_message(
        TO, "May we call?", buttons=types.CallPermissionRequestButton()
    ),
    "image": lambda wa, files: wa.send_image(TO, f"{files}/image.jpg", "Front view"),
    "image with buttons": lambda wa, files: wa.send_image(
        TO, f"{files}/image.jpg", "Shall I?", buttons=BUTTONS
    ),
    "video": lambda wa, files: wa.send_video(TO, f"{files}/video.mp4", "Demo"),
    "document": lambda wa, files: wa.send_document(TO, f"{files}/document.pdf", "i.pdf", "Yours"),
    "audio": lambda wa, files: wa.send_audio(TO, f"{files}/audio.mp3"),
    "voice": lambda wa, files: wa.send_voice(TO, f"{files}/voice.ogg"),
    "sticker": lambda wa, files: wa.send_sticker(TO, f"{files}/sticker.webp"),
    "location": lambda wa, _: wa.send_location(TO, 41.38, 2.17, "Kiosk", "Rambla 1"),
    "ask location": lambda wa, _: wa.request_location(TO, "Where are you?"),
    "ask contact": lambda wa, _: wa.request_contact_info(TO, "May we have your number?"),
    "contact": lambda wa, _: wa.send_contact(TO, CARD),
    "catalog": lambda wa, _: wa.send_catalog(TO, "All of it", thumbnail_product_sku="SKU-9"),
    "product": lambda wa, _: wa.send_product(TO, "210", "SKU-9", "This one"),
    "products": lambda wa, _: wa.send_products(
        TO, "210", [types.ProductsSection("Tea", ["SKU-9"])], "Today", "Choose"
    ),
    "carousel": lambda wa, files: wa.send_carousel(
        TO,
        body="Two rooms left",
        cards=[
            types.ImageCarouselCard(
                image=f"{files}/image.jpg",
                body=name,
                buttons=types.URLButton("Book", "https://a.x"),
            )
            for name in ("Sea", "Garden")
        ],
    ),
}


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


MESSAGES: dict[str, tuple[dict[str, Any], Callable[[Any], Any]]] = {
    "text": ({"text": {"body": "Hola ¿está abierto?"}}, lambda m: m.text == "Hola ¿está abierto?"),
    "image": ({"image": {"caption": "my door"}}, lambda m: m.caption == "my door" and m.image.id),
    "video": ({"video": {}}, lambda m: m.video.mime_type == "video/mp4"),
    "audio": ({"audio": {}}, lambda m: m.audio.voice),
    "document": ({"document": {"filename": "po.pdf"}}, lambda m: m.document.filename == "po.pdf"),
    "sticker": ({"sticker": {}}, lambda m: m.sticker.animated is False),
    "location": ({"location": {"name": "Kiosk"}}, lambda m: m.location.name == "Kiosk"),
    "contacts": ({}, lambda m: m.contacts[0].name.formatted_name == "Rosa Quint"),
    "order": (
        {
            "order": {
                "product_items": [
                    {
                        "product_retailer_id": "SKU-9",
                        "quantity": 2,
                        "item_price": 12.5,
                        "currency": "EUR",
                    }
                ]
            }
        },
        lambda m: m.order.products[0].sku == "SKU-9",
    ),
    "unsupported": ({"unsupported": {"type": "poll"}}, lambda m: m.unsupported is not None),
}


@pytest.mark.parametrize("kind", MESSAGES)
def test_every_kind_of_message_is_read(given: Given, kind: str) -> None:
    content, fits = MESSAGES[kind]

    message_id = given.writes(kind, **content)

    message = until(lambda: given.ears.of(types.Message))[0]
    assert (message.id, message.from_user.wa_id, message.from_user.name) == (
        message_id,
        ROSA,
        "Rosa Quint",
    )
    assert fits(message)


def test_a_reaction_a_forwarded_message_and_an_ad_are_recognised(given: Given) -> None:
    first = given.writes(context={"forwarded": True})
    given.writes("reaction", reaction={"message_id": first, "emoji": "🙏"})
    given.writes("reaction", reaction={"message_id": first})
    given.writes(referral={"ctwa_clid": "Afe-1"})

    forwarded, reaction, unreaction, from_ad = until(
        lambda: given.ears.of(types.Message)[3:] and given.ears.of(types.Message)
    )
    assert forwarded.forwarded
    assert (reaction.reaction.emoji, reaction.reaction.message_id) == ("🙏", first)
    assert not unreaction.reaction.emoji
    assert from_ad.referral.ctwa_clid == "Afe-1"


def test_a_username_without_a_phone_is_read(given: Given) -> None:
    given.has(
        "people", phone=ROSA, username="rosaq", user_id="US.2048", shows_phone=False,
        parent_user_id="US.ENT.512",
    )  # fmt: skip
    given.writes()

    user = until(lambda: given.ears.of(types.Message))[0].from_user
    assert (user.wa_id, user.bsuid, user.username) == (None, "US.2048", "rosaq")


def test_taps_come_back_as_callbacks(given: Given, wa: Any, files: str) -> None:
    given.writes()
    sent = {name: SENDS[name](wa, files) for name in ("buttons", "list", "flow", "call permission")}
    given.passes(5)

    given.act("tap", message=sent["buttons"].id, button="yes")
    given.act("tap", message=sent["list"].id, button="slot-3")
    given.act("tap", message=sent["flow"].id, data={"email": "r@x.example"})
    given.act("tap", message=sent["call permission"].id)

    button = until(lambda: given.ears.of(types.CallbackButton))[0]
    selection = until(lambda: given.ears.of(types.CallbackSelection))[0]
    flow = until(lambda: given.ears.of(types.FlowCompletion))[0]
    permission = until(lambda: given.ears.of(calls.CallPermissionUpdate))[0]
    assert (button.data, button.title) == ("yes", "Yes")
    assert (selection.data, selection.description) == ("slot-3", "30 min")
    assert (flow.token, flow.response["email"]) == ("lead-77", "r@x.example")
    assert permission.response == calls.CallPermissionResponse.ACCEPT


def test_an_edit_and_a_deletion_are_read(given: Given) -> None:
    first = given.writes()
    given.writes("edit", edit={"original_message_id": first, "body": "corrected"})
    given.writes("revoke", revoke={"original_message_id": first})

    edited = until(lambda: given.ears.of(types.EditedMessage))[0]
    deleted = until(lambda: given.ears.of(types.DeletedMessage))[0]
    assert edited.original_message_id == deleted.original_message_id == first


def test_a_changed_number_and_identity_are_read(given: Given) -> None:
    given.writes("system", system={"type": "customer_identity_changed"})
    identity = until(lambda: given.ears.of(system.IdentityChange))[0]
    assert identity.from_user.wa_id == ROSA

    given.writes("system", system={"type": "user_changed_number", "wa_id": "15551239999"})

    change = until(lambda: given.ears.of(system.PhoneNumberChange))[0]
    assert (change.old_wa_id, change.new_wa_id) == (ROSA, "15551239999")
    assert change.new_user_id


def test_an_opt_out_is_read(given: Given) -> None:
    given.act("preferences", value="stop")

    preference = until(lambda: given.ears.of(MarketingPreference))[0]
    assert preference.value == "stop"


def test_a_call_is_read(given: Given) -> None:
    call_id = given.act("call", seconds=60)["id"]
    given.passes(61)

    begun = until(lambda: given.ears.of(calls.CallConnect))[0]
    ended = until(lambda: given.ears.of(calls.CallTerminate))[0]
    assert (begun.id, ended.id) == (call_id, call_id)
    assert ended.duration == 60


def test_what_the_owner_writes_on_the_phone_is_read(given: Given) -> None:
    written = given.act("echo", type="text", text={"body": "Typed on the phone"})["id"]
    given.act("echo", type="edit", edit={"original_message_id": written, "body": "Typed anew"})
    given.act("echo", type="revoke", revoke={"original_message_id": written})

    message = until(lambda: given.ears.of(types.OutgoingMessage))[0]
    edited = until(lambda: given.ears.of(types.OutgoingEditedMessage))[0]
    deleted = until(lambda: given.ears.of(types.OutgoingDeletedMessage))[0]
    assert (message.id, message.text) == (written, "Typed on the phone")
    assert edited.original_message_id == deleted.original_message_id == written
