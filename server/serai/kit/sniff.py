"""What a file is, by its first bytes; what its sender calls it counts only where bytes say nothing."""

import codecs

import filetype

HEAD_BYTES = 8192
"""As many as `sniff` wants to see."""
UNKNOWN = "application/octet-stream"
CONTAINERS = frozenset({"application/zip", UNKNOWN})
"""What office documents look like when their own marks are further inside."""
OFFICE = (
    "application/msword",
    "application/vnd.ms-",
    "application/vnd.openxmlformats-officedocument.",
)
SAME = {"audio/x-m4a": "audio/mp4", "video/x-m4v": "video/mp4", "image/jpg": "image/jpeg"}
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
"""Begins Word, Excel and PowerPoint files of before 2007."""


def sniff(head: bytes, claimed: str | None) -> str:
    """The media type, without parameters.

    `head` are the first HEAD_BYTES. The claim decides between kinds of text and between kinds of
    office document; nothing becomes a picture, sound or film by being called one.
    """
    claim = plain(claimed)
    found = SAME.get(guess := _guess(head), guess)
    if found in CONTAINERS or head.startswith(OLD_OFFICE):
        is_office = claim.startswith(OFFICE) and (head.startswith((b"PK", OLD_OFFICE)))
        return claim if is_office else found
    if found != "":
        return found
    if _is_text(head):
        return claim if claim.startswith("text/") else "text/plain"
    return UNKNOWN


def plain(media_type: str | None) -> str:
    """In lower case and without parameters: `audio/ogg; codecs=opus` is `audio/ogg`."""
    name = (media_type or "").partition(";")[0].strip().lower()
    return SAME.get(name, name)


def _guess(head: bytes) -> str:
    return filetype.guess_mime(head) or ""  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def _is_text(head: bytes) -> bool:
    """UTF-8 without control characters that no text has; a character may be cut at the end."""
    if b"\0" in head:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
