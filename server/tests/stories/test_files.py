"""Files by the API: taken within WhatsApp's limits, kept once, given out safely."""

import hashlib
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.kit import made
from tests.stories.conftest import Stack

MB = 1024 * 1024


def post(
    stack: Stack,
    content: bytes,
    media_type: str = "image/jpeg",
    *,
    name: str = "file",
    key: str = "",
    **fields: str,
) -> httpx2.Response:
    key = key or hashlib.sha256(content + repr((media_type, name, fields)).encode()).hexdigest()
    return stack.http.post(
        stack.api + "/files",
        files={"file": (name, content, media_type)},
        data={"business_id": business(stack)} | fields,
        headers={"Authorization": f"Bearer {stack.key}", "Idempotency-Key": key},
    )


def business(stack: Stack) -> str:
    return str(stack.rows("SELECT id FROM businesses ORDER BY key")[0]["id"])


def get(stack: Stack, path: str, **headers: str) -> httpx2.Response:
    return stack.ask("GET", path, None, **headers)


def uploaded(stack: Stack, content: bytes, media_type: str = "image/jpeg", **more: Any) -> Any:
    answer = post(stack, content, media_type, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_picture_is_kept_looked_at_and_given_back(stack: Stack):
    picture = made.picture(800, 600)
    file = uploaded(stack, picture, name="C:\\photos\\Tür.jpg")

    assert file["sha256"] == hashlib.sha256(picture).hexdigest()
    assert (file["kind"], file["mime_type"], file["size"]) == ("image", "image/jpeg", len(picture))
    assert (file["width"], file["height"], file["name"]) == (800, 600, "Tür.jpg")
    given = get(stack, f"/files/{file['id']}")
    assert given.content == picture
    assert given.headers["content-disposition"] == "inline; filename*=UTF-8''T%C3%BCr.jpg"
    small = get(stack, f"/files/{file['id']}/thumbnail")
    assert (small.status_code, small.headers["content-type"]) == (200, "image/webp")
    assert get(stack, f"/files/{file['id']}/info").json() == file


def test_the_same_bytes_twice_are_kept_once_and_the_same_request_makes_one_file(stack: Stack):
    first = uploaded(stack, made.picture(), name="a.jpg")
    again = uploaded(stack, made.picture(), name="a.jpg")
    other = uploaded(stack, made.picture(), name="b.jpg")

    assert first["id"] == again["id"] != other["id"]
    assert len(stack.rows("SELECT FROM blobs")) == 1
    kept = [path for path in (stack.folder / "media" / "store").rglob("*") if path.is_file()]
    assert len(kept) == 2, "the picture and its small copy"
    assert not list((stack.folder / "media" / "desk").iterdir())


def test_a_key_used_for_another_file_is_refused(stack: Stack):
    assert post(stack, made.picture(), key="one").status_code == 200
    answer = post(stack, made.picture(99), key="one")

    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_reused")


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TAKEN = (
    (made.recording("mp3", "libmp3lame"), "audio/mpeg", "audio"),
    (made.docx(), DOCX, "document"),
    (made.pdf(), "application/pdf", "document"),
    (b"a;b\n1;2\n", "text/csv", "document"),
    (made.sticker(), "image/webp", "sticker"),
    (made.sticker(moves=True), "image/webp", "sticker"),
    (made.film(), "video/mp4", "video"),
    (made.picture(format_="PNG"), "image/png", "image"),
)
REFUSED = (
    (made.picture() + bytes(17 * MB), "image/jpeg", 413, "A picture may have 5 MB in WhatsApp"),
    (made.picture() + bytes(101 * MB), "image/jpeg", 413, "A file may have 100 MB at most."),
    (made.film() + bytes(17 * MB), "video/mp4", 413, "A film may have 16 MB"),
    (made.picture(format_="GIF"), "image/gif", 415, "WhatsApp takes no image/gif."),
    (b"MZ\x90\x00" + bytes(99), "application/pdf", 415, "WhatsApp takes no"),
    (b"", "image/jpeg", 422, "The file is empty."),
    (made.picture(format_="WEBP"), "image/webp", 422, "A sticker has 512 by 512 pixels"),
)


def test_what_whatsapp_takes_is_taken_as_its_kind(stack: Stack):
    kinds = [uploaded(stack, content, media_type)["kind"] for content, media_type, _ in TAKEN]

    assert kinds == [kind for _, _, kind in TAKEN]


def test_what_whatsapp_would_not_take_is_refused_in_words(stack: Stack):
    for content, media_type, status, words in REFUSED:
        answer = post(stack, content, media_type)
        assert answer.status_code == status, answer.text
        assert words in answer.json()["detail"]
        assert answer.json()["field"] == "file"

    assert not stack.rows("SELECT FROM files")


def test_a_form_that_is_none_and_a_form_without_a_file_are_named(stack: Stack):
    headers = {"Authorization": f"Bearer {stack.key}", "Idempotency-Key": "k1"}
    url = stack.api + "/files"
    plain = stack.http.post(
        url, content=b"{}", headers=headers | {"Content-Type": "application/json"}
    )
    torn = stack.http.post(
        url,
        content=b"--b\r\nnonsense",
        headers=headers | {"Content-Type": "multipart/form-data; boundary=b"},
    )
    empty = stack.http.post(url, data={"business_id": business(stack)}, files={}, headers=headers)
    foreign = post(stack, made.picture(), business_id="00000000-0000-0000-0000-000000000000")

    assert (plain.status_code, plain.json()["code"]) == (415, "form_needed")
    assert torn.status_code in {400, 422}
    assert empty.status_code == 415
    assert (foreign.status_code, foreign.json()["code"]) == (403, "business_not_seen")


def test_what_a_browser_records_becomes_a_voice_note(stack: Stack):
    recorded = {
        "Chromium": (made.recording("webm"), ""),
        "in stereo": (made.recording("webm", layout="stereo"), ""),
        "Safari": (made.recording("mp4", "aac"), "true"),
        "as it must be": (made.recording("ogg"), ""),
    }
    for name, (content, voice) in recorded.items():
        file = uploaded(stack, content, "audio/webm;codecs=opus", name=f"{name}.webm", voice=voice)

        assert (file["mime_type"], file["can_be_voice"]) == ("audio/ogg", True), name
        assert file["duration"] == pytest.approx(1.0, abs=0.1)
        assert get(stack, f"/files/{file['id']}").content.startswith(b"OggS")


def test_a_recording_is_played_from_anywhere(stack: Stack):
    sound = made.recording("mp3", "libmp3lame", seconds=3)
    file = uploaded(stack, sound, "audio/mpeg")
    path = f"/files/{file['id']}"

    part = get(stack, path, Range="bytes=100-199")
    last = get(stack, path, Range="bytes=-7")
    beyond = get(stack, path, Range=f"bytes={len(sound)}-")

    assert (part.status_code, part.content) == (206, sound[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(sound)}"
    assert last.content == sound[-7:]
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(sound)}")
    tag = part.headers["etag"]
    assert get(stack, path, **{"If-None-Match": tag}).status_code == 304
    assert get(stack, path, Range="bytes=0-1", **{"If-Range": '"other"'}).content == sound


def test_a_page_sent_as_a_file_never_runs_as_ours(stack: Stack):
    page = b"<!doctype html><script>alert(document.cookie)</script>"
    file = uploaded(stack, page, "text/html", name="a<b.html")
    given = get(stack, f"/files/{file['id']}")

    assert given.headers["content-type"].startswith("text/plain")
    assert given.headers["content-disposition"] == "inline; filename*=UTF-8''a_b.html"
    assert given.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in given.headers["content-security-policy"]


def test_a_file_is_seen_by_its_business_only(stack: Stack):
    file = uploaded(stack, made.picture())
    other = str(stack.rows("SELECT id FROM businesses ORDER BY key")[1]["id"])
    stack.execute(f"UPDATE api_keys SET business_ids = ARRAY['{other}']::uuid[]")

    for path in ("", "/thumbnail", "/info"):
        assert get(stack, f"/files/{file['id']}{path}").status_code == 404


def test_an_infected_file_is_refused_and_kept_apart(stack: Stack):
    scanner = stack.folder / "scanner"
    scanner.write_text('#!/bin/sh\nif grep -q EVIL "$1"; then exit 1; fi\n', "utf-8")
    scanner.chmod(0o700)
    stack.stop("server")
    stack.env["SERAI_MEDIA_SCAN_COMMAND"] = str(scanner)
    stack.serve()

    clean = uploaded(stack, b"Hello")
    evil = post(stack, b"EVIL")

    assert get(stack, f"/files/{clean['id']}").content == b"Hello"
    assert (evil.status_code, evil.json()["code"]) == (422, "file_infected")
    store = stack.folder / "media" / "store"
    [apart] = [path for path in store.rglob("*") if path.is_file() and path.read_bytes() == b"EVIL"]
    assert apart.relative_to(store).parts[0] == "quarantine"


def test_a_scanner_that_does_not_answer_lets_nothing_in(stack: Stack):
    stack.stop("server")
    stack.env["SERAI_MEDIA_SCAN_COMMAND"] = str(Path("/no/such/scanner"))
    stack.serve()
    answer = post(stack, made.picture())

    assert (answer.status_code, answer.json()["code"]) == (503, "files_away")
    assert not stack.rows("SELECT FROM files")
