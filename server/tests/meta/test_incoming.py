"""Everything that WhatsApp can send, as our events."""

import json
import os
from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serai.core.content import (
    Audio,
    Call,
    CallPermissionReply,
    Card,
    Choice,
    Contacts,
    Context,
    Document,
    File,
    FlowReply,
    Image,
    Location,
    Order,
    OrderItem,
    Phone,
    ProductRef,
    Sticker,
    Text,
    Unsupported,
    Video,
    WelcomeRequest,
)
from serai.core.events import (
    AccountReported,
    AnyEvent,
    CallReported,
    ContactSynced,
    EchoReceived,
    IdentityChanged,
    MessageEdited,
    MessageReceived,
    MessageRevoked,
    PastReceived,
    PreferenceReported,
    Reacted,
    Status,
    StatusReported,
)
from serai.core.ids import Person
from serai.meta import webhooks

ACCOUNT, NUMBER = "880012340000011", "770012340000022"
PHONE, USER = "15551230987", "US.20481632648128256512"
METADATA = {"display_phone_number": "15557650001", "phone_number_id": NUMBER}
CARD = {"profile": {"name": "Rosa Quint", "username": "rosaq"}, "wa_id": PHONE, "user_id": USER}
ROSA = Person(phone=PHONE, user_id=USER, username="rosaq", name="Rosa Quint")
HEX = "ab" * 32
BASE64 = "q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s="


def body(field: str, value: dict[str, Any], time: int | None = None) -> bytes:
    entry: dict[str, Any] = {"id": ACCOUNT, "changes": [{"field": field, "value": value}]}
    if time is not None:
        entry["time"] = time
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def message(**members: Any) -> dict[str, Any]:
    return {
        "from": PHONE, "from_user_id": USER, "id": "wamid.A", "timestamp": "1794650001", **members
    }  # fmt: skip


def value(*messages: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"metadata": METADATA, "contacts": [CARD], "messages": list(messages), **members}


def events(raw: bytes) -> list[AnyEvent]:
    items = list(webhooks.read(raw))
    assert [item.problem for item in items if item.problem] == []
    return [item.event for item in items if item.event is not None]


def received(**members: Any) -> MessageReceived:
    [event] = events(body("messages", value(message(**members))))
    assert isinstance(event, MessageReceived)
    return event


def interactive(**reply: Any) -> dict[str, Any]:
    return {"type": "interactive", "interactive": {"type": next(iter(reply)), **reply}}


MEDIA = {
    "id": "554",
    "mime_type": "image/jpeg",
    "sha256": BASE64,
    "url": "https://lookaside.example/?mid=554",
}
FILE = File(
    meta_id="554", mime_type="image/jpeg", sha256=HEX, url="https://lookaside.example/?mid=554"
)
ORDER = {"catalog_id": "21", "text": "Gift wrap", "product_items": [
    {"product_retailer_id": "SKU-9", "quantity": 2, "item_price": 12.5, "currency": "EUR"}]}  # fmt: skip
