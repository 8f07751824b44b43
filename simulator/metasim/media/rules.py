"""Which files may be sent as what.

Source: WhatsApp Cloud API reference, 2.3 "Media limits".
"""

MEGABYTE = 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCUMENTS = {
    "text/plain", "application/pdf", "application/vnd.ms-excel", "application/msword",
    "application/vnd.ms-powerpoint", OFFICE + "spreadsheetml.sheet",
    OFFICE + "wordprocessingml.document", OFFICE + "presentationml.presentation",
}  # fmt: skip
TYPES: dict[str, set[str]] = {
    "audio": {"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"},
    "image": {"image/jpeg", "image/png"},
    "sticker": {"image/webp"},
    "video": {"video/mp4", "video/3gpp"},
    "gif": {"video/mp4"},
}
LARGEST = {
    "audio": 16 * MEGABYTE,
    "document": 100 * MEGABYTE,
    "image": 5 * MEGABYTE,
    "sticker": 500 * 1024,
    "video": 16 * MEGABYTE,
    "gif": 16 * MEGABYTE,
}
"""Bytes."""
LARGEST_STILL_STICKER = 100 * 1024
LARGEST_INBOUND = 100 * MEGABYTE


def bare(mime: str) -> str:
    """The type without its parameters, in lower case."""
    return mime.split(";", maxsplit=1)[0].strip().lower()


def kind_of(mime: str) -> str | None:
    """What a file of this type is uploaded as; None when Meta does not take it."""
    mime = bare(mime)
    for kind in ("audio", "image", "sticker", "video"):
        if mime in TYPES[kind]:
            return kind
    return "document" if mime in DOCUMENTS else None


def problem(kind: str, mime: str, data: bytes) -> str | None:
    """Why this file cannot be sent as an image, a video and so on; None when it can.

    A document may be anything (observed). Source: 2.3 "Media limits".
    """
    if kind != "document" and bare(mime) not in TYPES[kind]:
        allowed = ", ".join(sorted(TYPES[kind]))
        return f"Unsupported {kind} mime type {bare(mime)}. Please use one of {allowed}."
    if len(data) > largest(kind, data):
        return f"The {kind} has {len(data)} bytes; the largest are {largest(kind, data)} bytes."
    if bare(mime) == "audio/ogg" and not is_opus(data):
        return "audio/ogg is only supported with the Opus codec."
    return None if data else f"The {kind} is empty."


def largest(kind: str, data: bytes) -> int:
    """Bytes; a sticker that does not move must be smaller."""
    if kind == "sticker" and not is_animated(data):
        return LARGEST_STILL_STICKER
    return LARGEST[kind]


def is_animated(data: bytes) -> bool:
    """Is it a WebP with an animation chunk?"""
    return data[:4] == b"RIFF" and b"ANIM" in data[:128]


def is_opus(data: bytes) -> bool:
    """Does an Ogg file begin with an Opus header?"""
    return data[:4] == b"OggS" and b"OpusHead" in data[:128]
