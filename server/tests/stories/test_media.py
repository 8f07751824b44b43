"""Files between people and the team: fetched at once, kept once, sent as what they are."""

import time
from base64 import b64encode
from typing import Any

import pytest
from tests.kit import made
from tests.kit.s3 import BUCKET, serving_s3
from tests.stories.conftest import AMAL, BEN, CAFE, SCHOOL, Stack, until
from tests.stories.test_files import get, post, uploaded


def send(stack: Stack, person: str, number: str, kind: str, content: bytes, **more: Any) -> str:
    body = {"number": number, "type": kind, kind: {"data": b64encode(content).decode(), **more}}
    return stack.tell("POST", f"/people/{person}/messages", body)["id"]


def files(stack: Stack) -> list[dict[str, Any]]:
    return stack.rows(
        "SELECT id, state, reason, attempt_count, blob_id FROM files ORDER BY created_at"
    )


def ours(stack: Stack, content: bytes, media_type: str, name: str = "file") -> Any:
    """A file of the school's."""
    [row] = stack.rows(f"SELECT business_id FROM channels WHERE meta_id = '{SCHOOL}'")
    more = {"name": name, "business_id": str(row["business_id"])}
    return uploaded(stack, content, media_type, **more)


def settled(stack: Stack, count: int = 1) -> list[dict[str, Any]]:
    return until(
        lambda: (
            found
            if len(found := [file for file in files(stack) if file["state"] != "waiting"]) == count
            else None
        )
    )


def conversation(stack: Stack) -> str:
    return until(lambda: stack.ask("GET", "/conversations").json()["data"])[0]["id"]


def newest(stack: Stack, direction: str = "in") -> dict[str, Any]:
    page = stack.ask("GET", f"/conversations/{conversation(stack)}/messages").json()["data"]
    return next(message for message in page if message["direction"] == direction)


def answer(stack: Stack, content: dict[str, Any], key: str) -> Any:
    path = f"/conversations/{conversation(stack)}/messages"
    return stack.ask("POST", path, {"content": content}, **{"Idempotency-Key": key})


def test_what_a_person_sends_is_here_a_moment_later_in_full(working: Stack):
    picture = made.picture(640, 480)
    send(working, AMAL, CAFE, "image", picture, caption="our table")
    settled(working)

    message = until(lambda: newest(working) if newest(working)["files"] else None)
    [file] = message["files"]
    assert (message["content"]["caption"], message["content"]["file"]["id"]) == (
        "our table",
        file["id"],
    )
    assert (file["state"], file["mime_type"], file["size"]) == ("ready", "image/jpeg", len(picture))
    assert (file["width"], file["height"], file["has_thumbnail"]) == (640, 480, True)
    assert get(working, f"/files/{file['id']}").content == picture
    assert "url" not in message["content"]["file"]


@pytest.mark.promise("MSG-20")
def test_a_dead_address_is_asked_for_anew_a_large_picture_is_refused_and_the_same_file_is_kept_once(
    stack: Stack,
):
    picture = made.picture(64, 48)
    send(stack, AMAL, CAFE, "image", picture, caption="one")
    until(lambda: stack.rows("SELECT FROM webhook_deliveries"))
    stack.tell("POST", "/clock", {"advance_seconds": 6 * 60})
    stack.worker()
    [first] = settled(stack)
    calls = stack.tell("GET", "/calls")["calls"]

    send(stack, BEN, CAFE, "image", picture, caption="two")
    [_, second] = settled(stack, 2)
    refused = post(stack, picture + bytes(17 * 1024 * 1024))

    assert first["state"] == second["state"] == "ready"
    assert any(
        call["method"] == "GET" and call["path"].rsplit("/", 1)[-1].isdecimal() for call in calls
    )
    assert (refused.status_code, refused.json()["field"]) == (413, "file")
    assert first["id"] != second["id"]
    assert first["blob_id"] == second["blob_id"]
    assert len(stack.rows("SELECT FROM blobs")) == 1
    assert get(stack, f"/files/{first['id']}/thumbnail").status_code == 200