FORM = {"name": "flow", "body": "Sent", "response_json": '{"flow_token":"lead-77","seats":4}'}
ADDRESS = {"name": "address_message", "response_json": '{"values":{"city":"Pune"}}'}
KINDS: list[tuple[str, dict[str, Any], Any]] = [
    ("text", {"type": "text", "text": {"body": "Is it \u00bf open? \U0001f319"}},
     Text("Is it \u00bf open? \U0001f319")),
    ("image", {"type": "image", "image": {**MEDIA, "caption": "my door"}},
     Image(file=FILE, caption="my door")),
    ("video", {"type": "video", "video": MEDIA}, Video(file=FILE)),
    ("voice", {"type": "audio", "audio": {**MEDIA, "voice": True}}, Audio(file=FILE, voice=True)),
    ("audio", {"type": "audio", "audio": {"id": "554"}}, Audio(file=File(meta_id="554"))),
    ("document", {"type": "document", "document": {"id": "5", "filename": "po.pdf", "caption": "PO"}},
     Document(file=File(meta_id="5", name="po.pdf"), caption="PO")),
    ("sticker", {"type": "sticker", "sticker": {"id": "5", "animated": True}},
     Sticker(file=File(meta_id="5"), animated=True)),
    ("location", {"type": "location", "location": {"latitude": 41.38, "longitude": 2, "name": "Kiosk"}},
     Location(latitude=41.38, longitude=2.0, name="Kiosk")),
    ("contacts", {"type": "contacts", "contacts": [
        {"name": {"formatted_name": "Ben Ito", "first_name": "Ben"}, "org": {"company": "Ito"},
         "phones": [{"phone": "+81 90", "wa_id": "8190", "type": "CELL"}], "vcard": "BEGIN:VCARD"}]},
     Contacts(cards=(Card(name="Ben Ito", first_name="Ben", company="Ito",
                          phones=(Phone(phone="+81 90", wa_id="8190", type="CELL"),)),))),
    ("template button", {"type": "button", "button": {"payload": "YES-1", "text": "Confirm"}},
     Choice(kind="template_button", id="YES-1", title="Confirm")),
    ("button", interactive(button_reply={"id": "yes", "title": "Yes"}),
     Choice(kind="button", id="yes", title="Yes")),
    ("list row", interactive(list_reply={"id": "s3", "title": "Tue", "description": "30 min"}),
     Choice(kind="list", id="s3", title="Tue", description="30 min")),
    ("flow", interactive(nfm_reply=FORM),
     FlowReply(name="flow", body="Sent", flow_token="lead-77", values={"seats": 4})),
    ("address", interactive(nfm_reply=ADDRESS),
     FlowReply(name="address_message", values={"values": {"city": "Pune"}})),
    ("call permission", interactive(call_permission_reply={
        "response": "accept", "is_permanent": False, "expiration_timestamp": 1795254800}),
     CallPermissionReply(granted=True, expires_at=1795254800)),
    ("order", {"type": "order", "order": ORDER},
     Order(catalog_id="21", text="Gift wrap", total=Decimal("25.0"), items=(
         OrderItem(product_id="SKU-9", quantity=2, price=Decimal("12.5"), currency="EUR"),))),
    ("welcome", {"type": "request_welcome"}, WelcomeRequest()),
    ("unsupported", {"type": "unsupported", "unsupported": {"type": "poll"}, "errors": [
        {"code": 131051, "title": "Unknown", "error_data": {"details": "Not supported."}}]},
     Unsupported(original="poll", reason="Not supported.")),
    ("unsupported without a name", {"type": "unsupported"}, Unsupported(original="unsupported")),
    ("a kind of tomorrow", {"type": "hologram", "hologram": {"id": 1}}, Unsupported(original="hologram")),
    ("interactive that is missing",
     {"type": "interactive", "errors": [{"code": 131000, "title": "Unsupported webhook payload"}]},
     Unsupported(original="interactive", reason="Unsupported webhook payload")),
    ("media that Meta could not fetch",
     {"type": "image", "errors": [{"code": 131052, "title": "Media download error"}]},
     Unsupported(original="image", reason="Media download error")),
    ("an inside of another shape", {"type": "image", "image": ["?"]},
     Unsupported(original="image", reason="It could not be read.")),
]  # fmt: skip


@pytest.mark.promise("MSG-08")
@pytest.mark.parametrize(
    ("members", "content"), [row[1:] for row in KINDS], ids=[k[0] for k in KINDS]
)
def test_each_kind_is_kept_as_what_it_is(members: dict[str, Any], content: Any):
    event = received(**members)
    assert event.content == content
    assert event.person == ROSA
    assert event.key == f"{NUMBER}:wamid.A"


