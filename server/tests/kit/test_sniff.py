"""A file is what its bytes say, not what its sender calls it."""

import pytest
from serai.kit.sniff import HEAD_BYTES, UNKNOWN, sniff
from tests.kit import made

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("content", "claimed", "found"),
    [
        (made.picture(), None, "image/jpeg"),
        (made.picture(format_="PNG"), "image/jpeg", "image/png"),
        (made.sticker(), "image/webp", "image/webp"),
        (made.pdf(), "text/html", "application/pdf"),
        (made.recording("ogg"), "audio/ogg; codecs=opus", "audio/ogg"),
        (made.recording("webm"), "audio/webm", "video/webm"),
        (made.recording("mp3", "libmp3lame"), None, "audio/mpeg"),
        (made.film(), "video/mp4", "video/mp4"),
        (made.docx(), DOCX, DOCX),
        (made.docx(), "image/png", DOCX),
        (b"Hello, world", "text/plain; charset=utf-8", "text/plain"),
        (b"a,b\n1,2\n", "text/csv", "text/csv"),
        ("مرحبا".encode()[:-1], None, "text/plain"),
        (b"<html><script>alert(1)</script></html>", "image/png", "text/plain"),
        (b"\x00\x01\x02\x03", "image/png", UNKNOWN),
        (b"MZ\x90\x00", "application/pdf", "application/x-msdownload"),
        (b"", None, "text/plain"),
    ],
)
def test_the_bytes_decide(content: bytes, claimed: str | None, found: str):
    assert sniff(content[:HEAD_BYTES], claimed) == found
