"""Templates from our API to Meta's reviewers, to the person's phone, and back as Meta's decisions."""

from typing import Any

import pytest
from serai.app.demo import world
from tests.stories.conftest import AMAL, BEN, SCHOOL, Stack, until
from tests.stories.test_sending import files

__all__ = ["files"]
ACCOUNT = world.NUMBERS[0].account
ORDER = "education_order_confirmation"


class Office:
    """Someone of the school who works with templates."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.count = 0
        self.channel = next(
            each["id"]
            for each in stack.ask("GET", "/channels").json()["data"]
            if each["external_ids"]["phone_number_id"] == SCHOOL
        )

    def post(self, path: str, body: Any, expected: int) -> Any:
        self.count += 1
        answer = self.stack.ask("POST", path, body, **{"Idempotency-Key": f"office-{self.count}"})
        assert answer.status_code == expected, answer.text
        return answer.json()

    def draft(self, name: str, *components: dict[str, Any], **values: Any) -> Any:
        defaults = {"language": "en_US", "category": "UTILITY"}
        body = {"channel_id": self.channel, "name": name, "components": list(components)}
        return self.post("/templates", body | defaults | values, 201)

    def submit(self, template: Any) -> Any:
        return self.post(f"/templates/{template['id']}/submit", None, 200)

    def approved(self, name: str, *components: dict[str, Any], **values: Any) -> Any:
        """A template that Meta has approved, and told us so."""
        template = self.submit(self.draft(name, *components, **values))
        self.stack.tell("POST", f"/templates/{template['meta_id']}/approve", {})
        return until(lambda: self.usable(template["id"]))

    def usable(self, id_: str) -> Any:
        template = self.read(id_)
        return template if template["is_usable"] else None

    def read(self, id_: str) -> Any:
        return self.stack.ask("GET", f"/templates/{id_}").json()

    def known(self, name: str) -> list[Any]:
        path = f"/templates?channel_id={self.channel}&name={name}"
        return self.stack.ask("GET", path).json()["data"]

    def send(self, name: str, values: Any, expected: int = 200, **more: Any) -> Any:
        to = more.pop("to", AMAL)
        content = {"type": "template", "name": name, "language": "en_US", "values": values}
        body = {
            "channel_id": self.channel,
            "to": {"phone": f"+{to}"},
            "content": content | more,
            "purpose": "utility",
        }
        return self.post("/messages", body, expected)

    def carried(self, id_: str) -> Any:
        """The message, once Meta has said something."""
        return until(lambda: self._told(id_))

    def _told(self, id_: str) -> Any:
        message = self.stack.ask("GET", f"/messages/{id_}").json()
        return message if message["state"] != "queued" else None


@pytest.fixture
def office(working: Stack) -> Office:
    """With the account's templates read from Meta."""
    office = Office(working)
    working.command("template", "sync")
    assert office.known(ORDER)[0]["meta_id"]
    return office


def body(text: str, *samples: str) -> dict[str, Any]:
    example = {"example": {"body_text": [list(samples)]}} if samples else {}
    return {"type": "BODY", "text": text} | example


PLAIN = body("Your order is ready to be taken home today.")


@pytest.mark.promise("TPL-01")
def test_a_draft_is_submitted_reviewed_and_usable_or_rejected_with_a_reason(office: Office):
    good = office.submit(office.draft("order_ready", PLAIN))
    assert (good["status"], good["is_usable"]) == ("PENDING", False)
    office.send("order_ready", {}, 409)
    office.stack.tell("POST", f"/templates/{good['meta_id']}/approve", {})
    until(lambda: office.usable(good["id"]))
    message = office.send("order_ready", {})
    assert office.carried(message["id"])["state"] in {"accepted", "sent", "delivered", "read"}

    bad = office.submit(office.draft("order_bad", body("Your order waits for you at the counter.")))
    office.stack.tell("POST", f"/templates/{bad['meta_id']}/reject", {"reason": "PROMOTIONAL"})
    rejected = until(lambda: office.read(bad["id"])["why_not"].startswith("Meta rejected") or None)
    assert rejected
    assert "because it promotes something" in office.read(bad["id"])["why_not"]


