"""Flows: drafts with their errors, publishing, and phones that talk with an encrypted endpoint."""

import json
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from metasim.webhooks.wire import signature

FOOTER: dict[str, Any] = {
    "type": "Footer",
    "label": "Book",
    "on-click-action": {"name": "complete", "payload": {}},
}
FLOW: dict[str, Any] = {
    "version": "7.3",
    "screens": [
        {
            "id": "BOOKING",
            "title": "Book a table",
            "terminal": True,
            "layout": {
                "type": "SingleColumnLayout",
                "children": [{"type": "TextHeading", "text": "When?"}, FOOTER],
            },
        }
    ],
}
WITH_ENDPOINT: dict[str, Any] = {
    **FLOW,
    "data_api_version": "3.0",
    "routing_model": {"BOOKING": []},
}
OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


class Endpoint:
    """A business's data endpoint, written from Meta's description."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(65537, 2048)
        self.requests: list[Any] = []
        self.signed: list[bool] = []
        self.reply: dict[str, Any] = {"data": {"status": "active"}}
        self.statuses: list[int] = []
        self.garbled = False
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/flow"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def pem(self) -> str:
        kind = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.key.public_key().public_bytes(serialization.Encoding.PEM, kind).decode()

    def answer(self, body: bytes, signed: str) -> tuple[int, bytes]:
        self.signed.append(signed == signature(body, "new-secret"))
        sent = json.loads(body)
        aes = self.key.decrypt(b64decode(sent["encrypted_aes_key"]), OAEP)
        iv = b64decode(sent["initial_vector"])
        assert (len(aes), len(iv)) == (16, 16)
        plain = AESGCM(aes).decrypt(iv, b64decode(sent["encrypted_flow_data"]), None)
        self.requests.append(json.loads(plain))
        status = self.statuses.pop(0) if self.statuses else 200
        flipped = iv if self.garbled else bytes(byte ^ 255 for byte in iv)
        return status, b64encode(
            AESGCM(aes).encrypt(flipped, json.dumps(self.reply).encode(), None)
        )


def handler(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, reply = endpoint.answer(body, self.headers["X-Hub-Signature-256"])
            self.send_response(status)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Silent."""

    return Handler


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    running = Endpoint()
    yield running
    running.server.shutdown()
    running.server.server_close()


def create(given: Any, **change: Any) -> Any:
    body = {"name": "Booking", "categories": ["APPOINTMENT_BOOKING"], **change}
    return given.call("POST", "/880/flows", body)


def upload(given: Any, flow: str, text: str) -> Any:
    parts = {"name": "flow.json", "asset_type": "FLOW_JSON", "file": text}
    rows = [
        f'--frontier\r\nContent-Disposition: form-data; name="{name}"'
        + ('; filename="flow.json"\r\nContent-Type: application/json' if name == "file" else "")
        + f"\r\n\r\n{value}\r\n"
        for name, value in parts.items()
    ]
    body = "".join([*rows, "--frontier--\r\n"]).encode()
    head = {
        "Authorization": "Bearer token",
        "Content-Type": "multipart/form-data; boundary=frontier",
    }
    return given.meta.call("POST", f"/v25.0/{flow}/assets", body, head)


def error(answer: Any) -> Any:
    assert answer.status >= 400, answer.body
    return answer.json["error"]


def test_a_flow_is_drafted_uploaded_published_and_deprecated(given: Any):
    given.has("apps", id="314", fields=["flows"])
    flow = create(given).json["id"]

    assert error(given.call("POST", f"/{flow}/publish"))["code"] == 139002
    assert upload(given, flow, json.dumps(FLOW)).json == {"success": True, "validation_errors": []}
    assert given.call("POST", f"/{flow}/publish").json == {"success": True}
    assert error(given.call("DELETE", f"/{flow}"))["code"] == 139004
    assert given.call("POST", f"/{flow}/deprecate").json == {"success": True}
    assert error(given.call("POST", f"/{flow}/deprecate"))["code"] == 139003
    given.passes(0)

    moves = [(each["old_status"], each["new_status"]) for each in given.changes("flows")]
    assert moves == [("DRAFT", "PUBLISHED"), ("PUBLISHED", "DEPRECATED")]


