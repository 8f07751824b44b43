"""Every type of message: what is taken, what is refused, and which field is named."""

import copy
from collections.abc import Iterator
from typing import Any, cast

import pytest
from metasim import examples as kinds
from metasim.testing import FileServer

from simulator.tests.test_media import SAMPLES

MIMES = {
    "image.jpg": "image/jpeg",
    "video.mp4": "video/mp4",
    "voice.ogg": "audio/ogg; codecs=opus",
    "document.pdf": "application/pdf",
    "sticker.webp": "image/webp",
}
NAMES = sorted(kinds.messages())


@pytest.fixture(scope="module")
def files() -> Iterator[str]:
    known = {f"/{name}": (mime, (SAMPLES / name).read_bytes()) for name, mime in MIMES.items()}
    with FileServer(known) as server:
        yield server.url


def error(answer: Any) -> tuple[int, str]:
    """Meta's code, and where it says what is wrong."""
    found = answer.json["error"]
    return found["code"], found.get("error_data", {}).get("details", found["message"])


@pytest.mark.parametrize("name", NAMES)
def test_every_type_arrives_on_the_phone(given: Any, files: str, name: str):
    given.writes()
    message_id = given.sent(**kinds.messages(files)[name])
    given.passes(2)

    assert given.statuses(message_id) == ["sent", "delivered", "read"]
    assert given.chat()[-1]["id"] == message_id
    assert given.chat()[-1]["text"]


