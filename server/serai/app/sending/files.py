"""Whether the files of a content may be sent as what the caller wants them to be."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from serai.core.content import Audio, Document, File, Image, Sticker, Video
from serai.core.files import with_files
from serai.core.ids import BusinessId
from serai.core.interactive import Header
from serai.core.message import Content
from serai.core.template import Gif
from serai.features.media.store import read
from serai.features.media.store.read import FileRow
from serai.kit.db import Conn
from serai.kit.errors import Conflict, Invalid, NotFound
from serai.meta.media import BY_TYPE, is_voice

KINDS: dict[type[Struct], str] = {
    Image: "image",
    Video: "video",
    Gif: "video",
    Audio: "audio",
    Document: "document",
    Sticker: "sticker",
}


class Place(Struct, frozen=True):
    """Where a file stands in a content, and as what."""

    field: str
    file: File
    kind: str
    is_voice: bool = False


async def with_ours(conn: Conn, business: BusinessId, wanted: Content) -> Content:
    """The content with the names of our files filled in.

    Raises NotFound, Conflict and Invalid, each with the field of the file.
    """
    places = [place for place in places_in(wanted, "content") if place.file.id is not None]
    rows = await read.find(conn, [place.file.id for place in places if place.file.id])
    for place in places:
        row = rows.get(place.file.id) if place.file.id else None
        if row is None or row.business_id != business:
            raise NotFound("file_not_found", "There is no such file.", place.field)
        _ensure_fits(place, row)
    return with_files(wanted, lambda file: _named(file, rows.get(file.id) if file.id else None))


def places_in(value: object, field: str) -> Iterator[Place]:
    """Each file of a content, with the field that a caller knows it by."""
    if isinstance(value, Struct):
        kind = value.kind if isinstance(value, Header) else KINDS.get(type(value))
        for name in value.__struct_fields__:
            part = getattr(value, name)
            if isinstance(part, File) and kind is not None:
                yield Place(f"{field}.{name}", part, kind, getattr(value, "voice", False))
            else:
                yield from places_in(part, f"{field}.{name}")
    elif isinstance(value, tuple):
        for number, part in enumerate(value):  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            yield from places_in(part, f"{field}[{number}]")  # pyright: ignore[reportUnknownArgumentType]


def _ensure_fits(place: Place, row: FileRow) -> None:
    if row.state != "ready":
        raise Conflict(
            "file_not_ready", "That file is not here, so it cannot be sent.", place.field
        )
    kind = BY_TYPE.get(row.mime_type or "")
    if kind is None or kind.name != place.kind:
        text = f"WhatsApp takes no {row.mime_type} as {place.kind}."
        raise Invalid("file_of_other_kind", text, place.field)
    if (row.size_bytes or 0) > kind.largest:
        text = f"{kind.words} may have {kind.largest // 1024 // 1024} MB in WhatsApp."
        raise Invalid("file_too_large", text, place.field)
    if place.is_voice and not is_voice(row.mime_type or "", row.audio_codec, row.channel_count):
        text = "A voice note has Opus with one channel. Upload the file with voice=true."
        raise Invalid("file_not_voice", text, place.field)


def _named(file: File, row: FileRow | None) -> File:
    return file if row is None else replace(file, name=file.name or row.name)
