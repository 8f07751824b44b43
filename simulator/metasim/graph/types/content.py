"""What every message type is read into: what the phone shows, and what is still to be checked."""

from typing import Literal, TypeAlias

import msgspec

from metasim.shapes import Json
from metasim.world import Template

MediaKind: TypeAlias = Literal["image", "video", "audio", "document", "sticker", "gif"]


class Attachment(msgspec.Struct):
    """A media file that the message needs: by id of an upload, or by link."""

    kind: MediaKind
    where: str
    """Its parameter, for errors: `image` or `interactive['header']['image']`."""
    id: str | None = None
    link: str | None = None
    shown: Json = {}
    """The part of the view that gets the id under which the phone can load it."""


class Content(msgspec.Struct):
    """A message whose shape is right."""

    text: str
    """As the list of chats shows it, and as scripts of people hear it."""
    view: Json = {}
    """What the phone page shows besides: header, footer, media, cards, place, contacts."""
    buttons: list[Json] = []
    """What can be tapped: text, kind, and what the tap sends back."""
    attachments: list[Attachment] = []
    template: Template | None = None
    voice: bool = False
    """A voice note, which can be `played`. Source: 2.3."""
    target: str | None = None
    """The message that a reaction is for."""
