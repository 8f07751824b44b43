"""The numbers' pages: connect one, see how it stands, set up what people see, mend what broke."""

import io
import re
from typing import NamedTuple

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from e2e.acts import Acts
from e2e.meta import SHOP, Meta
from e2e.screens import DESK, EACH_LOOK, Complaints, NewPage, Screen, choose, look
from e2e.stack import Stack

APP = "314000000000777"
PORTFOLIO = "920000000000333"
FITS = (
    "(page => page.scrollWidth <= page.clientWidth)(document.querySelector('main > :last-child'))"
)
"""Nothing sticks out at the side of the part that scrolls."""
NEXT_LOOK_MS = 100_000
META_MS = 20_000
"""Meta is asked behind these pages, some of it by the workers."""


class Ours(NamedTuple):
    """A number of this module's own, so that other tests' numbers stay as they are."""

    account: str
    number: str
    phone: str
    token: str
    name: str


BAKERY = Ours(
    "880012340000071", "770012340000071", "+1 212-555-0171", "bakery-token", "Corner Bakery"
)
FLORIST = Ours(
    "880012340000072", "770012340000072", "+1 212-555-0172", "florist-token", "Corner Florist"
)


@pytest.fixture(scope="module", autouse=True)
def at_meta(acts: Acts) -> None:
    """Two numbers that Meta knows and Serai does not yet; the second is not in use."""
    both = (BAKERY, FLORIST)
    acts.define(
        {
            "wabas": [
                {"id": each.account, "portfolio_id": PORTFOLIO, "name": each.name} for each in both
            ],
            "numbers": [
                {
                    "id": each.number,
                    "waba_id": each.account,
                    "display_phone_number": each.phone,
                    "verified_name": each.name,
                    "status": "CONNECTED" if each is BAKERY else "PENDING",
                }
                for each in both
            ],
            "tokens": [
                {"token": each.token, "app_id": APP, "waba_ids": [each.account]} for each in both
            ],
            "templates": [
                {
                    "id": f"9900{each.number[-6:]}",
                    "waba_id": each.account,
                    "name": "hello_world",
                    "language": "en_US",
                    "components": [{"type": "BODY", "text": "Hello World"}],
                }
                for each in both
            ],
        }
    )


@pytest.fixture
def page(new_page: NewPage, demo: Stack) -> Page:
    return opened(new_page, demo)


def opened(new_page: NewPage, demo: Stack, screen: Screen = DESK, dark: bool = False) -> Page:
    page = new_page(screen, dark)
    page.goto(demo.at("/channels"))
    expect(page.get_by_role("heading", name="Channels")).to_be_visible()
    return page


def card(page: Page, ours: Ours) -> Locator:
    return page.get_by_role("list", name="Channels").get_by_role("link").filter(has_text=ours.phone)


def connect(page: Page, ours: Ours, pin: str | None = None) -> None:
    """Through the wizard by a pasted token, up to its last step."""
    page.get_by_role("link", name="Connect a number").click()
    page.get_by_role("textbox", name="Token").fill(ours.token)
    page.get_by_role("button", name="See what it opens").click()
    expect(page.get_by_role("radio", name=ours.name)).to_be_checked()
    choose(page, "Business", "Hawana Cafe")
    if pin is not None:
        page.get_by_role("textbox", name="Six digits").fill(pin)
    page.get_by_role("button", name="Connect").click()
    expect(page.get_by_role("heading", name="The number is connected")).to_be_visible(
        timeout=META_MS
    )


@pytest.fixture
def bakery(page: Page) -> Page:
    """The bakery's own page; connected if no test has done so yet."""
    expect(page.get_by_role("list", name="Channels")).to_be_visible()
    if card(page, BAKERY).count() == 0:
        connect(page, BAKERY)
        page.get_by_role("link", name="See the number").click()
    else:
        card(page, BAKERY).click()
    expect(page.get_by_role("heading", name=BAKERY.name)).to_be_visible()
    return page


def tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Parts of the channel").get_by_role(
        "link", name=name
    ).click()


def test_a_number_that_is_not_in_use_is_connected_with_a_pin_and_sends_a_test(
    page: Page, acts: Acts, meta: Meta
) -> None:
    person = meta.person()

    connect(page, FLORIST, pin="482913")

    done = page.get_by_role("list", name="What was done")
    expect(done.get_by_role("img", name="Done")).to_have_count(3)
    assert acts.number(FLORIST.number)["status"] == "CONNECTED"
    page.get_by_role("textbox", name="Your phone").fill(f"+{person.phone}")
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_text("It is on its way")).to_be_visible(timeout=META_MS)
    assert meta.wait_received(person, FLORIST.number, 1) == ["Hello World"]
    page.get_by_role("link", name="See the number").click()
    expect(page.get_by_role("heading", name=FLORIST.name)).to_be_visible()