def test_a_worker_that_dies_while_it_fetches_loses_nothing(stack: Stack):
    names = [made.picture(40 + n, 30) for n in range(8)]
    for picture in names:
        send(stack, AMAL, CAFE, "image", picture)
    stack.worker()
    until(lambda: stack.rows("SELECT FROM files WHERE attempt_count > 0"))
    stack.kill("worker")
    left = [file for file in files(stack) if file["state"] == "waiting"]

    stack.worker("again")
    until(lambda: len(files(stack)) == 8)
    stack.tell("POST", "/clock", {"advance_seconds": 10 * 60})

    assert left, "it died too late to prove anything"
    assert all(file["state"] == "ready" for file in settled(stack, 8))
    assert len(stack.rows("SELECT FROM blobs")) == 8


def test_a_file_that_meta_no_longer_has_is_given_up_with_a_reason(stack: Stack):
    send(stack, AMAL, CAFE, "document", made.pdf(), filename="menu.pdf")
    until(lambda: stack.rows("SELECT FROM webhook_deliveries"))
    stack.tell("POST", "/clock", {"advance_seconds": 8 * 24 * 3600})
    stack.worker()
    [file] = settled(stack)

    assert (file["state"], file["reason"]) == ("failed", "expired")
    [shown] = newest(stack)["files"]
    assert shown["reason"] == "WhatsApp no longer has this file. Ask them to send it again."
    gone = get(stack, f"/files/{shown['id']}")
    assert (gone.status_code, gone.json()["code"]) == (404, "file_failed")


def test_an_infected_file_from_a_person_is_never_given_out(stack: Stack):
    scanner = stack.folder / "scanner"
    scanner.write_text('#!/bin/sh\nif grep -q EVIL "$1"; then exit 1; fi\n', "utf-8")
    scanner.chmod(0o700)
    stack.env["SERAI_MEDIA_SCAN_COMMAND"] = str(scanner)
    stack.worker()
    send(stack, AMAL, CAFE, "document", b"EVIL", mime_type="text/plain", filename="a.txt")
    [file] = settled(stack)

    assert file["state"] == "infected"
    given = get(stack, f"/files/{file['id']}")
    assert (given.status_code, given.json()["code"]) == (404, "file_infected")
    assert "virus" in newest(stack)["files"][0]["reason"]


def test_a_page_from_a_person_is_only_ever_downloaded(working: Stack):
    page = b"<!doctype html><script>alert(1)</script>"
    send(working, AMAL, CAFE, "document", page, mime_type="text/html", filename="bill.html")
    [file] = settled(working)
    given = get(working, f"/files/{file['id']}")

    assert given.content == page
    assert given.headers["content-type"] == "application/octet-stream"
    assert given.headers["content-disposition"] == "attachment; filename*=UTF-8''bill.html"


def test_with_an_s3_store_files_come_go_and_are_shown_in_part(stack: Stack):
    with serving_s3(stack.folder) as url:
        stack.env |= {
            "SERAI_MEDIA_STORE": "s3",
            "SERAI_MEDIA_S3_ENDPOINT": url,
            "SERAI_MEDIA_S3_BUCKET": BUCKET,
            "SERAI_MEDIA_S3_ACCESS_KEY": "key",
            "SERAI_MEDIA_S3_SECRET_KEY": "secret",
        }
        stack.stop("server")
        stack.serve()
        stack.worker()
        picture = made.picture(640, 480)
        send(stack, AMAL, SCHOOL, "image", picture)
        [came] = settled(stack)
        part = get(stack, f"/files/{came['id']}", Range="bytes=10-19")
        file = ours(stack, made.pdf(), "application/pdf", "menu.pdf")
        document = {"type": "document", "file": {"id": file["id"]}}
        assert answer(stack, document, "menu").status_code == 200
        until(lambda: said(stack))

        assert (part.status_code, part.content) == (206, picture[10:20])
        assert get(stack, f"/files/{file['id']}/thumbnail").status_code == 200
        assert not (stack.folder / "media" / "store").exists()