def objects(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every object inside."""
    if isinstance(value, dict):
        yield path
        for key, inner in cast("dict[str, Any]", value).items():
            yield from objects(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(cast("list[Any]", value)):
            yield from objects(inner, (*path, index))


FREE_FORM = {"data", "flow_metadata"}
"""Objects whose members the business chooses."""
PLACES = [
    (name, path)
    for name, message in kinds.messages().items()
    for path in objects(message)
    if not FREE_FORM & set(path)
]


@pytest.mark.parametrize(("name", "path"), PLACES, ids=[f"{n}{p}" for n, p in PLACES])
def test_an_unknown_field_is_refused_and_named(given: Any, name: str, path: tuple[Any, ...]):
    message = copy.deepcopy(kinds.messages()[name])
    place = message
    for step in path:
        place = place[step]
    place["colour"] = "red"

    code, details = error(given.post(**message))

    assert code == 100
    assert "'colour'" in details


def with_(name: str, path: str, value: Any) -> dict[str, Any]:
    """The right message of this name with one value changed; None leaves it out."""
    message = copy.deepcopy(kinds.messages()[name])
    *steps, last = [int(part) if part.isdecimal() else part for part in path.split(".")]
    place: Any = message
    for step in steps:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return message


TITLE = "interactive.action.buttons.0.reply.title"
ROWS = "interactive.action.sections.0.rows"
CARDS = "interactive.action.cards"
FLOW = "interactive.action.parameters"
WRONG: list[tuple[str, str, Any, int, str]] = [
    ("image", "image.id", "1", 100, "exactly one of id and link"),
    ("image", "image.link", None, 100, "exactly one of id and link"),
    ("image", "image.link", "ftp://a.example/b", 100, "image['link']"),
    ("image", "image.caption", "a" * 1025, 100, "image['caption']"),
    ("audio", "audio.caption", "no", 100, "'caption'"),
    ("sticker", "sticker.caption", "no", 100, "'caption'"),
    ("audio", "audio.voice", "yes", 100, "audio['voice']"),
    ("document", "document.filename", "a" * 241, 100, "document['filename']"),
    ("location", "location.latitude", None, 131008, "location['latitude']"),
    ("location", "location.latitude", "91", 100, "latitude"),
    ("location", "location.longitude", "east", 100, "longitude"),
    ("contacts", "contacts", [], 100, "1 to 257"),
    ("contacts", "contacts", [kinds.CARD] * 258, 100, "1 to 257"),
    ("contacts", "contacts.0.name.first_name", None, 100, "one more part of the name"),
    ("contacts", "contacts.0.name.formatted_name", None, 131008, "['formatted_name']"),
    ("contacts", "contacts.0.birthday", "17.4.1990", 100, "contacts[0]['birthday']"),
    ("button", TITLE, "a" * 21, 131009, "['buttons'][0]['reply']['title']"),
    ("button", TITLE, "", 131008, "['buttons'][0]['reply']['title']"),
    ("button", TITLE, "Choice 2", 131009, "different button titles"),
    ("button", "interactive.action.buttons.0.reply.id", "id-2", 131009, "different button ids"),
    ("button", "interactive.action.buttons.0.reply.id", " 1", 131009, "without spaces"),
    ("button", "interactive.action.buttons.0.reply.id", "a" * 257, 131009, "['id']"),
    ("button", "interactive.action.buttons", [kinds.reply(n) for n in range(4)], 131009, "3"),
    ("button", "interactive.action.buttons", [], 131009, "['buttons']"),
    ("button", "interactive.body", None, 131008, "interactive['body']"),
    ("button", "interactive.body.text", "a" * 1025, 131009, "interactive['body']['text']"),
    ("button", "interactive.footer.text", "a" * 61, 131009, "interactive['footer']['text']"),
    ("button", "interactive.header", {"type": "text", "text": "a" * 61}, 131009, "['text']"),
    ("button", "interactive.header", {"type": "image", "text": "a"}, 131009, "'image'"),
    ("button", "interactive.type", "poem", 131009, "interactive['type']"),
    ("list", "interactive.header", {"type": "image"}, 131009, "interactive['header']"),
    ("list", "interactive.body.text", "a" * 4097, 131009, "interactive['body']['text']"),
    ("list", "interactive.action.button", "a" * 21, 131009, "['button']"),
    ("list", ROWS, [kinds.row(n) for n in range(10)], 131009, "at most 10 rows"),
    ("list", ROWS, [kinds.row(2)], 131009, "different row ids"),
    ("list", ROWS + ".0.title", "a" * 25, 131009, "['rows'][0]['title']"),
    ("list", ROWS + ".0.description", "a" * 73, 131009, "['rows'][0]['description']"),
    ("list", ROWS + ".0.id", "a" * 201, 131009, "['rows'][0]['id']"),
    ("list", "interactive.action.sections.0.title", None, 131009, "title for each section"),
    ("list", "interactive.action.sections.0.title", "a" * 25, 131009, "['sections'][0]['title']"),
    ("cta_url", FLOW + ".display_text", "a" * 21, 131009, "['display_text']"),
    ("cta_url", FLOW + ".url", "shop.example", 131009, "['url']"),
    ("location_request", "interactive.action.name", "send", 131009, "['name']"),
    ("location_request", "interactive.footer", {"text": "a"}, 100, "'footer'"),
    ("address", FLOW + ".country", "SG", 131009, "['country']"),
    ("address", FLOW + ".values.in_pin_code", "5600012", 131009, "['in_pin_code']"),
    ("address", "interactive.header", {"type": "image"}, 131009, "interactive['header']"),
    ("flow", FLOW + ".flow_name", "both", 131009, "exactly one of flow_id and flow_name"),
    ("flow", FLOW + ".flow_id", None, 131009, "exactly one of flow_id and flow_name"),
    ("flow", FLOW + ".flow_message_version", "2", 131009, "['flow_message_version']"),
    ("flow", FLOW + ".flow_action_payload.data", {}, 131009, "not empty"),
    ("flow", FLOW + ".flow_action", "data_exchange", 131009, "only with flow_action navigate"),
    ("product", "interactive.header", {"type": "text", "text": "a"}, 100, "'header'"),
    ("product", "interactive.action.catalog_id", None, 131008, "['catalog_id']"),
    ("product_list", "interactive.header", None, 131008, "interactive['header']"),
    ("voice_call", FLOW + ".ttl_minutes", 43_201, 131009, "['ttl_minutes']"),
    ("carousel", CARDS, [kinds.card(0)], 131009, "['cards']"),
    ("carousel", CARDS, [kinds.card(n) for n in range(11)], 131009, "['cards']"),
    ("carousel", CARDS + ".1.card_index", 0, 131009, "card_index"),
    ("carousel", CARDS + ".1.body", None, 131009, "same header, body and buttons"),
    ("carousel", CARDS + ".1", kinds.product_card(1), 131009, "same header, body and buttons"),
    ("carousel", CARDS + ".0.body.text", "a" * 161, 131009, "['cards'][0]['body']['text']"),
    ("carousel", CARDS + ".0.body.text", "a\nb\nc\nd", 131009, "line breaks"),
    ("carousel", "interactive.footer", {"text": "a"}, 100, "'footer'"),
    ("product_carousel", CARDS + ".1.action.catalog_id", "211", 131009, "one catalog"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "path", "value", "code", "words"), WRONG, ids=[f"{row[0]}-{row[1]}" for row in WRONG]
)
def test_a_limit_is_checked_and_its_field_named(
    given: Any, name: str, path: str, value: Any, code: int, words: str
):
    found, details = error(given.post(**with_(name, path, value)))

    assert (found, words in details) == (code, True), details
    assert given.control("GET", "/sends")["sends"] == []


def test_a_product_list_has_at_most_30_products(given: Any):
    items = [{"product_retailer_id": f"SKU-{n}"} for n in range(31)]
    sections = [{"title": "All", "product_items": items}]

    code, details = error(
        given.post(**with_("product_list", "interactive.action.sections", sections))
    )

    assert (code, "30 products" in details) == (131009, True)


def test_direct_send_is_not_enabled(given: Any):
    assert error(given.post(category="utility"))[0] == 100
    assert error(given.post(ttl_seconds=60))[0] == 100
    assert given.post(category="service").status == 200


def test_a_reaction_is_seen_under_the_message_and_only_sent(given: Any):
    inbound = given.writes("thank you")
    message_id = given.sent(type="reaction", reaction={"message_id": inbound, "emoji": "👍"})
    given.passes(5)

    assert given.statuses(message_id) == ["sent"]
    assert given.chat()[0]["reactions"] == {"out": "👍"}

    given.sent(type="reaction", reaction={"message_id": inbound, "emoji": ""})
    given.passes(5)

    assert given.chat()[0]["reactions"] == {}


def reaction_error(given: Any, target: str) -> int:
    """The code of the failed status of a reaction to this message."""
    message_id = given.sent(type="reaction", reaction={"message_id": target, "emoji": "👍"})
    given.passes(1)
    found = [one for one in given.receiver.items("statuses") if one["id"] == message_id]
    return found[0]["errors"][0]["code"]


def test_a_reaction_to_what_is_not_there_is_accepted_then_131009(given: Any):
    given.writes()

    assert reaction_error(given, "wamid.unknown") == 131009


def test_a_reaction_to_an_old_a_deleted_message_or_a_reaction_is_131009(given: Any):
    old = given.writes("old")
    given.passes(31 * 86_400)
    gone = given.writes("gone")
    given.writes(type="revoke", revoke={"original_message_id": gone})
    other = given.writes(type="reaction", reaction={"message_id": old, "emoji": "🙏"})

    assert [reaction_error(given, target) for target in (old, gone, other)] == [131009] * 3


def test_a_quote_is_seen_on_the_phone(given: Any):
    inbound = given.writes("Is it open?")
    given.sent(context={"message_id": inbound})

    assert given.chat()[-1]["context"] == inbound


def test_a_throttled_flow_goes_out_10_times_an_hour_and_a_blocked_one_never(given: Any):
    made = given.call("POST", "/880/flows", {"name": "booking", "categories": ["OTHER"]}).json
    message = with_("flow", "interactive.action.parameters.flow_id", made["id"])

    def becomes(status: str) -> None:
        event = {"field": "flows", "flow": made["id"], "status": status}
        given.control("POST", "/events", event)

    becomes("THROTTLED")
    assert [given.post(**message).status for _ in range(11)] == [200] * 10 + [400]
    assert error(given.post(**message))[0] == 132069
    given.passes(360)
    assert given.post(**message).status == 200
    becomes("BLOCKED")
    assert error(given.post(**message))[0] == 132068


def test_an_identity_key_that_has_changed_is_137000(given: Any):
    given.has("numbers", id=given.number, identity_check=True)
    given.writes()
    key = given.receiver.wait_for(1)[0].values[0]["contacts"][0]["identity_key_hash"]
    assert given.post(recipient_identity_key_hash=key).status == 200

    given.writes(type="system", system={"type": "customer_identity_changed"})

    assert error(given.post(recipient_identity_key_hash=key))[0] == 137000


def test_a_test_number_only_writes_to_its_list(given: Any):
    given.has("numbers", id=given.number, allowed_recipients=["15550000001"])

    assert error(given.post())[0] == 131030


def test_a_number_in_brazil_answers_to_both_writings(given: Any):
    given.has("people", phone="5511987654321", wa_id="551187654321", name="Ana")
    given.writes(person="5511987654321")

    answer = given.post(to="+55 11 98765-4321")
    again = given.post(to="551187654321")
    given.passes(2)

    assert answer.json["contacts"][0]["wa_id"] == "551187654321"
    assert again.json["contacts"][0]["wa_id"] == "551187654321"
    assert {each["recipient_id"] for each in given.receiver.items("statuses")} == {"551187654321"}
    assert given.receiver.items("messages")[0]["from"] == "551187654321"
    assert len(given.chat("5511987654321")) == 3
