"""How one signs in: password, authenticator app, recovery codes, passkeys; and where one is signed in."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.screens import DESK, HANDSET, NewPage, look
from e2e.stack import Stack
from e2e.staff import hire, set_up_app, sign_in, sign_out

NEW_PASSWORD = "four green kettles"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""Source: Chrome DevTools Protocol, WebAuthn.VirtualAuthenticatorOptions."""


def sessions(page: Page) -> Locator:
    return page.get_by_role("list", name="Where you are signed in").get_by_role("listitem")


@pytest.mark.promise("SEC-02")
def test_a_new_password_a_second_factor_and_the_browsers_that_it_signs_out(  # noqa: PLR0915 — one walk in one page
    new_page: NewPage, demo: Stack, complaints: list[str]
) -> None:
    sam = hire(demo, "agent")
    here, there = new_page(DESK), new_page(HANDSET, dark=True)
    sign_in(there, demo, sam.email)
    expect(sessions(there)).to_have_count(2)  # this one, and the one that came by the invitation
    sign_in(here, demo, sam.email)
    expect(sessions(here)).to_have_count(3)
    here.get_by_role("button", name="Sign out everywhere else").click()
    expect(sessions(here)).to_have_count(1)
    there.reload()
    # "Again", if it was the reload that told the page.
    out = there.get_by_role("heading", name=re.compile("Sign in again|Welcome back"))
    expect(out).to_be_visible()

    here.get_by_role("button", name="Change the password").click()
    here.get_by_label("Current password").fill("three brown teapots")
    here.get_by_label("New password").fill(NEW_PASSWORD)
    here.get_by_role("button", name="Change it").click()
    expect(here.get_by_text("Your password was changed.").first).to_be_visible()

    here.get_by_role("button", name="Set up", exact=True).click()
    code, kept = set_up_app(here)
    expect(here.get_by_text("10 recovery codes are left.")).to_be_visible()
    look(here, "account-1280-light")

    sign_in(there, demo, sam.email, NEW_PASSWORD)
    there.get_by_label("Code from your app").fill(code)
    expect(there.get_by_role("alert")).to_contain_text("was used")
    look(there, "second-factor-390-dark")
    there.get_by_role("button", name="Use a recovery code instead").click()
    there.get_by_label("Recovery code").fill(kept[0])
    there.get_by_role("button", name="Go on").click()
    expect(there.get_by_text("9 recovery codes are left.")).to_be_visible()
    look(there, "account-390-dark")

    there.get_by_role("navigation", name="Sections").get_by_role("link", name="Settings").click()
    sign_out(there)  # on a narrow page at the end of the settings
    sign_in(there, demo, sam.email, NEW_PASSWORD)
    there.get_by_role("button", name="Use a recovery code instead").click()
    there.get_by_label("Recovery code").fill(kept[0])
    there.get_by_role("button", name="Go on").click()
    expect(there.get_by_role("alert")).to_contain_text("was used")
    complaints.clear()  # the browser tells of what was refused


def test_a_passkey_is_made_named_signs_in_and_is_taken_off(new_page: NewPage, demo: Stack) -> None:
    sam = hire(demo, "agent")
    page = new_page(DESK)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")  # pyright: ignore[reportUnknownMemberType]
    making = {"options": DEVICE}
    device.send("WebAuthn.addVirtualAuthenticator", making)  # pyright: ignore[reportUnknownMemberType]
    sign_in(page, demo, sam.email)

    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("Name of the device").fill("My phone")
    page.get_by_role("button", name="Go on").click()
    keys = page.get_by_role("list", name="Passkeys").get_by_role("listitem")
    expect(keys).to_contain_text("My phone")
    page.get_by_role("button", name="Rename My phone").click()
    page.get_by_label("Name of the passkey").fill("Telephone")
    page.get_by_role("button", name="Save").click()
    expect(keys).to_contain_text("Telephone")

    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(keys).to_contain_text("last used")
    look(page, "passkeys-1280-light")

    page.get_by_role("button", name="Remove Telephone").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Add a passkey")).to_be_visible()
    expect(keys).to_have_count(0)


def test_language_and_light_follow_their_person_to_another_device(
    new_page: NewPage, demo: Stack
) -> None:
    sam = hire(demo, "agent")
    here, there = new_page(DESK), new_page(HANDSET)
    sign_in(here, demo, sam.email)
    expect(here.get_by_role("heading", name="Your account")).to_be_visible()
    here.goto(f"{demo.serai}/settings/appearance")
    here.get_by_text("Dark", exact=True).click()
    expect(here.locator("html")).to_have_attribute("data-theme", "dark")
    with here.expect_response(lambda each: each.request.method == "PATCH" and each.ok):
        here.get_by_label("Language").click()
        here.get_by_role("option", name="العربية").click()
    expect(here.locator("html")).to_have_attribute("dir", "rtl")

    sign_in(there, demo, sam.email)

    expect(there.get_by_role("heading", name="حسابك")).to_be_visible(timeout=10_000)
    expect(there.locator("html")).to_have_attribute("data-theme", "dark")
    expect(there.locator("html")).to_have_attribute("dir", "rtl")
    look(there, "account-390-arabic")