def test_a_flow_is_made_with_its_json_and_published_at_once(given: Any):
    answer = create(given, flow_json=json.dumps(FLOW), publish=True).json

    assert answer["success"] is True
    read = given.call("GET", f"/{answer['id']}?fields=status,json_version,preview").json
    assert (read["status"], read["json_version"]) == ("PUBLISHED", "7.3")
    assert read["preview"]["preview_url"]


def test_flows_are_listed_changed_and_drafts_deleted(given: Any):
    flow = create(given).json["id"]
    given.call("POST", f"/{flow}", {"name": "Tables", "categories": '["OTHER"]'})

    [row] = given.call("GET", "/880/flows").json["data"]
    assert (row["name"], row["categories"], row["status"]) == ("Tables", ["OTHER"], "DRAFT")
    assert given.call("DELETE", f"/{flow}").json == {"success": True}
    assert given.call("GET", "/880/flows").json["data"] == []


def test_the_uploaded_json_is_listed_and_downloaded(given: Any):
    flow = create(given, flow_json=json.dumps(FLOW)).json["id"]

    [asset] = given.call("GET", f"/{flow}/assets").json["data"]
    file = given.meta.call("GET", asset["download_url"].removeprefix(given.meta.url))

    assert asset["asset_type"] == "FLOW_JSON"
    assert json.loads(file.body) == FLOW


@pytest.mark.parametrize(
    "change",
    [{"name": None}, {"categories": ["PARTY"]}, {"categories": []}, {"colour": 1}],
)
def test_a_flow_needs_a_name_and_known_categories(given: Any, change: Any):
    assert create(given, **change).status == 400


def test_names_of_flows_are_unique(given: Any):
    create(given)

    assert error(create(given))["error_subcode"] == 4016019


SCREEN = ("screens", 0)
HEADING, BUTTON = (*SCREEN, "layout", "children", 0), (*SCREEN, "layout", "children", 1)
GONE = object()


def changed(path: tuple[str | int, ...], value: Any) -> str:
    """The Flow with another value at this path, or without it, as text."""
    flow = json.loads(json.dumps(FLOW))
    inner = flow
    for step_down in path[:-1]:
        inner = inner[step_down]
    if value is GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return json.dumps(flow)


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("version",), GONE, "INVALID_PROPERTY_VALUE"),
        (("version",), "99", "INVALID_PROPERTY_VALUE"),
        (("colour",), "red", "INVALID_PROPERTY"),
        (("screens",), GONE, "MISSING_REQUIRED_PROPERTY"),
        (("screens",), FLOW["screens"] * 2, "DUPLICATE_SCREEN_ID"),
        ((*SCREEN, "terminal"), GONE, "MISSING_TERMINAL_SCREEN"),
        ((*SCREEN, "id"), "SUCCESS", "INVALID_SCREEN_ID"),
        ((*HEADING, "initial-text"), "x", "INVALID_PROPERTY"),
        ((*HEADING, "text"), GONE, "MISSING_REQUIRED_PROPERTY"),
        ((*HEADING, "type"), "Hologram", "INVALID_PROPERTY_VALUE"),
        (BUTTON, GONE, "MISSING_FOOTER_COMPONENT"),
        (
            (*BUTTON, "on-click-action"),
            {"name": "navigate", "next": {"name": "NOWHERE"}},
            "INVALID_NAVIGATE_ACTION_NEXT_SCREEN_NAME",
        ),
        ((*BUTTON, "on-click-action"), {"name": "data_exchange"}, "INVALID_DATA_EXCHANGE_ACTION"),
        (("routing_model",), {"X": []}, "INVALID_ROUTING_MODEL"),
        (("data_api_version",), "9.9", "INVALID_PROPERTY_VALUE"),
    ],
)
def test_errors_of_the_json_are_named(given: Any, path: Any, value: Any, code: str):
    answer = create(given, flow_json=changed(path, value)).json

    assert code in [each["error"] for each in answer["validation_errors"]]