CONTEXTS = [
    ({"from": "15557650001", "id": "wamid.B"}, Context(reply_to="wamid.B")),
    ({"forwarded": True}, Context(forwarded=True)),
    ({"frequently_forwarded": True}, Context(frequently_forwarded=True)),
    ({"id": "wamid.B", "referred_product": {"catalog_id": "21", "product_retailer_id": "SKU-9"}},
     Context(reply_to="wamid.B", product=ProductRef(catalog_id="21", product_id="SKU-9"))),
    ({"from": "15557650001"}, None),
    ("nonsense", None),
]  # fmt: skip


@pytest.mark.promise("MSG-08")
@pytest.mark.parametrize(("context", "expected"), CONTEXTS)
def test_what_a_message_refers_to_is_kept_beside_it(context: Any, expected: Context | None):
    assert received(type="text", text={"body": "Yes"}, context=context).context == expected


@pytest.mark.promise("MSG-08")
def test_the_advert_that_led_here_is_kept_with_its_click_id():
    advert = {"source_url": "https://fb.example/4k", "source_id": "1202", "source_type": "ad",
              "headline": "Chat", "ctwa_clid": "Afe9", "welcome_message": {"text": "Hi!"}}  # fmt: skip
    referral = received(type="text", text={"body": "Hi"}, referral=advert).referral
    assert referral is not None
    assert (referral.source_id, referral.ctwa_clid, referral.headline) == ("1202", "Afe9", "Chat")


def test_a_reaction_is_set_and_taken_back():
    both = [{"message_id": "wamid.B", "emoji": "\U0001f64f"}, {"message_id": "wamid.B"}]
    for reaction, emoji in zip(both, ["\U0001f64f", None], strict=True):
        [event] = events(body("messages", value(message(type="reaction", reaction=reaction))))
        assert isinstance(event, Reacted)
        assert (event.target, event.emoji, event.by_us) == ("wamid.B", emoji, False)


def test_an_edit_carries_what_the_message_says_now_and_a_revocation_nothing():
    edit = {
        "original_message_id": "wamid.B",
        "message": {"type": "text", "text": {"body": "corrected"}},
    }
    revoke = {"original_message_id": "wamid.B"}
    [edited] = events(body("messages", value(message(type="edit", edit=edit))))
    [revoked] = events(body("messages", value(message(type="revoke", revoke=revoke))))
    assert isinstance(edited, MessageEdited)
    assert (edited.target, edited.content) == ("wamid.B", Text("corrected"))
    assert isinstance(revoked, MessageRevoked)
    assert revoked.target == "wamid.B"


@pytest.mark.parametrize(
    ("system", "now"),
    [
        ({"type": "user_changed_number", "wa_id": "15551239999", "user_id": "US.7", "previous_user_id": USER},
         Person(phone="15551239999", user_id="US.7")),
        ({"type": "user_changed_user_id", "user_id": "US.7", "previous_user_id": USER},
         Person(phone=PHONE, user_id="US.7")),
        ({"type": "customer_changed_number", "wa_id": "15551239999", "customer": PHONE},
         Person(phone="15551239999", user_id=USER)),
        ({"type": "customer_identity_changed", "identity": {"hash": "x"}}, Person(phone=PHONE, user_id=USER)),
    ],
)  # fmt: skip
def test_a_new_number_says_who_it_was_and_who_it_is(system: dict[str, Any], now: Person):
    raw = body("messages", value(message(type="system", system=system), contacts=[]))
    [event] = events(raw)
    assert isinstance(event, IdentityChanged)
    assert (event.person.phone, event.person.user_id) == (PHONE, USER)
    assert (event.now_known_by.phone, event.now_known_by.user_id) == (now.phone, now.user_id)


def test_news_of_a_changed_id_that_names_its_person_only_in_itself_is_read():
    system = {
        "type": "user_changed_user_id",
        "user_id": "MX.7",
        "previous_user_id": "CO.1",
        "body": "…",
    }
    bare = {"id": "wamid.S", "timestamp": "1794650001", "type": "system", "system": system}
    [event] = events(body("messages", {"metadata": METADATA, "messages": [bare]}))
    assert isinstance(event, IdentityChanged)
    assert (event.person, event.now_known_by) == (Person(user_id="CO.1"), Person(user_id="MX.7"))