def test_a_picture_of_ours_is_uploaded_once_and_the_words_behind_it_wait(working: Stack):
    working.write(AMAL, SCHOOL, "hello")
    conversation(working)
    file = ours(working, made.picture(300, 200), "image/jpeg", "menu.jpg")
    image = {"type": "image", "file": {"id": file["id"]}, "caption": "Today"}
    assert answer(working, image, "picture").status_code == 200
    assert answer(working, {"type": "text", "body": "See above."}, "words").status_code == 200
    shown = until(lambda: out if len(out := said(working)) == 2 else None)

    assert [each["type"] for each in shown] == ["image", "text"]
    assert answer(working, image, "again").status_code == 200
    until(lambda: len(said(working)) == 3)
    assert len(working.rows("SELECT FROM media_uploads WHERE meta_id IS NOT NULL")) == 1
    latest = until(lambda: newest(working, "out"))
    assert latest["files"][0]["id"] == file["id"]


def said(stack: Stack) -> list[dict[str, Any]]:
    """What the team said in the school's chat, without the automatic welcome."""
    return [each for each in stack.answers(AMAL, SCHOOL) if each["id"] in asked(stack)]


def asked(stack: Stack) -> set[str]:
    found = stack.rows("SELECT meta_id FROM messages WHERE author_kind = 'agent'")
    return {row["meta_id"] for row in found}


def test_a_file_that_meta_has_forgotten_is_uploaded_again_before_the_message_goes(working: Stack):
    working.write(AMAL, SCHOOL, "hello")
    file = ours(working, made.pdf(), "application/pdf", "menu.pdf")
    document = {"type": "document", "file": {"id": file["id"]}}
    assert answer(working, document, "first").status_code == 200
    until(lambda: said(working))
    working.execute("UPDATE media_uploads SET meta_id = '554400000000000'")

    assert answer(working, document, "second").status_code == 200
    until(lambda: len(said(working)) == 2)
    attempts = working.rows("SELECT outcome, code FROM send_attempts ORDER BY started_at")
    assert [row["outcome"] for row in attempts][-3:] == ["accepted", "rejected", "accepted"]


def test_a_recorded_answer_reaches_the_phone_as_a_voice_note(working: Stack):
    working.write(AMAL, SCHOOL, "hello")
    recorded = made.recording("webm", seconds=2)
    file = ours(working, recorded, "audio/webm;codecs=opus", "answer.webm")
    voice = {"type": "audio", "file": {"id": file["id"]}, "voice": True}
    assert answer(working, voice, "voice").status_code == 200
    [note] = until(lambda: said(working))

    assert note["type"] == "audio"
    assert note["view"]["media"]["voice"] is True
    heard = working.http.get(f"{working.metasim}/media/{note['view']['media']['media']}")
    assert heard.headers["content-type"] == "audio/ogg"
    assert heard.content.startswith(b"OggS")


def test_a_file_is_sent_only_as_what_it_is(working: Stack):
    working.write(AMAL, SCHOOL, "hello")
    conversation(working)
    song = ours(working, made.recording("mp3", "libmp3lame"), "audio/mpeg")
    cases = (
        ({"type": "image", "file": {"id": song["id"]}}, 422, "file_of_other_kind"),
        ({"type": "audio", "file": {"id": song["id"]}, "voice": True}, 422, "file_not_voice"),
        ({"type": "audio", "file": {"id": conversation(working)}}, 404, "file_not_found"),
    )
    for number, (content, status, code) in enumerate(cases):
        problem = answer(working, content, str(number))
        assert (problem.status_code, problem.json()["code"]) == (status, code)
        assert problem.json()["field"] == "content.file"
    time.sleep(0.5)
    assert not said(working)
