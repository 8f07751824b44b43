"""Media: upload, address, download, delete, links, and how long each lives."""

import hashlib
import json
import socket
from base64 import b64decode
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import metasim.media
import pytest
from metasim.testing import Answer, FileServer, Metasim

SAMPLES = Path(metasim.media.__file__).parent / "samples"
JPEG = (SAMPLES / "image.jpg").read_bytes()
PDF = (SAMPLES / "document.pdf").read_bytes()
AUTH = {"Authorization": "Bearer token"}
DAY = 86_400
WORLD: dict[str, Any] = {
    "wabas": [{"id": "880"}],
    "numbers": [{"id": "770", "waba_id": "880", "display_phone_number": "+1 555 765 0001"}],
    "tokens": [{"token": "token", "app_id": "314", "waba_ids": ["880"]}],
    "people": [{"phone": "15551230987"}],
}


def form(file: bytes, mime: str, **fields: str) -> tuple[bytes, dict[str, str]]:
    """A multipart body and its headers."""
    parts = [
        b'--b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
        % (name.encode(), value.encode())
        for name, value in {"messaging_product": "whatsapp", "type": mime, **fields}.items()
    ]
    parts.append(
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
        b"Content-Type: %b\r\n\r\n%b\r\n--b--\r\n" % (mime.encode(), file)
    )
    return b"".join(parts), {**AUTH, "Content-Type": "multipart/form-data; boundary=b"}


def upload(given: Any, file: bytes = JPEG, mime: str = "image/jpeg", **fields: str) -> Answer:
    body, headers = form(file, mime, **fields)
    return given.meta.call("POST", f"/v25.0/{given.number}/media", body, headers)


def address(given: Any, media_id: str) -> str:
    url = urlsplit(str(given.call("GET", f"/{media_id}").json["url"]))
    return f"{url.path}?{url.query}"


def failed(given: Any, message_id: str) -> dict[str, Any]:
    """The error of a send that was accepted and then failed."""
    found = [each for each in given.receiver.items("statuses") if each["id"] == message_id]
    assert [each["status"] for each in found] == ["failed"]
    return found[0]["errors"][0]


def test_what_was_uploaded_can_be_read_and_downloaded(given: Any):
    media_id = upload(given).json["id"]

    about = given.call("GET", f"/{media_id}").json

    assert about["mime_type"] == "image/jpeg"
    assert about["sha256"] == hashlib.sha256(JPEG).hexdigest()
    assert about["file_size"] == str(len(JPEG))
    assert (about["messaging_product"], about["id"]) == ("whatsapp", media_id)
    loaded = given.meta.call("GET", address(given, media_id), None, AUTH)
    assert (loaded.status, loaded.body) == (200, JPEG)
    assert loaded.headers["content-type"] == "image/jpeg"


def test_an_address_dies_after_5_minutes_and_a_new_one_lives(given: Any):
    media_id = upload(given).json["id"]
    old = address(given, media_id)
    given.passes(299)
    assert given.meta.call("GET", old, None, AUTH).status == 200

    given.passes(2)

    assert given.meta.call("GET", old, None, AUTH).status == 404
    assert given.meta.call("GET", address(given, media_id), None, AUTH).status == 200


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer other"}])
def test_an_address_needs_a_token_of_the_account(given: Any, headers: dict[str, str]):
    media_id = upload(given).json["id"]

    assert given.meta.call("GET", address(given, media_id), None, headers).status == 401


def test_a_forged_address_is_404(given: Any):
    path = address(given, upload(given).json["id"])

    forged = path[:-1] + ("1" if path.endswith("0") else "0")
    assert given.meta.call("GET", forged, None, AUTH).status == 404
    assert given.meta.call("GET", path.replace("ext=", "ext=9"), None, AUTH).status == 404


def test_an_upload_lives_30_days(given: Any):
    media_id = upload(given).json["id"]
    given.passes(30 * DAY - 60)
    assert given.call("GET", f"/{media_id}").status == 200

    given.passes(120)

    error = given.call("GET", f"/{media_id}").json["error"]
    assert (error["code"], error["error_subcode"]) == (100, 33)


def test_an_upload_for_a_number_without_storage_lives_as_long_as_asked(given: Any):
    media_id = upload(given, ttl_minutes="60").json["id"]
    given.passes(3601)

    assert given.call("GET", f"/{media_id}").status == 400
    assert upload(given, ttl_minutes="59").json["error"]["code"] == 100


