"""The tales the demo promises, played on both pages as a person would."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from e2e.meta import CAFE, CAFE_ZONE, INVESTMENT, SHOP, Meta, next_time
from e2e.person import Inbox
from e2e.screens import NewInbox, NewPhone

MENU = "School Catering Menu Update"


def test_menu_to_the_school_is_answered_and_its_ticks_go_on_to_read(
    meta: Meta, new_inbox: NewInbox, new_phone: NewPhone
) -> None:
    person = meta.person(reads="manual", delay_ms={"sent": 100, "delivered": 600_000})
    phone, inbox = new_phone(person), new_inbox()

    phone.chat("School Catering Services")
    phone.write("menu")
    phone.back()
    inbox.open(person)

    answer = inbox.message(MENU)
    expect(answer.get_by_role("img", name="Sent", exact=True)).to_be_visible()
    meta.advance_to(meta.now() + timedelta(minutes=11))
    expect(answer.get_by_role("img", name="Delivered", exact=True)).to_be_visible()
    phone.chat("School Catering Services")
    expect(phone.said(MENU)).to_have_count(1)
    expect(answer.get_by_role("img", name="Read", exact=True)).to_be_visible()
    assert inbox.thread.get_by_role("article").first.inner_text().startswith("menu")
    expect(answer).to_have_accessible_name(re.compile("Automatic reply"))


def test_who_writes_to_the_cafe_at_night_hears_once_when_it_opens(
    meta: Meta, new_inbox: NewInbox
) -> None:
    person = meta.person()
    meta.advance_to(next_time(meta.now(), 23, CAFE_ZONE))

    meta.write(person, CAFE, "Is there still cake?")
    texts = meta.wait_received(person, CAFE, 1)
    meta.write(person, CAFE, "Or tea?")

    inbox = new_inbox()
    inbox.open(person)
    expect(inbox.message("Or tea?")).to_be_visible()
    away = [text for text in meta.received(person, CAFE) if "closed now" in text]
    assert len(away) == 1, texts
    assert "07:00" in away[0]
    expect(inbox.page.get_by_text("Closed · opens tomorrow 07:00").last).to_be_visible()


def test_the_investment_number_acknowledges_once_and_an_adviser_answers(
    meta: Meta, new_inbox: NewInbox, new_phone: NewPhone
) -> None:
    person = meta.person()
    phone, inbox = new_phone(person), new_inbox()
    phone.chat("Portfolio Management Services")
    phone.write("Please review my portfolio")
    phone.write("It is about the bonds")

    expect(inbox.row(person)).to_contain_text("Waiting for an adviser")
    inbox.open(person)
    expect(inbox.message("It is about the bonds")).to_be_visible()
    expect(inbox.message("An adviser has your message")).to_have_count(1)
    inbox.reply("Good morning, this is Hanna. I am looking at the bonds.")

    expect(phone.said("this is Hanna")).to_be_visible()
    expect(inbox.message("this is Hanna").get_by_role("img", name="Read")).to_be_visible()
    expect(inbox.row(person)).not_to_contain_text("Waiting for an adviser")
    assert len(meta.received(person, INVESTMENT)) == 2


@pytest.mark.promise("POL-03")
def test_the_reply_box_locks_itself_when_the_window_closes_and_opens_when_they_write(
    meta: Meta, new_inbox: NewInbox
) -> None:
    person = meta.person("Vera Novak")
    meta.write(person, SHOP, "I am back tomorrow")
    wrote_at = meta.now()
    meta.wait_received(person, SHOP, 1)
    inbox = new_inbox()
    inbox.open(person)
    expect(inbox.reply_box).to_be_visible()
    closes_at = wrote_at + timedelta(hours=24)
    _go_to(meta, closes_at - timedelta(seconds=50))
    expect(inbox.page.get_by_role("timer")).to_contain_text("Free replies for 0:")
    expect(inbox.reply_box).to_be_visible()
    _go_to(meta, closes_at - timedelta(seconds=3))
    expect(inbox.reply_box).to_be_hidden()
    expect(inbox.page.get_by_text("Only an approved template may be sent")).to_be_visible()
    _send_a_template(inbox)

    expect(inbox.message("Template")).to_be_visible()
    texts = meta.wait_received(person, SHOP, 2)
    assert "{{" not in texts[-1]
    meta.write(person, SHOP, "Here I am")
    expect(inbox.reply_box).to_be_visible()


def _go_to(meta: Meta, at: datetime) -> None:
    """The page hears of it: somebody else writes, and each answer tells the time."""
    meta.advance_to(at)
    meta.write(meta.person(), SHOP, "Good evening")


def _send_a_template(inbox: Inbox) -> None:
    page = inbox.page
    page.get_by_role("button", name="Choose a template").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("list", name="Templates").get_by_role("button").first.click()
    for field in dialog.get_by_role("textbox").all():
        field.fill("4411")
    dialog.get_by_role("button", name="Send template").click()
    expect(dialog).to_be_hidden()


def test_an_unclear_outcome_is_said_in_words_and_settles_by_itself(
    meta: Meta, new_inbox: NewInbox
) -> None:
    late = {"sent": 600_000, "delivered": 601_000, "read": 602_000}
    person = meta.person(delay_ms=late)
    meta.write(person, INVESTMENT, "Are you there?")
    meta.wait_received(person, INVESTMENT, 1)
    inbox = new_inbox()
    inbox.open(person)

    with meta.no_faults():
        meta.fault("hang_up", to=person.phone)
        inbox.reply("We are here")

        sent = inbox.message("We are here")
        expect(sent.get_by_role("img", name="Unclear")).to_be_visible()
        expect(sent).to_contain_text("It may have arrived")
        meta.advance_to(meta.now() + timedelta(minutes=11))
        told = sent.get_by_role("img", name=re.compile("Delivered|Read"))
        expect(told).to_be_visible()
    texts = meta.received(person, INVESTMENT)
    assert texts.count("We are here") == 1


def test_what_meta_refuses_is_shown_with_its_reason(meta: Meta, new_inbox: NewInbox) -> None:
    person = meta.person()
    meta.write(person, INVESTMENT, "Call me")
    meta.wait_received(person, INVESTMENT, 1)
    inbox = new_inbox()
    inbox.open(person)

    with meta.no_faults():
        meta.fault("error", to=person.phone, code=131026, http=400)
        inbox.reply("I will call at nine")

        failed = inbox.message("I will call at nine")
        expect(failed.get_by_role("img", name="Failed")).to_be_visible()
    expect(failed).to_contain_text("Failed.")


def test_a_resolved_conversation_moves_to_the_resolved_and_can_come_back(
    meta: Meta, inbox: Inbox
) -> None:
    person = meta.person()
    meta.write(person, SHOP, "Thank you, it has come")
    inbox.open(person)

    inbox.page.get_by_role("button", name="Resolve").click()
    expect(inbox.page.get_by_role("button", name="Reopen")).to_be_visible()
    expect(inbox.row(person)).to_have_count(0)
    inbox.page.get_by_role("link", name="Resolved").click()
    expect(inbox.row(person)).to_be_visible()
    inbox.row(person).click()
    inbox.page.get_by_role("button", name="Reopen").click()

    expect(inbox.row(person)).to_have_count(0)
    inbox.page.get_by_role("navigation", name="Status").get_by_role("link", name="Open").click()
    expect(inbox.row(person)).to_be_visible()
