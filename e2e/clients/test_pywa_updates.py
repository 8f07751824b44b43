"""pywa reads every webhook about messages that metasim sends."""

from collections.abc import Callable
from typing import Any

import pytest

from e2e.clients.client import ROSA, until
from e2e.clients.conftest import Given
from e2e.clients.sends import SENDS
from e2e.clients.untyped import MarketingPreference, calls, system, types

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
    ids = [
        first,
        given.writes("reaction", reaction={"message_id": first, "emoji": "🙏"}),
        given.writes("reaction", reaction={"message_id": first}),
        given.writes(referral={"ctwa_clid": "Afe-1"}),
    ]

    until(lambda: given.ears.of(types.Message)[3:])
    heard = {message.id: message for message in given.ears.of(types.Message)}
    forwarded, reaction, unreaction, from_ad = (
        heard[id_] for id_ in ids
    )  # pywa answers in threads
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