def test_errors_have_their_place_in_the_text(given: Any):
    text = json.dumps(json.loads(changed((*HEADING, "initial-text"), "x")), indent=2)
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "initial-text" in row)
    key = create(given).json["id"]

    [found] = upload(given, key, text).json["validation_errors"]

    assert (found["line_start"], found["line_end"]) == (line, line)
    assert found["message"] == (
        'The property "initial-text" cannot be specified at "$root/screens/0/layout/children/0".'
    )
    assert found["pointers"][0]["path"] == "screens.0.layout.children.0.initial-text"
    [broken] = upload(given, key, '{"version": ').json["validation_errors"]
    assert broken["error"] == "INVALID_JSON"


def test_a_key_is_an_rsa_key_of_2048_bits(given: Any, endpoint: Endpoint):
    edge = f"/{given.number}/whatsapp_business_encryption"
    assert given.call("GET", edge).json == {"data": []}

    other = rsa.generate_private_key(65537, 3072).public_key()
    kind = serialization.PublicFormat.SubjectPublicKeyInfo
    pem = other.public_bytes(serialization.Encoding.PEM, kind).decode()
    assert given.call("POST", edge, {"business_public_key": pem}).status == 400
    assert given.call("POST", edge, {"business_public_key": "key"}).status == 400
    assert given.call("POST", edge, {"business_public_key": endpoint.pem}).json == {"success": True}

    [row] = given.call("GET", edge).json["data"]
    assert row["business_public_key"] == endpoint.pem
    assert row["business_public_key_signature_status"] == "VALID"


def test_publishing_with_an_endpoint_needs_its_address_and_a_key(given: Any, endpoint: Endpoint):
    flow = create(given, flow_json=json.dumps(WITH_ENDPOINT)).json["id"]

    assert error(given.call("POST", f"/{flow}/publish"))["code"] == 139002
    given.call("POST", f"/{flow}", {"endpoint_uri": endpoint.url})
    assert error(given.call("POST", f"/{flow}/publish"))["code"] == 139002
    key = {"business_public_key": endpoint.pem}
    given.call("POST", f"/{given.number}/whatsapp_business_encryption", key)
    assert given.call("POST", f"/{flow}/publish").json == {"success": True}


@pytest.fixture
def booking(given: Any, endpoint: Endpoint) -> str:
    """A published Flow with an endpoint; its id."""
    key = {"business_public_key": endpoint.pem}
    given.call("POST", f"/{given.number}/whatsapp_business_encryption", key)
    text = json.dumps(WITH_ENDPOINT)
    made = create(given, flow_json=text, endpoint_uri=endpoint.url, publish=True).json
    return made["id"]


def step(given: Any, flow: str, action: str, **more: Any) -> Any:
    body = {"number": given.number, "flow": flow, "action": action, **more}
    return given.control("POST", f"/people/{given.rosa}/flow", body)


def test_a_ping_is_answered(given: Any, endpoint: Endpoint, booking: str):
    told = step(given, booking, "ping")

    assert told["reply"] == {"data": {"status": "active"}}
    assert endpoint.requests == [{"version": "3.0", "action": "ping"}]
    assert endpoint.signed == [True]


