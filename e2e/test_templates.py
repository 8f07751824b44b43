"""A template with all its parts is filled in at the reply box and arrives whole."""

import time
from pathlib import Path

import httpx2
import metasim.media
import pytest
from playwright.sync_api import expect

from e2e.acts import Acts
from e2e.meta import CAFE, Meta
from e2e.person import Inbox
from e2e.screens import look
from e2e.stack import HTTP_SECONDS, Stack

PHOTO = Path(metasim.media.__file__).parent / "samples" / "image.jpg"
NAME = "parcel_on_its_way"
TEMPLATE = {
    "id": "9900028800001",
    "waba_id": "880012340000002",
    "name": NAME,
    "language": "en_US",
    "parameter_format": "NAMED",
    "components": [
        {"type": "HEADER", "format": "IMAGE"},
        {"type": "BODY", "text": "Hello {{first_name}}, it comes on {{day}}."},
        {"type": "FOOTER", "text": "Reply STOP to end"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "Thank you"},
                {"type": "URL", "text": "Track", "url": "https://shop.example/t/{{1}}"},
            ],
        },
    ],
}
SYNC_SECONDS = 60.0


@pytest.fixture(scope="module", autouse=True)
def known(acts: Acts, demo: Stack) -> None:
    """Meta has approved it, and Serai has heard of it."""
    acts.define({"templates": [TEMPLATE]})
    headers = {"Authorization": f"Bearer {demo.key}"}
    with httpx2.Client(
        base_url=f"{demo.serai}/api/v1", headers=headers, timeout=HTTP_SECONDS
    ) as api:
        channels = api.get("/channels").raise_for_status().json()["data"]
        cafe = next(
            each["id"] for each in channels if each["external_ids"]["phone_number_id"] == CAFE
        )
        api.post(f"/channels/{cafe}/templates/sync").raise_for_status()
        deadline = time.monotonic() + SYNC_SECONDS
        while NAME not in api.get("/templates", params={"channel_id": cafe, "limit": 100}).text:
            assert time.monotonic() < deadline
            time.sleep(0.3)


def test_picture_names_and_link_are_filled_in_and_arrive(
    meta: Meta, acts: Acts, inbox: Inbox
) -> None:
    person, page = meta.person(), inbox.page
    meta.write(person, CAFE, "Where is my parcel?")
    inbox.open(person)
    page.get_by_role("button", name="Send a template").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=NAME).click()
    expect(dialog.get_by_text("it comes on [Day].")).to_be_visible()
    dialog.get_by_role("textbox", name="First name").fill("Rosa")
    dialog.get_by_role("textbox", name="Day").fill("Tuesday")
    dialog.get_by_role("textbox", name="Button 2: End of the link").fill("5512")
    dialog.get_by_role("button", name="Send template").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Choose the file first")

    dialog.locator("input[type=file]").set_input_files(PHOTO)
    expect(dialog.get_by_role("button", name="Open the picture")).to_be_visible(timeout=20_000)
    expect(dialog.get_by_text("Hello Rosa, it comes on Tuesday.")).to_be_visible()
    look(page, "template-filled")
    dialog.get_by_role("button", name="Send template").click()

    sent = acts.arrived(person, CAFE, lambda each: each["type"] == "template")
    assert "Hello Rosa, it comes on Tuesday." in sent["text"]
    assert [each["text"] for each in sent["buttons"]] == ["Thank you", "Track"]
    shown = inbox.message("Hello Rosa, it comes on Tuesday.")
    expect(shown.get_by_role("list", name="Buttons").get_by_role("listitem")).to_have_count(2)
    expect(shown).to_contain_text("Reply STOP to end")
    expect(shown.get_by_role("button", name="Open the picture")).to_be_visible(timeout=20_000)
