"""Meta's news about templates, read from the webhooks of its documentation."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from serai.core.events import TemplateReported
from serai.core.template import ShownButton, TemplateTexts
from serai.core.templates.revise import revised
from serai.meta.webhooks import read

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
WHICH = {
    "message_template_id": 990011223344556,
    "message_template_name": "parcel_update",
    "message_template_language": "en_US",
}


def told(field: str, **value: Any) -> TemplateReported:
    change = {"field": field, "value": WHICH | value}
    entry = {"id": "880012340000011", "time": int(AT.timestamp()), "changes": [change]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
    (item,) = read(body)
    assert item.problem is None
    assert isinstance(item.event, TemplateReported)
    assert (item.lane_key, item.event.account, item.event.at) == (entry["id"], entry["id"], AT)
    assert (item.event.template, item.event.name) == ("990011223344556", "parcel_update")
    return item.event


STATUS = "message_template_status_update"


def test_a_rejection_says_why_in_meta_s_words_where_there_are_any():
    bare = told(STATUS, event="REJECTED", reason="INVALID_FORMAT")
    assert (bare.status, bare.reason) == ("REJECTED", "INVALID_FORMAT")
    info = {"reason": "Two parameters touch each other.", "recommendation": "Put text between."}
    full = told(STATUS, event="REJECTED", reason="INVALID_FORMAT", rejection_info=info)
    assert full.reason == "Two parameters touch each other."


@pytest.mark.parametrize(
    ("title", "hours"), [("FIRST_PAUSE", 3), ("SECOND_PAUSE", 6), ("RATE_LIMITING_PAUSE", None)]
)
def test_a_pause_lasts_as_long_as_its_title_says(title: str, hours: int | None):
    event = told(
        STATUS, event="PAUSED", reason="NONE", other_info={"title": title, "description": "…"}
    )
    assert event.status == "PAUSED"
    assert event.reason is None
    assert event.paused_until == (AT + timedelta(hours=hours) if hours else None)


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ("APPROVED", "APPROVED"),
        ("REINSTATED", "APPROVED"),
        ("UNARCHIVED", "APPROVED"),
        ("DISABLED", "DISABLED"),
        ("PENDING_DELETION", "PENDING_DELETION"),
        ("SOMETHING_NEW", "SOMETHING_NEW"),
    ],
)
def test_every_status_event_leads_to_a_status(event: str, status: str):
    assert told(STATUS, event=event, reason=None).status == status


def test_the_category_that_is_announced_is_not_yet_the_present_one():
    announced = told(
        "template_category_update",
        new_category="UTILITY",
        correct_category="MARKETING",
        category_update_timestamp=1794740000,
    )
    assert (announced.category, announced.correct_category) == ("UTILITY", "MARKETING")
    done = told("template_category_update", previous_category="UTILITY", new_category="MARKETING")
    assert (done.category, done.correct_category) == ("MARKETING", None)
    assert done.previous_category == "UTILITY"
    found = told(
        "template_correct_category_detection", category="UTILITY", correct_category="MARKETING"
    )
    assert (found.category, found.correct_category) == ("UTILITY", "MARKETING")


def test_quality_is_the_new_score():
    event = told(
        "message_template_quality_update",
        previous_quality_score="GREEN",
        new_quality_score="YELLOW",
    )
    assert event.quality == "YELLOW"


def test_a_language_with_a_hyphen_is_the_same_language():
    assert told(STATUS, event="APPROVED", message_template_language="en-US").language == "en_US"


def test_new_words_come_with_their_buttons():
    event = told(
        "message_template_components_update",
        message_template_element="Hi {{1}}, here it comes.",
        message_template_title="Parcel",
        message_template_footer="Acme",
        message_template_buttons=[
            {
                "message_template_button_type": "URL",
                "message_template_button_text": "Track",
                "message_template_button_url": "https://t.example/{{1}}",
            }
        ],
    )
    assert event.texts == TemplateTexts(
        body="Hi {{1}}, here it comes.",
        header="Parcel",
        footer="Acme",
        buttons=(ShownButton(kind="url", text="Track", url="https://t.example/{{1}}"),),
    )


def test_the_same_news_told_again_has_the_same_key():
    again = [told(STATUS, event="PAUSED", reason="NONE") for _ in range(2)]
    assert again[0].key == again[1].key
    assert told(STATUS, event="APPROVED", reason="NONE").key != again[0].key


def test_a_report_that_cannot_be_read_is_quarantined_alone():
    change = {"field": STATUS, "value": {"event": 5}}
    entry = {"id": "1", "time": 1, "changes": [change]}
    (item,) = read(json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode())
    assert item.event is None
    assert item.problem


COMPONENTS: list[dict[str, Any]] = [
    {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::a"]}},
    {"type": "BODY", "text": "Hi {{1}}", "example": {"body_text": [["Rosa"]]}},
    {
        "type": "BUTTONS",
        "buttons": [{"type": "URL", "text": "T", "url": "https://a/{{1}}", "example": ["x"]}],
    },
]


def test_new_words_keep_what_the_report_leaves_out():
    button = ShownButton(kind="url", text="Track", url="https://b/{{1}}")
    texts = TemplateTexts(body="Hello {{1}}", header="ignored", footer="Acme", buttons=(button,))
    assert revised(COMPONENTS, texts) == [
        COMPONENTS[0],
        {"type": "BODY", "text": "Hello {{1}}", "example": {"body_text": [["Rosa"]]}},
        {"type": "FOOTER", "text": "Acme"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "URL", "text": "Track", "url": "https://b/{{1}}", "example": ["x"]},
            ],
        },
    ]
