"""What the team can send from the reply box, and how it arrives."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import metasim.media
import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.acts import Acts, Json
from e2e.meta import INVESTMENT, Meta, Person
from e2e.person import Inbox
from e2e.screens import EACH_LOOK, HANDSET, Complaints, NewInbox, Screen, look, settle

SAMPLES = Path(metasim.media.__file__).parent / "samples"
PHOTO = SAMPLES / "image.jpg"
UPLOAD_MS = 20_000
DROP = """([list, name, type, bytes]) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([new Uint8Array(bytes)], name, { type }))
    const init = { bubbles: true, cancelable: true, dataTransfer: transfer }
    list.dispatchEvent(new DragEvent('dragover', init))
    list.dispatchEvent(new DragEvent('drop', init))
}"""
PASTE = """([box, name, type, bytes]) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([new Uint8Array(bytes)], name, { type }))
    const init = { bubbles: true, cancelable: true, clipboardData: transfer }
    box.dispatchEvent(new ClipboardEvent('paste', init))
}"""


@pytest.fixture
def guest(meta: Meta) -> Person:
    person = meta.person()
    meta.write(person, INVESTMENT, "Good morning")
    meta.wait_received(person, INVESTMENT, 1)
    return person


@pytest.fixture
def opened(inbox: Inbox, guest: Person) -> Inbox:
    inbox.open(guest)
    expect(inbox.reply_box).to_be_visible()
    return inbox


def plus(page: Page, item: str) -> Locator:
    """Choose behind the plus; gives the window that opens."""
    page.get_by_role("button", name="Send something else").click()
    page.get_by_role("button", name=item).click()
    return page.get_by_role("dialog")


def kind(wanted: str) -> Callable[[Json], bool]:
    def fits(message: Json) -> bool:
        return message["type"] == wanted

    return fits


def attach(page: Page, *files: Any) -> None:
    page.set_input_files("input[type=file][multiple]", list(files))


def tray(page: Page) -> Locator:
    return page.get_by_role("list", name="Files to send")


def test_two_files_and_words_leave_as_two_messages_in_their_order(
    acts: Acts, opened: Inbox, guest: Person
) -> None:
    attach(opened.page, PHOTO, SAMPLES / "document.pdf")
    expect(tray(opened.page).get_by_role("listitem")).to_have_count(2)
    expect(tray(opened.page).get_by_role("progressbar")).to_have_count(0, timeout=UPLOAD_MS)

    opened.reply("Our offer")

    picture = acts.arrived(guest, INVESTMENT, kind("image"))
    document = acts.arrived(guest, INVESTMENT, kind("document"))
    assert picture["text"] == "Our offer"
    assert document["view"]["media"]["filename"] == "document.pdf"
    assert picture["at"] <= document["at"]
    expect(tray(opened.page)).to_be_hidden()
    expect(opened.thread.get_by_role("button", name="Open the picture, Our offer")).to_be_visible()
    expect(opened.thread.get_by_role("button", name="document.pdf")).to_be_visible()


@pytest.mark.parametrize("way", [DROP, PASTE], ids=["dropped", "pasted"])
def test_a_picture_that_is_dropped_or_pasted_is_attached(opened: Inbox, way: str) -> None:
    target = opened.thread if way == DROP else opened.reply_box

    opened.page.evaluate(
        way, [target.element_handle(), "wall.jpg", "image/jpeg", list(PHOTO.read_bytes())]
    )

    expect(tray(opened.page).get_by_text("wall.jpg")).to_be_visible()
    expect(tray(opened.page).locator("img")).to_be_visible()
    opened.page.get_by_role("button", name="Remove wall.jpg").click()
    expect(tray(opened.page)).to_be_hidden()


def test_a_picture_that_whatsapp_would_refuse_is_held_back_with_the_reason(opened: Inbox) -> None:
    page = opened.page
    too_large = {"name": "plan.png", "mimeType": "image/png", "buffer": bytes(5_300_000)}

    attach(page, too_large)

    expect(tray(page)).to_contain_text("A picture may have 5 MB at most.")
    expect(tray(page).get_by_role("button", name="Try again")).to_have_count(0)
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    page.get_by_role("button", name="Remove plan.png").click()
    expect(page.get_by_role("button", name="Record a voice message")).to_be_visible()


def test_a_file_of_a_kind_that_whatsapp_does_not_take_is_refused_in_words(
    opened: Inbox, complaints: Complaints
) -> None:
    attach(
        opened.page, {"name": "a.zip", "mimeType": "application/zip", "buffer": b"PK" + bytes(99)}
    )

    expect(tray(opened.page).get_by_role("listitem")).to_contain_text("WhatsApp")
    expect(opened.page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    complaints.clear()  # the browser tells of the 415


def test_an_upload_that_breaks_can_be_tried_again(opened: Inbox, complaints: Complaints) -> None:
    page = opened.page
    page.route("**/api/v1/files", lambda route: route.abort())
    attach(page, PHOTO)
    expect(tray(page)).to_contain_text("The file did not reach the server")
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()

    page.unroute("**/api/v1/files")
    tray(page).get_by_role("button", name="Try again").click()

    expect(page.get_by_role("button", name="Send", exact=True)).to_be_enabled(timeout=UPLOAD_MS)
    complaints.clear()  # the browser tells of the upload that this test cut off


@pytest.mark.promise("MSG-21")
def test_a_voice_message_is_recorded_and_arrives_as_one(
    acts: Acts, opened: Inbox, guest: Person
) -> None:
    page = opened.page
    page.get_by_role("button", name="Record a voice message").click()
    recorder = page.get_by_role("group", name="Voice message")
    # It goes on while it is looked for.
    expect(recorder.get_by_role("timer")).to_have_text(re.compile("0:(0[2-9]|[1-5])"))

    recorder.get_by_role("button", name="Send the voice message").click()

    sent = acts.arrived(guest, INVESTMENT, kind("audio"))
    assert sent["view"]["media"]["voice"] is True
    expect(opened.thread.get_by_role("group", name="Voice message")).to_be_visible()
    expect(opened.reply_box).to_be_visible()


def test_a_recording_can_be_thrown_away(opened: Inbox) -> None:
    page = opened.page
    page.get_by_role("button", name="Record a voice message").click()
    page.get_by_role("button", name="Discard the recording").click()

    expect(opened.reply_box).to_be_visible()
    expect(opened.thread.get_by_role("group", name="Voice message")).to_have_count(0)


def test_a_reply_quotes_the_message_it_answers(
    acts: Acts, meta: Meta, opened: Inbox, guest: Person
) -> None:
    asked = opened.message("Good morning").first
    asked.hover()
    asked.get_by_role("button", name="Reply to this message").click()
    expect(opened.reply_box).to_be_focused()
    expect(opened.page.get_by_text("Answering: Contact")).to_be_visible()

    opened.reply("Good morning to you")

    sent = acts.arrived(guest, INVESTMENT, lambda each: each["text"] == "Good morning to you")
    assert sent["context"] == acts.chat(guest, INVESTMENT)[0]["id"]
    answer = opened.message("Good morning to you")
    expect(answer.get_by_role("button", name="Go to the message answered")).to_be_visible()
    expect(opened.page.get_by_text("Answering: Contact")).to_be_hidden()


def test_a_reaction_is_set_changed_and_taken_back(acts: Acts, opened: Inbox, guest: Person) -> None:
    said = opened.thread.get_by_role("article").first
    said.get_by_role("button", name="Details").click()

    def react(name: str) -> None:
        said.get_by_role("button", name="React").click()
        said.page.get_by_role("group", name="React").get_by_role("button", name=name).click()

    react("Thumbs up")
    expect(said.get_by_role("button", name="👍 from us")).to_be_visible()
    react("Heart")
    ours = said.get_by_role("button", name="from us, take it back")
    expect(ours).to_have_text("❤️")
    acts.reacted(guest, INVESTMENT, {"out": "❤️"})

    ours.click()

    expect(said.get_by_role("list", name="Reactions")).to_have_count(0)
    acts.reacted(guest, INVESTMENT, {})


def test_the_reactions_to_a_wide_message_stay_on_a_narrow_screen(
    meta: Meta, new_inbox: NewInbox, guest: Person
) -> None:
    meta.write(guest, INVESTMENT, "A long question about bonds " * 6)
    inbox = new_inbox(HANDSET)
    inbox.open(guest)
    asked = inbox.message("A long question")
    asked.get_by_role("button", name="Details").click()

    asked.get_by_role("button", name="React").click()

    settle(inbox.page)
    box = asked.page.get_by_role("group", name="React").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= HANDSET.width


def test_a_place_is_sent_and_a_wrong_one_is_not(acts: Acts, opened: Inbox, guest: Person) -> None:
    dialog = plus(opened.page, "Place")
    dialog.get_by_label("Latitude, longitude").fill("95, 2.17")
    dialog.get_by_role("button", name="Send place").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Write two numbers")

    dialog.get_by_label("Latitude, longitude").fill("41.3874, 2.1686")
    dialog.get_by_label("Name").fill("Old Port Desk")
    dialog.get_by_role("button", name="Send place").click()

    sent = acts.arrived(guest, INVESTMENT, kind("location"))
    assert sent["view"]["location"]["name"] == "Old Port Desk"
    expect(opened.message("Old Port Desk").get_by_role("link", name="Open in maps")).to_be_visible()


def test_answers_to_tap_are_made_sent_tapped_and_the_tap_is_seen(
    acts: Acts, opened: Inbox, guest: Person
) -> None:
    dialog = plus(opened.page, "Answers to tap")
    dialog.get_by_role("textbox", name="Text").fill("When may we call?")
    dialog.get_by_role("textbox", name="Answer 1").fill("In the morning, please")
    expect(dialog.get_by_text("22/20")).to_be_visible()
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_role("alert")).to_have_text("An answer is too long.")
    dialog.get_by_role("textbox", name="Answer 1").fill("Morning")
    for name in ("Noon", "Evening"):
        dialog.get_by_role("button", name="Add an answer").click()
        dialog.get_by_role("textbox").last.fill(name)
    expect(dialog.get_by_role("button", name="Add an answer")).to_be_hidden()
    dialog.get_by_role("button", name="Send").click()

    sent = acts.arrived(guest, INVESTMENT, lambda each: each["text"] == "When may we call?")
    assert [each["text"] for each in sent["buttons"]] == ["Morning", "Noon", "Evening"]
    acts.tap(guest, INVESTMENT, message=sent["id"], button=1)
    tapped = opened.message("Tapped the button")
    expect(tapped).to_contain_text("Noon")
    expect(tapped).to_contain_text("When may we call?")


def test_a_menu_with_a_list_is_made_within_its_limits(
    acts: Acts, opened: Inbox, guest: Person
) -> None:
    dialog = plus(opened.page, "Menu with a list")
    dialog.get_by_role("textbox", name="Text").fill("Which day?")
    dialog.get_by_role("textbox", name="Words on the button").fill("Days")
    dialog.get_by_role("textbox", name="Row 1").fill("Monday")
    for _ in range(9):
        dialog.get_by_role("button", name="Add a row").click()
    expect(dialog.get_by_text("10 of 10 rows")).to_be_visible()
    expect(dialog.get_by_role("button", name="Add a row")).to_be_disabled()
    for _ in range(8):
        dialog.get_by_role("button", name="Remove row 2").click()
    dialog.get_by_role("textbox", name="Row 2").fill("Monday")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_role("alert")).to_have_text("“Monday” is there twice.")
    dialog.get_by_role("textbox", name="Row 2").fill("Tuesday")
    dialog.get_by_role("button", name="Send").click()

    acts.arrived(guest, INVESTMENT, lambda each: each["text"] == "Which day?")
    menu = opened.message("Which day?")
    menu.get_by_text("Days").click()
    expect(menu.get_by_text("Tuesday")).to_be_visible()


def test_the_person_sees_that_somebody_is_writing(acts: Acts, opened: Inbox, guest: Person) -> None:
    with opened.page.expect_response("**/typing") as told:
        opened.reply_box.press_sequentially("Let me see")

    assert told.value.status == 204


@EACH_LOOK
def test_everything_around_the_reply_box_looks_well(
    new_inbox: NewInbox, guest: Person, screen: Screen, dark: bool
) -> None:
    inbox = new_inbox(screen, dark)
    inbox.open(guest)
    page, tag = inbox.page, f"{screen.name}-{'dark' if dark else 'light'}"
    page.get_by_role("button", name="Send something else").click()
    settle(page)
    look(page, f"plus-{tag}")
    page.keyboard.press("Escape")
    attach(page, {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": PHOTO.read_bytes()})
    attach(page, {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""})
    expect(tray(page)).to_contain_text("The file is empty.")
    look(page, f"files-{tag}")
    for name in ("image.jpg", "empty.txt"):
        page.get_by_role("button", name=f"Remove {name}").click()
    for item in ("Answers to tap", "Menu with a list", "Button with a link", "Place"):
        expect(plus(page, item).get_by_role("textbox").first).to_be_visible()
        settle(page)
        look(page, f"{item.split()[0].lower()}-{tag}")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
    said = inbox.thread.get_by_role("article").first
    said.get_by_role("button", name=re.compile("Details")).click()
    said.get_by_role("button", name="React").click()
    settle(page)
    look(page, f"react-{tag}")