def test_a_person_goes_through_the_flow_and_the_answers_arrive(
    given: Any, endpoint: Endpoint, booking: str
):
    given.writes()
    parameters = {
        "flow_message_version": "3",
        "flow_id": booking,
        "flow_cta": "Book",
        "flow_token": "order-5",
        "flow_action": "data_exchange",
    }
    interactive = {
        "type": "flow",
        "body": {"text": "Book a table"},
        "action": {"name": "flow", "parameters": parameters},
    }
    sent = given.sent(type="interactive", text=None, interactive=interactive)
    body = {"number": given.number, "message": sent}

    endpoint.reply = {"screen": "BOOKING", "data": {"days": ["Monday"]}}
    first = given.control("POST", f"/people/{given.rosa}/flow", {**body, "action": "INIT"})
    done = {"extension_message_response": {"params": {"flow_token": "order-5", "day": "Monday"}}}
    endpoint.reply = {"screen": "SUCCESS", "data": done}
    wish = {**body, "action": "data_exchange", "screen": "BOOKING", "data": {"day": "Monday"}}
    last = given.control("POST", f"/people/{given.rosa}/flow", wish)
    given.passes(0)

    assert first["reply"]["data"] == {"days": ["Monday"]}
    assert endpoint.requests[0]["action"] == "INIT"
    assert endpoint.requests[1]["screen"] == "BOOKING"
    assert endpoint.requests[1]["flow_token"] == "order-5"
    message = given.receiver.items("messages")[-1]
    assert message["id"] == last["message_id"]
    assert message["context"]["id"] == sent
    reply = message["interactive"]["nfm_reply"]
    assert json.loads(reply["response_json"]) == {"flow_token": "order-5", "day": "Monday"}


def test_421_makes_the_phone_fetch_the_key_and_try_again(
    given: Any, endpoint: Endpoint, booking: str
):
    endpoint.statuses = [421]

    told = step(given, booking, "INIT")

    assert (told["status"], told["tries"]) == (200, 2)
    assert len(endpoint.requests) == 2


def test_427_ends_the_token_with_words(given: Any, endpoint: Endpoint, booking: str):
    endpoint.statuses, endpoint.reply = [427], {"error_msg": "This order is over."}

    told = step(given, booking, "data_exchange", screen="BOOKING")

    assert (told["status"], told["reply"]) == (427, {"error_msg": "This order is over."})


def test_432_says_that_the_signature_is_bad(given: Any, endpoint: Endpoint, booking: str):
    endpoint.statuses = [432]

    told = step(given, booking, "INIT")

    assert told["status"] == 432
    assert "signature" in told["trouble"]


def test_a_reply_with_the_same_iv_is_not_read(given: Any, endpoint: Endpoint, booking: str):
    endpoint.garbled = True

    assert "not encrypted" in step(given, booking, "INIT")["trouble"]


def test_an_error_is_notified_with_data_error(given: Any, endpoint: Endpoint, booking: str):
    endpoint.reply = {"data": {"acknowledged": True}}

    told = step(given, booking, "error")

    assert endpoint.requests[0]["data"]["error"]
    assert told["reply"] == {"data": {"acknowledged": True}}


def test_a_flow_that_meta_blocks_says_so(given: Any, booking: str):
    given.has("apps", id="314", fields=["flows"])
    event = {"field": "flows", "flow": booking, "event": "FLOW_STATUS_CHANGE", "status": "BLOCKED"}
    given.control("POST", "/events", event)
    given.passes(0)

    assert given.changes("flows")[0]["new_status"] == "BLOCKED"
    read = given.call("GET", f"/{booking}?fields=status,health_status").json
    assert read["health_status"]["can_send_message"] == "BLOCKED"


def test_flows_move_to_another_account_of_the_business(given: Any, booking: str):
    given.has("wabas", id="881", portfolio_id="920")
    given.has("tokens", token="token", waba_ids=["880", "881"])

    query = "?source_waba_id=880&source_flow_names=Booking,Nothing"
    answer = given.call("POST", "/881/migrate_flows" + query).json

    assert answer["migrated_flows"][0]["source_id"] == booking
    assert answer["failed_flows"][0]["source_name"] == "Nothing"
    [copy] = given.call("GET", "/881/flows").json["data"]
    assert copy["status"] == "PUBLISHED"
