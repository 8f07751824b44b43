"""Everything that people can send is shown as what it is."""

import re

import pytest
from playwright.sync_api import Locator, expect

from e2e.acts import Acts
from e2e.meta import SHOP, Meta, Person
from e2e.person import Inbox
from e2e.screens import EACH_LOOK, NewInbox, Screen, look

CART = {
    "catalog_id": "210033004400550",
    "text": "Gift wrap please",
    "product_items": [
        {"product_retailer_id": "OAK-2", "quantity": 2, "item_price": 12.5, "currency": "EUR"},
        {"product_retailer_id": "WALNUT", "quantity": 1, "item_price": 149, "currency": "EUR"},
    ],
}
FORM = {
    "type": "nfm_reply",
    "nfm_reply": {"name": "flow", "response_json": {"flow_token": "t", "screen_0_Guests_1": 4}},
}
FILES_MS = 20_000
"""A file has to be fetched, looked at and made small first."""


@pytest.fixture
def guest(meta: Meta) -> Person:
    return meta.person()


def last(inbox: Inbox) -> Locator:
    return inbox.thread.get_by_role("article").last


def test_a_picture_is_shown_small_and_large_on_a_press(
    meta: Meta, acts: Acts, inbox: Inbox, guest: Person
) -> None:
    meta.write(guest, SHOP, "Look")
    acts.send(guest, SHOP, "image", {"caption": "This is my wall"})
    inbox.open(guest)
    picture = inbox.thread.get_by_role("button", name="Open the picture, This is my wall")
    expect(picture.locator("img")).to_be_visible(timeout=FILES_MS)

    picture.click()

    viewer = inbox.page.get_by_role("dialog", name="Picture")
    large = viewer.get_by_role("img", name="This is my wall")
    expect(large).to_be_visible()
    assert large.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    inbox.page.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(picture).to_be_focused()


@pytest.mark.promise("MSG-21")
def test_a_voice_message_plays_winds_and_goes_faster(
    meta: Meta, acts: Acts, inbox: Inbox, guest: Person
) -> None:
    meta.write(guest, SHOP, "Listen")
    acts.send(guest, SHOP, "audio", {})
    inbox.open(guest)
    player = inbox.thread.get_by_role("group", name="Voice message")
    expect(player.get_by_role("button", name="Play")).to_be_enabled(timeout=FILES_MS)

    player.get_by_role("button", name="Speed 1", exact=True).click()
    player.get_by_role("slider", name="Position").fill("0.5")
    player.get_by_role("button", name="Play").click()

    expect(player.get_by_role("button", name="Speed 1.5")).to_be_visible()
    sound = player.locator("audio")
    expect(sound).to_have_js_property("ended", True, timeout=FILES_MS)
    expect(player.get_by_role("button", name="Play")).to_be_visible()
    assert sound.evaluate("audio => [audio.playbackRate, audio.error]") == [1.5, None]


def test_a_document_is_saved_under_its_name(
    meta: Meta, acts: Acts, inbox: Inbox, guest: Person
) -> None:
    meta.write(guest, SHOP, "Here it is")
    acts.send(guest, SHOP, "document", {"filename": "po-88.pdf"})
    inbox.open(guest)
    card = inbox.thread.get_by_role("button", name="po-88.pdf")
    expect(card).to_be_visible(timeout=FILES_MS)

    with inbox.page.expect_download() as download:
        card.click()

    assert download.value.suggested_filename == "po-88.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_a_place_an_order_a_form_and_a_card_are_shown_as_such(
    meta: Meta, acts: Acts, inbox: Inbox, guest: Person
) -> None:
    meta.write(guest, SHOP, "Several things")
    acts.send(guest, SHOP, "location", {"name": "Kiosk", "latitude": 41.38, "longitude": 2.17})
    acts.send(guest, SHOP, "order", CART)
    acts.send(guest, SHOP, "interactive", FORM)
    acts.send(guest, SHOP, "contacts", [])
    inbox.open(guest)

    place = inbox.message("Kiosk")
    expect(place.get_by_role("link", name="Open in maps")).to_have_attribute(
        "href", re.compile(r"mlat=41\.38&mlon=2\.17")
    )
    order = inbox.message("Order · 3 pieces")
    expect(order.get_by_role("row", name=re.compile("Total"))).to_contain_text("€174.00")
    expect(order).to_contain_text("Gift wrap please")
    form = inbox.message("Filled in the form")
    expect(form.get_by_role("term")).to_have_text("Guests")
    expect(form.get_by_role("definition")).to_have_text("4")
    card = inbox.thread.get_by_role("region", name=f"Contact card of {guest.name}")
    expect(card.get_by_role("link")).to_have_attribute("href", f"tel:+{guest.phone}")