def test_a_deleted_file_is_gone(given: Any):
    media_id = upload(given).json["id"]

    assert given.call("DELETE", f"/{media_id}").json == {"success": True}

    assert given.call("GET", f"/{media_id}").json["error"]["error_subcode"] == 33


def test_the_phone_number_restricts_who_may_read(given: Any):
    media_id = upload(given).json["id"]

    assert given.call("GET", f"/{media_id}?phone_number_id={given.number}").status == 200
    assert given.call("GET", f"/{media_id}?phone_number_id=999").status == 400


REFUSED: list[tuple[str, bytes, str, dict[str, str], int]] = [
    ("a type that nobody can send", JPEG, "image/gif", {}, 100),
    ("no type", JPEG, "application/octet-stream", {}, 100),
    ("an image above 5 MB", JPEG + b"0" * 5_242_880, "image/jpeg", {}, 131053),
    ("a still sticker above 100 KB", b"RIFF" + b"0" * 102_400, "image/webp", {}, 131053),
    ("Ogg without Opus", b"OggS" + b"0" * 40, "audio/ogg", {}, 131053),
    ("an empty file", b"", "image/png", {}, 131053),
    ("another product", JPEG, "image/jpeg", {"messaging_product": "sms"}, 100),
    ("an unknown field", JPEG, "image/jpeg", {"colour": "red"}, 100),
]


@pytest.mark.parametrize(
    ("file", "mime", "fields", "code"),
    [row[1:] for row in REFUSED],
    ids=[row[0] for row in REFUSED],
)
def test_a_wrong_upload_is_refused(
    given: Any, file: bytes, mime: str, fields: dict[str, str], code: int
):
    assert upload(given, file, mime, **fields).json["error"]["code"] == code


def test_an_upload_that_is_no_form_is_code_100(given: Any):
    answer = given.call("POST", f"/{given.number}/media", {"messaging_product": "whatsapp"})

    assert answer.json["error"]["code"] == 100


def test_an_uploaded_picture_is_seen_on_the_phone(given: Any):
    given.writes()
    media_id = upload(given).json["id"]
    given.sent(type="image", image={"id": media_id, "caption": "Front view"})

    seen = given.chat()[-1]

    assert (seen["type"], seen["text"]) == ("image", "Front view")
    loaded = given.meta.call("GET", f"/_sim/media/{seen['view']['media']['media']}")
    assert (loaded.body, loaded.headers["content-type"]) == (JPEG, "image/jpeg")


def test_an_unknown_file_is_refused_by_name(given: Any):
    answer = given.post(type="image", image={"id": "1"})

    assert answer.json["error"]["code"] == 100
    assert "image['id']" in answer.json["error"]["message"]


def test_an_expired_upload_is_accepted_then_131053(given: Any):
    media_id = upload(given).json["id"]
    given.passes(31 * DAY)
    given.writes()
    message_id = given.sent(type="image", image={"id": media_id})
    given.passes(1)

    assert failed(given, message_id)["code"] == 131053


def test_a_file_sent_as_something_else_is_accepted_then_131053(given: Any):
    given.writes()
    media_id = upload(given, PDF, "application/pdf").json["id"]
    message_id = given.sent(type="video", video={"id": media_id})
    given.passes(1)

    error = failed(given, message_id)
    assert error["code"] == 131053
    assert "application/pdf" in error["error_data"]["details"]


def test_a_link_is_fetched_before_the_message_arrives(given: Any):
    given.writes()
    with FileServer({"/i.pdf": ("application/pdf", PDF)}) as files:
        message_id = given.sent(
            type="document", document={"link": files.url + "/i.pdf", "filename": "invoice.pdf"}
        )
        given.passes(2)

    assert given.statuses(message_id) == ["sent", "delivered", "read"]
    shown = given.chat()[-1]["view"]["media"]
    assert shown["filename"] == "invoice.pdf"
    assert given.meta.call("GET", f"/_sim/media/{shown['media']}").body == PDF


def test_a_link_is_fetched_once_in_10_minutes(given: Any):
    given.writes()
    with FileServer({"/i.jpg": ("image/jpeg", JPEG)}) as files:
        for seconds in (60, 480, 120):
            given.sent(type="image", image={"link": files.url + "/i.jpg"})
            given.passes(seconds)
        assert files.asked == ["/i.jpg"]
        given.sent(type="image", image={"link": files.url + "/i.jpg"})
        given.passes(2)

        assert files.asked == ["/i.jpg", "/i.jpg"]


