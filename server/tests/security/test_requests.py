"""Requests that are too large, too deep, packed, or of texts that no database keeps are refused."""

import gzip
import json
import zlib
from collections.abc import AsyncIterator

import pytest
from serai.app import walls
from serai.app.http import Front
from serai.app.routes import routes
from serai.app.walls import LARGEST_BYTES, STREAMED
from serai.core.ids import BusinessId
from serai.core.permissions import Role
from serai.kit.db import Conn
from tests.app.calling import Api, cookie, serving
from tests.given import a_business, rows


@pytest.fixture
async def business(conn: Conn) -> BusinessId:
    return await a_business(conn)


@pytest.fixture
async def api(db_url: str, conn: Conn, business: BusinessId) -> AsyncIterator[Api]:
    async with serving(db_url, conn, key_limit=10_000, user_limit=10_000) as api:
        api.http.headers["Authorization"] = f"Bearer {await api.key('admin')}"
        yield api


async def sent(api: Api, body: bytes, path: str = "/tags", **headers: str) -> tuple[int, str]:
    """Status and code of the answer to these bytes."""
    api.wishes += 1
    answer = await api.http.post(
        f"/api/v1{path}",
        content=body,
        headers={
            "Content-Type": "application/json",
            "Idempotency-Key": f"w{api.wishes}",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        },
    )
    assert answer.status_code < 500, answer.text
    return answer.status_code, answer.json().get("code", "")


def tag(business: BusinessId, name: str = '"VIP"') -> bytes:
    return f'{{"business_id": "{business}", "name": {name}}}'.encode()


@pytest.mark.promise("SEC-16")
async def test_a_body_over_2_mb_is_refused_before_it_is_read(api: Api, business: BusinessId):
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        yield tag(business)[:-1]
        while True:
            read += 65_536
            yield b" " * 65_536

    said = await api.http.post("/api/v1/tags", content=b"x", headers={"Content-Length": "9999999"})
    assert (said.status_code, said.json()["code"]) == (413, "body_too_large")

    unsaid = await api.http.post("/api/v1/session", content=endless())
    assert (unsaid.status_code, unsaid.json()["code"]) == (413, "body_too_large")
    assert unsaid.headers["connection"] == "close"
    assert read < 2 * LARGEST_BYTES


@pytest.mark.promise("SEC-16")
async def test_what_streams_into_a_file_is_named_and_nothing_else(api: Api):
    streaming = {"/api/v1/files", "/api/v1/contact-imports"}
    streaming |= {"/api/v1/channels/{channel_id}/whatsapp/profile/picture"}
    described = {
        path
        for path, methods in api.app.openapi()["paths"].items()
        for route in methods.values()
        if set(route.get("requestBody", {}).get("content", {})) - {"application/json"}
    }
    assert described <= streaming
    known = {route.path for route in routes(api.app)}
    assert {path for path in known if STREAMED.fullmatch(path)} == streaming


