"""Image, video, audio, document, sticker: by id of an upload or by link.

Source: WhatsApp Cloud API reference, 2.3 "Media".
"""

from typing import Annotated

import msgspec

from metasim.graph.types.content import Attachment, Content, MediaKind
from metasim.graph.types.shape import Filled, Shape, Url, read
from metasim.shapes import Json

Caption = Annotated[str, msgspec.Meta(max_length=1024)]


class Source(Shape, kw_only=True):
    """Exactly one of `id` and `link`."""

    id: Filled | int | None = None
    link: Url | None = None

    def __post_init__(self) -> None:
        if (self.id is None) == (self.link is None):
            raise ValueError("needs exactly one of id and link")

    def attachment(self, kind: MediaKind, where: str, shown: Json) -> Attachment:
        """What is to be found before the message can be delivered."""
        own = None if self.id is None else str(self.id)
        return Attachment(kind, where, own, self.link, shown)


class Captioned(Source, kw_only=True):
    caption: Caption | None = None


class Audio(Source, kw_only=True):
    voice: bool | None = None


class Document(Captioned, kw_only=True):
    filename: Annotated[str, msgspec.Meta(max_length=240)] | None = None


SHAPES: dict[str, type[Source]] = {
    "image": Captioned, "video": Captioned, "audio": Audio, "document": Document, "sticker": Source,
}  # fmt: skip


def content(kind: MediaKind, given: object) -> Content:
    """A media message. Raises GraphError."""
    source = read(SHAPES[kind], given, kind)
    caption = source.caption if isinstance(source, Captioned) else None
    voice = isinstance(source, Audio) and bool(source.voice)
    shown: Json = {"type": kind, "media": None}
    if isinstance(source, Document) and source.filename:
        shown["filename"] = source.filename
    if voice:
        shown["voice"] = True
    return Content(
        caption or f"[{kind}]",
        {"media": shown, "body": caption or ""},
        attachments=[source.attachment(kind, kind, shown)],
        voice=voice,
    )