BAD_LINKS: list[tuple[str, str]] = [
    ("/missing.jpg", "404"),
    ("/page.html", "text/html"),
    ("/large.jpg", "5242880"),
]


@pytest.mark.parametrize(("path", "words"), BAD_LINKS)
def test_a_bad_link_is_accepted_then_131053(given: Any, path: str, words: str):
    given.writes()
    known = {
        "/page.html": ("text/html", b"<p>Hello"),
        "/large.jpg": ("image/jpeg", b"0" * 5_300_000),
    }
    with FileServer(known) as files:
        message_id = given.sent(type="image", image={"link": files.url + path})
        given.passes(2)

    error = failed(given, message_id)
    assert error["code"] == 131053
    assert words in error["error_data"]["details"]


def test_a_link_that_nobody_answers_is_131053(given: Any):
    given.writes()
    message_id = given.sent(type="audio", audio={"link": "http://127.0.0.1:1/a.mp3"})
    given.passes(2)

    assert failed(given, message_id)["code"] == 131053


def test_a_resumable_upload_takes_a_file_in_pieces(given: Any):
    begun = given.call(
        "POST", f"/314/uploads?file_name=a.jpg&file_length={len(JPEG)}&file_type=image/jpeg"
    ).json["id"]
    assert begun.startswith("upload:")
    assert "?sig=" in begun

    def piece(offset: int, data: bytes) -> Any:
        headers = {"Authorization": "OAuth token", "file_offset": str(offset)}
        return given.meta.call("POST", f"/v25.0/{begun}", data, headers).json

    assert piece(0, JPEG[:1000])["file_offset"] == 1000
    assert given.call("GET", f"/{begun}").json == {"id": begun, "file_offset": 1000}
    assert piece(0, JPEG)["error"]["code"] == 100
    handle = piece(1000, JPEG[1000:])["h"]

    assert handle.startswith("4::")
    assert b64decode(handle.split(":")[2]).decode() == "image/jpeg"


@pytest.mark.parametrize(
    "query", ["file_type=image/jpeg", "file_length=10&file_type=text/plain", "file_length=0"]
)
def test_a_wrong_resumable_upload_is_refused(given: Any, query: str):
    assert given.call("POST", f"/314/uploads?{query}").json["error"]["code"] == 100


def test_an_upload_handle_is_no_media_id(given: Any):
    begun = given.call("POST", "/314/uploads?file_length=3&file_type=image/png").json["id"]
    headers = {"Authorization": "OAuth token", "file_offset": "0"}
    handle = given.meta.call("POST", f"/v25.0/{begun}", b"abc", headers).json["h"]

    assert given.post(type="image", image={"id": handle}).json["error"]["code"] == 100


def test_a_file_that_was_being_fetched_fails_after_a_restart(tmp_path: Path):
    state = ["--state", str(tmp_path / "state.json")]
    with Metasim.start(state) as meta, socket.create_server(("127.0.0.1", 0)) as silent:
        meta.control("PUT", "/world", WORLD)
        meta.control("POST", "/people/15551230987/messages", {"number": "770", "type": "sticker"})
        link = f"http://127.0.0.1:{silent.getsockname()[1]}/a.jpg"
        body = {"messaging_product": "whatsapp", "to": "15551230987", "type": "image"}
        headers = {**AUTH, "Content-Type": "application/json"}
        answer = meta.call(
            "POST", "/v25.0/770/messages", {**body, "image": {"link": link}}, headers
        )
        assert answer.status == 200

    with Metasim.start(state) as meta:
        meta.control("POST", "/clock", {"advance_seconds": 2})
        chat = meta.control("GET", "/people/15551230987/chats/770")["messages"]
        assert (chat[-1]["status"], chat[-1]["error"]) == ("failed", 131053)


def test_files_are_there_after_a_restart(tmp_path: Path):
    state = ["--state", str(tmp_path / "state.json")]
    body, headers = form(JPEG, "image/jpeg")
    with Metasim.start(state) as meta:
        meta.control("PUT", "/world", WORLD)
        media_id = meta.call("POST", "/v25.0/770/media", body, headers).json["id"]

    with Metasim.start(state) as meta:
        url = urlsplit(str(meta.call("GET", f"/v25.0/{media_id}", None, AUTH).json["url"]))
        assert meta.call("GET", f"{url.path}?{url.query}", None, AUTH).body == JPEG
    assert json.loads((tmp_path / "state.json").read_text())["shelf"]["blobs"] == {}
