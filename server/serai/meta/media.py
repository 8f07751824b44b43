"""What WhatsApp takes as a picture, a film, a recording, a document or a sticker; and how to ask
for a file.

Source: WhatsApp Cloud API, media: "Supported media types" and "Get media URL".
"""

from urllib.parse import quote, urlsplit

import msgspec
from msgspec import Struct

from serai.core.ids import MetaId
from serai.meta.request import Call

MEGABYTE = 1024 * 1024
LARGEST_INCOMING = 100 * MEGABYTE
"""Bytes of any file that people send. Source: WhatsApp Cloud API, error 131052."""
STATIC_STICKER, MOVING_STICKER = 100 * 1024, 500 * 1024
STICKER_SIDE = 512
"""Pixels, both ways."""


class Kind(Struct, frozen=True):
    """One kind of file as WhatsApp takes it."""

    name: str
    words: str
    """For people: A picture may have …"""
    largest: int
    """Bytes."""
    types: frozenset[str]


KINDS = (
    Kind("image", "A picture", 5 * MEGABYTE, frozenset({"image/jpeg", "image/png"})),
    Kind("sticker", "A sticker", MOVING_STICKER, frozenset({"image/webp"})),
    Kind("video", "A film", 16 * MEGABYTE, frozenset({"video/mp4", "video/3gpp"})),
    Kind(
        "audio",
        "A recording",
        16 * MEGABYTE,
        frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}),
    ),
    Kind(
        "document",
        "A document",
        100 * MEGABYTE,
        frozenset(
            {
                "text/plain",
                "application/pdf",
                "application/msword",
                "application/vnd.ms-excel",
                "application/vnd.ms-powerpoint",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            }
        ),
    ),
)
BY_TYPE = {media_type: kind for kind in KINDS for media_type in kind.types}
LARGEST_OUTGOING = max(kind.largest for kind in KINDS)
VOICE_TYPE, VOICE_CODEC = "audio/ogg", "opus"
"""Of a voice note, with one channel. Source: WhatsApp Cloud API, audio messages, voice."""

FILE_HOSTS = frozenset({"lookaside.fbsbx.com"})
"""Who may be shown a token besides the Graph API itself: where Meta keeps files."""


class Found(Struct, frozen=True):
    """Where Meta has a file at the moment."""

    url: str
    mime_type: str | None = None
    sha256: str | None = None
    """Hex here, base64 in webhooks."""
    file_size: int | str | None = None


class Uploaded(Struct, frozen=True):
    id: str


def is_voice(media_type: str, codec: str | None, channels: int | None) -> bool:
    """Whether a recording plays as a voice note."""
    return (media_type, codec, channels) == (VOICE_TYPE, VOICE_CODEC, 1)


def find(media_id: str, number: MetaId) -> Call:
    """Ask for a new address of a file that came to this number."""
    return Call(path=quote(media_id, safe=""), query={"phone_number_id": number})


def found(answer: object) -> Found | None:
    """None if the answer names no address."""
    try:
        return msgspec.convert(answer, Found)
    except msgspec.ValidationError:
        return None


def size_of(found: Found) -> int | None:
    """Bytes, if Meta tells them: a number, or digits in a text."""
    text = str(found.file_size)
    return int(text) if text.isascii() and text.isdecimal() else None


PUBLIC_SUFFIXES = (".fbcdn.net", ".whatsapp.net")
"""Of hosts with pictures that anyone may see. Source: WhatsApp Cloud API, media and profile URLs."""


def is_public_of_meta(url: str, graph_url: str) -> bool:
    """Whether this is an address of Meta's at all, so that a wrong one leads to nobody else's."""
    try:
        parts = urlsplit(url)
        is_cdn = parts.scheme == "https" and parts.port in {None, 443} and _is_plain(url)
    except ValueError:
        return False
    is_cdn = is_cdn and (parts.hostname or "").endswith(PUBLIC_SUFFIXES)
    return is_cdn or may_see_token(url, graph_url)


def may_see_token(url: str, graph_url: str) -> bool:
    """Whether this is an address of Meta's; whoever else hears our token could use it."""
    if not _is_plain(url):
        return False
    try:
        asked, graph = urlsplit(url), urlsplit(graph_url)
        if (asked.scheme, asked.hostname, asked.port) == (graph.scheme, graph.hostname, graph.port):
            return True
    except ValueError:
        return False
    return asked.scheme == "https" and asked.hostname in FILE_HOSTS and asked.port in {None, 443}


def _is_plain(url: str) -> bool:
    """Whether every reader of addresses takes it for the same one."""
    return url.isascii() and url.isprintable() and not set(url) & {"\\", " "}