def test_the_overview_tells_what_was_sent_today(page: Page, meta: Meta, acts: Acts) -> None:
    person = meta.person()
    acts.send(person, SHOP, "text", {"body": "Hello"})
    meta.wait_received(person, SHOP, 1)
    page.get_by_role("list", name="Channels").get_by_role("link", name="Dar Home Goods").click()

    today = page.get_by_role("region", name="Today")

    expect(today).to_contain_text(re.compile(r"Sent\s*\d+ service"), timeout=META_MS)
    expect(today).to_contain_text(re.compile(r"\d+ (person|people), no limit"))


@pytest.mark.promise("MSG-25")
def test_metas_login_leads_back_to_the_choice_of_the_number(page: Page, demo: Stack) -> None:
    page.get_by_role("link", name="Connect a number").click()
    page.get_by_role("link", name="Go to Meta's login").click()
    expect(page.get_by_role("heading", name="Connect Serai")).to_be_visible()
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("radio").first).to_be_visible(timeout=META_MS)
    assert page.url.startswith(f"{demo.serai}/channels/connect")
    assert "code=" not in page.url


def test_a_token_that_meta_does_not_know_is_refused_in_words(
    page: Page, complaints: Complaints
) -> None:
    page.get_by_role("link", name="Connect a number").click()
    page.get_by_role("textbox", name="Token").fill("nonsense")
    page.get_by_role("button", name="See what it opens").click()

    expect(page.get_by_role("alert")).to_contain_text("token", ignore_case=True)
    complaints.clear()  # the browser tells of the 409


@pytest.mark.promise("MSG-26")
def test_the_profile_that_is_saved_is_the_profile_at_meta(bakery: Page, acts: Acts) -> None:
    tab(bakery, "Profile")
    bakery.get_by_role("textbox", name="About").fill("Bread since 1998")
    choose(bakery, "Category", "Restaurant")
    bakery.get_by_role("textbox", name="Website", exact=True).fill("https://bakery.example")
    bakery.get_by_role("button", name="Save").click()

    expect(bakery.get_by_role("status").filter(has_text="Saved")).to_be_visible(timeout=META_MS)
    profile = acts.number(BAKERY.number)["desk"]["profile"]
    assert profile["about"] == "Bread since 1998"
    assert profile["vertical"] == "RESTAURANT"
    assert profile["websites"] == ["https://bakery.example"]
    bakery.reload()
    expect(bakery.get_by_role("textbox", name="About")).to_have_value("Bread since 1998")
    expect(bakery.get_by_role("button", name="Save")).to_be_disabled()


def test_a_new_picture_is_at_meta_and_shown(bakery: Page) -> None:
    square = io.BytesIO()
    Image.new("RGB", (640, 640), (180, 120, 60)).save(square, "JPEG")
    tab(bakery, "Profile")

    bakery.locator("input[type=file]").set_input_files(
        {"name": "shop.jpg", "mimeType": "image/jpeg", "buffer": square.getvalue()}
    )

    expect(bakery.get_by_text("The new picture is at Meta.")).to_be_visible(timeout=META_MS)
    bakery.reload()
    expect(bakery.get_by_role("img", name="The picture of the business")).to_be_visible(
        timeout=META_MS
    )


def test_a_code_is_made_shown_saved_and_deleted(bakery: Page) -> None:
    tab(bakery, "QR codes")
    bakery.get_by_role("textbox", name="Words").fill("I would like to order bread")
    bakery.get_by_role("button", name="Make a code").click()

    code = bakery.get_by_role("article", name="Code: I would like to order bread")
    expect(code.get_by_role("img", name="QR code for")).to_be_visible(timeout=META_MS)
    for kind, head in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with bakery.expect_download() as download:
            code.get_by_role("button", name=kind).click()
        assert download.value.path().read_bytes().startswith(head)
    code.get_by_role("button", name="Delete the code").click()
    code.get_by_role("button", name="Really delete?").click()
    expect(code).to_have_count(0, timeout=META_MS)
    expect(bakery.get_by_text("No code yet")).to_be_visible()


def test_questions_and_commands_are_what_people_see(bakery: Page, acts: Acts) -> None:
    tab(bakery, "Greeting")
    bakery.get_by_role("button", name="Add a question").click()
    bakery.get_by_role("textbox", name="Question 1").fill("When do you open?")
    bakery.get_by_role("button", name="Add a command").click()
    bakery.get_by_role("textbox", name="Command 1").fill("menu")
    bakery.get_by_role("textbox", name="What it does").fill("See today's bread")
    bakery.get_by_role("button", name="Save").click()

    expect(bakery.get_by_role("status").filter(has_text="Saved")).to_be_visible(timeout=META_MS)
    kept = str(acts.number(BAKERY.number)["desk"])
    assert "When do you open?" in kept
    assert "See today's bread" in kept