@pytest.mark.promise("TPL-01")
def test_two_hundred_and_fifty_templates_are_read_over_all_pages(office: Office):
    extra = [
        {
            "id": f"88{number:06d}",
            "waba_id": ACCOUNT,
            "name": f"many_{number}",
            "language": "en_US",
            "category": "UTILITY",
            "status": "APPROVED",
            "parameter_format": "POSITIONAL",
            "components": [body("Hello {{1}}, all is well with us.", "Rosa")],
        }
        for number in range(250)
    ]
    callback = f"http://127.0.0.1:{office.stack.port}/webhooks/meta"
    whole = world.world(callback)
    office.stack.tell("PUT", "/world", whole | {"templates": [*whole["templates"], *extra]})
    office.post(f"/channels/{office.channel}/templates/sync", None, 202)
    until(lambda: len(office.known("many_249")) == 1 or None)
    [read] = office.stack.rows("SELECT count(*) AS n FROM templates WHERE name LIKE 'many_%'")
    assert read["n"] == 250
    assert office.known("many_0")[0]["samples"] == ["Rosa"]


@pytest.mark.promise("POL-08")
def test_missing_or_surplus_values_are_named_and_a_whole_template_arrives_whole(office: Office):
    office.approved(
        "parcel_comes",
        {
            "type": "HEADER",
            "format": "TEXT",
            "text": "Parcel {{1}}",
            "example": {"header_text": ["P-1"]},
        },
        body("Hi {{1}}, your parcel arrives on {{2}} if all goes well.", "Rosa", "Tuesday"),
        {
            "type": "BUTTONS",
            "buttons": [
                {
                    "type": "URL",
                    "text": "Track",
                    "url": "https://acme.example/t/{{1}}",
                    "example": ["https://acme.example/t/5512"],
                }
            ],
        },
    )
    values = {
        "header": "P-5512",
        "body": ["Rosa", "Friday"],
        "buttons": [{"index": 0, "suffix": "5512"}],
    }
    missing = office.send("parcel_comes", {"body": ["Rosa"]}, 422)
    assert {each["field"] for each in missing["problems"]} == {
        "content.values.header",
        "content.values.body.2",
        "content.values.buttons[0].suffix",
    }
    surplus = office.send("parcel_comes", values | {"body": ["Rosa", "Friday", "x"]}, 422)
    assert (surplus["code"], surplus["field"]) == (
        "template_values_surplus",
        "content.values.body[2]",
    )

    message = office.send("parcel_comes", values)
    assert office.carried(message["id"])["state"] != "failed"
    shown = office.stack.answers(AMAL, SCHOOL)[-1]
    assert "Hi Rosa, your parcel arrives on Friday if all goes well." in str(shown)
    assert "Parcel P-5512" in str(shown)
    assert "https://acme.example/t/5512" in str(shown)


def test_a_pause_and_new_words_count_as_soon_as_meta_tells_of_them(office: Office):
    stack = office.stack
    template = office.approved("opening", body("We are open today until the evening."))
    stack.tell("POST", f"/templates/{template['meta_id']}/pause", {})
    until(lambda: office.read(template["id"])["paused_until"])
    refused = office.send("opening", {}, 409)
    assert refused["code"] == "template_not_usable"
    assert refused["detail"].startswith("Meta paused the template until ")

    changed = {"components": [body("We are open today until the late night.")]}
    url = f"http://127.0.0.1:{stack.metasim_port}/v25.0/{template['meta_id']}"
    token = {"Authorization": f"Bearer {world.NUMBERS[0].token}"}
    assert stack.http.post(url, json=changed, headers=token).status_code == 200
    stack.tell("POST", f"/templates/{template['meta_id']}/approve", {})
    until(lambda: "late night" in office.read(template["id"])["body"])
    until(lambda: office.usable(template["id"]))
    sent = office.send("opening", {})["content"]
    assert sent["body"] == "We are open today until the late night."