def test_who_came_by_an_advert_who_forwards_and_who_reacts_is_seen(
    meta: Meta, acts: Acts, inbox: Inbox, guest: Person
) -> None:
    first = acts.send(guest, SHOP, "text", {"body": "I saw your advert"}, referral=True)
    acts.send(guest, SHOP, "text", {"body": "A friend says"}, context={"forwarded": True})
    acts.send(guest, SHOP, "reaction", {"message_id": first, "emoji": "🙏"})
    inbox.open(guest)

    said = inbox.message("I saw your advert")
    came = said.get_by_role("region", name="Where they came from")
    expect(came).to_contain_text("Chat with us")
    expect(said.get_by_role("img", name="🙏 from them")).to_be_visible()
    expect(inbox.message("A friend says")).to_contain_text("Forwarded")
    acts.send(guest, SHOP, "reaction", {"message_id": first})
    expect(said.get_by_role("list", name="Reactions")).to_have_count(0)


def test_what_was_changed_says_what_it_was_and_what_was_deleted_is_gone(
    acts: Acts, inbox: Inbox, guest: Person
) -> None:
    changed = acts.send(guest, SHOP, "text", {"body": "at eight"})
    deleted = acts.send(guest, SHOP, "text", {"body": "my secret"})
    inbox.open(guest)
    expect(inbox.message("my secret")).to_be_visible()

    acts.send(guest, SHOP, "edit", {"original_message_id": changed, "body": "at nine"})
    acts.send(guest, SHOP, "revoke", {"original_message_id": deleted})

    expect(inbox.message("They deleted this message")).to_be_visible()
    expect(inbox.message("my secret")).to_have_count(0)
    inbox.message("at nine").get_by_role("button", name="Edited").click()
    before = inbox.page.get_by_role("group", name="What it said before")
    expect(before.get_by_role("listitem").first).to_contain_text("at eight")
    inbox.page.keyboard.press("Escape")
    expect(before).to_be_hidden()


def test_an_answer_leads_to_what_it_answers(
    meta: Meta, acts: Acts, inbox: Inbox, guest: Person
) -> None:
    first = acts.send(guest, SHOP, "text", {"body": "Do you have oak?"})
    for count in range(30):
        meta.write(guest, SHOP, f"line {count}")
    acts.send(guest, SHOP, "text", {"body": "I mean this"}, context={"id": first})
    inbox.open(guest)
    answer = inbox.message("I mean this")
    expect(answer).to_be_in_viewport()
    asked = inbox.thread.get_by_role("article").filter(has_text="Do you have oak?").first
    expect(asked).not_to_be_in_viewport()

    answer.get_by_role("button", name="Go to the message answered").click()

    expect(asked).to_be_in_viewport()


def test_calls_and_news_of_the_person_stand_between_the_messages(
    meta: Meta, acts: Acts, inbox: Inbox, guest: Person
) -> None:
    meta.write(guest, SHOP, "I will call you")
    acts.call(guest, SHOP)
    acts.send(guest, SHOP, "system", {"type": "customer_identity_changed"})
    acts.send(guest, SHOP, "unsupported", {"type": "poll"})
    inbox.open(guest)

    lines = inbox.thread.get_by_role("article", name="Event")
    expect(lines.filter(has_text="Their security code changed")).to_be_visible()
    expect(lines.filter(has_text=re.compile("call", re.IGNORECASE))).to_be_visible()
    expect(inbox.message("Sent a poll that Meta does not pass on")).to_be_visible()


@EACH_LOOK
def test_all_kinds_together_look_well(
    acts: Acts, new_inbox: NewInbox, guest: Person, screen: Screen, dark: bool
) -> None:
    acts.send(guest, SHOP, "text", {"body": "Hello"}, referral=True)
    for kind in ("image", "video", "audio", "document", "sticker", "location"):
        acts.send(guest, SHOP, kind, {})
    acts.send(guest, SHOP, "order", CART)
    acts.send(guest, SHOP, "interactive", FORM)
    inbox = new_inbox(screen, dark)
    inbox.open(guest)

    expect(inbox.thread.get_by_role("img", name="Sticker")).to_be_visible(timeout=FILES_MS)
    expect(inbox.thread.get_by_role("button", name="document.pdf")).to_be_visible(timeout=FILES_MS)

    assert inbox.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(inbox.page, f"kinds-{screen.name}-{'dark' if dark else 'light'}")
