"""Media from people: a sample of each kind, or the bytes given, kept for 7 days.

Source: WhatsApp Cloud API reference, 4.5 "Inbound messages", 3 "Media".
"""

import binascii
from base64 import b64decode
from functools import cache
from pathlib import Path

from metasim.graph.errors import failure
from metasim.inbound.said import Said, Speaker
from metasim.media.rules import LARGEST_INBOUND
from metasim.media.shelf import Kept
from metasim.register import Unfit
from metasim.shapes import Json

SAMPLES = Path(__file__).parents[1] / "media" / "samples"
SAMPLE: dict[str, tuple[str, str]] = {
    "image": ("image.jpg", "image/jpeg"),
    "video": ("video.mp4", "video/mp4"),
    "voice": ("voice.ogg", "audio/ogg; codecs=opus"),
    "audio": ("audio.mp3", "audio/mpeg"),
    "document": ("document.pdf", "application/pdf"),
    "sticker": ("sticker.webp", "image/webp"),
}
MEMBERS = {"caption", "data", "mime_type", "filename", "voice", "animated"}
LONGEST_CAPTION = 1024


def said(speaker: Speaker, kind: str, given: Json, request: Json) -> Said:
    """A file from a person; with `"fails": true` one that Meta could not fetch (131052)."""
    unknown = sorted(set(given) - MEMBERS)
    if unknown:
        raise Unfit(f"{kind} takes {', '.join(sorted(MEMBERS))}, not {unknown[0]!r}.")
    caption = given.get("caption")
    if caption is not None and (not isinstance(caption, str) or len(caption) > LONGEST_CAPTION):
        raise Unfit(f"caption is text of at most {LONGEST_CAPTION} characters.")
    if request.get("fails") or len(str(given.get("data", ""))) > LARGEST_INBOUND * 4 // 3:
        return _lost(kind)
    kept = _kept(speaker, kind, given)
    now = speaker.sim.clock.now()
    about: Json = {
        "caption": caption,
        "filename": kept.filename if kind == "document" else None,
        "mime_type": kept.mime,
        "sha256": kept.sha256_base64,
        "id": kept.id,
        "url": speaker.sim.shelf.url(kept, speaker.sim.origin, now),
    }
    about = {name: value for name, value in about.items() if value is not None} | _more(kind, given)
    shown: Json = {
        "type": kind,
        "media": kept.id,
        "filename": about.get("filename"),
        **_more(kind, given),
    }
    view: Json = {"media": shown, "body": caption or ""}
    return Said(kind, {"type": kind, kind: about}, str(caption or f"[{kind}]"), view)


def _more(kind: str, given: Json) -> Json:
    if kind == "audio":
        return {"voice": given.get("voice", "data" not in given) is True}
    return {"animated": given.get("animated") is True} if kind == "sticker" else {}


def _kept(speaker: Speaker, kind: str, given: Json) -> Kept:
    is_voice = kind == "audio" and _more(kind, given)["voice"]
    name, mime = SAMPLE["voice" if is_voice else kind]
    data = _sample(name) if "data" not in given else _decoded(given["data"])
    wanted = given.get("mime_type", mime)
    filename = given.get("filename", name)
    if not isinstance(wanted, str) or not isinstance(filename, str) or "/" not in wanted:
        raise Unfit("mime_type and filename are text.")
    now = speaker.sim.clock.now()
    return speaker.sim.shelf.put(speaker.number.id, wanted, data, "person", now, filename)


def _lost(kind: str) -> Said:
    """Source: 3: a file that could not be downloaded arrives as an error. 131052."""
    details = "Failed to download the media that the person sent."
    body: Json = {"type": "unsupported", "errors": [failure(131052, details)]}
    return Said(kind, body, f"[{kind}]")


def _decoded(data: object) -> bytes:
    try:
        return b64decode(str(data), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unfit(f"data is not base64: {error}") from error


@cache
def _sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()
