"""Who works here: asked in, given other roles, made to have a second factor, kept out; what each sees."""

from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.screens import DESK, HANDSET, AsRole, NewPage, look
from e2e.stack import Stack
from e2e.staff import PASSWORD, hire, set_up_app

PATIENCE_MS = 15_000


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="Members").get_by_role("listitem").filter(has_text=name)


def do(page: Page, name: str, what: str) -> None:
    page.get_by_role("button", name=f"More about {name}").click()
    page.get_by_role("menuitem", name=what).click()


def test_somebody_is_invited_comes_in_rises_and_is_kept_out(  # noqa: PLR0915 — one walk in one page
    as_role: AsRole, new_page: NewPage, demo: Stack, complaints: list[str]
) -> None:
    owner = as_role("owner", DESK)
    owner.context.grant_permissions(["clipboard-read", "clipboard-write"])
    owner.goto(f"{demo.serai}/settings/members")
    owner.get_by_role("button", name="Invite").click()
    name = f"Rae {uuid4().hex[:6]}"
    email = f"rae.{uuid4().hex[:6]}@demo.example"
    owner.get_by_label("E-mail address").fill(email)
    look(owner, "invite-1280-light")
    owner.get_by_role("dialog").get_by_role("button", name="Invite").click()
    owner.get_by_role("button", name="Done").click()
    owner.get_by_role("button", name=f"Send again to {email}").click()
    owner.get_by_role("button", name="Copy the link").click()
    expect(owner.get_by_role("button", name="Copied")).to_be_visible()
    link = str(owner.evaluate("navigator.clipboard.readText()"))
    owner.get_by_role("button", name="Done").click()

    rae = new_page(HANDSET)
    rae.goto(link)
    rae.get_by_label("Your name").fill(name)
    rae.get_by_label("Password", exact=True).fill(PASSWORD)
    rae.get_by_role("button", name="Come in").click()
    expect(rae.get_by_role("navigation", name="Sections")).to_be_visible(timeout=PATIENCE_MS)
    rae.goto(f"{demo.serai}/settings")
    links = rae.get_by_role("navigation", name="Settings").get_by_role("link")
    expect(links.filter(has_text="Your account")).to_be_visible()
    expect(links.filter(has_text="Members")).to_have_count(0)

    owner.reload()
    expect(row(owner, name)).to_contain_text("Agent")
    do(owner, name, "Roles")
    owner.get_by_role("radio", name="Manager").check()
    owner.get_by_role("button", name="Save").click()
    expect(row(owner, name)).to_contain_text("Manager")
    rae.reload()
    expect(links.filter(has_text="Members")).to_be_visible(timeout=PATIENCE_MS)

    do(owner, name, "Disable")
    expect(row(owner, name)).to_contain_text("Disabled")
    look(owner, "members-1280-light")
    expect(rae.get_by_role("heading", name="Sign in again")).to_be_visible(timeout=PATIENCE_MS)
    do(owner, name, "Let in again")
    expect(row(owner, name)).not_to_contain_text("Disabled")
    complaints.clear()  # the browser tells that she was refused


@pytest.mark.promise("SEC-02")
def test_a_role_that_must_have_a_second_factor_sets_it_up_before_anything_else(  # noqa: PLR0915 — one walk
    as_role: AsRole, new_page: NewPage, demo: Stack, complaints: list[str]
) -> None:
    sam = hire(demo, "auditor")
    owner = as_role("owner", HANDSET, dark=True)
    owner.goto(f"{demo.serai}/settings/members")
    rule = owner.get_by_role("checkbox", name="Auditor")
    try:
        with owner.expect_response("**/sign-in-rules"):
            rule.click()
        look(owner, "members-390-dark")
        theirs = new_page(DESK)
        theirs.goto(demo.serai)
        theirs.get_by_label("E-mail address").fill(sam.email)
        theirs.get_by_label("Password", exact=True).fill(PASSWORD)
        theirs.get_by_role("button", name="Sign in", exact=True).click()
        expect(theirs.get_by_role("heading", name="One more lock")).to_be_visible()
        refused = theirs.request.get(f"{demo.serai}/api/v1/conversations")
        assert (refused.status, refused.json()["code"]) == (403, "second_factor_needed")
        look(theirs, "must-set-up-1280-light")
        theirs.get_by_role("button", name="Authenticator app").click()
        set_up_app(theirs)
        expect(theirs.get_by_role("navigation", name="Sections")).to_be_visible(timeout=PATIENCE_MS)
    finally:
        with owner.expect_response("**/sign-in-rules"):
            rule.click()
        expect(rule).not_to_be_checked()

    owner.reload()
    expect(row(owner, sam.name)).to_contain_text("Second factor")
    do(owner, sam.name, "Reset the second factor")
    owner.get_by_role("alertdialog").get_by_role("button", name="Reset").click()
    expect(row(owner, sam.name)).not_to_contain_text("Second factor")
    expect(theirs.get_by_role("heading", name="Sign in again")).to_be_visible(timeout=PATIENCE_MS)
    complaints.clear()  # the browser tells of what was refused
