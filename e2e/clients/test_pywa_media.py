"""pywa uploads, asks for, downloads and deletes files at metasim."""

import hashlib
from pathlib import Path
from typing import Any

import httpx
import pytest

from e2e.clients.client import APP, ROSA, until
from e2e.clients.conftest import MIMES, SAMPLES, Given
from e2e.clients.untyped import WhatsAppError, types

JPEG = (SAMPLES / "image.jpg").read_bytes()


@pytest.mark.parametrize("name", MIMES)
def test_a_file_goes_up_and_comes_down_again(given: Given, wa: Any, name: str) -> None:
    data = (SAMPLES / name).read_bytes()

    media = wa.upload_media(data, mime_type=MIMES[name], filename=name)

    about = wa.get_media_url(media.id)
    assert about.mime_type == MIMES[name]
    assert about.sha256 == hashlib.sha256(data).hexdigest()
    assert int(about.file_size) == len(data)
    assert wa.get_media_bytes(about.url) == data
    assert b"".join(wa.stream_media(about.url)) == data


def test_a_path_is_uploaded_and_downloaded_to_another(
    given: Given, wa: Any, tmp_path: Path
) -> None:
    media = wa.upload_media(SAMPLES / "document.pdf")

    saved = wa.download_media(url=wa.get_media_url(media.id).url, path=tmp_path, filename="a.pdf")

    assert Path(saved).read_bytes() == (SAMPLES / "document.pdf").read_bytes()


def test_an_uploaded_file_is_sent(given: Given, wa: Any) -> None:
    given.writes()
    sent = wa.send_image(f"+{ROSA}", JPEG, "Front view", mime_type="image/jpeg")

    assert given.statuses(sent.id) == ["sent", "delivered", "read"]
    shown = given.chat()[-1]["view"]["media"]["media"]
    assert given.sim.call("GET", f"/_sim/media/{shown}").body == JPEG


def test_a_voice_note_is_played(given: Given, wa: Any) -> None:
    given.writes()
    sent = wa.send_voice(f"+{ROSA}", SAMPLES / "voice.ogg", mime_type="audio/ogg")

    assert given.statuses(sent.id) == ["sent", "delivered", "read", "played"]


def test_a_deleted_file_cannot_be_asked_for(given: Given, wa: Any) -> None:
    media = wa.upload_media(JPEG, mime_type="image/jpeg", filename="a.jpg")
    assert wa.delete_media(media.id).success

    with pytest.raises(WhatsAppError) as refused:
        wa.get_media_url(media.id)

    assert refused.value.code == 100


def test_a_file_that_nobody_can_send_is_refused(given: Given, wa: Any) -> None:
    with pytest.raises(WhatsAppError) as refused:
        wa.upload_media(b"GIF89a", mime_type="image/gif", filename="a.gif")

    assert refused.value.code == 100


def test_a_file_of_the_customer_is_downloaded_from_the_message(
    given: Given, wa: Any, tmp_path: Path
) -> None:
    given.writes("image", image={"caption": "my door"})

    message = until(lambda: given.ears.of(types.Message))[0]

    assert message.image.get_bytes() == JPEG
    assert Path(message.image.download(path=tmp_path, filename="a.jpg")).read_bytes() == JPEG


def test_a_dead_address_is_refused(given: Given, wa: Any) -> None:
    url = wa.get_media_url(wa.upload_media(JPEG, "image/jpeg", "a.jpg").id).url
    given.passes(301)

    with pytest.raises(httpx.HTTPStatusError, match="404"):
        wa.get_media_bytes(url)


def test_a_file_goes_up_in_pieces(given: Given, wa: Any) -> None:
    session = wa.api.create_upload_session(APP, "a.jpg", len(JPEG), "image/jpeg")["id"]
    wa.api.upload_file(session, JPEG[:1000])
    assert wa.api.get_upload_session(session)["file_offset"] == 1000

    handle = wa.api.upload_file(session, JPEG[1000:], file_offset=1000)["h"]

    assert handle.startswith("4::")
