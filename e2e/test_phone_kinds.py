"""The phone page shows every kind of message, and a customer can answer each by hand."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import metasim.media
import pytest
from metasim import examples as kinds
from metasim.testing import FileServer, Metasim
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from e2e.screens import EACH_LOOK, HANDSET, Screen, look

NUMBER, ROSA = "770012340000022", "15551230987"
SAMPLES = Path(metasim.media.__file__).parent / "samples"
MIMES = {
    "image.jpg": "image/jpeg",
    "video.mp4": "video/mp4",
    "voice.ogg": "audio/ogg; codecs=opus",
    "document.pdf": "application/pdf",
    "sticker.webp": "image/webp",
}
WORLD: dict[str, Any] = {
    "wabas": [{"id": "880"}],
    "numbers": [
        {
            "id": NUMBER,
            "waba_id": "880",
            "display_phone_number": "+1 555-765-0001",
            "verified_name": "Acme Parcels",
        }
    ],
    "tokens": [{"token": "token", "app_id": "314", "waba_ids": ["880"]}],
    "people": [
        {
            "phone": ROSA,
            "name": "Rosa Quint",
            "delay_ms": {"sent": 0, "delivered": 1, "read": 2},
        }
    ],
}


class Business(NamedTuple):
    """What a business can do: send, and see what came back."""

    sim: Metasim
    files: str

    def sends(self, message: dict[str, Any]) -> str:
        body = {"messaging_product": "whatsapp", "to": f"+{ROSA}", **message}
        headers = {"Authorization": "Bearer token"}
        answer = self.sim.call("POST", f"/v25.0/{NUMBER}/messages", body, headers)
        assert answer.status == 200, answer.body
        return answer.json["messages"][0]["id"]

    def chat(self) -> list[dict[str, Any]]:
        return self.sim.control("GET", f"/people/{ROSA}/chats/{NUMBER}")["messages"]

    def writes(self, message: dict[str, Any]) -> None:
        self.sim.control("POST", f"/people/{ROSA}/messages", {"number": NUMBER, **message})


@pytest.fixture(scope="module")
def sim() -> Iterator[Metasim]:
    with Metasim.start() as running:
        yield running


@pytest.fixture(scope="module")
def files() -> Iterator[str]:
    known = {f"/{name}": (mime, (SAMPLES / name).read_bytes()) for name, mime in MIMES.items()}
    with FileServer(known) as server:
        yield server.url


@pytest.fixture
def business(sim: Metasim, files: str) -> Business:
    sim.control("POST", "/reset")
    sim.control("PUT", "/world", WORLD)
    made = Business(sim, files)
    made.writes({"type": "text", "text": {"body": "Hello"}})
    return made


class Phone(NamedTuple):
    page: Page

    def bubble(self, message_id: str) -> Locator:
        return self.page.locator(f'[data-message-id="{message_id}"]')

    def sheet(self) -> Locator:
        return self.page.locator("#sheet")

    def more(self, bubble: Locator) -> None:
        bubble.get_by_role("button", name="Reply or react").click()


@contextmanager
def opened(
    browser: Browser, business: Business, screen: Screen, dark: bool = False
) -> Generator[Phone]:
    """The phone with the chat open; the page may not complain."""
    context = browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        color_scheme="dark" if dark else "light",
    )
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    page = context.new_page()
    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(business.sim.url)
    page.get_by_role("button", name="Acme Parcels").click()
    expect(page.get_by_text("Hello", exact=True).first).to_be_visible()
    yield Phone(page)
    context.close()
    assert complaints == []


@pytest.fixture
def phone(browser: Browser, business: Business) -> Iterator[Phone]:
    with opened(browser, business, HANDSET) as running:
        yield running


def test_every_kind_of_message_is_shown(phone: Phone, business: Business) -> None:
    shown = {
        name: phone.bubble(business.sends(message))
        for name, message in kinds.messages(business.files).items()
    }

    for name, bubble in shown.items():
        expect(bubble, name).to_be_visible()
    loaded = "image => image.complete && image.naturalWidth > 0"
    for name in ("image", "sticker", "button", "carousel"):
        picture = shown[name].get_by_role("img").first
        expect(picture, name).to_be_attached()
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate(loaded), name
    expect(shown["video"].locator("video")).to_be_visible()
    expect(shown["audio"].locator("audio")).to_be_visible()
    expect(shown["document"].get_by_role("link", name="Document")).to_be_visible()
    expect(shown["location"]).to_contain_text("Old Port Desk")
    expect(shown["contacts"]).to_contain_text("Ines Moura")
    expect(shown["product_list"]).to_contain_text("SKU-9")
    expect(shown["carousel"].get_by_role("group", name="2 cards")).to_be_visible()


@EACH_LOOK
def test_every_kind_looks_right_and_is_accessible(
    browser: Browser, business: Business, screen: Screen, dark: bool
) -> None:
    with opened(browser, business, screen, dark) as phone:
        for message in kinds.messages(business.files).values():
            last = phone.bubble(business.sends(message))
            expect(last).to_be_visible()
        question = business.chat()[0]["id"]
        done = {"type": "text", "text": {"body": "done"}, "context": {"message_id": question}}
        expect(phone.bubble(business.sends(done))).to_contain_text("Hello")

        assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        look(phone.page, f"phone-kinds-{screen.name}-{'dark' if dark else 'light'}")


def test_a_button_and_a_row_are_tapped(phone: Phone, business: Business) -> None:
    buttons = phone.bubble(business.sends(kinds.messages(business.files)["button"]))
    buttons.get_by_role("button", name="Choice 2").click()
    expect(phone.page.get_by_role("listitem").filter(has_text="Choice 2").last).to_be_visible()
    rows = phone.bubble(business.sends(kinds.messages()["list"]))
    rows.get_by_role("button", name="Times").click()
    look(phone.page, "phone-sheet-390-light")
    phone.sheet().get_by_role("button", name="Tue 2:00").click()

    expect(phone.sheet()).to_be_hidden()
    expect(phone.page.locator('[data-direction="in"]').last).to_contain_text("Tue 2:00")
    assert [each["type"] for each in business.chat() if each["direction"] == "in"] == [
        "text",
        "interactive",
        "interactive",
    ]


def test_a_flow_is_filled_in(phone: Phone, business: Business) -> None:
    flow = phone.bubble(business.sends(kinds.messages()["flow"]))
    flow.get_by_role("button", name="Book now").click()
    phone.sheet().get_by_label("Name").fill("Rosa")
    look(phone.page, "phone-flow-390-light")
    phone.sheet().get_by_role("button", name="Send").click()

    expect(phone.page.locator('[data-direction="in"]').last).to_contain_text("Rosa")
    assert business.chat()[-1]["view"]["answers"] == {"name": "Rosa"}


def test_a_message_is_answered_and_reacted_to(phone: Phone, business: Business) -> None:
    question = phone.bubble(business.sends({"type": "text", "text": {"body": "Is it you?"}}))
    phone.more(question)
    phone.sheet().get_by_role("button", name="Reply").click()
    expect(phone.page.get_by_text("Replying to")).to_be_visible()
    phone.page.get_by_role("textbox", name="Message").fill("It is")
    phone.page.get_by_role("button", name="Send", exact=True).click()
    expect(phone.page.locator('[data-direction="in"]').last).to_contain_text("Is it you?")
    phone.more(question)
    phone.sheet().get_by_role("button", name="Heart").click()

    expect(question.get_by_role("img", name="You: ❤️")).to_be_visible()
    assert business.chat()[1]["reactions"] == {"in": "❤️"}
    assert business.chat()[2]["context"] == business.chat()[1]["id"]


def test_an_own_message_is_edited_and_deleted(phone: Phone, business: Business) -> None:
    own = phone.page.locator('[data-direction="in"]').first
    phone.more(own)
    phone.sheet().get_by_role("button", name="Edit").click()
    phone.sheet().get_by_label("New words").fill("Hello there")
    phone.sheet().get_by_role("button", name="Send").click()
    expect(own).to_contain_text("Hello there")
    expect(own).to_contain_text("Edited")
    phone.more(own)
    phone.sheet().get_by_role("button", name="Delete for everyone").click()

    expect(own).to_contain_text("This message was deleted")


def test_a_picture_and_a_place_are_sent(phone: Phone, business: Business) -> None:
    attach = phone.page.get_by_role("button", name="Send something else")
    with phone.page.expect_file_chooser() as chooser:
        attach.click()
        phone.sheet().get_by_role("button", name="Picture or file").click()
    chooser.value.set_files(SAMPLES / "image.png")
    expect(phone.page.locator('[data-type="image"] img')).to_be_visible()
    attach.click()
    phone.sheet().get_by_role("button", name="Location").click()
    phone.sheet().get_by_label("Name of the place").fill("Home")
    phone.sheet().get_by_role("button", name="Send").click()

    expect(phone.page.locator('[data-type="location"]')).to_contain_text("Home")
    sent = business.chat()[-2:]
    assert [each["type"] for each in sent] == ["image", "location"]
    media = business.sim.call("GET", f"/_sim/media/{sent[0]['view']['media']['media']}")
    assert media.body == (SAMPLES / "image.png").read_bytes()


def test_the_sheet_is_closed_by_escape(phone: Phone, business: Business) -> None:
    phone.page.get_by_role("button", name="Send something else").click()
    phone.page.keyboard.press("Escape")

    expect(phone.sheet()).to_be_hidden()
    assert len(business.chat()) == 1