@pytest.mark.promise("PLT-01")
def test_a_person_who_hides_the_phone_is_known_by_the_business_scoped_id():
    hidden = {"profile": {"name": "Rosa Quint", "username": "rosaq"}, "user_id": USER}
    said = {
        "from_user_id": USER,
        "id": "wamid.A",
        "timestamp": "1794650001",
        "type": "text",
        "text": {"body": "Hi"},
    }
    [event] = events(body("messages", value(said, contacts=[hidden])))
    assert isinstance(event, MessageReceived)
    assert event.person == Person(user_id=USER, username="rosaq", name="Rosa Quint")


def test_what_another_program_answers_is_kept_and_marked():
    box = {
        "metadata": METADATA,
        "standby": {"contacts": [CARD], "messages": [message(type="text", text={"body": "Hi"})]},
    }
    [event] = events(body("standby", box))
    assert isinstance(event, MessageReceived)
    assert event.standby


def test_words_in_a_group_are_answered_by_nobody():
    event = received(type="text", text={"body": "Hi all"}, group_id="Y2Fw")
    assert event.standby
    assert event.context == Context(group_id="Y2Fw")


def test_what_is_typed_on_the_phone_is_an_echo_to_the_person():
    echo = {"from": "15557650001", "to": PHONE, "to_user_id": USER, "id": "wamid.E",
            "timestamp": "1794650001", "type": "text", "text": {"body": "Typed"}}  # fmt: skip
    [event] = events(body("smb_message_echoes", {"metadata": METADATA, "message_echoes": [echo]}))
    assert isinstance(event, EchoReceived)
    assert (event.person.phone, event.content, event.message) == (PHONE, Text("Typed"), "wamid.E")


def test_the_history_is_read_with_who_wrote_and_how_far_it_is():
    told = [
        {"from": "15557650001", "to": PHONE, "id": "wamid.1", "timestamp": "1794000000", "type": "text",
         "text": {"body": "From us"}, "history_context": {"status": "READ"}},
        {"from": PHONE, "id": "wamid.2", "timestamp": "1794000001", "type": "media_placeholder",
         "history_context": {"status": "PLAYED"}},
    ]  # fmt: skip
    chunk = {
        "metadata": {"phase": 0, "chunk_order": 1, "progress": 55},
        "threads": [{"id": PHONE, "messages": told}],
    }
    ours, theirs, progress = events(body("history", {"metadata": METADATA, "history": [chunk]}))
    assert isinstance(ours, PastReceived)
    assert isinstance(theirs, PastReceived)
    assert (ours.by_us, ours.status, ours.content) == (True, "read", Text("From us"))
    assert (theirs.by_us, theirs.content) == (False, Unsupported(original="media_placeholder"))
    assert isinstance(progress, AccountReported)
    assert progress.value == {"phase": 0, "chunk_order": 1, "progress": 55}


def test_a_refused_history_is_told_as_such():
    refused = {"errors": [{"code": 2593109, "title": "History sync is turned off"}]}
    [event] = events(body("history", {"metadata": METADATA, "history": [refused]}))
    assert isinstance(event, AccountReported)
    assert event.value["code"] == 2593109


def test_the_address_book_of_the_phone_names_people():
    known = {"type": "contact", "action": "add", "metadata": {"timestamp": "1794650001"},
             "contact": {"full_name": "Rosa Quint", "phone_number": PHONE}}  # fmt: skip
    [event] = events(body("smb_app_state_sync", {"metadata": METADATA, "state_sync": [known]}))
    assert isinstance(event, ContactSynced)
    assert event.person == Person(phone=PHONE, name="Rosa Quint")


