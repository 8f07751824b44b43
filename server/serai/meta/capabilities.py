"""What each kind of channel can carry: the kinds of content that may be sent through it.

One table for all who ask: policy refuses the rest, the composer does not offer them.
"""

from msgspec import Struct

from serai.core.content import Audio, Document, Image, Reaction, Text, Video
from serai.core.message import Content
from serai.meta.whatsapp.checks import CHECKS

WHATSAPP = frozenset(CHECKS)
"""Source: WhatsApp Cloud API, "Send messages"."""
INSTAGRAM: frozenset[type[Struct]] = frozenset({Text, Image, Video, Audio, Reaction})
"""Source: Instagram Platform, "Send messages": text, media and reactions; no lists, no templates."""
MESSENGER: frozenset[type[Struct]] = frozenset({Text, Image, Video, Audio, Document})
"""Source: Messenger Platform, "Send messages": text and attachments."""

CARRIED: dict[str, frozenset[type[Struct]]] = {
    "whatsapp": WHATSAPP,
    "instagram": INSTAGRAM,
    "messenger": MESSENGER,
}
"""By kind of channel."""
OUTSIDE_WINDOW = frozenset({"template"})
"""What may be sent when the window is closed. Source: WhatsApp Cloud API, service windows."""


def carries(channel_kind: str, content: Content) -> bool:
    """Whether a channel of this kind can send the content at all; a kind not known carries nothing."""
    return type(content) in CARRIED.get(channel_kind, frozenset())


def sendable(channel_kind: str) -> list[str]:
    """The kinds of content by their tags, in alphabetical order."""
    return sorted(_tag(kind) for kind in CARRIED.get(channel_kind, frozenset()))


def sendable_now(channel_kind: str, *, window_is_open: bool) -> list[str]:
    """Of these, what may be sent at this moment."""
    every = sendable(channel_kind)
    return every if window_is_open else [kind for kind in every if kind in OUTSIDE_WINDOW]


def _tag(kind: type[Struct]) -> str:
    return str(kind.__struct_config__.tag)
