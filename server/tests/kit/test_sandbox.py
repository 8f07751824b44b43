"""What is seen in files from strangers, and that a bad one harms nobody."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from serai.kit import sandbox
from serai.kit.sandbox import Seen, look, to_voice
from tests.kit import made


async def seen(folder: Path, content: bytes, media_type: str) -> Seen:
    (folder / "source").write_bytes(content)
    return await look(folder / "source", media_type, folder / "thumbnail")


async def test_a_picture_has_a_size_and_a_small_copy(tmp_path: Path):
    found = await seen(tmp_path, made.picture(3000, 1500), "image/jpeg")

    assert (found.width, found.height, found.has_thumbnail) == (3000, 1500, True)
    with Image.open(tmp_path / "thumbnail") as small:
        assert small.size == (480, 240)


async def test_a_picture_taken_upright_is_shown_upright_without_what_the_camera_noted(
    tmp_path: Path,
):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Camera"
    found = await seen(tmp_path, made.picture(300, 100, exif=exif), "image/jpeg")

    assert (found.width, found.height) == (100, 300)
    with Image.open(tmp_path / "thumbnail") as small:
        assert small.size == (100, 300)
        assert not small.getexif()


async def test_a_moving_sticker_is_known_as_moving(tmp_path: Path):
    assert (await seen(tmp_path, made.sticker(moves=True), "image/webp")).is_animated
    assert not (await seen(tmp_path, made.sticker(), "image/webp")).is_animated


async def test_the_first_page_of_a_document_is_shown(tmp_path: Path):
    assert (await seen(tmp_path, made.pdf(3), "application/pdf")).has_thumbnail


async def test_a_film_has_a_length_a_size_and_its_first_frame(tmp_path: Path):
    found = await seen(tmp_path, made.film(128, 96), "video/mp4")

    assert (found.width, found.height, found.has_thumbnail) == (128, 96, True)
    assert found.duration_seconds == pytest.approx(1.0, abs=0.15)


async def test_a_browsers_recording_is_sound_of_its_length(tmp_path: Path):
    found = await seen(tmp_path, made.recording("webm", seconds=2), "video/webm")

    assert (found.media_type, found.audio_codec, found.width) == ("audio/webm", "opus", None)
    assert found.duration_seconds == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize(
    ("format_", "codec", "layout"),
    [("webm", "libopus", "mono"), ("webm", "libopus", "stereo"), ("mp4", "aac", "mono")],
    ids=["Chromium and Firefox", "stereo", "Safari"],
)
async def test_a_browsers_recording_becomes_a_voice_note(
    tmp_path: Path, format_: str, codec: str, layout: str
):
    (tmp_path / "source").write_bytes(made.recording(format_, codec, seconds=1.5, layout=layout))
    found = await to_voice(tmp_path / "source", "audio/webm", tmp_path / "voice")

    assert found is not None
    assert (found.media_type, found.audio_codec, found.channel_count) == ("audio/ogg", "opus", 1)
    assert found.duration_seconds == pytest.approx(1.5, abs=0.1)
    assert (tmp_path / "voice").read_bytes().startswith(b"OggS")


async def test_what_has_no_sound_becomes_no_voice_note(tmp_path: Path):
    (tmp_path / "source").write_bytes(made.picture())
    assert await to_voice(tmp_path / "source", "audio/webm", tmp_path / "voice") is None


@pytest.mark.parametrize(
    "media_type",
    ["image/jpeg", "image/png", "image/webp", "application/pdf", "video/mp4", "audio/ogg"],
)
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8\xff\xe0junk", b"%PDF-1.7 junk", b"OggS" + bytes(99)]
)
async def test_a_broken_file_is_still_a_file(tmp_path: Path, content: bytes, media_type: str):
    assert await seen(tmp_path, content, media_type) == Seen(media_type=media_type)


async def test_a_picture_that_unpacks_to_gigabytes_is_not_opened(tmp_path: Path):
    found = await seen(tmp_path, bomb(60_000, 60_000), "image/png")

    assert not found.has_thumbnail


async def test_a_file_that_keeps_its_reader_busy_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sandbox, "PATIENCE_SECONDS", 0.01)

    assert await seen(tmp_path, made.picture(), "image/jpeg") == Seen(media_type="image/jpeg")


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is enormous, with rows that pack well."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = zlib.compress(bytes(width + 1) * 1000)
    file = io.BytesIO(b"\x89PNG\r\n\x1a\n")
    file.seek(0, io.SEEK_END)
    file.write(chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b""))
    return file.getvalue()
