"""What agents have at hand while they answer: quick replies, search, views, later, undo, again, drafts."""

import re
from datetime import timedelta
from pathlib import Path

import metasim.media
import pytest
from playwright.sync_api import Error, Locator, Page, expect

from e2e.acts import Acts
from e2e.conftest import set_habits
from e2e.meta import CAFE, INVESTMENT, SCHOOL, SHOP, Meta, Person
from e2e.person import Inbox
from e2e.screens import HANDSET, AsRole, Complaints, NewInbox, look
from e2e.stack import Stack

PHOTO = Path(metasim.media.__file__).parent / "samples" / "image.jpg"
SLOW_MS = 20_000
TRIES = 3


def asked(meta: Meta, number: str, text: str, name: str | None = None) -> Person:
    """Somebody new who wrote, and whom automation has answered."""
    person = meta.person(name)
    meta.write(person, number, text)
    meta.wait_received(person, number, 1)
    return person


def opened(new_inbox: NewInbox, person: Person) -> Inbox:
    inbox = new_inbox()
    inbox.open(person)
    expect(inbox.reply_box).to_be_visible()
    return inbox


def offered(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Quick replies").get_by_role("option")


@pytest.mark.promise("INB-05")
def test_a_shortcut_becomes_the_business_s_words_with_its_hours_and_files_there_alone(
    meta: Meta, acts: Acts, demo: Stack, new_inbox: NewInbox, as_role: AsRole
) -> None:
    guest, parent = asked(meta, CAFE, "What is there to eat?"), asked(meta, SCHOOL, "Hello")
    page = as_role("owner")
    page.goto(f"{demo.serai}/settings/quick-replies")
    _add(page)
    _use(opened(new_inbox, guest), guest, acts)
    inbox = opened(new_inbox, parent)
    inbox.reply_box.fill("/dinner")
    expect(inbox.page.get_by_text("None fits.")).to_be_visible()
    inbox.reply_box.fill("/hours")
    expect(offered(inbox.page).first).to_contain_text("The kitchen answers today")
    _rename_and_remove(page)


def _add(page: Page) -> None:
    page.get_by_role("button", name="Add a quick reply").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Shortcut").fill("dinner")
    dialog.get_by_label("Name").fill("Tonight's dinner")
    dialog.get_by_label("For").click()
    page.get_by_role("option", name="Hawana Cafe").click()
    dialog.get_by_label("Text").fill(
        "Hello {{contact.first_name|there}}, today we are open {{business.hours_today}}."
    )
    expect(dialog.get_by_role("region", name="Preview")).to_contain_text("Hello Dana, today we are")
    dialog.locator("input[type=file]").set_input_files(PHOTO)
    expect(dialog.get_by_role("list", name="Files")).to_contain_text("image.jpg", timeout=SLOW_MS)
    look(page, "quick-reply-dialog-1280")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    cafe = page.get_by_role("region", name="Hawana Cafe")
    expect(cafe.get_by_role("button", name="Tonight's dinner")).to_be_visible()
    look(page, "quick-replies-1280")


def _use(inbox: Inbox, guest: Person, acts: Acts) -> None:
    inbox.reply_box.fill("/din")
    expect(offered(inbox.page).first).to_contain_text("/dinner")
    look(inbox.page, "quick-replies-open-1280")
    inbox.reply_box.press("Enter")
    expect(inbox.reply_box).to_have_value(
        f"Hello {guest.name.split()[0]}, today we are open 07:00–22:00."
    )
    expect(inbox.page.get_by_role("list", name="Files to send")).to_contain_text("image.jpg")
    inbox.reply_box.press("Enter")
    picture = acts.arrived(guest, CAFE, lambda each: each["type"] == "image")
    assert "today we are open 07:00–22:00" in picture["text"]


def _rename_and_remove(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    page.get_by_role("button", name="Tonight's dinner").click()
    dialog.get_by_label("Name").fill("Dinner tonight")
    dialog.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Dinner tonight").click()
    dialog.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("button", name="Dinner tonight")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Dinner tonight")).to_be_visible()


def test_what_was_said_is_found_marked_and_opened_where_it_was_said(
    meta: Meta, inbox: Inbox
) -> None:
    person = asked(meta, SHOP, "Does the Kettlé come in ultramarine?")
    for number in range(3):
        meta.write(person, SHOP, f"I ask again {number}")
    page = inbox.page
    page.get_by_role("link", name="Search", exact=True).first.click()
    page.get_by_role("searchbox", name="Search people and messages").fill("kettle ULTRA")

    hit = (
        page.get_by_role("region", name="Messages").get_by_role("link").filter(has_text=person.name)
    )
    expect(hit.locator("mark")).to_have_text(["Kettlé", "ultra"])
    expect(page.get_by_role("region", name="People")).to_have_count(0)
    look(page, "search-1280")
    choose_author(page, "We wrote")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    choose_author(page, "They wrote")
    hit.click()

    expect(inbox.message("ultramarine")).to_be_in_viewport()
    page.get_by_role("searchbox", name="Search conversations").fill("ultramarine")
    expect(inbox.list.get_by_role("link")).to_have_count(1)
    expect(inbox.row(person)).to_be_visible()


def choose_author(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile("^Who wrote it")).click()
    page.get_by_role("menu").get_by_text(name).click()


@pytest.mark.promise("INB-09")
def test_filters_are_kept_under_a_name_shared_found_again_and_removed(
    demo: Stack, inbox: Inbox, as_role: AsRole
) -> None:
    page = inbox.page
    page.get_by_role("link", name="Unassigned").click()
    page.get_by_role("button", name="Views").click()
    page.get_by_role("menuitem", name="Save this view").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Nobody's yet")
    dialog.get_by_role("checkbox", name="For all colleagues").check()
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Views, now Nobody's yet")).to_be_visible()
    kept = page.url

    theirs = as_role("agent")
    theirs.goto(f"{demo.serai}/inbox")
    theirs.get_by_role("button", name="Views").click()
    theirs.get_by_role("menuitemradio", name="Nobody's yet").or_(
        theirs.get_by_role("menuitem", name="Nobody's yet")
    ).or_(theirs.get_by_role("menuitemcheckbox", name="Nobody's yet")).click()
    expect(theirs).to_have_url(kept)

    page.get_by_role("button", name="Views, now").click()
    page.get_by_role("menuitem", name="Remove “Nobody's yet”").click()
    expect(page.get_by_role("button", name="Views", exact=True)).to_be_visible()
    theirs.reload()
    expect(theirs.get_by_role("button", name="Views", exact=True)).to_be_visible()


@pytest.mark.promise("INB-11")
def test_a_message_for_later_is_refused_after_the_window_and_else_waits_is_changed_and_called_off(
    meta: Meta, new_inbox: NewInbox, complaints: Complaints
) -> None:
    person = asked(meta, INVESTMENT, "Remind me about the bonds")
    inbox = opened(new_inbox, person)
    page = inbox.page
    inbox.reply_box.fill("The bonds are due")
    page.get_by_role("button", name="Send later").click()
    dialog = page.get_by_role("dialog", name="Send later")
    expect(dialog).to_contain_text("On your clock")
    expect(dialog).to_contain_text("Free replies end")
    dialog.get_by_label("When").fill(f"{meta.now() + timedelta(days=3):%Y-%m-%dT09:00}")
    dialog.get_by_role("button", name="Schedule").click()
    expect(dialog).to_contain_text("Choose an earlier time")
    look(page, "send-later-1280")
    dialog.get_by_role("button", name="In an hour").click()
    dialog.get_by_role("button", name="Schedule").click()

    waiting = page.get_by_role("list", name="Scheduled messages").get_by_role("listitem")
    expect(waiting).to_contain_text("The bonds are due")
    expect(inbox.reply_box).to_have_value("")
    waiting.get_by_role("button", name="Change").click()
    dialog.get_by_role("button", name="In three hours").click()
    dialog.get_by_role("checkbox", name="Not if they write first").check()
    dialog.get_by_role("button", name="Schedule").click()
    expect(waiting).to_contain_text("not if they write first")
    look(page, "scheduled-1280")
    waiting.get_by_role("button", name="Cancel").click()
    expect(waiting).to_have_count(0)
    assert "The bonds are due" not in meta.received(person, INVESTMENT)
    complaints[:] = [each for each in complaints if "409 (Conflict)" not in each]


@pytest.mark.promise("INB-11")
def test_what_failed_goes_again_at_once_and_what_may_have_arrived_only_when_confirmed(
    meta: Meta, new_inbox: NewInbox
) -> None:
    late = dict.fromkeys(("sent", "delivered", "read"), 120_000)
    person = meta.person(delay_ms=late)
    meta.write(person, INVESTMENT, "Are you there?")
    [greeting] = meta.wait_received(person, INVESTMENT, 1)
    inbox = opened(new_inbox, person)
    failed, unclear = inbox.message("I will call"), inbox.message("Here is the plan")
    with meta.no_faults():
        meta.fault("error", to=person.phone, code=131009, http=400)
        inbox.reply("I will call")
        expect(failed.get_by_role("img", name="Failed")).to_be_visible(timeout=SLOW_MS)
        expect(failed).to_contain_text("Change the message and send it again.")
        failed.get_by_role("button", name="Send again").click()
        assert meta.wait_received(person, INVESTMENT, 2) == [greeting, "I will call"]
        meta.fault("hang_up", to=person.phone)
        inbox.reply("Here is the plan")
        expect(unclear.get_by_role("img", name="Unclear")).to_be_visible(timeout=SLOW_MS)

    unclear.get_by_role("button", name="Send again").click()
    question = inbox.page.get_by_role("alertdialog").or_(inbox.page.get_by_role("dialog"))
    expect(question).to_contain_text("nobody knows whether it arrived")
    look(inbox.page, "send-again-1280")
    question.get_by_role("button", name="Cancel").click()
    assert meta.received(person, INVESTMENT).count("Here is the plan") == 1
    unclear.get_by_role("button", name="Send again").click()
    question.get_by_role("button", name="Send again").click()
    assert meta.wait_received(person, INVESTMENT, 4)[-2:] == ["Here is the plan"] * 2


def test_a_message_taken_back_within_its_five_seconds_was_never_sent(
    meta: Meta, demo: Stack, as_role: AsRole
) -> None:
    person = asked(meta, INVESTMENT, "Which bank?")
    set_habits(demo, "manager", undo_seconds=10)
    page = as_role("manager")
    page.goto(f"{demo.serai}/inbox")
    inbox = Inbox(page)
    inbox.open(person)
    before = meta.received(person, INVESTMENT)
    inbox.reply("The wrong bank")
    sent = inbox.message("The wrong bank")
    for _ in range(TRIES):
        if _taken_back(sent):
            break
        before = meta.wait_received(person, INVESTMENT, len(before) + 1)
        inbox.reply("The wrong bank")

    expect(inbox.reply_box).to_have_value("The wrong bank")
    expect(sent).to_have_count(before.count("The wrong bank"))
    set_habits(demo, "manager", undo_seconds=0)
    inbox.reply("The right bank")
    expect(inbox.message("The right bank")).to_be_visible()
    meta.wait_received(person, INVESTMENT, len(before) + 1)
    assert meta.received(person, INVESTMENT) == [*before, "The right bank"]


def _taken_back(sent: Locator) -> bool:
    """It is, unless the machine was too slow for the ten seconds that this may take."""
    try:
        sent.get_by_role("button", name="Undo").click(timeout=10_000)
    except Error:
        return False
    return True


def test_what_was_begun_is_there_after_a_reload_and_on_another_device(
    meta: Meta, new_inbox: NewInbox
) -> None:
    person = asked(meta, INVESTMENT, "What do you advise?")
    inbox = opened(new_inbox, person)
    with inbox.page.expect_response(lambda each: each.url.endswith("/draft") and each.ok):
        inbox.reply_box.fill("I would advise")

    inbox.page.reload()
    expect(inbox.reply_box).to_have_value("I would advise")
    inbox.reply_box.fill("I would advise to")
    inbox.page.reload()  # before its words had a moment to rest
    expect(inbox.reply_box).to_have_value("I would advise to")
    other = new_inbox(HANDSET)
    other.open(person)
    expect(other.reply_box).to_have_value("I would advise to")
    expect(other.message("What do you advise?")).to_be_visible()
    look(other.page, "draft-390")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_quick_replies_and_search_look_well_on_a_phone(
    as_role: AsRole, demo: Stack, meta: Meta, dark: bool
) -> None:
    meta.write(meta.person(), CAFE, "Is there a table on the terrace?")
    page = as_role("owner", HANDSET, dark)
    page.goto(f"{demo.serai}/settings/quick-replies")
    page.get_by_role("button", name="Adding").or_(page.get_by_role("listitem").first).wait_for()
    look(page, f"quick-replies-390-{'dark' if dark else 'light'}")
    page.goto(f"{demo.serai}/search?q=terrace")
    expect(page.locator("mark").first).to_be_visible(timeout=SLOW_MS)
    look(page, f"search-390-{'dark' if dark else 'light'}")