@pytest.mark.promise("SEC-16")
async def test_a_body_that_does_not_come_is_not_waited_for(
    api: Api, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(walls, "BODY_SECONDS", 0.05)
    told: list[dict[str, object]] = []
    pieces: list[dict[str, object]] = [{"type": "http.request", "body": b"{", "more_body": True}]

    async def receive() -> dict[str, object]:
        return pieces.pop() if pieces else await api.app.state.live.listening.wait()

    async def send(message: dict[str, object]) -> None:
        told.append(message)

    scope: dict[str, object] = {
        "type": "http", "method": "POST", "scheme": "http", "path": "/api/v1/session",
        "raw_path": b"/api/v1/session", "query_string": b"", "root_path": "", "headers": [],
        "client": ("192.0.2.1", 1), "server": ("serai.test", 80), "http_version": "1.1",
    }  # fmt: skip
    await Front(api.app)(scope, receive, send)
    assert [each.get("status") for each in told if "status" in each] == [408]


@pytest.mark.promise("SEC-16")
async def test_nothing_packed_is_unpacked_and_no_head_is_without_end(
    api: Api, business: BusinessId
):
    bombs = {"gzip": gzip.compress(b" " * 5_000_000), "deflate": zlib.compress(b" " * 5_000_000)}
    for encoding in ("gzip", "deflate", "br", "gzip, gzip", "x"):
        body = bombs.get(encoding, tag(business))
        assert await sent(api, body, Content_Encoding=encoding) == (415, "encoding_not_taken")

    long = await api.http.get("/api/v1/contacts?q=" + "x" * 9000)
    assert (long.status_code, long.json()["code"]) == (414, "address_too_long")
    large = await api.http.get("/api/v1/contacts", headers={"X-Large": "x" * 40_000})
    assert (large.status_code, large.json()["code"]) == (431, "headers_too_large")


NO_NAMES = (
    "[" * 100_000 + "]" * 100_000,
    '{"a":' * 900 + "1" + "}" * 900,
    "9" * 6000,
    "NaN",
    "Infinity",
    "1e999",
    '"\\u0000"',
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"\\ufffe\\u0000"',
    '"' + "x" * 100_000 + '"',
    '{"__proto__": {"admin": true}}',
)
"""What JSON can hold, and no name is."""


@pytest.mark.promise("SEC-16")
async def test_json_that_is_too_deep_too_large_or_no_text_is_refused(
    api: Api, conn: Conn, business: BusinessId
):
    owner = {"Cookie": await cookie(api, Role.OWNER), "Sec_Fetch_Site": "same-origin"}
    key = api.http.headers["Authorization"]
    for name in NO_NAMES:
        refused = await sent(api, tag(business, name), Authorization=key)
        assert refused in {(400, "body_unreadable"), (422, "request_invalid")}, name[:20]
        del api.http.headers["Authorization"]
        view = f'{{"name": "x", "search": {{"q": {name}}}}}'.encode()
        assert (await sent(api, view, "/views", **owner))[0] in {200, 400, 422}, name[:20]
        api.http.headers["Authorization"] = key
    assert await rows(conn, "SELECT * FROM tags") == []


@pytest.mark.promise("SEC-16")
async def test_what_is_no_json_object_is_refused_and_what_is_there_twice_counts_once(
    api: Api, business: BusinessId
):
    for body in (b"\xff\xfe", b"{", b"", b"null", b"[]", b'"x"', b"\xef\xbb\xbf{}"):
        assert (await sent(api, body))[0] in {400, 422}, body
    for kind in ("text/plain", "application/x-www-form-urlencoded", "", "image/png"):
        is_form_of_another_site = await sent(api, tag(business), Content_Type=kind)
        assert is_form_of_another_site[0] in {400, 415, 422}, kind

    assert await sent(api, tag(business, '"first", "name": "last"')) == (200, "")
    [named] = await rows(api.conn, "SELECT name FROM tags")
    assert named["name"] == "last"


@pytest.mark.promise("SEC-16")
async def test_whatever_stands_in_an_idempotency_key_it_is_only_a_name(
    api: Api, business: BusinessId
):
    for key in ("", "x" * 201, "a\x00b", "\u043a\u044e", "'; DROP TABLE tags; --", "../../etc"):
        given = [(b"Idempotency-Key", key.encode()), (b"Content-Type", b"application/json")]
        answer = await api.http.post("/api/v1/tags", content=tag(business), headers=given)
        assert answer.status_code in {200, 400, 409, 422}, answer.text


@pytest.mark.promise("SEC-16")
async def test_an_idempotency_key_of_another_caller_gives_none_of_their_answer(
    api: Api, business: BusinessId
):
    body = json.loads(tag(business, '"secret plan"'))
    mine = await api.ask("POST", "/tags", body, headers={"Idempotency-Key": "same"})
    other = await api.key("read")
    theirs = await api.ask("POST", "/tags", body, headers={"Idempotency-Key": "same"}, key=other)
    third = await api.key("admin")
    again = await api.ask("POST", "/tags", body, headers={"Idempotency-Key": "same"}, key=third)

    assert mine.status_code == 200
    assert theirs.status_code == 403
    assert "secret plan" not in theirs.text
    assert "idempotent-replayed" not in again.headers


@pytest.mark.promise("SEC-16")
async def test_a_name_of_blanks_is_none(api: Api):
    business = await a_business(api.conn, "blank")
    key = await api.key("admin")
    tag = await api.ask("POST", "/tags", {"business_id": str(business), "name": " VIP "}, key=key)
    assert tag.json()["name"] == "VIP"
    for method, path in (
        ("PATCH", f"/tags/{tag.json()['id']}"),
        ("POST", "/tags"),
        ("POST", "/teams"),
        ("PATCH", f"/businesses/{business}"),
        ("PUT", f"/businesses/{business}/contact-attributes/grade"),
    ):
        body = {"business_id": str(business), "name": " \u2003 ", "type": "text"}
        answer = await api.ask(method, path, body, key=key)
        assert (answer.status_code, answer.json().get("field")) == (422, "name"), (method, path)