def test_the_catalogue_is_switched_on_and_off(bakery: Page) -> None:
    tab(bakery, "Shop")
    catalogue = bakery.get_by_role("switch", name="Show the catalogue")
    expect(catalogue).not_to_be_checked(timeout=META_MS)

    catalogue.click()
    expect(catalogue).to_be_checked(timeout=META_MS)
    bakery.reload()

    expect(catalogue).to_be_checked(timeout=META_MS)
    catalogue.click()
    expect(catalogue).not_to_be_checked(timeout=META_MS)


def test_what_no_longer_arrives_is_named_and_mended(bakery: Page, acts: Acts) -> None:
    acts.define({"wabas": [{"id": BAKERY.account, "subscribed_apps": []}]})
    tab(bakery, "Connection")
    expect(bakery.get_by_text("Missing:")).to_be_visible(timeout=META_MS)

    bakery.get_by_role("button", name="Repair").click()

    expect(bakery.get_by_text("Everything that Meta has to tell arrives.")).to_be_visible(
        timeout=META_MS
    )


@pytest.mark.promise("MSG-33")
def test_a_number_whose_token_was_revoked_alone_turns_red_and_goes_on_with_a_new_one(
    bakery: Page, acts: Acts, complaints: Complaints
) -> None:
    acts.define({"tokens": [{"token": "bakery-next", "app_id": APP, "waba_ids": [BAKERY.account]}]})
    acts.revoke(BAKERY.token)
    tab(bakery, "Connection")
    bakery.get_by_role("button", name="Ask Meta now").click()
    expect(bakery.get_by_text("No longer accepted")).to_be_visible(timeout=META_MS)
    bakery.get_by_role("link", name="Channels", exact=True).first.click()
    expect(card(bakery, BAKERY)).to_contain_text("Connect again", timeout=META_MS)
    broken = bakery.get_by_role("list", name="Channels").get_by_role("link")
    expect(broken.filter(has_text="Connect again")).to_have_count(1)

    card(bakery, BAKERY).click()
    tab(bakery, "Connection")
    bakery.get_by_role("textbox", name="New token").fill("bakery-next")
    bakery.get_by_role("button", name="Connect again").click()

    expect(bakery.get_by_text("The number goes on.")).to_be_visible(timeout=META_MS)
    tab(bakery, "Overview")
    # A question asked with the old token may be answered last; then the next one mends it.
    expect(bakery.get_by_text("All is well.")).to_be_visible(timeout=NEXT_LOOK_MS)
    complaints.clear()  # the browser tells of what Meta refused


@EACH_LOOK
def test_the_channels_pages_look_well(
    new_page: NewPage, demo: Stack, screen: Screen, dark: bool
) -> None:
    page, tag = opened(new_page, demo, screen, dark), f"{screen.name}-{'dark' if dark else 'light'}"
    expect(page.get_by_role("list", name="Channels")).to_be_visible()
    assert page.evaluate(FITS)
    look(page, f"channels-{tag}")
    page.get_by_role("list", name="Channels").get_by_role("link").first.click()
    parts = page.get_by_role("navigation", name="Parts of the channel").get_by_role("link")
    expect(parts).to_have_count(6)
    for part in parts.all():
        part.click()
        loading = page.get_by_role("status", name=re.compile("Loading"))
        expect(loading).to_have_count(0, timeout=META_MS)
        assert page.evaluate(FITS)
        look(page, f"channel-{part.inner_text().split()[0].lower()}-{tag}")


def test_a_channel_that_cannot_be_loaded_and_a_list_without_one_say_so(
    page: Page, demo: Stack, complaints: Complaints
) -> None:
    page.route("**/api/v1/channels?**", lambda route: route.fulfill(status=403, json={}))
    page.reload()
    expect(page.get_by_text("The channels could not be loaded")).to_be_visible()
    page.unroute("**/api/v1/channels?**")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("list", name="Channels")).to_be_visible()

    page.goto(f"{demo.serai}/channels?business=00000000-0000-0000-0000-000000000000")
    expect(page.get_by_text("No number is connected")).to_be_visible()
    page.goto(f"{demo.serai}/channels/00000000-0000-0000-0000-000000000000")
    expect(page.get_by_text("This channel could not be loaded")).to_be_visible()
    complaints.clear()  # the browser tells of the answers that this test spoilt, and of the 404