def test_a_call_begins_and_ends():
    rings = {"id": "wacid.1", "from": PHONE, "to": "15557650001", "event": "connect",
             "timestamp": "1794650200", "direction": "USER_INITIATED", "session": {"sdp": "v=0"}}  # fmt: skip
    ends = {**rings, "event": "terminate", "status": "COMPLETED", "duration": 120}
    missed = {**rings, "event": "terminate", "status": "FAILED"}
    for told, call in (
        (rings, Call(direction="in", status="ringing")),
        (ends, Call(direction="in", status="completed", duration_seconds=120)),
        (missed, Call(direction="in", status="missed")),
    ):
        [event] = events(body("calls", {"metadata": METADATA, "contacts": [CARD], "calls": [told]}))
        assert isinstance(event, CallReported)
        assert event.call == call
        assert event.person.user_id == USER


def test_a_call_of_ours_is_never_with_ourselves():
    ours = {"id": "wacid.2", "from": PHONE, "to": METADATA["display_phone_number"], "event": "connect",
            "timestamp": "1794650200", "direction": "BUSINESS_INITIATED"}  # fmt: skip
    for call in (ours, {**ours, "from": ours["to"], "to": PHONE}):
        [event] = events(body("calls", {"metadata": METADATA, "contacts": [CARD], "calls": [call]}))
        assert isinstance(event, CallReported)
        assert (event.person.phone, event.call.direction) == (PHONE, "out")


def test_a_marketing_preference_is_the_persons():
    told = {
        "wa_id": PHONE,
        "user_id": USER,
        "category": "marketing_messages",
        "value": "stop",
        "timestamp": 1794650100,
    }
    [event] = events(
        body(
            "user_preferences",
            {"metadata": METADATA, "contacts": [CARD], "user_preferences": [told]},
        )
    )
    assert isinstance(event, PreferenceReported)
    assert (event.value, event.person) == ("stop", ROSA)


def test_a_voice_note_that_was_played_is_a_status():
    status = {
        "id": "wamid.S",
        "status": "played",
        "timestamp": "1794650010",
        "recipient_user_id": USER,
    }
    [event] = events(body("messages", {"metadata": METADATA, "statuses": [status]}))
    assert isinstance(event, StatusReported)
    assert event.status is Status.PLAYED


def test_one_unreadable_message_costs_no_other():
    good, bad = message(type="text", text={"body": "Hi"}), {"id": "wamid.B", "type": "text"}
    items = list(webhooks.read(body("messages", value(bad, good))))
    assert [item.event is not None for item in items] == [False, True]
    assert items[0].problem is not None


SAMPLES = [body("messages", value(message(**members))) for _, members, _ in KINDS]
JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def paths(thing: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where the members are, at every depth."""
    inner: Any = ()
    if isinstance(thing, dict):
        inner = cast("dict[str, Any]", thing).items()
    elif isinstance(thing, list):
        inner = enumerate(cast("list[Any]", thing))
    return [at, *(path for key, value in inner for path in paths(value, (*at, key)))]


def put(thing: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy with another member at that place."""
    if not path:
        return new
    copy: Any = thing.copy()
    copy[path[0]] = put(copy[path[0]], path[1:], new)
    return copy


PLACES = st.sampled_from(
    [(sample, path) for sample in map(json.loads, SAMPLES) for path in paths(sample)]
)
"""Every member of every sample: told once, not looked for thousands of times."""


EXAMPLES = 10_000 if "SERAI_TEST_LONG" in os.environ else 2_000


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PLACES, JUNK)
def test_thousands_of_mutated_payloads_are_read_or_set_aside_and_never_crash(
    place: tuple[Any, tuple[Any, ...]], junk: Any
):
    sample, path = place
    mutated = put(sample, path, junk)
    try:
        items = list(webhooks.read(json.dumps(mutated).encode()))
    except webhooks.Unreadable:
        return
    for item in items:
        assert (item.event is None) != (item.problem is None)