def test_a_move_to_marketing_stops_what_waits_for_people_who_did_not_agree(office: Office):
    stack = office.stack
    template = office.approved("school_news", body("Hi {{1}}, the week's menu is out.", "Rosa"))
    stack.execute("UPDATE channels SET state = 'paused'")
    waiting = {
        person: office.send("school_news", {"body": ["Rosa"]}, to=person) for person in (AMAL, BEN)
    }
    [amal] = stack.rows(
        f"SELECT contact_id, business_id FROM messages WHERE id = '{waiting[AMAL]['id']}'"
    )
    stack.execute(
        "INSERT INTO consent_records (business_id, contact_id, purpose, granted, at, evidence) "
        f"VALUES ('{amal['business_id']}', '{amal['contact_id']}', 'marketing', true, now(), 'form')"
    )

    stack.tell("POST", f"/templates/{template['meta_id']}/recategorise", {"category": "MARKETING"})
    until(lambda: office.read(template["id"])["category"] == "MARKETING")
    stack.execute("UPDATE channels SET state = 'active'")

    assert office.carried(waiting[AMAL]["id"])["state"] in {"accepted", "sent", "delivered", "read"}
    stopped = office.carried(waiting[BEN]["id"])
    assert (stopped["state"], stopped["reason"]["code"]) == ("refused", "template_now_marketing")
    assert stack.answers(BEN, SCHOOL) == []
    notices = stack.rows("SELECT words FROM channel_notices WHERE code LIKE 'template_category:%'")
    assert any("made it a marketing template" in each["words"] for each in notices)


@pytest.mark.promise("TPL-11")
def test_a_person_reads_their_own_language_and_the_fallback_is_kept(office: Office):
    stack = office.stack
    for language, text in (
        ("ar", "طلبك جاهز اليوم في المدرسة."),
        ("en_US", "Your order is ready now."),
    ):
        office.approved("order_done", body(text), language=language)
    first = office.send("order_done", {}, language=None, to=BEN)
    assert (first["content"]["language"], first["content"]["tried_languages"]) == ("en_US", [])

    [row] = stack.rows(f"SELECT contact_id FROM messages WHERE id = '{first['id']}'")
    for spoken, expected, tried in (("ar", "ar", []), ("sw", "en_US", ["sw"])):
        stack.execute(f"UPDATE contacts SET language = '{spoken}' WHERE id = '{row['contact_id']}'")
        message = office.send("order_done", {}, language=None, to=BEN)
        assert message["content"]["language"] == expected
        assert message["content"]["tried_languages"] == tried


FILE = {"example": {"header_handle": ["4::aW1hZ2U="]}}
LINK = {
    "type": "URL",
    "text": "More",
    "url": "https://acme.example/{{1}}",
    "example": ["https://acme.example/a"],
}
CALL = {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+12125550101"}
BUTTONS = {
    "type": "BUTTONS",
    "buttons": [
        {"type": "QUICK_REPLY", "text": "Yes"},
        LINK,
        CALL,
        {"type": "COPY_CODE", "example": "SAVE20"},
    ],
}
TAPS = [
    {"index": 0, "payload": "YES"},
    {"index": 1, "suffix": "room"},
    {"index": 3, "coupon_code": "SAVE25"},
]
HEADERS = ("text", "image", "video", "document", "location")


@pytest.mark.promise("TPL-05")
def test_every_part_of_a_template_is_read_the_same_in_the_inbox_and_on_the_phone(
    office: Office, files: str
):
    named = {"body_text_named_params": [{"param_name": "first_name", "example": "Rosa"}]}
    text = {"type": "BODY", "text": "Hi {{first_name}}, please see above.", "example": named}
    footer = {"type": "FOOTER", "text": "The school"}
    for kind in HEADERS:
        header, value = header_of(kind, files)
        parts = (header, text, footer, BUTTONS)
        office.approved(f"head_{kind}", *parts, parameter_format="NAMED", category="MARKETING")
        values = {"header": value, "body": {"first_name": "Amal"}, "buttons": TAPS}
        assert_same(office, f"head_{kind}", values)

    card = {
        "components": [
            {"type": "HEADER", "format": "IMAGE", **FILE},
            body("Only {{1}} for this room.", "20"),
            {"type": "BUTTONS", "buttons": [LINK]},
        ]
    }
    carousel = {"type": "CAROUSEL", "cards": [card, card]}
    office.approved("rooms", body("Rooms that are free now."), carousel, category="MARKETING")
    cards = [
        {
            "header": {"image": {"link": f"{files}/image"}},
            "body": [price],
            "buttons": [{"index": 0, "suffix": f"room-{price}"}],
        }
        for price in ("20", "30")
    ]
    assert_same(office, "rooms", {"cards": cards})


def header_of(kind: str, files: str) -> tuple[dict[str, Any], Any]:
    """A header's component, and what it is given."""
    header: dict[str, Any] = {"type": "HEADER", "format": kind.upper()}
    if kind == "text":
        month = {"param_name": "month", "example": "May"}
        text = {"text": "News of {{month}}", "example": {"header_text_named_params": [month]}}
        return header | text, "June"
    if kind == "location":
        place = {"latitude": 40.7, "longitude": -74.0, "name": "School", "address": "1 Main St"}
        return header, {"location": place}
    return header | FILE, {kind: {"link": f"{files}/{kind}"}}


def assert_same(office: Office, name: str, values: Any) -> None:
    """What the inbox shows of a sent template is what the phone shows."""
    message = office.carried(office.send(name, values)["id"])
    assert message["state"] != "failed", message["reason"]
    phone = office.stack.answers(AMAL, SCHOOL)[-1]
    assert in_the_inbox(message["content"]["shown"]) == on_the_phone(phone)


def in_the_inbox(shown: Any) -> Any:
    return {
        "header": shown.get("header_text") or shown.get("header_kind"),
        "body": shown["body"],
        "footer": shown.get("footer"),
        "buttons": [
            (each["text"], each.get("url") or each.get("phone_number") or each.get("code"))
            for each in shown.get("buttons", [])
        ],
        "cards": [in_the_inbox(card) for card in shown.get("cards", [])],
    }


def on_the_phone(message: Any) -> Any:
    cards: list[Any] = message["view"].get("cards", [])
    whole = face(message["view"], [] if cards else message["buttons"])
    none: list[Any] = []
    faces = [face(card, card["buttons"]) | {"cards": none} for card in cards]
    return whole | {"cards": faces}


def face(view: Any, buttons: list[Any]) -> dict[str, Any]:
    header: dict[str, Any] = view.get("header") or {}
    place = "location" if "location" in view else None
    return {
        "header": header.get("text") or header.get("type") or place,
        "body": view["body"],
        "footer": view.get("footer"),
        "buttons": [
            (each["text"], each.get("url") or each.get("phone") or each.get("code"))
            for each in buttons
        ],
    }


def test_what_people_change_about_templates_by_api_and_by_command(office: Office):
    stack = office.stack
    refused = office.post("/templates", BAD | {"channel_id": office.channel}, 422)
    assert [each["field"] for each in refused["problems"]] == ["name", "components.body"]

    greeting = office.approved("greeting", body("Hi {{1}}, all is well with us.", "Rosa"))
    fallbacks = {"fallbacks": {"body.1": "friend"}}
    assert stack.ask("PATCH", f"/templates/{greeting['id']}", fallbacks).status_code == 200
    assert office.send("greeting", {})["content"]["body"] == "Hi friend, all is well with us."
    own = office.send("greeting", {}, fallbacks={"body.1": "neighbour"})
    assert own["content"]["body"] == "Hi neighbour, all is well with us."

    draft = office.draft("by_command", PLAIN)
    assert ORDER in stack.command("template", "list", office.channel)
    assert "PENDING" in stack.command("template", "submit", draft["id"])
    again = stack.run("template", "submit", draft["id"])
    assert (again.returncode, "already has" in again.stdout) == (1, True)
    assert "Deleted" in stack.command("template", "delete", draft["id"])

    assert stack.ask("DELETE", f"/templates/{greeting['id']}").status_code == 204
    until(lambda: not office.read(greeting["id"])["is_usable"])
    kept = office.draft("never_sent", body("This one stays with us as a draft."))
    assert stack.ask("DELETE", f"/templates/{kept['id']}").status_code == 204
    assert stack.ask("GET", f"/templates/{kept['id']}").status_code == 404


BAD = {
    "name": "Bad Name",
    "language": "en_US",
    "category": "UTILITY",
    "components": [body("{{1}} comes first here, as it may not.", "Rosa")],
}
